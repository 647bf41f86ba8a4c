import { storageFault } from '../../../http/storable.ts';
import { isPersonCell, knownHeaderCount } from '../columns.ts';
import { plainCell } from './cell.ts';
import { csvRecords } from './csv-records.ts';
import { type Chunks, decode, type Encoding, encodingOf } from './encoding.ts';
import { refuseOtherFiles, UnreadableFile } from './unreadable-file.ts';

/** A row with its number as a spreadsheet shows it, the first line being 1. Empty rows have a number too. */
export interface TableRow {
  number: number;
  cells: string[];
  /** A quote in it was opened and not closed; it was left out. */
  strayQuote: boolean;
}

/** A file read as a table: how it is written, the names of its columns and its rows. */
export interface Table {
  encoding: Encoding;
  delimiter: string;
  /** No two alike: a later `Email` is `Email (2)`; empty for a column without a name. */
  headers: string[];
  /** Rows below the names, from the first; those without anything in them are passed over. */
  rows(): AsyncGenerator<TableRow>;
}

const delimiters = [',', ';', '\t', '|'] as const;
/** Names of columns stand among the first so many rows that hold anything. */
const headerWithin = 15;

/** Reads how a file is written and where its table begins. @throws UnreadableFile when it holds none. */
export async function openTable(chunks: Chunks): Promise<Table> {
  for await (const sample of chunks()) {
    refuseOtherFiles(sample);
    break;
  }
  const encoding = await encodingOf(chunks);
  const head = await headOf(chunks, encoding);
  const stated = /^\ufeff?"?sep=(.)"?[ ,;\t]*\r?(\n|$)/i.exec(head);
  const delimiter = stated?.[1] ?? delimiterOf(head);
  async function* records(): AsyncGenerator<TableRow> {
    let number = stated ? -1 : 0;
    for await (const { cells, strayQuote } of csvRecords(decode(chunks, encoding), delimiter)) {
      number++;
      if (number === 0) continue;
      const plain = cells.map(plainCell);
      if (plain.some((cell) => cell !== '')) yield { number, cells: plain, strayQuote };
    }
  }
  const header = await findHeader(records());
  return {
    encoding,
    delimiter,
    headers: distinct(header.cells),
    async *rows() {
      for await (const row of records()) if (row.number > header.number) yield row;
    },
  };
}

async function headOf(chunks: Chunks, encoding: Encoding): Promise<string> {
  let head = '';
  for await (const text of decode(chunks, encoding)) {
    head += text;
    if (head.length > 20_000) break;
  }
  return head.slice(0, 20_000);
}

/** The delimiter that stands equally often in most lines, outside quotes; of two such the more frequent. */
export function delimiterOf(head: string): string {
  const lines = head
    .replaceAll(/"(?:[^"]|"")*"/g, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, 50);
  const judge = (delimiter: string) => {
    const counts = new Map<number, number>();
    for (const line of lines) {
      const count = line.split(delimiter).length - 1;
      if (count > 0) counts.set(count, (counts.get(count) ?? 0) + 1);
    }
    const [count = 0, alike = 0] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [];
    return { share: alike / Math.max(lines.length, 1), count };
  };
  return delimiters.reduce<string>((best, delimiter) => {
    const [mine, bests] = [judge(delimiter), judge(best)];
    return mine.share > bests.share || (mine.share === bests.share && mine.count > bests.count)
      ? delimiter
      : best;
  }, ',');
}

/** The row that names the columns: titles and notes may stand above it. */
async function findHeader(rows: AsyncGenerator<TableRow>): Promise<TableRow> {
  const first: TableRow[] = [];
  for await (const row of rows) {
    first.push(row);
    if (first.length >= headerWithin) break;
  }
  if (first.length === 0) throw new UnreadableFile('the file is empty; its first row must name the columns');
  const filled = ({ cells }: TableRow) => cells.filter((cell) => cell !== '').length;
  const widest = Math.max(...first.map(filled));
  const wide = first.filter((row) => filled(row) >= Math.max(1, widest / 2));
  const header =
    wide.find(({ cells }) => knownHeaderCount(cells) > 0 && !cells.some(isPersonCell)) ?? wide[0]!;
  if (storageFault(header.cells))
    throw new UnreadableFile(
      'the first row is no text; save the file as XLSX or as CSV in UTF-8 and send that',
    );
  if (header.cells.some(isPersonCell))
    throw new UnreadableFile(
      `row ${header.number} holds a person where the names of the columns are expected; put a row above it that names them (email, phone, …) and send the file again`,
    );
  return header;
}

function distinct(headers: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return headers.map((header) => {
    const count = (counts.get(header) ?? 0) + 1;
    counts.set(header, count);
    return count === 1 || header === '' ? header : `${header} (${count})`;
  });
}
