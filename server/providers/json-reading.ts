import { storableText } from './storable-text.ts';

/** A JSON object whose fields nobody has vouched for: what providers send, which gains fields without notice. */
export type JsonRecord = { readonly [key: string]: unknown };

/** Whether `value` is a JSON object (not null, not an array). */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object written in `text`, or an empty one where it is not JSON or not an object. Never throws. */
export function parseRecord(text: string): JsonRecord {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

/** The object under `key`, or an empty one. */
export function recordAt(record: JsonRecord, key: string): JsonRecord {
  const value = record[key];
  return isRecord(value) ? value : {};
}

/** The objects of the list under `key`; what is not an object is left out; no list is an empty one. */
export function recordsAt(record: JsonRecord, key: string): JsonRecord[] {
  const value = record[key];
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** The text under `key`, storable; a number is written out, anything else and the empty text are `undefined`. */
export function textAt(record: JsonRecord, key: string): string | undefined {
  const value = record[key];
  if (typeof value === 'string') return storableText(value) || undefined;
  return typeof value === 'number' ? String(value) : undefined;
}

/** The instant under `key`, given in seconds since 1970 as text or number; `undefined` where it is none after it. */
export function secondsAt(record: JsonRecord, key: string): Date | undefined {
  const value = record[key];
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const instant = new Date(Number(value) * 1000);
  return value !== '' && instant.getTime() >= 0 ? instant : undefined;
}

/** The same object with every text in it storable, its names too. */
export function storableRecord(record: JsonRecord): JsonRecord {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [storableText(name), storableValue(value)]),
  );
}

function storableValue(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storableValue);
  return isRecord(value) ? storableRecord(value) : value;
}
