import { stringify } from 'csv-stringify/sync';

/**
 * Rows as CSV (RFC 4180), each with its line end. Objects are written as JSON. Text that a spreadsheet would run as a
 * formula is kept from it by an apostrophe.
 */
export function csvText(rows: readonly (readonly unknown[])[], delimiter = ','): string {
  return stringify([...rows], {
    delimiter,
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/,
    cast: { boolean: String, string: guarded },
  });
}

/** Numbers with a sign, telephone numbers among them, are harmless; what else begins like a formula is not. */
function guarded(text: string): string {
  return /^[=@\t\r]|^[+-](?![\d ()./-]*$)/.test(text) ? `'${text}` : text;
}
