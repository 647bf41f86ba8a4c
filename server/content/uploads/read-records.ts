import { beginText } from '../../audiences/import/file/begin-text.ts';
import { plainCell } from '../../audiences/import/file/cell.ts';
import { csvRecords } from '../../audiences/import/file/csv-records.ts';
import { delimiterOf } from '../../audiences/import/file/table.ts';

/** A row of a file, with its number as a spreadsheet shows it. */
export interface FileRow {
  row: number;
  cells: string[];
  /** A quote in it was opened and not closed; it was left out. */
  strayQuote: boolean;
}

/**
 * Reads a table in text as it comes, with whatever delimiter it has; rows without anything in them are passed over. `remedy` is what an
 * empty file is told to have.
 * @throws UnreadableFile where it is no text
 */
export async function* readRecords(
  content: AsyncIterable<Uint8Array>,
  remedy: string,
): AsyncGenerator<FileRow, undefined> {
  const { head, text } = await beginText(content, remedy);
  const stated = /^"?sep=(.)"?[ ,;\t]*\r?(\n|$)/i.exec(head);
  let row = 0;
  for await (const { cells, strayQuote } of csvRecords(text, stated?.[1] ?? delimiterOf(head))) {
    row++;
    if (stated && row === 1) continue;
    const plain = cells.map(plainCell);
    if (plain.some((cell) => cell !== '')) yield { row, cells: plain, strayQuote };
  }
  return undefined;
}
