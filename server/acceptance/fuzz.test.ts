import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzz } from '../../attack/fuzz/fuzz.ts';
import { startTestProgram } from '../testing/program.ts';

/** Requests of this run; `npm run attack -- fuzz` makes a hundred thousand. */
const runs = 3_000;
const seed = 20_261_129;

test('of some thousand made-up requests of every operation none is answered as a fault of ours, and all are answered', async () => {
  const program = await startTestProgram();
  try {
    const { faults, statuses, asked } = await fuzz(program, runs, seed);
    assert.deepEqual(faults, []);
    assert.ok(asked > runs * 0.99, `${asked} were asked`);
    // Enough of them reach what lies behind the checks.
    assert.ok((statuses.get(200) ?? 0) > asked / 10, JSON.stringify([...statuses]));
  } finally {
    await program.close();
  }
});
