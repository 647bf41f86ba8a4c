import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meta } from '../../providers/meta/meta.ts';
import { smtp } from '../../providers/smtp/smtp.ts';
import { twilio } from '../../providers/twilio/twilio.ts';
import type { WireErrors } from '../../providers/wire.ts';
import { meaningOf } from '../../providers/wires.ts';
import { foldReceipts, type MessageStanding, type ReceiptRow } from './fold-receipts.ts';
import { receipt, second, standing } from './receipt-fixtures.ts';

const minutes = 60_000;
const hours = 60 * minutes;

interface Waiting extends Partial<MessageStanding> {
  told: 'refused' | 'failed';
  wire?: WireErrors;
  errorClass: ReceiptRow['errorClass'];
  code?: string;
  retryAfterMs?: number;
}

/** Milliseconds until the next try, null for none. */
function waitOf({
  told,
  wire = twilio,
  errorClass,
  code = 'x',
  retryAfterMs,
  ...message
}: Waiting): number | null {
  const attempts = 1 + (message.retries ?? 0);
  const after = foldReceipts(standing({ ...message, attempts }), [
    receipt({
      status: told,
      wire,
      providerMessageId: told === 'failed' ? 'SM1' : null,
      attempt: told === 'failed' ? null : attempts,
      ...{ errorClass, code, retryAfterMs: retryAfterMs ?? null },
    }),
  ]);
  assert.equal(after.errorCode, code);
  const isQueued = after.status === 'queued';
  assert.ok(isQueued ? told === 'refused' : after.status === 'bounced');
  const retryAt = isQueued ? after.dueAt : after.retryAt;
  return retryAt && retryAt.getTime() - second(1).getTime();
}

test('a refused message waits by the class of its error', () => {
  const refused = (errorClass: ReceiptRow['errorClass'], retries: number, more: Partial<Waiting> = {}) =>
    waitOf({ told: 'refused', errorClass, retries, ...more });
  assert.equal(refused('throttled', 0, { retryAfterMs: 1_700 }), 1_700);
  assert.equal(refused('throttled', 40), 1_000);
  assert.equal(refused('unsent', 40), 1_000);
  assert.deepEqual(
    [0, 1, 2, 10, 11, 15, 16].map((retries) => refused('transient', retries)),
    [2_000, 4_000, 8_000, 2_048_000, hours, hours, null],
  );
  assert.equal(refused('transient', 0, { retryAfterMs: 30_000 }), 30_000);
  assert.deepEqual(
    [0, 4, 8, 29, 30].map((retries) => refused('transient', retries, { wire: smtp })),
    [minutes, 16 * minutes, 4 * hours, 4 * hours, null],
  );
  assert.deepEqual(
    [0, 1, 2].map((retries) => refused('later', retries)),
    [4 * hours, 8 * hours, null],
  );
  assert.equal(refused('sender', 9), minutes);
  assert.equal(refused('account', 9), minutes);
  for (const final of ['optedOut', 'badAddress', 'content', null] as const)
    assert.equal(refused(final, 0), null);
});

test("a code's own row says when it is tried again", () => {
  const byMeta = (code: string, retries: number, more: Partial<Waiting> = {}) =>
    waitOf({
      ...{ told: 'refused', wire: meta, code, retries },
      errorClass: meaningOf(meta, code).errorClass,
      ...more,
    });
  assert.deepEqual(
    [0, 1, 2].map((retries) => byMeta('131049', retries)),
    [24 * hours, 48 * hours, null],
  );
  assert.equal(byMeta('131049', 0, { purpose: 'transactional' }), null);
  assert.deepEqual(
    [0, 1, 2].map((retries) => byMeta('131056', retries)),
    [4_000, 16_000, 64_000],
  );
  // 17:00:01 UTC is 9 in the morning in Los Angeles: T-Mobile's day turns in fifteen hours, the sender's in seven.
  const sms = { told: 'failed', dayZone: 'UTC', errorClass: 'nextDay' } as const;
  assert.equal(waitOf({ ...sms, code: '30027' }), 15 * hours - 1_000);
  assert.equal(waitOf({ ...sms, code: '30454' }), 7 * hours - 1_000);
});
