import type { Purpose } from '../../database/tables/consent.ts';
import type { MessageStatus } from '../../database/tables/delivery.ts';
import type { ErrorClass } from '../../providers/error-class.ts';
import type { WireErrors } from '../../providers/wire.ts';
import { retryOf } from './retry-rules.ts';

/** What a provider said of a message: the answer to a post, or a later callback. */
export interface ReceiptRow {
  /** What the wire that it came by knows of failures; undefined for one that this program has no more. */
  wire: WireErrors | undefined;
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

/** The part of a message that receipts change, and what they are judged by. */
export interface MessageStanding {
  status: MessageStatus;
  purpose: Purpose;
  /** Where its sender's day turns. */
  dayZone: string;
  /** Posts so far; an answer belongs to the one of its number. */
  attempts: number;
  /** Tries used up by failures; `attempts` also counts posts that were refused for their pace or never left. */
  retries: number;
  dueAt: Date;
  /**
   * The provider's id of the last attempt known to have been accepted. While the message waits for another try or
   * is on the wire again, the attempt of this id is the one that failed.
   */
  providerMessageId: string | null;
  errorCode: string | null;
  errorDetail: string | null;
  sentAt: Date | null;
  deliveredAt: Date | null;
  readAt: Date | null;
  /** When its last failed attempt failed; kept while it is tried again, until an attempt is accepted. */
  failedAt: Date | null;
  /** When it is queued again after it bounced, null for never. */
  retryAt: Date | null;
}

/**
 * Applies what providers said to a message. The outcome does not depend on the order in which callbacks come,
 * nor on how often each comes: a status never falls in rank but for another try, `delivered` beats an earlier
 * failure and ends the wait for another try, and what the answer to an attempt denies is heard only while that
 * attempt is the last one. That one was accepted is proof that the message left, whichever attempt it was. A
 * failure is acted upon once: it is known by the provider's id. What was refused before it left waits for its next
 * try as `queued`; what a callback tells to have failed has bounced, be there another try or not.
 */
export function foldReceipts(message: MessageStanding, receipts: readonly ReceiptRow[]): MessageStanding {
  return receipts.reduce((standing, receipt) => applyOne(standing, receipt), message);
}

function applyOne(message: MessageStanding, receipt: ReceiptRow): MessageStanding {
  switch (receipt.status) {
    case 'accepted':
      return accepted(message, receipt);
    case 'refused':
      return isUnsettled(message.status) && isLastAttempt(message, receipt)
        ? failed(message, receipt, 'answer')
        : message;
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

/** Whether it waits for its turn or for its answer. */
function isUnderWay(status: MessageStatus): boolean {
  return status === 'queued' || isUnsettled(status);
}

/** Whether the receipt speaks of an attempt that is known to have failed, after which there is to be another. */
function isOfFailed(message: MessageStanding, receipt: ReceiptRow): boolean {
  return (
    isUnderWay(message.status) &&
    message.providerMessageId !== null &&
    message.providerMessageId === receipt.providerMessageId
  );
}

function accepted(message: MessageStanding, receipt: ReceiptRow): MessageStanding {
  if (message.status === 'skipped') return message;
  const sentAt = earlier(message.sentAt, receipt.at);
  if (isOfFailed(message, receipt)) return { ...message, sentAt };
  const known = {
    ...message,
    providerMessageId: receipt.providerMessageId ?? message.providerMessageId,
    sentAt,
  };
  if (!isUnderWay(message.status) && !isBouncedByAnother(message, receipt)) return known;
  return { ...known, status: 'sent', ...noFailure };
}

const noFailure = { errorCode: null, errorDetail: null, failedAt: null, retryAt: null };

/** Whether the failure that was told is another attempt's than the one that the receipt speaks of. */
function isBouncedByAnother(message: MessageStanding, receipt: ReceiptRow): boolean {
  return (
    message.status === 'bounced' &&
    message.providerMessageId !== null &&
    receipt.providerMessageId !== null &&
    message.providerMessageId !== receipt.providerMessageId
  );
}

/** The last attempt failed: it waits for another in the queue, or has bounced, with another to come or for good. */
function failed(message: MessageStanding, receipt: ReceiptRow, told: 'answer' | 'callback'): MessageStanding {
  const known = { ...message, errorCode: receipt.code, errorDetail: receipt.detail };
  const { wire, errorClass, code, retryAfterMs, at } = receipt;
  const { purpose, retries, dayZone } = message;
  const retry = retryOf({ told, wire, errorClass, code, retryAfterMs, at, purpose, retries, dayZone });
  if (retry === null) return { ...known, status: 'bounced', failedAt: at, retryAt: null };
  const tried = { ...known, retries: retries + (retry.isCounted ? 1 : 0) };
  return told === 'answer'
    ? { ...tried, status: 'queued', dueAt: retry.dueAt }
    : { ...tried, status: 'bounced', failedAt: at, retryAt: retry.dueAt };
}

function called(
  message: MessageStanding,
  receipt: ReceiptRow,
  status: 'sent' | 'delivered' | 'read' | 'failed',
): MessageStanding {
  if (message.status === 'skipped') return message;
  const known = { ...message, providerMessageId: message.providerMessageId ?? receipt.providerMessageId };
  if (status === 'failed') return calledFailed(message, known, receipt);
  const sentAt = earlier(message.sentAt, receipt.at);
  if (status === 'sent') {
    if (isOfFailed(message, receipt)) return { ...message, sentAt };
    return isUnderWay(message.status) || isBouncedByAnother(message, receipt)
      ? {
          ...known,
          providerMessageId: receipt.providerMessageId ?? known.providerMessageId,
          ...{ status: 'sent', sentAt, ...noFailure },
        }
      : { ...known, sentAt };
  }
  const deliveredAt = earlier(message.deliveredAt, receipt.at);
  const reached = { ...known, sentAt, deliveredAt, ...noFailure };
  if (status === 'delivered') return { ...reached, status: message.status === 'read' ? 'read' : 'delivered' };
  return { ...reached, status: 'read', readAt: earlier(message.readAt, receipt.at) };
}

function calledFailed(
  message: MessageStanding,
  known: MessageStanding,
  receipt: ReceiptRow,
): MessageStanding {
  const { status, providerMessageId } = message;
  if (status === 'delivered' || status === 'read') return known;
  const isOfKnown = providerMessageId === null || providerMessageId === receipt.providerMessageId;
  if (status === 'bounced') {
    if (!isOfKnown || !isFirstFailure(message, receipt)) return known;
    // Judged anew only while its next try is to come: one that was made, or may not be made, is not made up for.
    return message.retryAt
      ? failed({ ...known, retries: message.retries - 1 }, receipt, 'callback')
      : { ...known, errorCode: receipt.code, errorDetail: receipt.detail, failedAt: receipt.at };
  }
  if (isUnsettled(status))
    // On the wire, a failure of an id not heard before is the last attempt's.
    return isOfFailed(message, receipt)
      ? message
      : failed({ ...known, providerMessageId: receipt.providerMessageId }, receipt, 'callback');
  const isNews = status === 'sent' ? isOfKnown : providerMessageId === null;
  return isNews ? failed(known, receipt, 'callback') : message;
}

/** Of several failures the earliest is told, so that their order does not matter. */
function isFirstFailure(message: MessageStanding, receipt: ReceiptRow): boolean {
  if (message.failedAt === null || receipt.at < message.failedAt) return true;
  const isSameInstant = receipt.at.getTime() === message.failedAt.getTime();
  return isSameInstant && (receipt.code ?? '') < (message.errorCode ?? '');
}

function earlier(known: Date | null, at: Date): Date {
  return known && known <= at ? known : at;
}
