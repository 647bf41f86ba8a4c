import { beginText } from '../../../audiences/import/file/begin-text.ts';
import { plainCell } from '../../../audiences/import/file/cell.ts';
import { csvRecords } from '../../../audiences/import/file/csv-records.ts';
import { delimiterOf } from '../../../audiences/import/file/table.ts';
import { UnreadableFile } from '../../../audiences/import/file/unreadable-file.ts';

/** A row of a file of items, with its number as a spreadsheet shows it. */
export interface FileRow {
  row: number;
  cells: string[];
  /** A quote in it was opened and not closed; it was left out. */
  strayQuote: boolean;
}

/**
 * Reads a CSV as it comes: the names of its columns first, then its rows; those without anything in them are passed over.
 * @throws UnreadableFile where it is no text, or has no names of columns
 */
export async function readRows(
  content: AsyncIterable<Uint8Array>,
): Promise<{ headers: string[]; rows: AsyncGenerator<FileRow> }> {
  const { head, text } = await beginText(content, 'its first row must name the columns');
  const stated = /^"?sep=(.)"?[ ,;\t]*\r?(\n|$)/i.exec(head);
  const records = allRows(csvRecords(text, stated?.[1] ?? delimiterOf(head)), stated ? 1 : 0);
  const { value: first } = await records.next();
  if (!first) throw new UnreadableFile('the file is empty; its first row must name the columns');
  const headers = first.cells.map((cell) => cell.normalize());
  const twice = headers.find((header, index) => header !== '' && headers.indexOf(header) !== index);
  if (twice !== undefined)
    throw new UnreadableFile(`two columns are called “${twice}”; give each a name of its own`);
  return { headers, rows: records };
}

async function* allRows(
  records: AsyncIterable<{ cells: string[]; strayQuote: boolean }>,
  passedOver: number,
): AsyncGenerator<FileRow, undefined> {
  let row = 0;
  for await (const { cells, strayQuote } of records) {
    row++;
    if (row <= passedOver) continue;
    const plain = cells.map(plainCell);
    if (plain.some((cell) => cell !== '')) yield { row, cells: plain, strayQuote };
  }
  return undefined;
}
