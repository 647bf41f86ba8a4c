import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { ours, whatsApp } from '../conversations/inbound/inbound-fixtures.ts';
import { mergeUsers } from '../users/merge-users.ts';
import { openInbox } from './inbox-fixtures.ts';
import { silentDesk } from './news.ts';
import { threadRef } from './threads.sql.ts';

const site = await openInbox(silentDesk, ours.promotional);
const { ann, as, bob, newNumber, server, userOf, writes } = site;
const { db } = server.database;
after(() => server.close());

/** What may happen at the same time, to one of two people. */
const deeds = ['text', 'whatsApp', 'tell', 'resolve', 'reopen', 'reply', 'spam', 'merge'] as const;

test('whatever happens at once, a person has at most one thread that is not resolved, and no message is lost', async () => {
  const waves = fc.array(
    fc.array(fc.tuple(fc.constantFrom(...deeds), fc.integer({ min: 0, max: 1 })), {
      minLength: 2,
      maxLength: 6,
    }),
    { minLength: 1, maxLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(waves, async (history) => {
      const phones = [newNumber(), newNumber()] as const;
      let isMerged = false;
      for (const wave of history) {
        server.clock.advance(1_000);
        await Promise.all(
          wave.map(async ([deed, who]) => {
            const phone = phones[who] ?? '';
            const user = await userOf({ phone });
            const { rows } = await sql<{ id: number; lane: number }>`
              SELECT lane, id FROM thread WHERE lane = ${user.lane} AND user_id = ${user.id} ORDER BY id`.execute(
              db,
            );
            const refs = rows.map(({ lane, id }) => threadRef({ lane, id }));
            if (deed === 'text' || deed === 'whatsApp') {
              await writes(phone, deed === 'text' ? ours.promotional : whatsApp, 'a question');
            } else if (deed === 'tell') await server.tellHappenings().catch(ignoreConflict);
            else if (deed === 'merge') {
              if (isMerged) return;
              isMerged = true;
              const [from, to] = [await userOf({ phone: phones[0] }), await userOf({ phone: phones[1] })];
              await mergeUsers(server.context.people, server.projectId, from, to, [], server.clock.now());
            } else
              for (const ref of refs) {
                const [key, path, body] =
                  deed === 'reply'
                    ? ([bob, 'reply', { text: 'an answer', seenMessageId: null }] as const)
                    : ([
                        ann,
                        'state',
                        { state: deed === 'resolve' ? 'resolved' : deed === 'spam' ? 'spam' : 'open' },
                      ] as const);
                const { status, body: answer } = await as(key, 'POST', `/threads/${ref}/${path}`, body);
                assert.ok(status < 500, JSON.stringify(answer));
              }
          }),
        );
        await assertOneEach();
      }
      await server.tellHappenings();
      await assertOneEach();
      const { rows } = await sql`
        SELECT 1 FROM inbound_message i WHERE NOT EXISTS (
          SELECT 1 FROM thread t WHERE t.lane = i.lane AND t.user_id = i.user_id)`.execute(db);
      assert.deepEqual(rows, [], 'whoever wrote has a thread');
    }),
    { numRuns: 25 * Number(process.env.RUNS_TIMES ?? 1) },
  );
});

/** A batch that lost a race is told again, as a worker does. */
function ignoreConflict(error: unknown): void {
  if (!String(error).includes('thread_')) throw error;
}

async function assertOneEach(): Promise<void> {
  const { rows } = await sql`
    SELECT user_id FROM thread WHERE state <> 'resolved' GROUP BY user_id HAVING count(*) > 1`.execute(db);
  assert.deepEqual(rows, []);
}
