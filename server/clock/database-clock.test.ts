import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDatabaseClock } from './database-clock.ts';

const noon = Date.parse('2026-11-30T12:00:00Z');
const never = () => new Promise<void>(() => undefined);

/** A database and a process, each with its own idea of time. */
async function opened({ machine = noon - 86_400_000, answerMs = 0 } = {}) {
  const of = { database: noon, elapsed: 0, isAway: false, answerMs };
  const ask = async () => {
    if (of.isAway) throw new Error('the database is away');
    const shown = new Date(of.database);
    // The answer takes its whole time on the way back.
    of.database += of.answerMs;
    of.elapsed += of.answerMs;
    return shown;
  };
  const clock = await openDatabaseClock(ask, {
    ...{ elapsedMs: () => of.elapsed, shownMs: () => machine + of.elapsed, sleep: never },
  });
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

test('the time of a machine that agrees with the database as far as can be seen is shown as it is, however long answers take', async () => {
  const { of, clock, pass, shows } = await opened({ machine: noon, answerMs: 400 });
  const isExact = () => assert.equal(shows(), of.database);
  isExact();
  pass(30_000);
  of.answerMs = 3_000;
  await clock.look();
  isExact();
});

test('what is known well stays when a slow answer says nothing against it', async () => {
  const { of, clock, pass, shows } = await opened();
  pass(30_000);
  of.answerMs = 2_000;
  await clock.look();
  assert.equal(shows(), of.database);
});
