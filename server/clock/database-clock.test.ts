import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDatabaseClock } from './database-clock.ts';

const noon = Date.parse('2026-11-30T12:00:00Z');
const never = () => new Promise<void>(() => undefined);

/** A database and a process, each with its own idea of time. */
async function opened() {
  const of = { database: noon, elapsed: 0, isAway: false };
  const ask = async () => {
    if (of.isAway) throw new Error('the database is away');
    return new Date(of.database);
  };
  const clock = await openDatabaseClock(ask, { elapsedMs: () => of.elapsed, sleep: never });
  const pass = (ms: number, elapsed = ms) => {
    of.database += ms;
    of.elapsed += elapsed;
  };
  return { of, clock, pass, shows: () => clock.now().getTime() };
}

test('a process shows the time of the database, and goes on by itself while that is away', async () => {
  const { of, clock, pass, shows } = await opened();
  pass(1_000);
  assert.equal(shows(), noon + 1_000);
  of.isAway = true;
  pass(60_000);
  await clock.look();
  assert.equal(shows(), noon + 61_000);
});

test('a process that measured time wrongly shows the right one from the next look on, and is never set back by a little', async () => {
  const { clock, pass, shows } = await opened();
  // It stood still, as a machine does that sleeps.
  pass(3_600_000, 0);
  assert.equal(shows(), noon);
  await clock.look();
  assert.equal(shows(), noon + 3_600_000);
  pass(1_000, 1_200);
  assert.equal(shows(), noon + 3_601_200);
  await clock.look();
  assert.equal(shows(), noon + 3_601_200, 'it waits');
  pass(300);
  assert.equal(shows(), noon + 3_601_300);
  pass(1_000, 60_000);
  assert.equal(shows(), noon + 3_661_300);
  await clock.look();
  assert.equal(shows(), noon + 3_602_300, 'what is far ahead is set back');
});
