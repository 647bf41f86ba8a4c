import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { here } from '../../lanes/here.sql.ts';

/** By which way of a tile a person goes whenever they come. */
export interface Draw {
  journeyId: number;
  userId: number;
  tile: string;
  way: string;
}

/** The ways that were drawn for people at a tile before, by their ids. */
export async function drawsAt(
  db: Database,
  lane: number,
  journeyId: number,
  tile: string,
  userIds: readonly number[],
): Promise<Map<number, string>> {
  const { rows } = await sql<{ userId: number; way: string }>`
    SELECT user_id AS "userId", way FROM journey_draw
    WHERE lane = ${lane} AND journey_id = ${journeyId} AND tile = ${tile} AND user_id = ANY (${userIds}::bigint[])`.execute(
    db,
  );
  return new Map(rows.map(({ userId, way }) => [userId, way]));
}

/** Holds what was drawn for people of a lane, over what was drawn where that way is gone. */
export async function keepDraws(transaction: Database, lane: number, draws: readonly Draw[]): Promise<void> {
  if (draws.length === 0) return;
  await sql`
    INSERT INTO journey_draw (lane, journey_id, user_id, tile, way)
    SELECT DISTINCT ON (d.journey_id, d.user_id, d.tile) here.lane, d.journey_id, d.user_id, d.tile, d.way
    FROM ${here(lane)} CROSS JOIN unnest(${draws.map(({ journeyId }) => journeyId)}::int[],
      ${draws.map(({ userId }) => userId)}::bigint[], ${draws.map(({ tile }) => tile)}::text[],
      ${draws.map(({ way }) => way)}::text[]) AS d (journey_id, user_id, tile, way)
    ON CONFLICT (lane, journey_id, user_id, tile) DO UPDATE SET way = excluded.way`.execute(transaction);
}
