import type { Purpose } from '../../database/tables/consent.ts';
import type { ErrorClass, Waits } from '../../providers/error-class.ts';
import type { CodeMeaning, WireErrors } from '../../providers/wire.ts';
import { meaningOf } from '../../providers/wires.ts';
import { senderDay } from '../../senders/pace/sender-pace.ts';

/** A failure of one attempt, with what its message has behind it. */
export interface Failure {
  /** Said in answer to the post, or by a later callback. */
  told: 'answer' | 'callback';
  /** What the wire that told it knows of failures. */
  wire: WireErrors | undefined;
  errorClass: ErrorClass | null;
  code: string | null;
  /** The wait the provider asked for, in milliseconds. */
  retryAfterMs: number | null;
  at: Date;
  purpose: Purpose;
  /** Tries already used up. */
  retries: number;
  /** Where the sender's day turns. */
  dayZone: string;
}

/** When a message is tried again, and whether that uses up one of its tries. */
export interface Retry {
  dueAt: Date;
  isCounted: boolean;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Without an end: the message is not at fault, and its sender rests or is stopped. */
const sameAgain = (firstMs: number): Waits => ({ firstMs, longestMs: firstMs, growth: 1, most: null });

/** Between two tries at hours' distance, and between days. */
const later = { firstMs: 4 * hour, longestMs: 4 * day, growth: 2, most: 2 } satisfies Waits;
const nextDay = { firstMs: 0, longestMs: 0, growth: 1, most: 3 } satisfies Waits;

/** What was refused in answer to a post. */
const answered: Partial<Record<ErrorClass, Waits>> = {
  unsent: sameAgain(1_000),
  throttled: sameAgain(1_000),
  // About six hours in all.
  transient: { firstMs: 2_000, longestMs: hour, growth: 2, most: 16 },
  later,
  nextDay,
  // A worker knows of the stop after a second.
  sender: sameAgain(minute),
  account: sameAgain(minute),
};

/**
 * What had been accepted and failed on the way. The shortest wait is longer than a post can be under way, so that
 * the answer to another attempt is known before the next one leaves. All count, so that the wait ends.
 */
const calledBack: Partial<Record<ErrorClass, Waits & { most: number }>> = {
  throttled: { firstMs: minute, longestMs: hour, growth: 2, most: 5 },
  // A carrier's trouble seldom passes within minutes.
  transient: { firstMs: 10 * minute, longestMs: hour, growth: 2, most: 4 },
  later,
  nextDay,
  sender: { ...sameAgain(minute), most: 3 },
  account: { ...sameAgain(minute), most: 3 },
};

/**
 * When a failed message is tried again; null when it shall not be. The code's own row in the provider's table says
 * more than its class; a wait that the provider asked for is never cut short.
 */
export function retryOf(failure: Failure): Retry | null {
  const { errorClass, retries, at } = failure;
  const waits = errorClass === null ? undefined : waitsOf(failure)[errorClass];
  if (errorClass === null || waits === undefined) return null;
  const row = rowOf(failure);
  if (row?.promotionalOnly && failure.purpose !== 'promotional') return null;
  const most = waits.most === null ? null : (row?.maxRetries ?? waits.most);
  if (most !== null && retries >= most) return null;
  const first = Math.max(waits.firstMs, row?.retryAfterMs ?? 0);
  const grown = first * (row?.growth ?? waits.growth) ** (most === null ? 0 : retries);
  const wait = Math.max(Math.min(grown, Math.max(waits.longestMs, first)), failure.retryAfterMs ?? 0);
  const dueAt = new Date(at.getTime() + wait);
  const turn = errorClass === 'nextDay' ? nextDayOf(failure) : null;
  return { dueAt: turn && turn > dueAt ? turn : dueAt, isCounted: waits.most !== null };
}

/** When the day ends whose cap is used up: the code's own, or the sender's. */
export function nextDayOf(failure: Pick<Failure, 'wire' | 'code' | 'errorClass' | 'dayZone' | 'at'>): Date {
  return senderDay(rowOf(failure)?.dayZone ?? failure.dayZone, failure.at).nextDayAt;
}

function waitsOf({ told, wire }: Failure): Partial<Record<ErrorClass, Waits>> {
  return told === 'callback' ? calledBack : { ...answered, ...wire?.waits };
}

/** The row of the failure's code, where the failure was classed by it. */
function rowOf({
  wire,
  code,
  errorClass,
}: Pick<Failure, 'wire' | 'code' | 'errorClass'>): CodeMeaning | null {
  const row = meaningOf(wire, code);
  return row.errorClass === errorClass ? row : null;
}
