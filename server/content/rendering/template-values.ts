/** What a value prints; an object prints nothing. */
export const text = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date)
      ? ''
      : String(value);

/** A number, or text that is one; null for all else. */
export function toNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** Numbers by size, all else by letters; ISO dates sort rightly as letters. */
export function compare(a: unknown, b: unknown): number {
  const [x, y] = [toNumber(a), toNumber(b)];
  if (x !== null && y !== null) return x - y;
  const [s, t] = [text(a), text(b)];
  return s < t ? -1 : s > t ? 1 : 0;
}

/** Nothing, no, or an empty list; 0 is a value. */
export const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  value === false ||
  (Array.isArray(value) && value.length === 0);

const dateText = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?(Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * An instant from ISO text (UTC where it names no offset; `2026-11-01 15:30:00 +00:00` too), from a count of
 * seconds or milliseconds, or `now`; null for all else.
 */
export function toDate(value: unknown, now: Date): Date | null {
  if (value === 'now') return now;
  const count = toNumber(value);
  // Seconds stay below this until the year 5138, milliseconds have been above it since 1973.
  if (count !== null) return valid(new Date(Math.abs(count) < 1e11 ? count * 1000 : count));
  if (value instanceof Date) return valid(value);
  const parts = typeof value === 'string' ? dateText.exec(value.trim()) : null;
  if (!parts) return null;
  const [, day, time = '00:00', offset = 'Z'] = parts;
  return valid(new Date(`${day}T${time}${offset.replace(/^([+-]\d\d):?/, '$1:')}`));
}

function valid(date: Date): Date | null {
  return Number.isNaN(date.getTime()) ? null : date;
}
