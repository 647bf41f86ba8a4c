import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { MessageStatus } from '../../database/tables/delivery.ts';
import { twilio } from '../../providers/twilio/twilio.ts';
import { foldReceipts, type MessageStanding, type ReceiptRow } from './fold-receipts.ts';
import { failure, receipt, second, standing } from './receipt-fixtures.ts';

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
  'unsent',
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

/** Callbacks as a provider makes them of one attempt: they have its id, and when it failed one reason. */
const callbacksOfOne: fc.Arbitrary<ReceiptRow[]> = fc
  .record({
    code: fc.constantFrom('30003', '30005', '30008', '30022', '30027', '30034'),
    told: fc.array(
      fc.record({
        status: fc.constantFrom(...callbackStatuses),
        at: fc.integer({ min: 1, max: 5 }).map(second),
      }),
      { maxLength: 5 },
    ),
  })
  .map(({ code, told }) =>
    told.map(({ status, at }) =>
      status === 'failed' ? failure(code, { at }) : receipt({ status, at, providerMessageId: 'SM1' }),
    ),
  );
/** The one answer to the post, and callbacks. */
const fate: fc.Arbitrary<ReceiptRow[]> = fc
  .record({ answered: fc.boolean(), callbacks: callbacksOfOne })
  .map(({ answered, callbacks }) =>
    answered
      ? [receipt({ status: 'accepted', providerMessageId: 'SM1', attempt: 2, at: second(1) }), ...callbacks]
      : callbacks,
  );
const anyReceipt: fc.Arbitrary<ReceiptRow> = fc.record({
  wire: fc.constant(twilio),
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

/** A standing without the tries that failures used up before it arrived: some are told only after it. */
function shown({ retries, ...standing }: MessageStanding) {
  return { ...standing, retries: standing.status === 'bounced' ? retries : null };
}

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
          shown(foldReceipts(message, [...before, ...once, ...after])),
          shown(foldReceipts(message, receipts)),
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

test('the rank of a message never falls, whatever a provider says, but by word of another attempt', () => {
  fc.assert(
    fc.property(anyStanding, fc.array(anyReceipt), (message, receipts) => {
      let before = message;
      for (const each of receipts) {
        const after = foldReceipts(before, [each]);
        const isOfAnotherAttempt =
          (each.status === 'accepted' || each.status === 'sent') &&
          before.status === 'bounced' &&
          before.providerMessageId !== each.providerMessageId;
        assert.ok(
          isOfAnotherAttempt || rank[after.status] >= rank[before.status],
          `${before.status} became ${after.status} by ${each.status}`,
        );
        before = after;
      }
    }),
    { numRuns: 1_000 },
  );
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

test('a skipped message stays skipped', () => {
  fc.assert(
    fc.property(fc.array(anyReceipt), (receipts) => {
      const message = standing({ status: 'skipped' });
      assert.equal(foldReceipts(message, receipts), message);
    }),
  );
});
