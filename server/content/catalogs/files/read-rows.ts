import { UnreadableFile } from '../../../audiences/import/file/unreadable-file.ts';
import { type FileRow, readRecords } from '../../uploads/read-records.ts';

const remedy = 'its first row must name the columns';

/**
 * Reads a CSV as it comes: the names of its columns first, then its rows; those without anything in them are passed over.
 * @throws UnreadableFile where it is no text, or has no names of columns
 */
export async function readRows(
  content: AsyncIterable<Uint8Array>,
): Promise<{ headers: string[]; rows: AsyncGenerator<FileRow> }> {
  const records = readRecords(content, remedy);
  const { value: first } = await records.next();
  if (!first) throw new UnreadableFile(`the file is empty; ${remedy}`);
  const headers = first.cells.map((cell) => cell.normalize());
  const twice = headers.find((header, index) => header !== '' && headers.indexOf(header) !== index);
  if (twice !== undefined)
    throw new UnreadableFile(`two columns are called “${twice}”; give each a name of its own`);
  return { headers, rows: records };
}
