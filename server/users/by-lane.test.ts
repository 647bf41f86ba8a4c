import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { lanes } from '../lanes/lanes.ts';
import { startTestDatabase, type TestDatabase } from '../testing/database.ts';
import { sendByLane } from './by-lane.ts';

let database: TestDatabase;
before(async () => {
  database = await startTestDatabase();
});
after(() => database.close());

test('a statement for many lanes is planned once for all of them, and what follows as ever', async () => {
  await database.db.connection().execute(async (connection) => {
    const emails = lanes.map((lane) => ({ lane, value: `a${lane}@example.com` }));
    const lookUp = () =>
      sendByLane(
        connection,
        emails,
        ({ lane }) => lane,
        (lane, rows) => sql`
          SELECT user_id FROM identity WHERE lane = ${lane} AND value = ANY (${rows.map(({ value }) => value)}::text[])`,
      );
    await lookUp();
    await lookUp();
    const { rows } = await sql<{ generic: number; custom: number }>`
      SELECT generic_plans::int AS generic, custom_plans::int AS custom FROM pg_prepared_statements
      WHERE statement LIKE '%FROM identity%' AND name <> ''`.execute(connection);
    assert.ok(rows[0] && rows[0].generic > lanes.length && rows[0].custom === 0, JSON.stringify(rows));
    const { rows: settings } = await sql`
      SELECT current_setting('plan_cache_mode') AS plans, current_setting('enable_seqscan') AS seqscan`.execute(
      connection,
    );
    assert.deepEqual(settings, [{ plans: 'auto', seqscan: 'on' }]);
  });
});

test('of statements for many lanes in a transaction the one that failed says why, and not that the others came after it', async () => {
  for (const failing of lanes) {
    const asked = database.db.transaction().execute((transaction) =>
      sendByLane(
        transaction,
        lanes,
        (lane) => lane,
        (lane) => sql`SELECT 1 / (${lane}::int - ${failing}::int)`,
      ),
    );
    await assert.rejects(asked, { code: '22012' });
  }
});
