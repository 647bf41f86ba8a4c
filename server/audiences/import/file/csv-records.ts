import { UnreadableFile } from './unreadable-file.ts';

/** A record of a file: its cells as they stand, and whether a quote in it was opened and never rightly closed. */
export interface CsvRecord {
  cells: string[];
  strayQuote: boolean;
}

/** No cell that means anything is longer; a quote open for so long was never meant to be closed. */
const longestRecord = 200_000;
const mostLines = 200;
/** A longer line is no row of a table, and would be looked through anew with each part that comes. */
const longestLine = 1_000_000;

/**
 * Reads records out of text that comes in parts. A quote that opens a cell and is not closed before a delimiter or
 * a line's end costs its own row at most: it is taken for a mark of no meaning, and the row ends with its line.
 * @throws UnreadableFile where a line has no end
 */
export async function* csvRecords(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<CsvRecord> {
  let held = '';
  let width = 0;
  const read = function* (isLast: boolean): Generator<CsvRecord> {
    let start = 0;
    while (start < held.length) {
      const found = recordAt(held, start, delimiter, width, isLast);
      if (!found) break;
      start = found.end;
      if (width < 2) width = found.record.cells.length;
      yield found.record;
    }
    held = held.slice(start);
  };
  for await (const part of newLines(text)) {
    held += part;
    yield* read(false);
    if (held.length > longestLine)
      throw new UnreadableFile(
        `a line of the file has more than ${longestLine} characters; save it with a row a line`,
      );
  }
  yield* read(true);
}

/** The record that begins at `start`, or null when its end has not come yet. */
function recordAt(
  text: string,
  start: number,
  delimiter: string,
  width: number,
  isLast: boolean,
): { record: CsvRecord; end: number } | null {
  const lineEnd = text.indexOf('\n', start);
  if (lineEnd < 0 && !isLast) return null;
  const stop = lineEnd < 0 ? text.length : lineEnd;
  const end = lineEnd < 0 ? text.length : lineEnd + 1;
  const line = text.slice(start, stop);
  if (!line.includes('"'))
    return { record: { cells: line.split(delimiter).map(trimmed), strayQuote: false }, end };
  const whole = quotedCells(text, start, delimiter, isLast);
  if (whole === 'more' && text.length - start < longestRecord) return null;
  if (whole !== 'more' && whole !== 'stray') {
    const fits = whole.end <= end || width < 2 || whole.cells.length === width;
    if (fits) return { record: { cells: whole.cells, strayQuote: false }, end: whole.end };
  }
  return { record: { cells: cellsOfLine(line, delimiter), strayQuote: true }, end };
}

/**
 * Cells of a record with quotes in it, over several lines where a quoted cell holds line ends. `stray` when a quote
 * that is open over a line's end meets one that closes nothing, or none at all.
 */
function quotedCells(
  text: string,
  start: number,
  delimiter: string,
  isLast: boolean,
): { cells: string[]; end: number } | 'more' | 'stray' {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    let from = at;
    while (text[from] === ' ') from++;
    if (text[from] !== '"') {
      const next = endOfCell(text, at, delimiter);
      if (next === text.length && !isLast) return 'more';
      cells.push(trimmed(text.slice(at, next)));
      if (next === text.length) return { cells, end: next };
      at = next + 1;
      if (text[next] === '\n') return { cells, end: at };
      continue;
    }
    let lines = 0;
    let close = from + 1;
    let value = '';
    let rest = close;
    for (; ; close++) {
      const code = text.charCodeAt(close);
      if (Number.isNaN(code)) return isLast ? 'stray' : 'more';
      if (code === 10 && ++lines > mostLines) return 'stray';
      if (code !== 34) continue;
      if (text[close + 1] === '"') {
        value += text.slice(rest, close + 1);
        rest = ++close + 1;
        continue;
      }
      let behind = close + 1;
      while (text[behind] === ' ' && delimiter !== ' ') behind++;
      if (behind >= text.length && !isLast) return 'more';
      if (behind >= text.length || text[behind] === delimiter || text[behind] === '\n') {
        cells.push(trimmed(value + text.slice(rest, close)));
        if (behind >= text.length) return { cells, end: behind };
        at = behind + 1;
        if (text[behind] === '\n') return { cells, end: at };
        break;
      }
      if (lines > 0) return 'stray';
    }
  }
}

function endOfCell(text: string, from: number, delimiter: string): number {
  for (let index = from; index < text.length; index++)
    if (text[index] === delimiter || text[index] === '\n') return index;
  return text.length;
}

/** A line on its own: well-closed quotes hold what they hold, the others are left out. */
function cellsOfLine(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let rest = line;
  for (;;) {
    const quoted = /^ *"((?:[^"]|"")*)" *$/.exec(rest.slice(0, endOfQuoted(rest, delimiter)));
    const end = quoted ? endOfQuoted(rest, delimiter) : endOfCell(rest, 0, delimiter);
    const cell = rest.slice(0, end);
    cells.push(trimmed(quoted ? quoted[1]!.replaceAll('""', '"') : cell.replace(/^ *"|" *$/g, '')));
    if (end >= rest.length) return cells;
    rest = rest.slice(end + 1);
  }
}

/** Where the quoted cell at the start of a text ends, its length when it is not closed. */
function endOfQuoted(text: string, delimiter: string): number {
  for (
    let close = text.indexOf('"', text.indexOf('"') + 1);
    close >= 0;
    close = text.indexOf('"', close + 1)
  ) {
    if (text[close + 1] === '"') close++;
    else if (close + 1 === text.length || text[close + 1] === delimiter) return close + 1;
  }
  return text.length;
}

/** Line ends of Windows, Unix and the old Mac, all as \n. A \r alone ends a line where the text has no \n at all. */
async function* newLines(parts: AsyncIterable<string>): AsyncGenerator<string> {
  let old: boolean | null = null;
  let waiting = '';
  for await (const part of parts) {
    let text = waiting + part;
    waiting = '';
    if (old === null && /[\r\n]/.test(text)) old = !text.includes('\n') && /\r[^\r]/.test(text);
    if (text.endsWith('\r')) {
      waiting = '\r';
      text = text.slice(0, -1);
    }
    yield old ? text.replaceAll('\r', '\n') : text.replaceAll('\r\n', '\n');
  }
  if (waiting) yield old ? '\n' : '';
}

const trimmed = (cell: string): string => cell.trim();
