const names = new Intl.DisplayNames('en', { type: 'region' });
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** Two letters that Intl names but that are no country one can call. */
const noCountries = new Set([
  'EU',
  'EZ',
  'UN',
  'QO',
  'XA',
  'XB',
  'ZZ',
  'AQ',
  'BV',
  'GS',
  'HM',
  'TF',
  'UM',
  'CP',
  'DG',
  'EA',
  'IC',
  'CQ',
]);

/** The country's name for its two letters of ISO 3166-1. */
export const countryName = (code: string) => (/^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code);

/** Every country with its name, by name, for choosing one. */
export const countries = [...letters]
  .flatMap((first) => [...letters].map((second) => first + second))
  .map((value) => ({ value, label: names.of(value) ?? value }))
  .filter(({ value, label }) => label !== value && !noCountries.has(value) && isCurrent(value))
  .sort((a, b) => a.label.localeCompare(b.label));

/** Intl also names what a country was called before (SU, DD…), and canonicalises it to what it is now. */
function isCurrent(code: string): boolean {
  return new Intl.Locale(`und-${code}`).region === code;
}
