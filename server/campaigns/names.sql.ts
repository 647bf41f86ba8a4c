import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { isWanted, type NamedThing, type Wanted } from '../segments/leaf-kind.ts';

/** The campaigns of a project among what conditions of segments may refer to. */
export async function campaignsAmong(db: Database, projectId: number, wanted: Wanted): Promise<NamedThing[]> {
  if (![...wanted.ids, ...wanted.names].some(({ kind }) => kind === 'campaign')) return [];
  const { rows } = await sql<NamedThing>`
    SELECT 'campaign' AS kind, x.id, x.name, NULL AS of, x.state = 'Archived' AS "isPutAway"
    FROM campaign x WHERE x.project_id = ${projectId} AND ${isWanted('campaign', wanted)}`.execute(db);
  return rows;
}
