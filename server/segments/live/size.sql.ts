import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { filledLanes } from './lane.sql.ts';

/** How many are of live segments, by their ids, and how many lanes are filled at all. */
async function sizesOfSegments(
  db: Database,
  segmentIds: readonly number[],
): Promise<Map<number, { members: number; lanes: number }>> {
  const sizes = new Map<number, { members: number; lanes: number }>();
  for (const { segmentId, members } of await filledLanes(db, segmentIds)) {
    const known = sizes.get(segmentId) ?? { members: 0, lanes: 0 };
    sizes.set(segmentId, { members: known.members + members, lanes: known.lanes + 1 });
  }
  return sizes;
}

/** Notes how many are of segments at an instant, once. */
export async function noteSizes(db: Database, segmentIds: readonly number[], at: Date): Promise<void> {
  const sizes = [...(await sizesOfSegments(db, segmentIds))];
  if (sizes.length === 0) return;
  await sql`
    INSERT INTO segment_size_at (segment_id, at, members)
    SELECT id, ${at}::timestamptz, members FROM unnest(
      ${sizes.map(([id]) => id)}::int[], ${sizes.map(([, { members }]) => members)}::int[]) AS s (id, members)
    ON CONFLICT DO NOTHING`.execute(db);
}

/** Forgets how many were of a segment. */
export async function forgetSizes(db: Database, segmentId: number): Promise<void> {
  await sql`DELETE FROM segment_size_at WHERE segment_id = ${segmentId}`.execute(db);
}

/** How many were of a segment, hour by hour between two instants, the earliest first. */
export async function sizesBetween(
  db: Database,
  segmentId: number,
  from: Date,
  to: Date,
): Promise<{ at: Date; members: number }[]> {
  const { rows } = await sql<{ at: Date; members: number }>`
    SELECT at, members FROM segment_size_at
    WHERE segment_id = ${segmentId} AND at >= ${from}::timestamptz AND at < ${to}::timestamptz ORDER BY at`.execute(
    db,
  );
  return rows;
}
