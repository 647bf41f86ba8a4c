import { CsvError, parse } from 'csv-parse';
import { storageFault } from '../../http/storable.ts';

/** How a file's bytes are text, and what parts its columns. */
export interface CsvShape {
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  delimiter: ',' | ';' | '\t' | '|';
  /** Lines that are not inside quotes: how many rows there are about, the header with them. */
  lines: number;
}

type Chunks = () => AsyncIterable<Uint8Array>;

/** A file that is no CSV; the message says what it is and the remedy. */
class UnreadableFile extends Error {}

/** How files begin that are often sent in place of a CSV (https://en.wikipedia.org/wiki/List_of_file_signatures). */
const otherFiles: { start: number[]; what: string }[] = [
  { start: [0x50, 0x4b, 0x03, 0x04], what: 'an Excel workbook or another zip archive' },
  { start: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Excel workbook' },
  { start: [0x25, 0x50, 0x44, 0x46], what: 'a PDF' },
  { start: [0x1f, 0x8b], what: 'packed with gzip' },
];

/** What is wrong with the file itself, so that no second try would mend it; null for any other error. */
export function fileFault(error: unknown): string | null {
  if (error instanceof UnreadableFile) return error.message;
  if (!(error instanceof CsvError)) return null;
  // The library names the line at which it gave up; what is wrong begins behind the last whole row.
  const row = typeof error.records === 'number' ? ` It begins in row ${error.records + 1}.` : '';
  return `the file is not rightly built CSV: ${error.message}.${row}`;
}

/**
 * Looks through a whole file, a chunk at a time, for how to read it: a byte-order mark tells, else zero bytes mean
 * UTF-16, else it is UTF-8 as long as every byte of it is, else Windows-1252 (which Latin-1 is a part of).
 */
export async function inspectCsv(chunks: Chunks): Promise<CsvShape> {
  let sample: Uint8Array = new Uint8Array();
  for await (const chunk of chunks()) {
    sample = chunk;
    break;
  }
  const other = otherFiles.find(({ start }) => start.every((byte, index) => sample[index] === byte));
  if (other) throw new UnreadableFile(`the file is ${other.what}; save it as CSV and send that`);
  const encoding = encodingOfSample(sample) ?? ((await isUtf8(chunks)) ? 'utf-8' : 'windows-1252');
  let lines = 0;
  let quoted = false;
  let pending = false;
  let head = '';
  for await (const text of decode(chunks(), encoding)) {
    if (head.length < 10_000) head += text;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code === 34) quoted = !quoted;
      else if (code === 10 && !quoted) {
        if (pending) lines++;
        pending = false;
        continue;
      }
      if (code > 32) pending = true;
    }
  }
  return { encoding, delimiter: delimiterOf(head), lines: lines + (pending ? 1 : 0) };
}

function encodingOfSample(sample: Uint8Array): CsvShape['encoding'] | null {
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

async function isUtf8(chunks: Chunks): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of chunks()) decoder.decode(chunk, { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

async function* decode(
  chunks: AsyncIterable<Uint8Array>,
  encoding: CsvShape['encoding'],
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** The one of the usual delimiters that stands most often in the header line, outside quotes. */
function delimiterOf(head: string): CsvShape['delimiter'] {
  const line = head.split(/\r?\n/, 1)[0]!.replaceAll(/"[^"]*"/g, '');
  const count = (delimiter: string) => line.split(delimiter).length;
  const delimiters = [',', ';', '\t', '|'] as const;
  return delimiters.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best), ',');
}

/** A row of a file with its number as a spreadsheet shows it, the header being 1. Empty rows have a number too. */
export interface CsvRow {
  number: number;
  cells: string[];
}

/** The names of a file's columns: takes the first of its rows. @throws UnreadableFile when there are none. */
export async function takeHeader(rows: AsyncGenerator<CsvRow>): Promise<string[]> {
  const first = await rows.next();
  if (first.done) throw new UnreadableFile('the file is empty; its first row must name the columns');
  if (storageFault(first.value.cells))
    throw new UnreadableFile('the first row is no text; save the file as CSV in UTF-8 and send that');
  return first.value.cells;
}

/** Reads a file row by row, the header first; rows without anything in them are passed over. */
export async function* readRows(chunks: Chunks, shape: CsvShape): AsyncGenerator<CsvRow> {
  const parser = parse({
    delimiter: shape.delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    trim: true,
    max_record_size: 1_000_000,
  });
  const feeding = (async () => {
    for await (const text of decode(chunks(), shape.encoding))
      if (!parser.write(text)) await new Promise((resolve) => parser.once('drain', resolve));
    parser.end();
  })();
  feeding.catch((error: Error) => parser.destroy(error));
  let number = 0;
  for await (const record of parser) {
    number++;
    const cells: string[] = Array.isArray(record) ? record.map(String) : [];
    if (cells.some((cell) => cell !== '')) yield { number, cells };
  }
}
