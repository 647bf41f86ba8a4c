import { UnreadableFile } from '../../audiences/import/file/unreadable-file.ts';
import { readRecords } from '../uploads/read-records.ts';
import { isCodeHeader } from './code-rules.ts';

/** A row of a file of codes, with its number as a spreadsheet shows it. */
export interface CodeRow {
  row: number;
  code: string;
  /** A quote in it was opened and not closed; it was left out. */
  strayQuote: boolean;
}

/**
 * Reads a file of codes as it comes: a code a line, or a table with a column of codes, which its name tells, or `column` (its
 * name, or its number from 1). Rows without anything in them are passed over.
 * @throws UnreadableFile where it is no text, or where it is not clear which column holds the codes
 */
export async function* readCodes(
  content: AsyncIterable<Uint8Array>,
  column: string | undefined,
): AsyncGenerator<CodeRow> {
  const remedy = 'give it a code a line';
  let at: number | null = null;
  let isEmpty = true;
  for await (const { row, cells, strayQuote } of readRecords(content, remedy)) {
    isEmpty = false;
    if (at === null) {
      const found = columnOf(cells, column);
      at = found.at;
      if (found.isHeader) continue;
    }
    yield { row, code: cells[at] ?? '', strayQuote };
  }
  if (isEmpty) throw new UnreadableFile(`the file is empty; ${remedy}`);
}

/** Which column of the first row holds codes, and whether that row only names them. */
function columnOf(cells: readonly string[], wanted: string | undefined): { at: number; isHeader: boolean } {
  const names = cells.map((cell) => `“${cell}”`).join(', ');
  if (wanted !== undefined) {
    const named = cells.findIndex((cell) => cell.toLowerCase() === wanted.trim().toLowerCase());
    if (named >= 0) return { at: named, isHeader: true };
    const number = /^\d{1,3}$/.test(wanted.trim()) ? Number(wanted) : 0;
    if (number >= 1 && number <= cells.length)
      return { at: number - 1, isHeader: isCodeHeader(cells[number - 1] ?? '') };
    throw new UnreadableFile(
      `the file has no column ${JSON.stringify(wanted)}; its first row has ${names}: give one of these as column, or its number`,
    );
  }
  const at = cells.findIndex(isCodeHeader);
  if (at >= 0) return { at, isHeader: true };
  const filled = cells.filter((cell) => cell !== '').length;
  if (filled <= 1) return { at: cells.findIndex((cell) => cell !== ''), isHeader: false };
  throw new UnreadableFile(
    `the file has ${cells.length} columns (its first row has ${names}) and none is called code; say which holds the codes by column, its name or its number from 1`,
  );
}
