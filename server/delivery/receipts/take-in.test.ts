import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { systemClock } from '../../clock/clock.ts';
import { listenForWakes, type Wake } from '../../lanes/wake.ts';
import { standingClock } from '../../testing/clock.ts';
import { startTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { second } from './receipt-fixtures.ts';
import { openReceiptIntake, receiptsDue, settlementFlow } from './take-in.ts';

let database: TestDatabase;
before(async () => {
  database = await startTestDatabase();
});
after(() => database.close());

const ofMessage = (lane: number, messageId: number) => ({
  ...{ lane, messageId, wire: 'twilio', status: 'delivered' as const, providerMessageId: `SM${messageId}` },
  ...{ errorClass: null, code: null, detail: null, retryAfterMs: null, attempt: null, at: second(1) },
});

test('the first receipt after a while wakes who applies it, and those that follow at once do not', async () => {
  const heard: Wake[] = [];
  const stopping = new AbortController();
  const listening = listenForWakes(database.url, systemClock, stopping.signal, (wakes) => {
    heard.push(...(wakes ?? []));
  });
  // Until it listens nobody hears.
  for (let isHeard = false; !isHeard; ) {
    await database.pool.query("SELECT pg_notify('carillon_wake', 'any:0:0')");
    isHeard = heard.length > 0;
  }
  heard.length = 0;
  const intake = openReceiptIntake(database.db);
  for (const messageId of [1, 2, 3, 4]) await intake.take(ofMessage(7, messageId));
  // Notifications come in the order of their commits.
  const last = Promise.withResolvers<void>();
  const stop = setInterval(() => heard.some(({ flow }) => flow === 'last') && last.resolve(), 5);
  await database.pool.query("SELECT pg_notify('carillon_wake', 'last:0:0')");
  await last.promise;
  clearInterval(stop);
  assert.deepEqual(
    heard.filter(({ flow }) => flow === settlementFlow),
    [{ flow: settlementFlow, lane: 7, due: receiptsDue }],
  );
  stopping.abort();
  await listening;
});

test('receipts that come soon after a commit go into the next together', async () => {
  const clock = standingClock('2026-11-23T17:00:00Z');
  const intake = openReceiptIntake(database.db, clock);
  await intake.take(ofMessage(8, 1));
  const taken: Promise<void>[] = [];
  for (const messageId of [2, 3, 4, 5]) {
    taken.push(intake.take(ofMessage(8, messageId)));
    await database.pool.query('SELECT 1');
  }
  clock.advance(20);
  await Promise.all(taken);
  const { rows } = await database.pool.query(
    'SELECT count(*)::int AS receipts, count(DISTINCT xmin::text)::int AS commits FROM receipt WHERE lane = 8',
  );
  assert.deepEqual(rows, [{ receipts: 5, commits: 2 }]);
});
