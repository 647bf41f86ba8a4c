import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { openOutbox } from '../happenings/outbox.ts';
import { standingClock } from '../testing/clock.ts';
import { startTestDatabase, type TestDatabase } from '../testing/database.ts';
import { personalDataOf } from './personal-data.ts';

let database: TestDatabase;
before(async () => {
  database = await startTestDatabase();
});
after(async () => {
  await database.close();
});

/** Tables of `users/` itself, which its own rules change. */
const ofUsers = ['address', 'identity', 'merged_user'];

test('every table with rows of people has somebody who moves, forgets and tells of them', async () => {
  const { rows } = await sql<{ table: string }>`
    SELECT c.relname AS table FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attname = 'user_id' AND NOT a.attisdropped
      AND a.atttypid = 'bigint'::regtype AND c.relnamespace = 'public'::regnamespace
    ORDER BY 1`.execute(database.db);
  const outbox = openOutbox([], standingClock('2026-11-23T17:00:00Z'));
  const answeredFor = [...personalDataOf(outbox).flatMap(({ tables }) => tables), ...ofUsers];
  assert.deepEqual(
    rows.map(({ table }) => table),
    answeredFor.sort(),
  );
});
