import { brandsOf, foreignKindOf } from './foreign-kinds.ts';

/** A kind of file that messages may carry: how it is told by its first bytes, and how it is served. */
interface MediaKind {
  contentType: string;
  extension: string;
  matches(content: Buffer): boolean;
}

// Brands of films as phones play them (ISO/IEC 14496-12 and -14).
const mp4Brand = /^(?:isom|iso[2-9]|mp4[12]|avc1|M4V|MSNV|dash|f4v|F4V|NDS|XAVC)/;

/**
 * The kinds that Twilio takes for MMS and Meta for WhatsApp headers (Twilio, accepted content types for media;
 * Meta, supported media types; as read 2026-11-23). Nothing that a browser would run is among them, as files are
 * served from the console's own address.
 */
const mediaKinds: readonly MediaKind[] = [
  { contentType: 'image/jpeg', extension: 'jpg', matches: (content) => startsWith(content, 'ffd8ff') },
  {
    contentType: 'image/png',
    extension: 'png',
    matches: (content) => startsWith(content, '89504e470d0a1a0a'),
  },
  {
    contentType: 'image/gif',
    extension: 'gif',
    matches: (content) => /^GIF8[79]a/.test(textAt(content, 0, 6)),
  },
  {
    contentType: 'video/3gpp',
    extension: '3gp',
    matches: (content) => /^3g/.test(brandsOf(content)[0] ?? ''),
  },
  {
    contentType: 'video/mp4',
    extension: 'mp4',
    matches: (content) => brandsOf(content).some((brand) => mp4Brand.test(brand)),
  },
  { contentType: 'audio/mpeg', extension: 'mp3', matches: isMp3 },
  {
    contentType: 'application/pdf',
    extension: 'pdf',
    matches: (content) => textAt(content, 0, 5) === '%PDF-',
  },
  {
    contentType: 'text/vcard',
    extension: 'vcf',
    matches: (content) => /^(?:\ufeff)?BEGIN:VCARD\r?\n/i.test(content.toString('utf8', 0, 40)),
  },
];

/** The kinds in words, for errors and documentation. */
export const mediaKindNames = mediaKinds.map((kind) => kind.contentType).join(', ');

/** What a file is by its own first bytes, whatever its name says; null for what cannot be sent. */
export function mediaKindOf(content: Buffer): Pick<MediaKind, 'contentType' | 'extension'> | null {
  if (foreignKindOf(content)) return null;
  return mediaKinds.find((kind) => kind.matches(content)) ?? null;
}

/** Kinds that people send and that browsers show beside those above: stickers, and sounds as phones record them. */
const shownBeside: readonly MediaKind[] = [
  {
    contentType: 'image/webp',
    extension: 'webp',
    matches: (content) => textAt(content, 0, 4) === 'RIFF' && textAt(content, 8, 12) === 'WEBP',
  },
  { contentType: 'audio/ogg', extension: 'ogg', matches: (content) => textAt(content, 0, 4) === 'OggS' },
  { contentType: 'audio/amr', extension: 'amr', matches: (content) => textAt(content, 0, 5) === '#!AMR' },
  {
    contentType: 'audio/mp4',
    extension: 'm4a',
    matches: (content) => /^M4[AB] $/.test(brandsOf(content)[0] ?? ''),
  },
  // A frame of ADTS.
  {
    contentType: 'audio/aac',
    extension: 'aac',
    matches: ([first = 0, second = 0]) => first === 0xff && (second & 0xf6) === 0xf0,
  },
];

/** What a file is that somebody sent, by its own first bytes; null for what is only kept, whatever its sender calls it. */
export function receivedKindOf(content: Buffer): Pick<MediaKind, 'contentType' | 'extension'> | null {
  return shownBeside.find((kind) => kind.matches(content)) ?? mediaKindOf(content);
}

/** Whether a kind of file is a picture, a film or a sound, which a browser shows and runs nothing of. */
export const isShown = (contentType: string): boolean => /^(?:image|video|audio)\//.test(contentType);

/** Twilio: MMS file names have up to 20 characters, none of them spaces or signs. */
const longestServedName = 20;

/** The name a file is served by: `Spring offer (2).JPEG` becomes `spring_offer_2.jpg`. */
export function servedName(name: string, contentType: string): string {
  const extension = mediaKinds.find((kind) => kind.contentType === contentType)?.extension ?? 'bin';
  const stem = name
    .replace(/\.[^.]*$/, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, longestServedName - extension.length - 1)
    .replace(/^_+|_+$/g, '');
  return `${stem || 'file'}.${extension}`;
}

/**
 * Bytes of all media of one MMS that Twilio takes, and beyond which carriers are known to cut or drop one
 * (Twilio, MMS limits, 2026-07: 5 MB in all; other types than images stay under 500 to 600 KB).
 */
export const mmsBytes = { most: 5_000_000, safe: 600_000 } as const;

/**
 * What each header of a WhatsApp template takes, and how large it may be (Meta, Cloud API, supported media types, as
 * read 2026-11; a document may have 100 MB there, which is more than is kept here).
 */
export const whatsAppMedia: Readonly<
  Record<'image' | 'video' | 'document', { types: readonly string[]; bytes: number; remedy: string }>
> = {
  image: {
    types: ['image/jpeg', 'image/png'],
    bytes: 5 * 1024 * 1024,
    remedy: 'save it as JPEG or PNG; what moves can go as MP4 in a video header',
  },
  video: {
    types: ['video/mp4', 'video/3gpp'],
    bytes: 16 * 1024 * 1024,
    remedy: 'convert it to MP4 (H.264 with AAC sound)',
  },
  document: { types: ['application/pdf'], bytes: 16 * 1024 * 1024, remedy: 'save it as PDF' },
};

/** The largest file that is kept: Meta's limit for video and sound (16 MB), above that of MMS. */
export const largestMedia = 16 * 1024 * 1024;

function startsWith(content: Buffer, hex: string): boolean {
  return content.subarray(0, hex.length / 2).toString('hex') === hex;
}

function textAt(content: Buffer, from: number, to: number): string {
  return content.toString('latin1', from, to);
}

/** With an ID3 tag, or beginning with a frame of MPEG layer III. */
function isMp3(content: Buffer): boolean {
  const [first = 0, second = 0] = content;
  return textAt(content, 0, 3) === 'ID3' || (first === 0xff && (second & 0xe6) === 0xe2);
}
