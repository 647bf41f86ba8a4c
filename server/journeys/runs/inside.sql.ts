import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { overLanes } from '../../lanes/over-lanes.sql.ts';

/** Lanes in which somebody is in these journeys, or waits in line for them, or is to enter by a date. */
export function lanesInside(
  db: Database,
  journeyIds: readonly number[],
): Promise<{ lane: number; journeyId: number }[]> {
  return overLanes(
    db,
    (isIn) => sql<{ lane: number; journeyId: number }>`
      SELECT l.lane, j.id AS "journeyId" FROM lane l CROSS JOIN unnest(${journeyIds}::int[]) AS j (id)
      WHERE l.lane ${isIn} AND (EXISTS (SELECT 1 FROM journey_run r WHERE r.lane = l.lane AND r.journey_id = j.id)
        OR EXISTS (SELECT 1 FROM journey_waiting w WHERE w.lane = l.lane AND w.journey_id = j.id)
        OR EXISTS (SELECT 1 FROM journey_date_lane d WHERE d.lane = l.lane AND d.journey_id = j.id))`,
  );
}

/** People of a lane in these journeys, at most so many. */
export async function peopleInside(
  db: Database,
  lane: number,
  journeyIds: readonly number[],
  limit: number,
): Promise<{ id: number; tile: string; journeyId: number; userId: number }[]> {
  const { rows } = await sql<{ id: number; tile: string; journeyId: number; userId: number }>`
    SELECT id, tile, journey_id AS "journeyId", user_id AS "userId" FROM journey_run
    WHERE lane = ${lane} AND journey_id = ANY (${journeyIds}::int[]) ORDER BY id LIMIT ${limit} FOR UPDATE`.execute(
    db,
  );
  return rows;
}

/** How many people of a journey are due, whether it is held or not. */
export async function dueNow(db: Database, journeyId: number, now: Date): Promise<number> {
  const rows = await overLanes<{ people: number }>(
    db,
    (isIn) => sql<{ people: number }>`
      SELECT count(*) AS people FROM journey_run
      WHERE lane ${isIn} AND journey_id = ${journeyId} AND (wake_at <= ${now}::timestamptz OR parked_at IS NOT NULL)`,
  );
  return rows.reduce((sum, { people }) => sum + Number(people), 0);
}
