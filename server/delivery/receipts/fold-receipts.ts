import type { MessageStatus, Purpose } from '../../database/schema.ts';
import type { ErrorClass } from '../../providers/error-class.ts';

/** What a provider said of a message: the answer to a post, or a later callback. */
export interface ReceiptRow {
  status: 'accepted' | 'refused' | 'unknown' | 'absent' | 'sent' | 'delivered' | 'read' | 'failed';
  providerMessageId: string | null;
  errorClass: ErrorClass | null;
  code: string | null;
  detail: string | null;
  retryAfterMs: number | null;
  /** Which attempt an answer belongs to; null for callbacks. */
  attempt: number | null;
  at: Date;
}

/** The part of a message that receipts change. */
export interface MessageStanding {
  status: MessageStatus;
  attempts: number;
  purpose: Purpose;
  dueAt: Date;
  providerMessageId: string | null;
  errorCode: string | null;
  errorDetail: string | null;
  sentAt: Date | null;
  deliveredAt: Date | null;
  readAt: Date | null;
  failedAt: Date | null;
}

/** How often a post that the provider refused for its own trouble is tried again. */
const mostAttempts = { transient: 6, later: 3 } as const;
const firstBackOffMs = 2_000;
const laterMs = 4 * 3_600_000;
const nextDayMs = 12 * 3_600_000;
const throttledMs = 1_000;

/**
 * Applies what providers said to a message. The outcome does not depend on the order in which callbacks come,
 * nor on how often each comes: a status never falls in rank, `delivered` beats an earlier failure, and what the
 * answer to an attempt denies is heard only while that attempt is the last one. That one was accepted is proof
 * that the message left, whichever attempt it was.
 */
export function foldReceipts(message: MessageStanding, receipts: readonly ReceiptRow[]): MessageStanding {
  return receipts.reduce((standing, receipt) => applyOne(standing, receipt), message);
}

function applyOne(message: MessageStanding, receipt: ReceiptRow): MessageStanding {
  switch (receipt.status) {
    case 'accepted':
      return accepted(message, receipt);
    case 'refused':
      return refused(message, receipt);
    case 'unknown':
      return isLastAttempt(message, receipt) && message.status === 'dispatching'
        ? { ...message, status: 'inDoubt', errorDetail: receipt.detail }
        : message;
    case 'absent':
      // The provider has no such message, so sending it again cannot be a second time.
      return isLastAttempt(message, receipt) && message.status === 'inDoubt'
        ? { ...message, status: 'queued', dueAt: receipt.at, errorDetail: null }
        : message;
    default:
      return called(message, receipt, receipt.status);
  }
}

function isLastAttempt(message: MessageStanding, receipt: ReceiptRow): boolean {
  return receipt.attempt === null || receipt.attempt === message.attempts;
}

function isUnsettled(status: MessageStatus): boolean {
  return status === 'dispatching' || status === 'inDoubt';
}

function accepted(message: MessageStanding, receipt: ReceiptRow): MessageStanding {
  const known = { ...message, providerMessageId: receipt.providerMessageId ?? message.providerMessageId };
  if (!isUnsettled(message.status) && message.status !== 'queued')
    return message.status === 'skipped' ? message : { ...known, sentAt: earlier(message.sentAt, receipt.at) };
  return {
    ...known,
    status: 'sent',
    sentAt: earlier(message.sentAt, receipt.at),
    errorCode: null,
    errorDetail: null,
  };
}

function refused(message: MessageStanding, receipt: ReceiptRow): MessageStanding {
  if (!isUnsettled(message.status) || !isLastAttempt(message, receipt)) return message;
  const failure = { errorCode: receipt.code, errorDetail: receipt.detail };
  const wait = waitBeforeRetry(receipt, message.attempts);
  if (wait === null) return { ...message, ...failure, status: 'bounced', failedAt: receipt.at };
  return { ...message, ...failure, status: 'queued', dueAt: new Date(receipt.at.getTime() + wait) };
}

/** Milliseconds until the next attempt, or null when there shall be none. */
function waitBeforeRetry(receipt: ReceiptRow, attempts: number): number | null {
  switch (receipt.errorClass) {
    case 'throttled':
      return receipt.retryAfterMs ?? throttledMs;
    case 'transient':
      return attempts < mostAttempts.transient ? firstBackOffMs * 2 ** (attempts - 1) : null;
    case 'later':
      return attempts < mostAttempts.later ? laterMs * attempts : null;
    case 'nextDay':
      return nextDayMs;
    case 'sender':
    case 'account':
      // The message is not at fault: it waits until the operator has mended the sender, which is stopped.
      return laterMs;
    default:
      return null;
  }
}

function called(
  message: MessageStanding,
  receipt: ReceiptRow,
  status: 'sent' | 'delivered' | 'read' | 'failed',
): MessageStanding {
  if (message.status === 'skipped') return message;
  const known = { ...message, providerMessageId: message.providerMessageId ?? receipt.providerMessageId };
  if (status === 'failed') {
    if (message.status === 'delivered' || message.status === 'read') return known;
    if (!isFirstFailure(message, receipt)) return known;
    return {
      ...known,
      status: 'bounced',
      errorCode: receipt.code,
      errorDetail: receipt.detail,
      failedAt: receipt.at,
    };
  }
  const sentAt = earlier(message.sentAt, receipt.at);
  if (status === 'sent') {
    const risen = isUnsettled(message.status) || message.status === 'queued';
    return risen
      ? { ...known, status: 'sent', sentAt, errorCode: null, errorDetail: null }
      : { ...known, sentAt };
  }
  const deliveredAt = earlier(message.deliveredAt, receipt.at);
  const reached = { ...known, sentAt, deliveredAt, errorCode: null, errorDetail: null, failedAt: null };
  if (status === 'delivered') return { ...reached, status: message.status === 'read' ? 'read' : 'delivered' };
  return { ...reached, status: 'read', readAt: earlier(message.readAt, receipt.at) };
}

/** Of several failures the earliest is told, so that their order does not matter. */
function isFirstFailure(message: MessageStanding, receipt: ReceiptRow): boolean {
  if (message.status !== 'bounced' || message.failedAt === null || receipt.at < message.failedAt) return true;
  const isSameInstant = receipt.at.getTime() === message.failedAt.getTime();
  return isSameInstant && (receipt.code ?? '') < (message.errorCode ?? '');
}

function earlier(known: Date | null, at: Date): Date {
  return known && known <= at ? known : at;
}
