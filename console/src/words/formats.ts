const wholeNumbers = new Intl.NumberFormat('en-US');
const shares = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 });
const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const days = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** 12345 → "12,345". */
export const count = (value: number) => wholeNumbers.format(value);

/** Part of a whole as percent; a dash when there is no whole. */
export const share = (part: number, whole: number) => (whole > 0 ? shares.format(part / whole) : '–');

/** Dollars; small sums keep the digits that make a message's price visible. */
export function dollars(value: number): string {
  const digits = value !== 0 && Math.abs(value) < 1 ? 4 : 2;
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: digits,
  }).format(value);
}

/** An instant in the reader's own zone; a dash for none. */
export function instant(value: string | number | null | undefined): string {
  return value === null || value === undefined ? '–' : dates.format(new Date(value));
}

const utcDays = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });

/** When somebody agreed: a midnight in UTC is a day that was written without an hour, the same day everywhere. */
export const dayOrInstant = (value: string) =>
  /T00:00:00(\.0+)?Z$/.test(value) ? utcDays.format(new Date(value)) : instant(value);

/** The day of an instant. */
export const day = (value: string | number) => days.format(new Date(value));

/** "3 minutes ago", "in 2 hours". */
export function ago(value: string | number, now = Date.now()): string {
  const seconds = Math.round((new Date(value).getTime() - now) / 1000);
  const [unit, size] = unitOf(Math.abs(seconds));
  return relative.format(Math.round(seconds / size), unit);
}

function unitOf(seconds: number): [Intl.RelativeTimeFormatUnit, number] {
  if (seconds < 60) return ['second', 1];
  if (seconds < 3_600) return ['minute', 60];
  if (seconds < 86_400) return ['hour', 3_600];
  return ['day', 86_400];
}

/** "1 list", "2 lists". */
export const counted = (value: number, one: string, many = `${one}s`) =>
  `${count(value)} ${value === 1 ? one : many}`;

/** Any value of a profile as text. */
export function fieldText(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
