import { sql } from 'kysely';
import { countAudience, idsOfAudience } from '../audiences/audience-size.sql.ts';
import type { Database } from '../database/connect.ts';
import { laneCount } from '../lanes/lanes.ts';
import { isOfAudience, isOfLists, type ReadAudience } from './audience.ts';
import type { Asked } from './leaf-kind.ts';

/** A lane that stands for all: people fall into lanes by a hash. */
const oneLane = 0;

/** How many people of one lane are of an audience, of those beyond a place. */
export async function countOfLane(
  db: Database,
  audience: ReadAudience,
  asked: Asked,
  afterUserId = 0,
): Promise<number> {
  const { rows } = await sql<{ people: number }>`
    SELECT count(*) AS people FROM users u
    WHERE u.lane = ${asked.lane} AND u.project_id = ${asked.projectId} AND u.id > ${afterUserId}
      AND ${isOfAudience(audience, asked)}`.execute(db);
  return rows[0]?.people ?? 0;
}

/** About how many people an audience comes to: of one list exact, else as many as in one lane for each of the lanes. */
export async function sizeOfAudience(
  db: Database,
  audience: ReadAudience,
  asked: Omit<Asked, 'lane'>,
): Promise<number> {
  if (isOfLists(audience)) return countAudience(db, audience);
  return (await countOfLane(db, audience, { ...asked, lane: oneLane })) * laneCount;
}

/** The ids between which those of an audience lie in one lane; zeros where nobody is. */
export async function spanOfAudience(
  db: Database,
  audience: ReadAudience,
  { lane, projectId }: { lane: number; projectId: number },
): Promise<[oldest: number, newest: number]> {
  if (isOfLists(audience)) return idsOfAudience(db, lane, audience.listIds);
  const { rows } = await sql<{ oldest: number | null; newest: number | null }>`
    SELECT min(u.id) AS oldest, max(u.id) AS newest FROM users u
    WHERE u.lane = ${lane} AND u.project_id = ${projectId}`.execute(db);
  return [rows[0]?.oldest ?? 0, rows[0]?.newest ?? 0];
}
