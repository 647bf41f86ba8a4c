import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { here } from '../../lanes/here.sql.ts';
import { overLanes } from '../../lanes/over-lanes.sql.ts';

/** By which way of a tile a person goes whenever they come. */
export interface Draw {
  journeyId: number;
  userId: number;
  tile: string;
  way: string;
  isHeldOut: boolean;
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
export async function keepDraws(
  transaction: Database,
  lane: number,
  draws: readonly Draw[],
  at: Date,
): Promise<void> {
  if (draws.length === 0) return;
  await sql`
    INSERT INTO journey_draw (lane, journey_id, user_id, tile, way, drawn_at, is_held_out)
    SELECT DISTINCT ON (d.journey_id, d.user_id, d.tile) here.lane, d.journey_id, d.user_id, d.tile, d.way, ${at}::timestamptz, d.is_held_out
    FROM ${here(lane)} CROSS JOIN unnest(${draws.map(({ journeyId }) => journeyId)}::int[],
      ${draws.map(({ userId }) => userId)}::bigint[], ${draws.map(({ tile }) => tile)}::text[],
      ${draws.map(({ way }) => way)}::text[], ${draws.map(({ isHeldOut }) => isHeldOut)}::boolean[])
      AS d (journey_id, user_id, tile, way, is_held_out)
    ON CONFLICT (lane, journey_id, user_id, tile) DO UPDATE SET way = excluded.way, drawn_at = excluded.drawn_at`.execute(
    transaction,
  );
}

/** What became of people who were given a variant of an experiment. */
export interface VariantResult {
  tile: string;
  way: string;
  people: number;
  /** Those of them who reached a goal of the journey since. */
  goals: number;
}

/** Of each way that these tiles drew, how many people have it, and how many of them have reached a goal since; who is held out is none of them. */
export async function variantResults(
  db: Database,
  journeyId: number,
  tiles: readonly string[],
): Promise<VariantResult[]> {
  if (tiles.length === 0) return [];
  const rows = await overLanes<VariantResult>(
    db,
    (isIn) => sql<VariantResult>`
      SELECT d.tile, d.way, count(*)::int AS people, count(*) FILTER (WHERE EXISTS (
        SELECT 1 FROM journey_run_ended e WHERE e.lane = d.lane AND e.user_id = d.user_id AND e.journey_id = ${journeyId}
          AND e.reason = 'goal' AND e.left_at >= d.drawn_at) OR EXISTS (
        SELECT 1 FROM journey_goal g WHERE g.lane = d.lane AND g.user_id = d.user_id AND g.journey_id = ${journeyId}
          AND g.reached_at >= d.drawn_at))::int AS goals
      FROM journey_draw d WHERE d.lane ${isIn} AND d.journey_id = ${journeyId} AND d.tile = ANY (${tiles}::text[])
        AND NOT d.is_held_out
      GROUP BY d.tile, d.way`,
  );
  const sums = new Map<string, VariantResult>();
  for (const { tile, way, people, goals } of rows) {
    const known = sums.get(`${tile} ${way}`) ?? { tile, way, people: 0, goals: 0 };
    sums.set(`${tile} ${way}`, { tile, way, people: known.people + people, goals: known.goals + goals });
  }
  return [...sums.values()];
}
