/** A kind of file that no message carries, with what to do instead. */
interface ForeignKind {
  name: string;
  remedy: string;
  matches(content: Buffer): boolean;
}

const asPicture = 'open it and save or export it as JPEG or PNG';
const asVideo = 'convert it to MP4 (H.264 with AAC sound)';
const asSound = 'convert it to MP3';

const textAt = (content: Buffer, from: number, to: number): string => content.toString('latin1', from, to);
const startsWith = (content: Buffer, hex: string): boolean =>
  content.subarray(0, hex.length / 2).toString('hex') === hex;
const riff = (content: Buffer, kind: string): boolean =>
  textAt(content, 0, 4) === 'RIFF' && textAt(content, 8, 12) === kind;

/**
 * The brands of a file of the ISO family (ISO/IEC 14496-12, box `ftyp`): the one it says it is, then those it goes
 * along with. Empty for files of other families.
 */
export function brandsOf(content: Buffer): string[] {
  if (content.length < 12 || textAt(content, 4, 8) !== 'ftyp') return [];
  const size = content.readUInt32BE(0);
  const end = Math.min(content.length, size >= 16 ? size : 12, 16 + 4 * 64);
  const brands = [textAt(content, 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(textAt(content, at, at + 4));
  return brands;
}

// Pictures of the family, whatever else such a file goes along with (ISO/IEC 23008-12; AV1 Image File Format).
const heif = /^(?:hei[cmsx]|hev[cmsx]|mif[12]|msf1|avi[fso])/;

/** Kinds that people try to send, looked at before the ones that can be. */
const foreignKinds: readonly ForeignKind[] = [
  {
    name: 'an AVIF picture',
    remedy: asPicture,
    matches: (content) => brandsOf(content).some((brand) => /^avi[fso]/.test(brand)),
  },
  {
    name: 'a HEIC picture, as iPhones take them',
    remedy: `${asPicture}; on an iPhone choose Settings, Camera, Formats, Most Compatible`,
    matches: (content) => brandsOf(content).some((brand) => heif.test(brand)),
  },
  {
    name: 'a QuickTime film',
    remedy: asVideo,
    matches: (content) =>
      brandsOf(content)[0] === 'qt  ' || /^(?:moov|mdat|wide|skip|free|pnot)$/.test(textAt(content, 4, 8)),
  },
  {
    name: 'a sound of the MP4 family (M4A)',
    remedy: asSound,
    matches: (content) => /^(?:M4[AB] |F4A )$/.test(brandsOf(content)[0] ?? ''),
  },
  { name: 'a WebP picture', remedy: asPicture, matches: (content) => riff(content, 'WEBP') },
  { name: 'an AVI film', remedy: asVideo, matches: (content) => riff(content, 'AVI ') },
  { name: 'a WAV sound', remedy: asSound, matches: (content) => riff(content, 'WAVE') },
  { name: 'a BMP picture', remedy: asPicture, matches: (content) => textAt(content, 0, 2) === 'BM' },
  {
    name: 'a TIFF picture',
    remedy: asPicture,
    matches: (content) => startsWith(content, '49492a00') || startsWith(content, '4d4d002a'),
  },
  {
    name: 'a JPEG XL or JPEG 2000 picture',
    remedy: asPicture,
    matches: (content) => startsWith(content, 'ff0a') || /^(?:JXL |jP {2})$/.test(textAt(content, 4, 8)),
  },
  { name: 'a Photoshop file', remedy: asPicture, matches: (content) => textAt(content, 0, 4) === '8BPS' },
  { name: 'a Matroska or WebM film', remedy: asVideo, matches: (content) => startsWith(content, '1a45dfa3') },
  { name: 'an Ogg sound', remedy: asSound, matches: (content) => textAt(content, 0, 4) === 'OggS' },
  { name: 'a FLAC sound', remedy: asSound, matches: (content) => textAt(content, 0, 4) === 'fLaC' },
  { name: 'an AMR sound', remedy: asSound, matches: (content) => textAt(content, 0, 5) === '#!AMR' },
  {
    name: 'an Office document or an archive',
    remedy: 'save the document as PDF',
    matches: (content) => startsWith(content, '504b0304') || startsWith(content, 'd0cf11e0a1b11ae1'),
  },
  {
    name: 'an SVG picture or a page',
    remedy: asPicture,
    matches: (content) =>
      /^(?:\ufeff)?\s*<(?:\?xml|!doctype|svg|html)/i.test(content.toString('utf8', 0, 200)),
  },
];

/** What a file is that no message carries, with the remedy; null where it is none of these. */
export function foreignKindOf(content: Buffer): { name: string; remedy: string } | null {
  return foreignKinds.find((kind) => kind.matches(content)) ?? null;
}
