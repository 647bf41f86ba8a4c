/**
 * Countries whose postal codes are five digits, some of them beginning with a zero, which spreadsheets take away
 * (Universal Postal Union, postal addressing systems by country).
 */
const fiveDigits: ReadonlySet<string> = new Set([
  'US',
  'PR',
  'DE',
  'FR',
  'ES',
  'IT',
  'MX',
  'FI',
  'TR',
  'UA',
  'KR',
  'MY',
  'EE',
]);

/** A postal code with the zeros that a spreadsheet took from it: `2134` in the United States is 02134. */
export function wholePostalCode(cell: string, country: string): string {
  if (!fiveDigits.has(country)) return cell;
  if (/^\d{3,4}(?:\.0)?$/.test(cell)) return cell.replace(/\.0$/, '').padStart(5, '0');
  if (/^\d{3,4}-\d{4}$/.test(cell) && country === 'US') return cell.padStart(10, '0');
  return cell;
}
