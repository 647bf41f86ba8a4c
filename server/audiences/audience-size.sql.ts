import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { laneCount } from '../lanes/lanes.ts';
import { sizeOfList } from './list-size.sql.ts';

/** A lane that stands for all: people fall into lanes by a hash. */
const oneLane = 0;

/**
 * About how many people lists come to, those of suppression lists left out: exact for one list, else as many as in one lane
 * for each of the lanes.
 */
export async function countAudience(
  db: Database,
  { listIds, suppressionListIds }: { listIds: readonly number[]; suppressionListIds: readonly number[] },
): Promise<number> {
  const [only, ...more] = listIds;
  if (only !== undefined && more.length === 0 && suppressionListIds.length === 0) return sizeOfList(db, only);
  const { rows } = await sql<{ people: number }>`
    SELECT count(DISTINCT m.user_id) AS people FROM list_member m
    WHERE m.lane = ${oneLane} AND m.list_id = ANY (${listIds}::int[])
      AND NOT EXISTS (SELECT 1 FROM list_member s
        WHERE s.lane = ${oneLane} AND s.list_id = ANY (${suppressionListIds}::int[]) AND s.user_id = m.user_id)`.execute(
    db,
  );
  return (rows[0]?.people ?? 0) * laneCount;
}

/** The ids of the oldest and of the newest user that are on any of the lists, in one lane; zeros where nobody is. */
export async function idsOfAudience(
  db: Database,
  lane: number,
  listIds: readonly number[],
): Promise<[oldest: number, newest: number]> {
  const { rows } = await sql<{ oldest: number | null; newest: number | null }>`
    SELECT min(ids.oldest) AS oldest, max(ids.newest) AS newest FROM unnest(${listIds}::int[]) list (id)
    CROSS JOIN LATERAL (SELECT
      (SELECT user_id FROM list_member WHERE lane = ${lane} AND list_id = list.id ORDER BY user_id LIMIT 1) AS oldest,
      (SELECT user_id FROM list_member WHERE lane = ${lane} AND list_id = list.id ORDER BY user_id DESC LIMIT 1) AS newest
    ) ids`.execute(db);
  return [rows[0]?.oldest ?? 0, rows[0]?.newest ?? 0];
}
