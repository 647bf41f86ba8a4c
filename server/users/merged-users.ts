import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { lanes } from '../lanes/lanes.ts';
import type { UserRef } from './identity.ts';

/** Into whom users that are no more were merged, by their ids; who was deleted is absent. */
export async function mergedInto(db: Database, gone: readonly UserRef[]): Promise<Map<number, UserRef>> {
  if (gone.length === 0) return new Map();
  const { rows } = await sql<UserRef & { sourceId: number }>`
    SELECT m.lane, m.user_id AS id, m.source_id AS "sourceId" FROM merged_user m
    JOIN unnest(${gone.map(({ lane }) => lane)}::smallint[], ${gone.map(({ id }) => id)}::bigint[])
      AS g (lane, id) ON m.source_lane = g.lane AND m.source_id = g.id
    WHERE m.lane = ANY(${lanes}::smallint[])`.execute(db);
  return new Map(rows.map(({ sourceId, lane, id }) => [sourceId, { lane, id }]));
}
