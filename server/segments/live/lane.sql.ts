import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { lockClasses } from '../../database/lock-classes.ts';
import { here } from '../../lanes/here.sql.ts';
import { overLanes } from '../../lanes/over-lanes.sql.ts';

/*
 * Whoever writes who is of live segments in a lane has the lane's lock from before the look to the end of the transaction. So what is
 * written was looked at after all that others wrote, and a lane is filled either before something is heard there or after it.
 */

/** Waits for a lane, which is one's own to the transaction's end. */
export async function lockSegmentLane(transaction: Database, lane: number): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${lockClasses.segments}::int, ${lane}::int)`.execute(transaction);
}

/** A segment as a lane has it. */
export interface LaneOfSegment {
  segmentId: number;
  projectId: number;
  generation: number;
}

/** The segments that a lane is filled with, and by which meanings. */
export async function segmentsOfLane(db: Database, lane: number): Promise<LaneOfSegment[]> {
  const { rows } = await sql<LaneOfSegment>`
    SELECT segment_id AS "segmentId", project_id AS "projectId", generation FROM segment_lane
    WHERE lane = ${lane}`.execute(db);
  return rows;
}

/** Notes by which meanings a lane is filled. */
export async function noteFilled(
  transaction: Database,
  lane: number,
  filled: readonly LaneOfSegment[],
): Promise<void> {
  if (filled.length === 0) return;
  await sql`
    INSERT INTO segment_lane (lane, segment_id, project_id, generation, members)
    SELECT here.lane, f.*, 0 FROM ${here(lane)} CROSS JOIN unnest(
      ${filled.map(({ segmentId }) => segmentId)}::int[], ${filled.map(({ projectId }) => projectId)}::int[],
      ${filled.map(({ generation }) => generation)}::bigint[]) AS f
    ON CONFLICT (lane, segment_id) DO UPDATE SET generation = excluded.generation`.execute(transaction);
}

/** Empties a lane of a segment that is kept live no longer. */
export async function emptyLane(transaction: Database, lane: number, segmentId: number): Promise<void> {
  await sql`DELETE FROM segment_standing WHERE lane = ${lane} AND segment_id = ${segmentId}`.execute(
    transaction,
  );
  await sql`DELETE FROM segment_lane WHERE lane = ${lane} AND segment_id = ${segmentId}`.execute(transaction);
}

/** By which meaning each lane is filled with these segments; a lane that is not is absent. */
export async function filledLanes(
  db: Database,
  segmentIds: readonly number[],
): Promise<{ lane: number; segmentId: number; generation: number; members: number }[]> {
  if (segmentIds.length === 0) return [];
  return overLanes(
    db,
    (isIn) => sql<{ lane: number; segmentId: number; generation: number; members: number }>`
      SELECT lane, segment_id AS "segmentId", generation, members FROM segment_lane
      WHERE lane ${isIn} AND segment_id = ANY(${segmentIds}::int[])`,
  );
}

/** The instant of the next flip in each lane in which there is one. */
export async function nextFlips(db: Database): Promise<{ lane: number; at: Date }[]> {
  const { rows } = await sql<{ lane: number; at: Date | null }>`
    SELECT l.lane, (SELECT min(s.flips_at) FROM segment_standing s
      WHERE s.lane = l.lane AND s.flips_at IS NOT NULL) AS at FROM lane l`.execute(db);
  return rows.flatMap(({ lane, at }) => (at ? { lane, at } : []));
}

/** Whose answer may have flipped by time alone, the longest due first, of each segment. */
export async function dueFlips(
  db: Database,
  lane: number,
  now: Date,
  limit: number,
): Promise<{ segmentId: number; userId: number }[]> {
  const { rows } = await sql<{ segmentId: number; userId: number }>`
    SELECT segment_id AS "segmentId", user_id AS "userId" FROM segment_standing
    WHERE lane = ${lane} AND flips_at IS NOT NULL AND flips_at <= ${now}::timestamptz
    ORDER BY flips_at LIMIT ${limit}`.execute(db);
  return rows;
}
