import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Profile } from './profiles.sql.ts';

const mostPlaces = 50;

/** What became of codes; `cost` in dollars. */
export interface Sums {
  begun: number;
  sent: number;
  verified: number;
  refused: number;
  cost: number;
}

/** No code at all. */
export const nothing: Sums = { begun: 0, sent: 0, verified: 0, refused: 0, cost: 0 };
/** Both together. */
export const added = (one: Sums, other: Sums): Sums => ({
  begun: one.begun + other.begun,
  sent: one.sent + other.sent,
  verified: one.verified + other.verified,
  refused: one.refused + other.refused,
  cost: one.cost + other.cost,
});

const summed = sql`sum(begun)::int AS begun, sum(sent)::int AS sent, sum(verified)::int AS verified,
  sum(refused)::int AS refused, sum(cost_micros)::float8 / 1000000 AS cost`;

/** Of a profile since then, by hour. */
export async function byHour(db: Database, { id }: Profile, since: Date): Promise<({ at: string } & Sums)[]> {
  const { rows } = await sql<{ at: Date } & Sums>`
    SELECT date_trunc('hour', at, 'UTC') AS at, ${summed} FROM verification_tally
    WHERE profile_id = ${id} AND kind = 'all' AND key = '' AND at > ${since}::timestamptz GROUP BY 1 ORDER BY 1`.execute(
    db,
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** Of a profile since then, by country or prefix: the fifty with most codes. */
export async function byPlace(
  db: Database,
  { id }: Profile,
  kind: 'country' | 'prefix',
  since: Date,
): Promise<({ key: string } & Sums)[]> {
  const { rows } = await sql<{ key: string } & Sums>`
    SELECT key, ${summed} FROM verification_tally
    WHERE profile_id = ${id} AND kind = ${kind} AND at > ${since}::timestamptz
    GROUP BY key ORDER BY sum(begun + refused) DESC, key LIMIT ${mostPlaces}`.execute(db);
  return rows;
}

/** The blocks of a profile that stand or stood since then, newest first. */
export async function blocksOf(db: Database, { id }: Profile, since: Date) {
  const rows = await db
    .selectFrom('verification_block')
    .selectAll()
    .where('profile_id', '=', id)
    .where('until', '>', since)
    .orderBy('since', 'desc')
    .limit(mostPlaces)
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, kind: row.kind, key: row.key, sent: row.sent, verified: row.verified },
    since: row.since.toISOString(),
    until: row.until.toISOString(),
    liftedAt: row.lifted_at?.toISOString() ?? null,
    liftedBy: row.lifted_by,
  }));
}

/** Ends a block; false where none of this number stands. */
export async function liftBlock(
  db: Database,
  { id }: Profile,
  blockId: number,
  liftedBy: string,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE verification_block SET lifted_at = ${now}, lifted_by = ${liftedBy}
    WHERE id = ${blockId} AND profile_id = ${id} AND lifted_at IS NULL RETURNING id`.execute(db);
  return rows.length > 0;
}
