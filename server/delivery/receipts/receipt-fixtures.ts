import { twilio } from '../../providers/twilio/twilio.ts';
import { meaningOf } from '../../providers/wires.ts';
import type { MessageStanding, ReceiptRow } from './fold-receipts.ts';

const start = Date.UTC(2026, 10, 23, 17);

/** For tests: so many seconds after a message was claimed. */
export const second = (count: number): Date => new Date(start + count * 1_000);

/** For tests: a message whose first attempt is on the wire, changed by `part`. */
export function standing(part: Partial<MessageStanding> = {}): MessageStanding {
  return {
    status: 'dispatching',
    purpose: 'promotional',
    dayZone: 'America/Los_Angeles',
    attempts: 1,
    retries: 0,
    dueAt: second(0),
    providerMessageId: null,
    errorCode: null,
    errorDetail: null,
    sentAt: null,
    deliveredAt: null,
    readAt: null,
    failedAt: null,
    retryAt: null,
    ...part,
  };
}

/** For tests: what a provider said of it a second later. */
export function receipt(part: Partial<ReceiptRow> & Pick<ReceiptRow, 'status'>): ReceiptRow {
  return {
    wire: twilio,
    providerMessageId: null,
    errorClass: null,
    code: null,
    detail: null,
    retryAfterMs: null,
    attempt: null,
    at: second(1),
    ...part,
  };
}

/** For tests: a failure as the callbacks of a provider tell it. */
export function failure(code: string, part: Partial<ReceiptRow> = {}): ReceiptRow {
  const { errorClass } = meaningOf(twilio, code);
  return receipt({ status: 'failed', code, errorClass, providerMessageId: 'SM1', ...part });
}
