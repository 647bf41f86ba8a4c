import { ApiError } from '../http/errors.ts';

const isoDay = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Below this a number counts seconds since 1970, above it milliseconds: 10^11 seconds is the year 5138. */
const firstMilliseconds = 100_000_000_000;
const earliest = Date.UTC(1990, 0, 1);
const latest = Date.UTC(2200, 0, 1);

/**
 * Reads an instant: ISO 8601, Iterable's `yyyy-MM-dd HH:mm:ss +00:00` (no offset means UTC), a day, or seconds
 * or milliseconds since 1970. Null for what is none.
 */
export function parseInstant(value: string | number): Date | null {
  const text = typeof value === 'string' ? value.trim() : value;
  const number = typeof text === 'number' ? text : /^\d{9,14}$/.test(text) ? Number(text) : null;
  if (number !== null) return within(new Date(number < firstMilliseconds ? number * 1000 : number));
  const parts =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s?(Z|UTC|[+-]\d{2}:?\d{2})?)?$/.exec(
      String(text),
    );
  if (!parts) return null;
  const [, day = '', time = '00:00', zone = 'Z'] = parts;
  // Date turns 30 February into 2 March.
  if (!isDay(day)) return null;
  const offset = zone === 'UTC' ? 'Z' : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  return within(new Date(`${day}T${time}${offset}`));
}

/** The same for a field of a request. @throws ApiError BadParams naming the field. */
export function readInstant(field: string, value: string | number): Date {
  const instant = parseInstant(value);
  if (instant) return instant;
  throw new ApiError('BadParams', `${field} ${value} ${notAnInstant}`, { field, value });
}

/** Why a value was not read, for people. */
export const notAnInstant =
  'is not an instant from 1990 to 2199; write 2026-11-23T17:00:00Z, or seconds or milliseconds since 1970';

function isDay(day: string): boolean {
  const [, year, month, date] = isoDay.exec(day) ?? [];
  return Number(date) >= 1 && Number(date) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
}

function within(instant: Date): Date | null {
  const time = instant.getTime();
  return time >= earliest && time < latest ? instant : null;
}
