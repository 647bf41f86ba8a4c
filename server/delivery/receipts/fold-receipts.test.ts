import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { MessageStatus } from '../../database/tables/delivery.ts';
import { meta } from '../../providers/meta/meta.ts';
import { smtp } from '../../providers/smtp/smtp.ts';
import { twilio } from '../../providers/twilio/twilio.ts';
import type { WireErrors } from '../../providers/wire.ts';
import { meaningOf } from '../../providers/wires.ts';
import { foldReceipts, type MessageStanding, type ReceiptRow } from './fold-receipts.ts';

const start = Date.UTC(2026, 10, 23, 17);
const second = (count: number) => new Date(start + count * 1_000);

function standing(part: Partial<MessageStanding> = {}): MessageStanding {
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

function receipt(part: Partial<ReceiptRow> & Pick<ReceiptRow, 'status'>): ReceiptRow {
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

/** A failure as the callbacks of a provider tell it. */
function failure(code: string, part: Partial<ReceiptRow> = {}): ReceiptRow {
  const { errorClass } = meaningOf(twilio, code);
  return receipt({ status: 'failed', code, errorClass, providerMessageId: 'SM1', ...part });
}

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

test('delivered beats failed, in whichever order they come', () => {
  const failed = failure('30005', { at: second(2) });
  const delivered = receipt({ status: 'delivered', providerMessageId: 'SM1', at: second(3) });
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
  const first = failure('30006', { at: second(2) });
  const other = failure('30005', { at: second(3) });
  for (const receipts of [
    [first, other],
    [other, first],
  ]) {
    const after = foldReceipts(standing(), receipts);
    assert.equal(after.errorCode, '30006');
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

const attemptOf = (id: string) => ({ providerMessageId: id, errorClass: null });

test('an attempt that failed on the way is tried again once, however often and in whatever order it is told', () => {
  const failed = failure('30008', { at: second(2) });
  const accepted = receipt({ status: 'accepted', providerMessageId: 'SM1', attempt: 1 });
  const sent = receipt({ status: 'sent', ...attemptOf('SM1') });
  for (const told of [
    [accepted, sent, failed],
    [failed, accepted, sent],
    [sent, failed, failed, accepted, failed],
  ]) {
    const waiting = foldReceipts(standing(), told);
    assert.partialDeepStrictEqual(waiting, { status: 'bounced', retries: 1, errorCode: '30008' });
    assert.deepEqual([waiting.failedAt, waiting.retryAt, waiting.dueAt], [second(2), second(602), second(0)]);
    // In the queue and on the wire again, what is told of the first attempt changes nothing.
    const queued: MessageStanding = { ...waiting, status: 'queued', retryAt: null };
    assert.equal(foldReceipts(queued, [failed, failed]), queued);
    const again: MessageStanding = { ...queued, status: 'dispatching', attempts: 2 };
    assert.equal(foldReceipts(again, [failed, failed]), again);
    assert.equal(foldReceipts(again, [accepted, sent, failed]).status, 'dispatching');
    // The second attempt's own failure uses up the tries that this code is worth.
    const second2 = receipt({ status: 'accepted', providerMessageId: 'SM2', attempt: 2, at: second(200) });
    const left = foldReceipts(again, [second2, failed]);
    assert.partialDeepStrictEqual(left, { status: 'sent', errorCode: null, failedAt: null });
    assert.equal(left.providerMessageId, 'SM2');
    const end = foldReceipts(left, [failure('30008', { providerMessageId: 'SM2', at: second(202) })]);
    assert.partialDeepStrictEqual(end, { status: 'bounced', retryAt: null });
  }
});

test('a delivery told late ends the wait for another try', () => {
  const waiting = foldReceipts(standing(), [failure('30003')]);
  assert.ok(waiting.retryAt);
  for (const status of ['delivered', 'read'] as const) {
    const told = receipt({ status, ...attemptOf('SM1'), at: second(9) });
    const after = foldReceipts(waiting, [told]);
    assert.partialDeepStrictEqual(after, { status, errorCode: null, failedAt: null, retryAt: null });
  }
});

test('word that another attempt has left ends the wait for one more', () => {
  const waiting = foldReceipts(standing({ attempts: 2 }), [failure('30003')]);
  for (const status of ['accepted', 'sent'] as const) {
    const after = foldReceipts(waiting, [receipt({ status, providerMessageId: 'SM2' })]);
    assert.partialDeepStrictEqual(after, { status: 'sent', errorCode: null, failedAt: null, retryAt: null });
  }
});

test('a failure of an attempt that was followed by another is not made up for twice', () => {
  const first = foldReceipts(standing(), [failure('30003', { at: second(5) })]);
  const refusal = receipt({
    status: 'refused',
    errorClass: 'content',
    code: '21617',
    attempt: 2,
    at: second(9),
  });
  const again: MessageStanding = { ...first, status: 'dispatching', retryAt: null, attempts: 2 };
  const refused = foldReceipts(again, [refusal]);
  const told = foldReceipts(refused, [failure('30003', { at: second(5) }), failure('30003')]);
  assert.partialDeepStrictEqual(told, { status: 'bounced', retryAt: null, retries: 1 });
});

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
