import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCourtesy } from './courtesy.ts';

test('what can wait rests twice as long as it worked while codes go out, and not at all two seconds after the last', async () => {
  let now = Date.parse('2026-11-25T12:00:00Z');
  const rests: number[] = [];
  const courtesy = openCourtesy({
    now: () => new Date(now),
    sleep: async (milliseconds) => void rests.push(milliseconds),
  });
  await courtesy.rest(80);
  assert.deepEqual(rests, []);
  courtesy.heard();
  await courtesy.rest(80);
  now += 1_900;
  await courtesy.rest(9_000);
  assert.deepEqual(rests, [160, 1_000]);
  now += 200;
  await courtesy.rest(80);
  assert.deepEqual(rests, [160, 1_000]);
});
