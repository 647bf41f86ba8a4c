import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { UserMove } from './people.ts';

/**
 * Gives the rows of one user to another, whole and in the other's lane; `table` stands by its columns `lane` and `user_id`. Where
 * both have what may be there once, the destination's row stays. Those that are not `only` of a kind are left. `generated`
 * names the columns that the database works out by itself.
 */
export async function moveRows(
  transaction: Database,
  table: RawBuilder<unknown>,
  { from, to }: UserMove,
  only: RawBuilder<unknown> = sql`true`,
  generated: readonly string[] = [],
): Promise<void> {
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    WITH gone AS (
      DELETE FROM ${table} AS theirs WHERE lane = ${from.lane} AND user_id = ${from.id} AND ${only} RETURNING theirs.*
    ) SELECT to_jsonb(gone.*) AS row FROM gone`.execute(transaction);
  const [first] = rows;
  if (!first) return;
  const names = Object.keys(first.row).filter((name) => !generated.includes(name));
  const columns = sql.join(names.map((name) => sql.ref(name)));
  const moved = rows.map(({ row }) => JSON.stringify({ ...row, lane: to.lane, user_id: to.id }));
  await sql`
    INSERT INTO ${table} (${columns})
    SELECT ${columns} FROM unnest(${moved}::jsonb[]) AS item
    CROSS JOIN LATERAL jsonb_populate_record(NULL::${table}, item) AS given
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
