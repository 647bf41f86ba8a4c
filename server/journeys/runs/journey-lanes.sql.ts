import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { here } from '../../lanes/here.sql.ts';

/** By which version of each journey a lane goes; one that it goes by none of yet is absent. */
export async function lanesOfJourneys(db: Database, lane: number): Promise<Map<number, number>> {
  const { rows } = await sql<{ journeyId: number; version: number }>`
    SELECT journey_id AS "journeyId", version FROM journey_lane WHERE lane = ${lane}`.execute(db);
  return new Map(rows.map(({ journeyId, version }) => [journeyId, version]));
}

/** Which of these journeys go by these versions in all lanes. */
export async function followedEverywhere(
  db: Database,
  versions: readonly { journeyId: number; version: number }[],
  lanes: readonly number[],
): Promise<Map<number, number[]>> {
  const { rows } = await sql<{ lane: number; journeyId: number; version: number }>`
    SELECT lane, journey_id AS "journeyId", version FROM journey_lane
    WHERE lane = ANY (${lanes}::smallint[]) AND journey_id = ANY (${versions.map(({ journeyId }) => journeyId)}::int[])`.execute(
    db,
  );
  return new Map(
    versions.map(({ journeyId, version }) => {
      const followed = new Set(
        rows.filter((row) => row.journeyId === journeyId && row.version === version).map(({ lane }) => lane),
      );
      return [journeyId, lanes.filter((lane) => !followed.has(lane))];
    }),
  );
}

/** Has a lane go by a version of a journey. */
export async function followVersion(
  transaction: Database,
  lane: number,
  journeyId: number,
  version: number,
): Promise<void> {
  await sql`
    INSERT INTO journey_lane (lane, journey_id, version) SELECT here.lane, ${journeyId}, ${version} FROM ${here(lane)}
    ON CONFLICT (lane, journey_id) DO UPDATE SET version = excluded.version`.execute(transaction);
}

/** Has those at a tile go to another, and have what it remembers of them forgotten. Answers how many. */
export async function moveFromTile(
  transaction: Database,
  lane: number,
  journeyId: number,
  tile: string,
  to: string,
  at: Date,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    UPDATE journey_run SET tile = ${to}, arrived_at = ${at}, wake_at = ${at}, hears = '{}', memory = '{}'
    WHERE lane = ${lane} AND journey_id = ${journeyId} AND tile = ${tile} RETURNING id`.execute(transaction);
  return rows.length;
}

/** Notes of those who wait at tiles until when they began to wait, for what these say now is otherwise. */
export async function keepWaiting(
  transaction: Database,
  lane: number,
  journeyId: number,
  tiles: readonly string[],
  at: Date,
): Promise<void> {
  if (tiles.length === 0) return;
  // Who is to be looked at by now is looked at by what the tile says; a failed step is tried again at another time than is waited for.
  await sql`
    UPDATE journey_run SET memory = memory || jsonb_build_object('keptUntil', (extract(epoch FROM wake_at) * 1000)::bigint)
    WHERE lane = ${lane} AND journey_id = ${journeyId} AND tile = ANY (${tiles}::text[]) AND wake_at > ${at}
      AND failures = 0 AND memory -> 'keptUntil' IS NULL`.execute(transaction);
}

/** Has tiles do what they do for those who are at them, for whom another kind of tile has done its own. */
export async function forgetDeeds(
  transaction: Database,
  lane: number,
  journeyId: number,
  tiles: readonly string[],
): Promise<void> {
  if (tiles.length === 0) return;
  await sql`
    UPDATE journey_run SET memory = memory - 'acted'
    WHERE lane = ${lane} AND journey_id = ${journeyId} AND tile = ANY (${tiles}::text[]) AND memory -> 'acted' IS NOT NULL`.execute(
    transaction,
  );
}

/** Has those who wait at tiles looked at by what these say now. */
export async function lookAgainAt(
  transaction: Database,
  lane: number,
  journeyId: number,
  tiles: readonly string[],
  at: Date,
): Promise<void> {
  await sql`
    UPDATE journey_run SET wake_at = ${at}, memory = memory - 'keptUntil'
    WHERE lane = ${lane} AND journey_id = ${journeyId} AND tile = ANY (${tiles}::text[]) AND stuck IS NULL`.execute(
    transaction,
  );
}
