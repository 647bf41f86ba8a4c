import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { type Names, type Reference, referenceText } from '../segments/leaf-kind.ts';

/** The names of the campaigns among what conditions of segments refer to; what the project does not have is absent. */
export async function namesOfCampaigns(
  db: Database,
  projectId: number,
  references: readonly Reference[],
): Promise<Names> {
  const ids = references.flatMap(({ kind, id }) => (kind === 'campaign' ? [id] : []));
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: number; name: string }>`
    SELECT id, name FROM campaign WHERE project_id = ${projectId} AND id = ANY(${ids}::int[])`.execute(db);
  return new Map(rows.map(({ id, name }) => [referenceText({ kind: 'campaign', id }), name]));
}
