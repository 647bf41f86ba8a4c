import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { openSession } from '../../senders/sessions/sessions.sql.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { wireMarginMs } from '../wire-margin.ts';
import { type Departing, openDeparting } from './testing/departing.ts';

let api: TestApi;
let departing: Departing;
before(async () => {
  api = await startTestApi([]);
  departing = await openDeparting(api, 'whatsApp');
});
after(async () => {
  await departing.close();
  await api.close();
});

const hours = 3_600_000;
const content = { kind: 'whatsAppMessage', type: 'text', body: 'Hello' } as const;

async function waiting(): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM message WHERE lane = ${departing.lane} AND status = 'queued' LIMIT 1`.execute(
    api.database.db,
  );
  return rows.length > 0;
}

/** How long after the claim each one's session ends, in ms: before it, around its margin, and around where slots and stalls put it. */
const end = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 2, arbitrary: fc.constantFrom(-1, 0, 1, wireMarginMs - 1, wireMarginMs, wireMarginMs + 1) },
  { weight: 4, arbitrary: fc.integer({ min: -2_000, max: 60_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: -48 * hours, max: 23 * hours }) },
);
const stall = fc.constantFrom(0, 0, 1, 25, 200, 3_000);

test('of a thousand people whose sessions end about when they are written to, nobody gets a free-form message after the end', async () => {
  const { clock } = api;
  const { db } = api.database;
  const { posted, phoneOf, lane, senderId } = departing;
  const seen = { left: 0, skipped: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(end, { minLength: 100, maxLength: 100 }),
      fc.array(stall, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(4, 40),
      async (ends, stalls, mps) => {
        await db.deleteFrom('message').where('lane', '=', lane).execute();
        await db.deleteFrom('session').where('lane', '=', lane).execute();
        posted.length = 0;
        clock.advance(120_000);
        const begun = clock.now().getTime();
        for (const [index, offset] of ends.entries())
          if (offset !== null)
            await openSession(
              db,
              { id: senderId, medium: 'whatsApp' },
              {
                ...{ lane, id: index + 1, addresses: [phoneOf(index + 1)] },
                writtenAt: new Date(begun + offset - 24 * hours),
              },
            );
        await departing.lay(ends.map(() => ({ content })));
        let sleeps = 0;
        for (let turn = 0; turn < 400 && (await waiting()); turn++)
          await departing.dispatch(mps, async (ms) => clock.advance(ms + stalls[sleeps++ % stalls.length]!));
        const { rows } = await sql<{ id: number; status: string; reason: string | null }>`
          SELECT id, status, skip_reason AS reason FROM message WHERE lane = ${lane} ORDER BY id`.execute(db);
        assert.equal(rows.length, 100);
        for (const { id, status, reason } of rows) {
          const left = posted.filter(({ to }) => to === phoneOf(id));
          assert.ok(left.length <= 1, 'once');
          const offset = ends[id - 1] ?? null;
          if (left[0]) {
            seen.left++;
            assert.ok(offset !== null && left[0].at < begun + offset, `${left[0].at - begun} of ${offset}`);
            assert.deepEqual([status, reason], ['dispatching', null]);
          } else {
            seen.skipped++;
            assert.deepEqual([status, reason], ['skipped', 'outsideSession']);
            // Whoever had plenty of time was written to.
            assert.ok(offset === null || offset < 23 * hours - 1 || offset < 300_000);
          }
        }
      },
    ),
    { numRuns: 10 },
  );
  assert.ok(seen.left > 100 && seen.skipped > 100, JSON.stringify(seen));
});

test('where the session is over by then the approved template leaves that stands by, and only to the account that wrote what is free-form', async () => {
  const { db } = api.database;
  const { posted, phoneOf, lane, senderId } = departing;
  await db.deleteFrom('message').where('lane', '=', lane).execute();
  await db.deleteFrom('session').where('lane', '=', lane).execute();
  posted.length = 0;
  api.clock.advance(120_000);
  const otherwise = {
    ...{ templateId: 7, priceMicros: 34_000 },
    content: {
      ...({ kind: 'whatsAppTemplate', name: 'hello', language: 'en_US' } as const),
      ...{ components: [], preview: 'Hello' },
    },
  };
  const writtenAt = api.clock.now();
  const session = (id: number, address: string) =>
    openSession(db, { id: senderId, medium: 'whatsApp' }, { lane, id, addresses: [address], writtenAt });
  await session(1, phoneOf(1));
  // The same person by another number.
  await session(2, phoneOf(99));
  await departing.lay([
    { content: { ...content, otherwise } },
    { content },
    { content: { ...content, otherwise } },
  ]);
  await departing.dispatch(40, async (ms) => api.clock.advance(ms));
  const { rows } = await sql<{ kind: string; reason: string | null; templateId: number; price: number }>`
    SELECT content ->> 'kind' AS kind, skip_reason AS reason, template_id AS "templateId", price_micros AS price FROM message
    WHERE lane = ${lane} ORDER BY id`.execute(db);
  assert.deepEqual(
    rows.map(({ kind, reason, templateId, price }) => [kind, reason, templateId, price]),
    [
      ['whatsAppMessage', null, 1, 0],
      ['whatsAppMessage', 'outsideSession', 1, 0],
      ['whatsAppTemplate', null, 7, 34_000],
    ],
  );
  assert.deepEqual(posted.map(({ to }) => to).sort(), [phoneOf(1), phoneOf(3)].sort());
});
