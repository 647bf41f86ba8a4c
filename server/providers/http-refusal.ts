import type { ErrorClass } from './error-class.ts';
import type { Exchange } from './exchange.ts';
import type { SendResult } from './sending.ts';
import type { CodeMeaning } from './wire.ts';

/** The wait after a rate answer that names none: one second, the unit in which providers count. */
const DEFAULT_THROTTLE_MS = 1_000;

/** What an HTTP provider said when it did not take a message. */
export interface HttpRefusal {
  status: number;
  /** The provider's own code, where it gave one. */
  code: string | undefined;
  /** Its finer code of what is wrong. */
  subcode?: string | undefined;
  detail: string;
  retryAfterMs: number | undefined;
  /** The code's row in the provider's table. */
  row: CodeMeaning | undefined;
  /** The provider's own word that trying again may help. */
  isTransient?: boolean;
}

/**
 * Turns a provider's error answer into a result. The table speaks first, then the HTTP status. A fault
 * of the server's (5xx) without a code may have come after the provider took the message, or from a gateway on the way.
 */
export function refusal(answer: HttpRefusal): SendResult {
  const { status, code, row } = answer;
  if (code === undefined && status >= 500) {
    return { outcome: 'unknown', detail: `answered ${status}: ${answer.detail}` };
  }
  const errorClass = row?.errorClass ?? classOfStatus(status, answer.isTransient === true);
  const wait =
    answer.retryAfterMs ??
    row?.retryAfterMs ??
    (errorClass === 'throttled' ? DEFAULT_THROTTLE_MS : undefined);
  return {
    outcome: 'refused',
    errorClass,
    code: code ?? `HTTP_${status}`,
    detail: answer.detail || row?.meaning || `HTTP ${status}`,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  };
}

/** The class of an answer whose code is in no table. */
export function classOfStatus(status: number, isTransient: boolean): ErrorClass {
  if (status === 429) return 'throttled';
  if (status >= 500 || isTransient) return 'transient';
  if (status === 401) return 'account';
  return 'permanent';
}

/** The result of an exchange that brought no answer. */
export function unanswered(exchange: Exclude<Exchange, { kind: 'answered' }>): SendResult {
  if (exchange.kind === 'lost') return { outcome: 'unknown', detail: exchange.detail };
  const { cause, detail } = exchange;
  if (cause === 'invalid')
    return { outcome: 'refused', errorClass: 'permanent', code: 'INVALID_REQUEST', detail };
  if (cause === 'refused') return outboundRefused(detail);
  const code = cause === 'aborted' ? 'ABORTED' : 'CONNECT';
  return { outcome: 'refused', errorClass: 'unsent', code, detail };
}

/**
 * The result where the guard of calls out let nothing be sent. The account stops: only its owner or the operator can
 * mend where it leads, and what is to be sent waits for that.
 */
export function outboundRefused(fault: string): SendResult {
  return {
    outcome: 'refused',
    errorClass: 'account',
    code: 'OUTBOUND',
    detail: `the account's address ${fault}`,
  };
}
