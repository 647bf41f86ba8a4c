import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { MessageStatus } from '../../database/schema.ts';
import { foldReceipts, type MessageStanding, type ReceiptRow } from './fold-receipts.ts';

const start = Date.UTC(2026, 10, 23, 17);
const second = (count: number) => new Date(start + count * 1_000);

function standing(part: Partial<MessageStanding> = {}): MessageStanding {
  return {
    status: 'dispatching',
    attempts: 1,
    purpose: 'promotional',
    dueAt: second(0),
    providerMessageId: null,
    errorCode: null,
    errorDetail: null,
    sentAt: null,
    deliveredAt: null,
    readAt: null,
    failedAt: null,
    ...part,
  };
}

function receipt(part: Partial<ReceiptRow> & Pick<ReceiptRow, 'status'>): ReceiptRow {
  return {
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

const statuses: MessageStatus[] = [
  'queued',
  'dispatching',
  'inDoubt',
  'sent',
  'delivered',
  'read',
  'bounced',
  'skipped',
];
const errorClasses = [
  'throttled',
  'transient',
  'later',
  'nextDay',
  'optedOut',
  'badAddress',
  'content',
  'sender',
  'account',
] as const;
const callbackStatuses = ['sent', 'delivered', 'read', 'failed'] as const;

/** A callback as a provider makes it: its failures have a code, its messages one id. */
const callback: fc.Arbitrary<ReceiptRow> = fc
  .record({
    status: fc.constantFrom(...callbackStatuses),
    at: fc.integer({ min: 1, max: 5 }).map(second),
    code: fc.constantFrom('30003', '30005', '30008'),
  })
  .map(({ status, at, code }) =>
    receipt({ status, at, code: status === 'failed' ? code : null, providerMessageId: 'SM1' }),
  );
/** The one answer to the post, and callbacks. */
const fate: fc.Arbitrary<ReceiptRow[]> = fc
  .record({ answered: fc.boolean(), callbacks: fc.array(callback, { maxLength: 5 }) })
  .map(({ answered, callbacks }) =>
    answered
      ? [receipt({ status: 'accepted', providerMessageId: 'SM1', attempt: 2, at: second(1) }), ...callbacks]
      : callbacks,
  );
const anyReceipt: fc.Arbitrary<ReceiptRow> = fc.record({
  status: fc.constantFrom('accepted', 'refused', 'unknown', 'absent', ...callbackStatuses),
  providerMessageId: fc.constantFrom(null, 'SM1', 'SM2'),
  errorClass: fc.option(fc.constantFrom(...errorClasses)),
  code: fc.constantFrom(null, '20429', '30003'),
  detail: fc.constantFrom(null, 'words'),
  retryAfterMs: fc.option(fc.integer({ min: 0, max: 60_000 })),
  attempt: fc.option(fc.integer({ min: 1, max: 4 })),
  at: fc.integer({ min: 0, max: 30 }).map(second),
});
const anyStanding: fc.Arbitrary<MessageStanding> = fc
  .record({ status: fc.constantFrom(...statuses), attempts: fc.integer({ min: 1, max: 4 }) })
  .map(standing);

test('whatever the order of callbacks and however often each comes, the end standing is the same', () => {
  const toldTwice = fate
    .filter((receipts) => receipts.length > 0)
    .chain((receipts) =>
      fc.record({
        receipts: fc.constant(receipts),
        once: fc.shuffledSubarray(receipts, { minLength: receipts.length }),
        before: fc.array(fc.constantFrom(...receipts), { maxLength: 4 }),
        after: fc.array(fc.constantFrom(...receipts), { maxLength: 4 }),
      }),
    );
  fc.assert(
    fc.property(
      toldTwice,
      fc.constantFrom('dispatching' as const, 'inDoubt' as const),
      ({ receipts, once, before, after }, status) => {
        const ofAnEarlierAttempt = { errorCode: '20429', errorDetail: 'too fast' };
        const message = standing({ status, attempts: 2, ...ofAnEarlierAttempt });
        assert.deepEqual(
          foldReceipts(message, [...before, ...once, ...after]),
          foldReceipts(message, receipts),
        );
      },
    ),
    { numRuns: 2_000 },
  );
});

test('receipts in two batches come to the same as in one', () => {
  fc.assert(
    fc.property(anyStanding, fc.array(anyReceipt), fc.nat(10), (message, receipts, cut) => {
      const inTwo = foldReceipts(foldReceipts(message, receipts.slice(0, cut)), receipts.slice(cut));
      assert.deepEqual(inTwo, foldReceipts(message, receipts));
    }),
  );
});

/** The ranks that a message climbs; of `bounced` and `sent` neither follows the other. */
const rank: Record<MessageStatus, number> = {
  queued: 0,
  dispatching: 0,
  inDoubt: 0,
  sent: 1,
  bounced: 2,
  delivered: 3,
  read: 4,
  skipped: 5,
};

test('the rank of a message never falls, whatever a provider says', () => {
  fc.assert(
    fc.property(anyStanding, fc.array(anyReceipt), (message, receipts) => {
      let before = message;
      for (const each of receipts) {
        const after = foldReceipts(before, [each]);
        assert.ok(
          rank[after.status] >= rank[before.status],
          `${before.status} became ${after.status} by ${each.status}`,
        );
        before = after;
      }
    }),
    { numRuns: 1_000 },
  );
});

test('delivered beats failed, in whichever order they come', () => {
  const failed = receipt({ status: 'failed', code: '30008', at: second(2) });
  const delivered = receipt({ status: 'delivered', at: second(3) });
  for (const receipts of [
    [failed, delivered],
    [delivered, failed],
  ]) {
    const after = foldReceipts(standing({ status: 'sent', sentAt: second(1) }), receipts);
    assert.equal(after.status, 'delivered');
    assert.equal(after.errorCode, null);
    assert.equal(after.failedAt, null);
    assert.deepEqual(after.deliveredAt, second(3));
  }
});

test('of two failures the earlier one is kept', () => {
  const first = receipt({ status: 'failed', code: '30003', at: second(2) });
  const other = receipt({ status: 'failed', code: '30005', at: second(3) });
  for (const receipts of [
    [first, other],
    [other, first],
  ]) {
    const after = foldReceipts(standing(), receipts);
    assert.equal(after.errorCode, '30003');
    assert.deepEqual(after.failedAt, second(2));
  }
});

test('a refusal, a silence or an absence of an old attempt is not heard', () => {
  const negative = anyReceipt.filter((each) => ['refused', 'unknown', 'absent'].includes(each.status));
  fc.assert(
    fc.property(fc.constantFrom(...statuses), negative, (status, answer) => {
      const message = standing({ status, attempts: 3 });
      assert.equal(foldReceipts(message, [{ ...answer, attempt: 2 }]), message);
    }),
  );
});

test('an acceptance is proof of whichever attempt: the message is not sent once more', () => {
  for (const status of ['queued', 'dispatching', 'inDoubt'] as const) {
    const after = foldReceipts(standing({ status, attempts: 3, errorCode: '20429' }), [
      receipt({ status: 'accepted', providerMessageId: 'SM1', attempt: 2 }),
    ]);
    assert.equal(after.status, 'sent');
    assert.equal(after.providerMessageId, 'SM1');
    assert.equal(after.errorCode, null);
  }
});

test('silence leaves a message in doubt, and what the provider does not have goes again', () => {
  const doubtful = foldReceipts(standing(), [
    receipt({ status: 'unknown', attempt: 1, detail: 'no answer' }),
  ]);
  assert.equal(doubtful.status, 'inDoubt');
  const again = foldReceipts(doubtful, [receipt({ status: 'absent', attempt: 1, at: second(30) })]);
  assert.equal(again.status, 'queued');
  assert.deepEqual(again.dueAt, second(30));
  const settled = foldReceipts(doubtful, [receipt({ status: 'delivered', at: second(9) })]);
  assert.equal(settled.status, 'delivered');
});

const minutes = 60_000;
const hours = 60 * minutes;

test('a refused message waits by the class of its error', () => {
  const waitOf = (errorClass: ReceiptRow['errorClass'], attempts: number, retryAfterMs: number | null) => {
    const after = foldReceipts(standing({ attempts }), [
      receipt({ status: 'refused', errorClass, attempt: attempts, retryAfterMs, code: 'x' }),
    ]);
    assert.equal(after.errorCode, 'x');
    if (after.status === 'bounced') return null;
    assert.equal(after.status, 'queued');
    return after.dueAt.getTime() - second(1).getTime();
  };
  assert.equal(waitOf('throttled', 1, 700), 700);
  assert.equal(waitOf('throttled', 40, null), 1_000);
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6].map((attempts) => waitOf('transient', attempts, null)),
    [2_000, 4_000, 8_000, 16_000, 32_000, null],
  );
  assert.deepEqual(
    [1, 2, 3].map((attempts) => waitOf('later', attempts, null)),
    [4 * hours, 8 * hours, null],
  );
  assert.equal(waitOf('nextDay', 1, null), 12 * hours);
  assert.equal(waitOf('sender', 9, null), 4 * hours);
  assert.equal(waitOf('account', 9, null), 4 * hours);
  for (const final of ['optedOut', 'badAddress', 'content', null] as const)
    assert.equal(waitOf(final, 1, null), null);
});

test('the same refusal heard twice makes one retry', () => {
  const refusal = receipt({ status: 'refused', errorClass: 'throttled', attempt: 1 });
  const once = foldReceipts(standing(), [refusal]);
  assert.equal(foldReceipts(once, [refusal]), once);
  const taken: MessageStanding = { ...once, status: 'dispatching', attempts: 2 };
  assert.equal(foldReceipts(taken, [refusal]), taken);
});

test('a skipped message stays skipped', () => {
  fc.assert(
    fc.property(fc.array(anyReceipt), (receipts) => {
      const message = standing({ status: 'skipped' });
      assert.equal(foldReceipts(message, receipts), message);
    }),
  );
});
