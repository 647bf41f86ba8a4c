import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { startTestDatabase, type TestDatabase } from '../testing/database.ts';
import type { Database } from './connect.ts';

let database: TestDatabase;
before(async () => {
  database = await startTestDatabase();
});
after(() => database.close());

const preparedOn = async (db: Database) => {
  const { rows } = await sql<{ statement: string }>`
    SELECT statement FROM pg_prepared_statements WHERE name LIKE 'often%'`.execute(db);
  return rows.map(({ statement }) => statement);
};

test('what a connection is asked again and again it prepares once, and what is asked once it does not', async () => {
  await database.db.connection().execute(async (connection) => {
    for (const number of [1, 2, 3, 4, 5, 6]) {
      const { rows } = await sql<{ next: number }>`SELECT ${number}::int + 1 AS next`.execute(connection);
      assert.deepEqual(rows, [{ next: number + 1 }]);
    }
    await sql`SELECT ${'once'}::text`.execute(connection);
    assert.deepEqual(await preparedOn(connection), ['SELECT $1::int + 1 AS next']);
  });
});

test('a statement that fails leaves those after it as they were, prepared or not', async () => {
  await database.db.connection().execute(async (connection) => {
    const divided = (by: number) => sql<{ half: number }>`SELECT 12 / ${by}::int AS half`.execute(connection);
    for (const by of [1, 2, 3, 4]) assert.deepEqual((await divided(by)).rows, [{ half: 12 / by }]);
    await assert.rejects(divided(0), /division by zero/);
    assert.deepEqual((await divided(6)).rows, [{ half: 2 }]);
  });
});

test('a connection whose statements are of a table as it was is replaced', async () => {
  const { db } = database;
  await sql`CREATE TABLE changing (id int)`.execute(db);
  await sql`INSERT INTO changing VALUES (1)`.execute(db);
  const all = () =>
    db
      .connection()
      .execute(async (one) => (await sql`SELECT * FROM changing WHERE id = ${1}`.execute(one)).rows);
  for (let asked = 0; asked < 6; asked++) assert.deepEqual(await all(), [{ id: 1 }]);
  await sql`ALTER TABLE changing ADD COLUMN name text`.execute(db);
  await assert.rejects(all(), /cached plan/);
  assert.deepEqual(await all(), [{ id: 1, name: null }]);
});
