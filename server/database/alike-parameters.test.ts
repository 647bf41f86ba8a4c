import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { startTestDatabase } from '../testing/database.ts';
import { withAlikeOnce } from './alike-parameters.ts';

test('a statement of few parameters is left as it is', () => {
  const parameters = [1, 1];
  assert.deepEqual(withAlikeOnce('SELECT $1::int + $2::int', parameters), {
    text: 'SELECT $1::int + $2::int',
    parameters,
  });
});

test('a statement with more parameters than the protocol counts is asked where most are alike, each under its own cast', async () => {
  const database = await startTestDatabase();
  try {
    const parts = Array.from(
      { length: 40_000 },
      (_, index) => sql`(${index % 7}::int, ${String(index % 7)}::text)`,
    );
    const { rows } = await sql<{ sum: number; texts: string }>`
      SELECT sum(v.n)::int AS sum, string_agg(DISTINCT v.t, '') AS texts FROM (VALUES ${sql.join(parts)}) v (n, t)`.execute(
      database.db,
    );
    const sum = Array.from({ length: 40_000 }, (_, index) => index % 7).reduce(
      (total, each) => total + each,
      0,
    );
    assert.deepEqual(rows, [{ sum, texts: '0123456' }]);
  } finally {
    await database.close();
  }
});
