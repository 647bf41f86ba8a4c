import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { wireMarginMs } from '../wire-margin.ts';
import { type Departing, openDeparting } from './testing/departing.ts';

let api: TestApi;
let departing: Departing;
before(async () => {
  api = await startTestApi([]);
  departing = await openDeparting(api);
});
after(async () => {
  await departing.close();
  await api.close();
});

async function waiting(): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM message WHERE lane = ${departing.lane} AND status = 'queued' LIMIT 1`.execute(
    api.database.db,
  );
  return rows.length > 0;
}

/** By when a message is to leave, from its claim on, in ms: around the claim's margin, and around where slots and stalls put it. */
const limit = fc.oneof(
  fc.constant(null),
  fc.constantFrom(-1, 0, 1, wireMarginMs - 1, wireMarginMs, wireMarginMs + 1),
  fc.integer({ min: wireMarginMs, max: wireMarginMs + 8_000 }),
);
/** How much longer than asked a machine sleeps that is busy. */
const stall = fc.constantFrom(0, 0, 1, 25, 200, 3_000);

test('no message leaves at or after the instant by which it is to leave, however late its slot comes; it is skipped with the reason', async () => {
  const { clock } = api;
  const { db } = api.database;
  const { posted, phoneOf, lane } = departing;
  await fc.assert(
    fc.asyncProperty(
      fc.array(limit, { minLength: 1, maxLength: 12 }),
      fc.array(stall, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(4, 40),
      async (limits, stalls, mps) => {
        await db.deleteFrom('message').where('lane', '=', lane).execute();
        posted.length = 0;
        // The sender's time is its own again.
        clock.advance(120_000);
        const begun = clock.now().getTime();
        await departing.lay(
          limits.map((offset) => (offset === null ? {} : { leaveBefore: new Date(begun + offset) })),
        );
        let sleeps = 0;
        for (let turn = 0; turn < 60 && (await waiting()); turn++)
          await departing.dispatch(mps, async (ms) => clock.advance(ms + stalls[sleeps++ % stalls.length]!));
        for (const [index, offset] of limits.entries()) {
          const left = posted.filter(({ to }) => to === phoneOf(index + 1));
          assert.ok(left.length <= 1, 'once');
          if (left[0] && offset !== null)
            assert.ok(left[0].at < begun + offset, `${left[0].at - begun} of ${offset}`);
        }
        const { rows } = await sql<{ id: number; status: string; reason: string | null }>`
          SELECT id, status, skip_reason AS reason FROM message WHERE lane = ${lane} ORDER BY id`.execute(db);
        for (const { id, status, reason } of rows) {
          const hasLeft = posted.some(({ to }) => to === phoneOf(id));
          assert.deepEqual(
            [id, status, reason],
            hasLeft ? [id, 'dispatching', null] : [id, 'skipped', 'tooLate'],
          );
        }
      },
    ),
    { numRuns: 60 },
  );
});
