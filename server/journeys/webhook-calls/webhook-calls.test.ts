import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Context } from '../../http/context.ts';
import { openWebhookCalls, type VisitCall } from './webhook-calls.ts';

/** Where nobody answers. */
function opened() {
  const asked: string[] = [];
  const feeds = {
    call: (_key: string, _whose: number, { url }: { url: string }) => {
      asked.push(url);
      return new Promise<never>(() => undefined);
    },
  };
  const now = new Date('2026-11-23T17:00:00Z');
  return openWebhookCalls({ feeds, clock: { now: () => now } } as unknown as Context);
}

const callsTo = (host: string, count: number, timeoutMs: number, projectId = 1): VisitCall[] =>
  Array.from({ length: count }, (_, runId) => ({
    ...{ projectId, lane: 0, runId, visit: `0-${runId}.call.0`, attempt: 1 },
    call: { url: `https://${host}/x`, headers: {}, timeoutMs, largestBytes: 1 },
    read: () => ({ memory: {}, afterMs: 0 }),
  }));

test('a host that does not answer leaves room for others, and only its own calls wait for it', () => {
  const calls = opened();
  const [slow, other] = ['https://slow.example/x', 'https://other.example/'];
  const lease = calls.leaseMs(1, other, 1, 10_000);
  calls.begin(callsTo('slow.example', calls.room(1, slow), 30_000));
  assert.equal(calls.room(1, 'https://slow.example/y'), 0);
  assert.ok(calls.room(1, other) > 0);
  assert.equal(calls.leaseMs(1, other, 1, 10_000), lease);
  // Ten at once, each of them 30 seconds.
  assert.ok(calls.leaseMs(1, slow, 1, 10_000) > 50 * 30_000);
});

test('those who find no room ask again one after the other, and not all at once', () => {
  const calls = opened();
  const times = Array.from({ length: 1_000 }, () => calls.comeAgainAt(1, 'https://slow.example/').getTime());
  const [first = 0] = times;
  assert.equal(first, Date.UTC(2026, 10, 23, 17, 0, 2));
  for (const [index, at] of times.entries()) assert.equal(at, first + 4 * index);
  assert.equal(calls.comeAgainAt(1, 'https://other.example/').getTime(), first);
});

test('however many calls one project makes, to one host or to many, another finds room and asks again as soon', () => {
  const calls = opened();
  for (const host of ['one.example', 'two.example', 'three.example', 'four.example'])
    calls.begin(callsTo(host, calls.room(1, `https://${host}/x`), 30_000));
  assert.equal(calls.room(1, 'https://five.example/'), 0);
  assert.ok(calls.room(2, 'https://one.example/x') >= 100);
  for (let waiting = 0; waiting < 1_000; waiting++) calls.comeAgainAt(1, 'https://one.example/x');
  const first = Date.UTC(2026, 10, 23, 17, 0, 2);
  assert.equal(calls.comeAgainAt(2, 'https://one.example/x').getTime(), first);
  calls.begin(callsTo('one.example', calls.room(2, 'https://one.example/x'), 30_000, 2));
  assert.ok(calls.room(3, 'https://one.example/x') >= 100);
});
