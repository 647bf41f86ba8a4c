import { parse as parseCsv } from 'csv-parse/sync';
import {
  type Rate,
  rateCategories,
  rateCertainties,
  rateDirections,
  rateMedia,
  rateParts,
  rateSenderKinds,
} from './rate.ts';

/** What is wrong with one cell of a price list. `row` counts from 1 as a spreadsheet does, the heading included in CSV. */
export interface RateFault {
  row: number;
  /** The column, or null where the row or file as a whole is at fault. */
  field: string | null;
  message: string;
}

export type ParsedRates = { ok: true; rates: Rate[] } | { ok: false; faults: RateFault[] };

const MOST_ROWS = 50_000;
const MOST_FAULTS = 100;
const columns = [
  'provider',
  'wire',
  'part',
  'country',
  'carrier',
  'senderKind',
  'medium',
  'category',
  'direction',
  'amount',
  'currency',
  'from',
  'until',
  'source',
  'certainty',
] as const;
type Column = (typeof columns)[number];
type Row = Partial<Record<string, unknown>>;

/**
 * Reads an operator's price list: JSON (an array of objects) or CSV (a heading row), with the fields of `Rate`,
 * except that the price is `amount` in dollars ("0.0083"). `provider`, `wire`, `country`, `medium` and `amount`
 * are needed; the rest default to base, outbound, `*`, USD, open dates. Nothing is taken if one cell is wrong. `wires` are
 * the names that `wire` may be.
 */
export function parseRates(text: string, format: 'json' | 'csv', wires: readonly string[]): ParsedRates {
  const read = format === 'json' ? readJson(text) : readCsv(text);
  if (typeof read === 'string') return { ok: false, faults: [{ row: 0, field: null, message: read }] };
  if (read.length === 0)
    return { ok: false, faults: [{ row: 0, field: null, message: 'the list holds no rates' }] };
  if (read.length > MOST_ROWS)
    return { ok: false, faults: [{ row: 0, field: null, message: `more than ${MOST_ROWS} rows` }] };
  const faults: RateFault[] = [];
  const first = format === 'csv' ? 2 : 1;
  const rates = read.map((row, i) =>
    readRate(row, wires, (field, message) => faults.push({ row: i + first, field, message })),
  );
  return faults.length > 0 ? { ok: false, faults: faults.slice(0, MOST_FAULTS) } : { ok: true, rates };
}

function readJson(text: string): Row[] | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `not JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (!Array.isArray(value)) return 'must be a JSON array of rates';
  // A row that is no object has none of the fields, and is told so field by field.
  return value.map((row: unknown) => (typeof row === 'object' && row !== null ? { ...row } : {}));
}

function readCsv(text: string): Row[] | string {
  try {
    return parseCsv<Row>(text, { bom: true, columns: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    return `not CSV: ${error instanceof Error ? error.message : String(error)}`;
  }
}

type Complain = (field: string, message: string) => void;

function readRate(row: Row, wires: readonly string[], complain: Complain): Rate {
  for (const field of Object.keys(row)) {
    if (!columns.some((column) => column === field))
      complain(field, `there is no such column; known are ${columns.join(', ')}`);
  }
  const currency = textOf(row, 'currency') || 'USD';
  if (currency !== 'USD') complain('currency', `“${currency}” is not supported; give amounts in USD`);
  const from = day(row, 'from', complain);
  const until = day(row, 'until', complain);
  if (from && until && until < from) complain('until', `${until} is before from, ${from}`);
  return {
    provider: needed(row, 'provider', complain),
    wire: oneOf(row, 'wire', wires, null, complain),
    part: oneOf(row, 'part', rateParts, 'base', complain),
    country: countryOf(row, complain),
    carrier: textOf(row, 'carrier') || '*',
    senderKind: oneOf(row, 'senderKind', rateSenderKinds, '*', complain),
    medium: oneOf(row, 'medium', rateMedia, null, complain),
    category: oneOf(row, 'category', rateCategories, '*', complain),
    direction: oneOf(row, 'direction', rateDirections, 'outbound', complain),
    micros: amountOf(row, complain),
    currency: 'USD',
    from,
    until,
    source: textOf(row, 'source') || 'operator',
    certainty: oneOf(row, 'certainty', rateCertainties, 'K', complain),
  };
}

function textOf(row: Row, field: Column): string {
  const value = row[field];
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}

function needed(row: Row, field: Column, complain: Complain): string {
  const value = textOf(row, field);
  if (value === '') complain(field, 'is missing');
  return value;
}

function oneOf<T extends string>(
  row: Row,
  field: Column,
  allowed: readonly T[],
  fallback: T | null,
  complain: Complain,
): T {
  const value = textOf(row, field);
  const found = value === '' ? fallback : allowed.find((one) => one.toLowerCase() === value.toLowerCase());
  if (found) return found;
  complain(field, value === '' ? 'is missing' : `“${value}” is none of ${allowed.join(', ')}`);
  return allowed[0]!;
}

function countryOf(row: Row, complain: Complain): string {
  const value = needed(row, 'country', complain).toUpperCase();
  if (value !== '' && !/^(?:[A-Z]{2}|\*)$/.test(value))
    complain('country', `“${value}” is no two-letter country code, nor *`);
  return value;
}

/** Whole millionths, read digit by digit so that no cent is lost to binary fractions. */
function amountOf(row: Row, complain: Complain): number {
  const value = needed(row, 'amount', complain);
  const parts = /^(\d{1,6})(?:\.(\d{1,12}))?$/.exec(value);
  if (!parts) {
    if (value !== '') complain('amount', `“${value}” is no price in dollars, such as 0.0083`);
    return 0;
  }
  const fraction = (parts[2] ?? '').padEnd(6, '0');
  if (/[1-9]/.test(fraction.slice(6))) complain('amount', `“${value}” is finer than a millionth of a dollar`);
  return Number(parts[1]) * 1_000_000 + Number(fraction.slice(0, 6));
}

function day(row: Row, field: 'from' | 'until', complain: Complain): string | null {
  const value = textOf(row, field);
  if (value === '') return null;
  try {
    if (Temporal.PlainDate.from(value).toString() === value) return value;
  } catch {
    // Said below, as for a date in another form.
  }
  complain(field, `“${value}” is no date such as 2026-01-19`);
  return null;
}
