import { ApiError } from '../http/errors.ts';

/** Iterable's own form, `2026-11-23 17:00:00`, which is UTC; with `T` and without seconds alike. */
const withoutZone = /^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/;

/**
 * Reads an instant as callers write it: ISO 8601, Iterable's `YYYY-MM-DD HH:MM:SS` (UTC), or milliseconds since
 * 1970. Throws `BadParams` naming the field when it is none of these.
 */
export function readInstant(value: string | number, field: string): Date {
  const instant = new Date(typeof value === 'number' ? value : normalised(value.trim()));
  if (Number.isNaN(instant.getTime()))
    throw new ApiError(
      'BadParams',
      `${field} is no instant: ${JSON.stringify(value)}; write it as 2026-11-23T17:00:00Z or 2026-11-23 17:00:00 (UTC)`,
      { field, value },
    );
  return instant;
}

function normalised(text: string): string {
  // A number in a query string arrives as text.
  if (/^\d{11,}$/.test(text)) return new Date(Number(text)).toISOString();
  // Iterable writes an offset after a blank: 2026-11-23 17:00:00 +00:00.
  const joined = text.replace(/ (?=[+-]\d{2}:?\d{2}$)/, '').replace(' ', 'T');
  if (!withoutZone.test(text)) return joined;
  return joined.length === 10 ? joined : `${joined}Z`;
}
