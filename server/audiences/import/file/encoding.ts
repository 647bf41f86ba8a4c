/** How the bytes of a text are letters, by the names that `TextDecoder` has for it. */
export type Encoding =
  | 'utf-8'
  | 'utf-16le'
  | 'utf-16be'
  | 'windows-1252'
  | 'windows-1251'
  | 'windows-1250'
  | 'shift_jis'
  | 'euc-kr'
  | 'gbk';

/** A file's bytes from the start; each call begins anew. */
export type Chunks = () => AsyncIterable<Uint8Array>;

/**
 * Tells the encoding of a whole file: a byte-order mark, else zero bytes mean UTF-16, else it is UTF-8 as long as
 * every byte of it is, else an old code page, told by where its letters lie; Windows-1252 when nothing tells.
 */
export async function encodingOf(chunks: Chunks): Promise<Encoding> {
  for await (const sample of chunks()) {
    const marked = encodingOfSample(sample);
    if (marked) return marked;
    break;
  }
  const odd = await firstPartNotUtf8(chunks);
  return odd === null ? 'utf-8' : codePageOf(odd);
}

/** A file's text, part by part. */
export async function* decode(chunks: Chunks, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks()) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** What the beginning of a file tells of its encoding: by a byte-order mark or zero bytes; null where it tells nothing. */
export function encodingOfSample(sample: Uint8Array): Encoding | null {
  const [a, b, c] = sample;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  const head = sample.subarray(0, 1000);
  const zeros = [0, 0];
  head.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2]!++;
  });
  // Mostly Latin text in UTF-16: every second byte is zero.
  if (zeros[1]! > head.length / 4) return 'utf-16le';
  if (zeros[0]! > head.length / 4) return 'utf-16be';
  return null;
}

/** What stands from the first part on that is no UTF-8, null when all of it is. */
async function firstPartNotUtf8(chunks: Chunks): Promise<Uint8Array | null> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let last: Uint8Array = new Uint8Array();
  try {
    for await (const chunk of chunks()) {
      last = chunk;
      decoder.decode(chunk, { stream: true });
    }
    decoder.decode();
    return null;
  } catch {
    return last;
  }
}

const sampled = 1_000_000;

/** The old code page of a text, by its bytes above 127 (tables: https://encoding.spec.whatwg.org/). */
export function codePageOf(bytes: Uint8Array): Encoding {
  const high = { all: 0, controls: 0, cyrillic: 0, cyrillicSmall: 0, leads: 0, koreanLeads: 0, inWord: 0 };
  let runs = 0;
  const length = Math.min(bytes.length, sampled);
  const isHigh = (index: number) => bytes[index]! >= 0x80;
  const isLetter = (index: number) => /[a-z]/i.test(String.fromCharCode(bytes[index] ?? 0));
  for (let index = 0; index < length; index++) {
    if (!isHigh(index)) continue;
    const byte = bytes[index]!;
    const starts = index === 0 || !isHigh(index - 1);
    if (starts) runs++;
    high.all++;
    if (byte >= 0x81 && byte <= 0x9f) high.controls++;
    if (byte >= 0xc0 || byte === 0xa8 || byte === 0xb8) high.cyrillic++;
    if (byte >= 0xe0) high.cyrillicSmall++;
    // Letters of Polish, Czech and Hungarian where Western Europe has ³ ¹ ¿ œ Ÿ, which stand in no word.
    if ([0xb3, 0xb9, 0xbf, 0x9c, 0x9f].includes(byte) && isLetter(index + 1)) high.inWord++;
  }
  if (high.all === 0) return 'windows-1252';
  const mean = high.all / runs;
  if (high.controls / high.all > 0.25 && reads(bytes, 'shift_jis', /[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}ー]/u))
    return 'shift_jis';
  if (mean >= 2.5 && high.cyrillic / high.all > 0.95 && high.cyrillicSmall / high.all > 0.5)
    return 'windows-1251';
  if (mean >= 2 && reads(bytes, 'euc-kr', /\p{sc=Hangul}/u)) return 'euc-kr';
  if (mean >= 2 && reads(bytes, 'gbk', /\p{sc=Han}/u)) return 'gbk';
  return high.inWord / high.all > 0.1 ? 'windows-1250' : 'windows-1252';
}

/** Whether the text is whole in this encoding and nine in ten of its letters outside ASCII are of its script. */
function reads(bytes: Uint8Array, encoding: Encoding, script: RegExp): boolean {
  const end = Math.min(bytes.length, sampled);
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(0, end), {
      stream: end < bytes.length,
    });
    const foreign = [...text].filter((letter) => letter > '\u007f' && /\p{L}/u.test(letter));
    return (
      foreign.length > 0 && foreign.filter((letter) => script.test(letter)).length / foreign.length > 0.9
    );
  } catch {
    return false;
  }
}
