import { plainCell } from '../../audiences/import/file/cell.ts';
import { csvRecords } from '../../audiences/import/file/csv-records.ts';
import { encodingOfSample } from '../../audiences/import/file/encoding.ts';
import { delimiterOf } from '../../audiences/import/file/table.ts';
import { refuseOtherFiles, UnreadableFile } from '../../audiences/import/file/unreadable-file.ts';
import { isZip } from '../../audiences/import/file/workbook.ts';
import { isCodeHeader } from './code-rules.ts';

/** A row of a file of codes, with its number as a spreadsheet shows it. */
export interface CodeRow {
  row: number;
  code: string;
  /** A quote in it was opened and not closed; it was left out. */
  strayQuote: boolean;
}

/** Characters by which a file is told to be written so or so. */
const headCharacters = 20_000;

/**
 * Reads a file of codes as it comes: a code a line, or a table with a column of codes, which its name tells, or `column` (its
 * name, or its number from 1). Rows without anything in them are passed over.
 * @throws UnreadableFile where it is no text, or where it is not clear which column holds the codes
 */
export async function* readCodes(
  content: AsyncIterable<Uint8Array>,
  column: string | undefined,
): AsyncGenerator<CodeRow> {
  const { head, text } = await beginText(content);
  const stated = /^"?sep=(.)"?[ ,;\t]*\r?(\n|$)/i.exec(head);
  const delimiter = stated?.[1] ?? delimiterOf(head);
  let row = 0;
  let at: number | null = null;
  let isEmpty = true;
  for await (const { cells, strayQuote } of csvRecords(text, delimiter)) {
    row++;
    if (stated && row === 1) continue;
    const plain = cells.map(plainCell);
    if (plain.every((cell) => cell === '')) continue;
    isEmpty = false;
    if (at === null) {
      const found = columnOf(plain, column);
      at = found.at;
      if (found.isHeader) continue;
    }
    yield { row, code: plain[at] ?? '', strayQuote };
  }
  if (isEmpty) throw new UnreadableFile('the file is empty; give it a code a line');
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

/** The beginning of a file's text, and all of it. */
async function beginText(
  content: AsyncIterable<Uint8Array>,
): Promise<{ head: string; text: AsyncGenerator<string> }> {
  const chunks = content[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let size = 0;
  while (size < headCharacters) {
    const { value, done } = await chunks.next();
    if (done) break;
    first.push(value);
    size += value.length;
  }
  const sample = Buffer.concat(first);
  if (sample.length === 0) throw new UnreadableFile('the file is empty; give it a code a line');
  if (isZip(sample))
    throw new UnreadableFile('the file is a workbook or an archive; save the sheet as CSV and send that');
  refuseOtherFiles(sample);
  const decoder = new TextDecoder(encodingOfSample(sample) ?? 'utf-8');
  const head = decoder.decode(sample, { stream: true });
  async function* text(): AsyncGenerator<string> {
    yield head;
    for (;;) {
      const { value, done } = await chunks.next();
      if (done) break;
      yield decoder.decode(value, { stream: true });
    }
    yield decoder.decode();
  }
  return { head: head.slice(0, headCharacters), text: text() };
}
