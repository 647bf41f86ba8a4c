import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openLog } from '../program/log.ts';
import { standingClock } from '../testing/clock.ts';
import { startTestDatabase, type TestDatabase } from '../testing/database.ts';
import { wakeWorkers } from './wake.ts';
import { startWorker } from './worker.ts';

let database: TestDatabase;
before(async () => {
  database = await startTestDatabase();
});
after(() => database.close());

const turns = async () => {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
};

/** Resolves when the worker hears wakes: that it begins to is a wake in itself. */
async function listening(): Promise<void> {
  const found = async () => {
    const { rows } = await database.pool.query(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%' AND state = 'idle'",
    );
    return rows.length > 0;
  };
  while (!(await found())) await turns();
  await turns();
}

test('what is done once a second is done each five while nothing happens, and with a wake at once', async (t) => {
  const clock = standingClock('2026-11-23T17:00:00Z');
  const begun = Promise.withResolvers<void>();
  let done = 0;
  const deed = async () => {
    done++;
  };
  const begin = async () => {
    await listening();
    begun.resolve();
    return { flows: [], everySecond: [deed] };
  };
  const { url: databaseUrl, pool } = database;
  const worker = startWorker({
    ...{ flows: [], brought: [{ begin }] },
    databaseUrl,
    clock,
    log: openLog('fatal', 'worker'),
  });
  t.after(() => worker.stop());
  await begun.promise;
  const doneAfter = async (seconds: number) => {
    for (let second = 0; second < seconds; second++) {
      await turns();
      clock.advance(1_000);
    }
    await turns();
    return done;
  };
  assert.equal(await doneAfter(4), 0);
  assert.equal(await doneAfter(1), 1);
  assert.equal(await doneAfter(4), 1);
  assert.equal(await doneAfter(1), 2);
  await doneAfter(1);
  // A wake is heard by whoever listens by then.
  for (const wake = wakeWorkers(pool); done < 3; await turns()) {
    wake();
    await pool.query('SELECT 1');
  }
});
