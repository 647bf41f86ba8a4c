/**
 * One line of CSV (RFC 4180) with its line end. Objects are written as JSON. Text that a spreadsheet would run as
 * a formula is kept from it by an apostrophe.
 */
export function csvLine(values: readonly unknown[], delimiter: string): string {
  return `${values.map((value) => csvField(value, delimiter)).join(delimiter)}\r\n`;
}

function csvField(value: unknown, delimiter: string): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? guarded(value) : JSON.stringify(value);
  const quoted = text.includes(delimiter) || /["\r\n]/.test(text);
  return quoted ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A phone number's plus sign and a negative number are harmless; what else begins like a formula is not. */
function guarded(text: string): string {
  return /^[=@\t\r]/.test(text) || /^[+-](?![\d.]+$)/.test(text) ? `'${text}` : text;
}
