import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import readWorkbook from 'read-excel-file/node';
import { UnreadableFile } from './unreadable-file.ts';

/** A workbook is read as a whole: a larger one is better sent as CSV, which is read row by row. */
export const largestWorkbook = 60 * 1024 ** 2;
/** Packed XML unfolds about tenfold; what unfolds to more than this was made to fill the memory. */
const largestUnpacked = 400 * 1024 ** 2;
const mostParts = 5000;

/** A sheet with anything on it: its name and its rows, as text. */
export interface Sheet {
  name: string;
  rows: string[][];
}

/** Whether a file is a zip archive, as an Excel workbook (.xlsx) is. */
export function isZip(start: Uint8Array): boolean {
  return start[0] === 0x50 && start[1] === 0x4b && start[2] === 3 && start[3] === 4;
}

/**
 * Reads the sheets of an Excel workbook. Numbers are written out in digits, dates as ISO 8601, true and false in
 * words, empty rows kept, so that rows keep the numbers that Excel shows.
 * @throws UnreadableFile for another archive and for one that unfolds beyond measure.
 */
export async function readSheets(content: Buffer): Promise<Sheet[]> {
  await measureArchive(content);
  let sheets: Awaited<ReturnType<typeof readWorkbook>>;
  try {
    sheets = await readWorkbook(content, { trim: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UnreadableFile(
      `the Excel workbook cannot be read (${why}); save it anew as XLSX or CSV and send that`,
    );
  }
  return sheets
    .map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(cellText)) }))
    .filter(({ rows }) => rows.some((row) => row.some((cell) => cell !== '')));
}

/** A sheet as the text of a CSV. */
export function sheetAsCsv({ rows }: Sheet): string {
  const cell = (text: string) => (/[",\n\r]|^ | $/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(cell).join(',')).join('\n');
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) {
    const iso = value.toISOString();
    return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19);
  }
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'number')
    return Number.isInteger(value) ? value.toLocaleString('en', { useGrouping: false }) : String(value);
  return String(value);
}

const unpack = promisify(inflateRaw);

/** Unfolds each part of an archive once, a part at a time and no further than may be (PKWARE APPNOTE 4.3). */
async function measureArchive(content: Buffer): Promise<void> {
  const noBook = new UnreadableFile(
    'the file is a zip archive and no Excel workbook; unpack it and send the XLSX or CSV in it',
  );
  const bomb = new UnreadableFile(
    `the workbook unfolds to more than ${largestUnpacked / 1024 ** 2} MB; save the sheet as CSV and send that`,
  );
  const end = content.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 22 > content.length) throw noBook;
  const count = content.readUInt16LE(end + 10);
  if (count > mostParts) throw bomb;
  let at = content.readUInt32LE(end + 16);
  let total = 0;
  let isBook = false;
  for (let part = 0; part < count; part++) {
    if (at + 46 > content.length || content.readUInt32LE(at) !== 0x02014b50) throw noBook;
    const method = content.readUInt16LE(at + 10);
    const packed = content.readUInt32LE(at + 20);
    const nameLength = content.readUInt16LE(at + 28);
    const local = content.readUInt32LE(at + 42);
    const name = content.toString('utf8', at + 46, at + 46 + nameLength);
    if (name === 'xl/workbook.xml') isBook = true;
    at += 46 + nameLength + content.readUInt16LE(at + 30) + content.readUInt16LE(at + 32);
    if (local + 30 > content.length) throw noBook;
    const start = local + 30 + content.readUInt16LE(local + 26) + content.readUInt16LE(local + 28);
    const body = content.subarray(start, start + packed);
    if (method === 0) total += body.length;
    else {
      try {
        total += (await unpack(body, { maxOutputLength: largestUnpacked - total })).length;
      } catch {
        throw bomb;
      }
    }
    if (total >= largestUnpacked) throw bomb;
  }
  if (!isBook) throw noBook;
}
