/**
 * A cell as it was meant: spreadsheets mark text by an apostrophe (`'94103`, `'+1415…`) or by a formula that only
 * holds text (`="94103"`); exports leave marks of no width and hard blanks behind. `'t Hooft` stays as it is.
 */
export function plainCell(cell: string): string {
  if (!/^['’`=]|[\u200b\u200e\u200f\ufeff\u2060]/.test(cell)) return cell.trim();
  const formula = /^=\s*"((?:[^"]|"")*)"$/.exec(cell);
  const text = formula ? formula[1]!.replaceAll('""', '"') : cell;
  return text
    .replaceAll(/[\u200b\u200e\u200f\ufeff\u2060]/g, '')
    .replace(/^['’`](?=[\d+=@(-])/, '')
    .trim();
}
