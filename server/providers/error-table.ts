import type { ErrorClass } from './error-class.ts';

/** One code of a provider, or a span of them, and what to do about it. */
export interface ErrorRow {
  code: number;
  /** Last code of a span that begins at `code`. */
  through?: number;
  /** In a few words of ours, for the console and the message's history. */
  meaning: string;
  errorClass: ErrorClass;
  /** The wait before the next try, where the provider's rules say one; it grows as the class's does. */
  retryAfterMs?: number;
  /** How much longer each wait is than the one before it, where the rules say so. */
  growth?: number;
  /** How many more tries are worth making, where the rules say so; the class's own limit otherwise. */
  maxRetries?: number;
  /** Only marketing is tried again: the code speaks of a limit of marketing. */
  promotionalOnly?: boolean;
  /** Where the day turns whose cap is used up, where that is not the sender's own matter. */
  dayZone?: string;
  /** How many failures in a row make an address unreachable; one where nothing is said. */
  suppressAfter?: number;
  /** `seen` in the provider's own list or a copy of it; `known` from practice. */
  certainty: 'seen' | 'known';
}

/** A table of codes with where it comes from. */
export interface ErrorTable {
  source: string;
  /** The day the rows were checked (ISO date). */
  checkedOn: string;
  rows: readonly ErrorRow[];
}

/** A provider's codes as text to their rows. A row of one code wins over a span it lies in. */
export function indexErrors(table: ErrorTable): ReadonlyMap<string, ErrorRow> {
  const index = new Map<string, ErrorRow>();
  for (const row of table.rows) {
    for (let code = row.code; row.through !== undefined && code <= row.through; code++)
      index.set(String(code), row);
  }
  for (const row of table.rows) {
    if (row.through === undefined) index.set(String(row.code), row);
  }
  return index;
}
