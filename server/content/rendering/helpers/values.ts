/**
 * A date as a helper printed it in its usual form; compared and reckoned with it is still the instant.
 */
export class PrintedDate {
  readonly at: Date;
  readonly #text: string;

  constructor(at: Date, text: string) {
    this.at = at;
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

const isPlainObject = (value: object): boolean => {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** What a value prints; an object prints nothing. */
export const text = (value: unknown): string =>
  value === null || value === undefined || (typeof value === 'object' && isPlainObject(value))
    ? ''
    : String(value);

/** Whether a value leaves a hole where it is printed: nothing, white space, an object, an empty list. */
export const printsNothing = (value: unknown): boolean => text(value).trim() === '';

/** A number, or text that is one; null for all else. */
export function toNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** Nothing, no, white space or an empty list; 0 is a value. */
export const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === false ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

/** What a condition takes for no, as Iterable's do: what is empty, and any zero. */
export const isFalsy = (value: unknown): boolean => isEmpty(value) || value === 0;

/** Dates by time, numbers by size, lists and objects by whether they are the same, all else by letters. */
export function compare(a: unknown, b: unknown): number {
  const [at, other] = [comparableDate(a, b), comparableDate(b, a)];
  if (at && other) return at.getTime() - other.getTime();
  const [x, y] = [toNumber(a), toNumber(b)];
  if (x !== null && y !== null) return x - y;
  if (isComposed(a) && isComposed(b)) return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)) ? 0 : 1;
  const [s, t] = [text(a), text(b)];
  return s < t ? -1 : s > t ? 1 : 0;
}

/** Text that reads as a date counts as one beside another date. */
function comparableDate(value: unknown, beside: unknown): Date | null {
  if (value instanceof PrintedDate) return value.at;
  if (typeof value === 'string' && dateText.test(value.trim())) return toDate(value, new Date(0));
  return beside instanceof PrintedDate ? toDate(value, new Date(0)) : null;
}

function isComposed(value: unknown): value is object {
  return typeof value === 'object' && value !== null && (Array.isArray(value) || isPlainObject(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isComposed(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

const dateText =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?$/;

/**
 * An instant from ISO text (UTC where it names no offset; `2026-11-01 15:30:00 +00:00` too), from a count of
 * seconds or milliseconds, or `now`; null for all else.
 */
export function toDate(value: unknown, now: Date): Date | null {
  if (value === 'now') return now;
  if (value instanceof PrintedDate) return value.at;
  const count = toNumber(value);
  // Seconds stay below this until the year 5138, milliseconds have been above it since 1973.
  if (count !== null) return valid(new Date(Math.abs(count) < 1e11 ? count * 1000 : count));
  if (value instanceof Date) return valid(value);
  const parts = typeof value === 'string' ? dateText.exec(value.trim()) : null;
  if (!parts) return null;
  const [, day, time = '00:00', zone = 'Z'] = parts;
  const offset = /^[+-]/.test(zone) ? `${zone.replace(/:/, '').padEnd(5, '0')}` : 'Z';
  return valid(new Date(`${day}T${time}${offset.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`));
}

function valid(date: Date): Date | null {
  return Number.isNaN(date.getTime()) ? null : date;
}
