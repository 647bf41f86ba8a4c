import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { ofEachLane } from '../lanes/over-lanes.sql.ts';
import type { UserRef } from '../users/identity.ts';
import { type Asked, amongThem, type Definition } from './leaf-kind.ts';

/** The next people of a segment in each of these lanes after the given one, by id: in each lane as many as are wanted at most. */
export const membersOfLanes = (
  db: Database,
  definition: Definition,
  of: Omit<Asked, 'lane'>,
  { lanes, afterUserId, limit }: { lanes: readonly number[]; afterUserId: number; limit: number },
): Promise<UserRef[]> =>
  ofEachLane(
    db,
    lanes,
    (lane) => sql<UserRef>`
    SELECT u.lane, u.id FROM users u
    WHERE u.lane = ${lane} AND u.project_id = ${of.projectId} AND u.id > ${afterUserId} ${amongThem({ ...of, lane }, sql`u.id`)}
      AND ${definition.holds({ ...of, lane })}
    ORDER BY u.id LIMIT ${limit}`,
  );
