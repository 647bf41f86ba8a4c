import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { UserMove } from './people.ts';

/**
 * Gives the rows of one user to another, whole and in the other's lane; `table` stands by its columns `lane` and `user_id`. Where
 * both have what may be there once, the destination's row stays. Those that are not `only` of a kind are left.
 */
export async function moveRows(
  transaction: Database,
  table: RawBuilder<unknown>,
  { from, to }: UserMove,
  only: RawBuilder<unknown> = sql`true`,
): Promise<void> {
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    WITH gone AS (
      DELETE FROM ${table} AS theirs WHERE lane = ${from.lane} AND user_id = ${from.id} AND ${only} RETURNING theirs.*
    ) SELECT to_jsonb(gone.*) AS row FROM gone`.execute(transaction);
  if (rows.length === 0) return;
  const moved = rows.map(({ row }) => JSON.stringify({ ...row, lane: to.lane, user_id: to.id }));
  await sql`
    INSERT INTO ${table}
    SELECT (jsonb_populate_record(NULL::${table}, item)).* FROM unnest(${moved}::jsonb[]) AS item
    ON CONFLICT DO NOTHING`.execute(transaction);
}

/** Deletes the rows of users of a lane; `table` as above. */
export async function deleteRows(
  transaction: Database,
  table: RawBuilder<unknown>,
  { lane, users }: { lane: number; users: readonly { id: number }[] },
): Promise<void> {
  const ids = users.map((user) => user.id);
  await sql`DELETE FROM ${table} WHERE lane = ${lane} AND user_id = ANY(${ids}::bigint[])`.execute(
    transaction,
  );
}
