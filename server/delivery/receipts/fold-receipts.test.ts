import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldReceipts, type MessageStanding } from './fold-receipts.ts';
import { failure, receipt, second, standing } from './receipt-fixtures.ts';

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

test('the same refusal heard twice makes one retry', () => {
  const refusal = receipt({ status: 'refused', errorClass: 'throttled', attempt: 1 });
  const once = foldReceipts(standing(), [refusal]);
  assert.equal(foldReceipts(once, [refusal]), once);
  const taken: MessageStanding = { ...once, status: 'dispatching', attempts: 2 };
  assert.equal(foldReceipts(taken, [refusal]), taken);
});
