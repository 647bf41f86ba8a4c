/** The console speaks English; its figures, dates and clocks are written as its texts are. */
export const locale = 'en-US';
/** The zone of the reader's own clock, as IANA names it. */
export const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const wholeNumbers = new Intl.NumberFormat(locale);
const shares = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
const dates = new Intl.DateTimeFormat(locale, {
  ...{ year: 'numeric', month: 'short', day: 'numeric' },
  ...{ hour: 'numeric', minute: '2-digit', timeZoneName: 'short' },
});
const fullDates = new Intl.DateTimeFormat(locale, {
  ...{ weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  ...{ hour: 'numeric', minute: '2-digit' },
});
const clocks = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });

/** 12345 → "12,345". */
export const count = (value: number) => wholeNumbers.format(value);

const amounts = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** A sum in a currency that is not known: 1234.5 → "1,234.50". */
export const amount = (value: number) => amounts.format(value);

/** Part of a whole as percent; a dash when there is no whole. */
export const share = (part: number, whole: number) => (whole > 0 ? shares.format(part / whole) : '–');

/** Dollars; small sums keep the digits that make a message's price visible. */
export function dollars(value: number): string {
  const digits = value !== 0 && Math.abs(value) < 1 ? 4 : 2;
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: digits,
  }).format(value);
}

/** An instant in the reader's own zone, which is named: "Nov 23, 2026, 12:00 PM EST"; a dash for none. */
export function instant(value: string | number | null | undefined): string {
  return value === null || value === undefined ? '–' : dates.format(new Date(value));
}

const utcDays = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });

/** When somebody agreed: a midnight in UTC is a day that was written without an hour, the same day everywhere. */
export const dayOrInstant = (value: string) =>
  /T00:00:00(\.0+)?Z$/.test(value) ? utcDays.format(new Date(value)) : instant(value);

/** An instant by the reader's clock with its weekday, for what cannot be undone: "Monday, November 23, 2026 at 9:00 AM". */
export const fullInstant = (value: string | number) => fullDates.format(new Date(value));

/** The same by the clock of a zone. */
export const fullInstantIn = (value: string | number, timeZone: string) =>
  new Intl.DateTimeFormat(locale, {
    ...{ weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
    ...{ hour: 'numeric', minute: '2-digit', timeZone },
  }).format(new Date(value));

/** The instant at which a zone's clock shows what a `datetime-local` field holds. */
export function instantAt(local: string, timeZone: string): Date {
  const shown = Date.parse(`${local}Z`);
  // The offset of the hour that was guessed may be another than that of the hour that is meant: once more.
  const guess = shown - offsetAt(shown, timeZone);
  return new Date(shown - offsetAt(guess, timeZone));
}

/** What a zone's clock shows at an instant, as a `datetime-local` field holds it. */
export const localInputIn = (value: string | number, timeZone: string) => {
  const at = new Date(value).getTime();
  return new Date(at + offsetAt(at, timeZone)).toISOString().slice(0, 16);
};

/** How far a zone's clock is ahead of UTC, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  const shown = Date.UTC(
    ...([
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
    ] as const),
  );
  return shown - Math.floor(at / 1000) * 1000;
}

/** An IANA zone as people read it: "America/New York". */
export const zoneWords = (zone: string) => zone.replaceAll('_', ' ');

/** The reader's clock at an instant: "9:05 AM". */
export const clock = (value: string | number) => clocks.format(new Date(value));

/** An instant by the reader's clock as a `datetime-local` field holds it: "2026-11-23T09:00". */
export function localInput(value: string | number): string {
  const at = new Date(value);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

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

/** "230 KB", "1.4 MB". */
export function byteWords(bytes: number): string {
  const [size, unit] =
    bytes < 1_000_000 ? [Math.max(1, Math.round(bytes / 1_000)), 'KB'] : [bytes / 1_000_000, 'MB'];
  return `${size.toLocaleString(undefined, { maximumFractionDigits: 1 })} ${unit}`;
}
