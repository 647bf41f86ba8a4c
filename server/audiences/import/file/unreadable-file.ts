/** A file that cannot be read as a table; the message says what it is and the remedy. */
export class UnreadableFile extends Error {}

/** What is wrong with the file itself, so that no second try would mend it; null for any other error. */
export function fileFault(error: unknown): string | null {
  return error instanceof UnreadableFile ? error.message : null;
}

/** How files begin that are often sent in place of a table (https://en.wikipedia.org/wiki/List_of_file_signatures). */
const otherFiles: { start: number[]; what: string }[] = [
  { start: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Excel workbook (.xls), or one with a password' },
  { start: [0x25, 0x50, 0x44, 0x46], what: 'a PDF' },
  { start: [0x1f, 0x8b], what: 'packed with gzip' },
  { start: [0x7f, 0x45, 0x4c, 0x46], what: 'no text, but a program' },
];

/** @throws UnreadableFile when a file begins as one that is no table. */
export function refuseOtherFiles(sample: Uint8Array): void {
  const other = otherFiles.find(({ start }) => start.every((byte, index) => sample[index] === byte));
  if (other) throw new UnreadableFile(`the file is ${other.what}; save it as XLSX or CSV and send that`);
}
