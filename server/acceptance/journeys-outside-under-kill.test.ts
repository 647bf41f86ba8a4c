import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPlace } from '../testing/killable-place.ts';
import { until } from '../testing/program.ts';

const people = 120;
/** How long the company's address takes for an answer. */
const answerMs = 300;

test('kill -9 of the program while people enter by a date, get codes and have an address called: each enters once, gets one code, and is called under one key', async (t) => {
  const place = await startPlace(t);
  const { call } = place;
  const keys = new Map<string, Set<string>>();
  let calls = 0;
  const receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    calls++;
    const { userId } = JSON.parse(body) as { userId: string };
    keys.set(userId, (keys.get(userId) ?? new Set()).add(String(request.headers['idempotency-key'])));
    await sleep(answerMs);
    response.end(JSON.stringify({ size: 'M' }));
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  t.after(() => {
    receiver.closeAllConnections();
    receiver.close();
  });
  const { id: poolId } = await call<{ id: number }>('POST', '/api/coupons/pools', {
    ...{ name: 'Birthday', oneFor: 'message' },
  });
  await call('POST', `/api/coupons/pools/${poolId}/codes`, {
    codes: Array.from({ length: people + 50 }, (_, index) => `GIFT${10_000 + index}`),
  });
  const { id } = await call<{ id: number }>('POST', '/api/journeys', {
    name: 'Birthday',
    document: {
      entry: { on: { date: { path: 'comes', zone: 'UTC' } } },
      start: 'code',
      tiles: {
        code: { kind: 'coupon', pool: 'Birthday', as: 'gift', next: 'call', none: 'end' },
        call: {
          ...{ kind: 'webhook', url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/gift` },
          ...{ timeoutSeconds: 1, tries: 5, answer: { as: 'shop', keep: { size: 'size' } } },
          ...{ next: 'size', failed: 'end' },
        },
        size: {
          kind: 'split',
          branches: [{ name: 'medium', entry: { path: 'shop.size', is: 'M' }, next: 'end' }],
          otherwise: 'end',
        },
      },
    },
  });
  await call('POST', `/api/journeys/${id}/publish`, {});
  const comes = new Date(Date.now() + 8_000).toISOString();
  await call('POST', '/api/users/bulkUpdate', {
    users: Array.from({ length: people }, (_, index) => ({
      ...{ userId: `born${index}`, preferUserId: true, dataFields: { comes } },
    })),
  });
  const come = async () => {
    const [row] = await place.database.query<{ entered: number; through: number }>(
      `SELECT (SELECT count(*)::int FROM journey_entry) AS entered, (SELECT count(*)::int FROM journey_run_ended) AS through`,
      [],
    );
    return row!;
  };
  for (const [what, from] of [
    ['entered', 10],
    ['through', 10],
  ] as const) {
    await until(`people to have ${what}`, async () => ((await come())[what] >= from ? true : null));
    await place.program.kill();
    t.diagnostic(`killed: ${JSON.stringify({ ...(await come()), calls })}`);
    await place.restart();
  }
  // What was called when the program died is called again when its time is over.
  await until('all to be through', async () => ((await come()).through === people ? true : null));
  t.diagnostic(`calls: ${calls}`);
  const [row] = await place.database.query(
    `SELECT (SELECT sum(entries)::int FROM journey_entry) AS entries,
       (SELECT count(DISTINCT user_id)::int FROM journey_run_ended WHERE reason = 'finished') AS finished,
       (SELECT count(*)::int FROM coupon WHERE state = 'given') AS given,
       (SELECT count(DISTINCT user_id)::int FROM coupon WHERE state = 'given') AS holders`,
    [],
  );
  assert.deepEqual(row, { entries: people, finished: people, given: people, holders: people });
  assert.equal(keys.size, people);
  for (const [userId, used] of keys) assert.equal(used.size, 1, userId);
  const { tiles } = await call<{ tiles: Record<string, { ways: Record<string, number> }> }>(
    'GET',
    `/api/journeys/${id}/counts`,
  );
  assert.deepEqual(tiles.size?.ways, { medium: people });
});
