import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { FindUses, Use } from '../http/uses.ts';
import { segmentsThatName } from './segments.sql.ts';

/** Segments that compare with items of a catalog, and collections of it. */
async function usesOfCatalog(db: Database, projectId: number, id: number): Promise<Use[]> {
  const { rows } = await sql<{ words: string }>`
    SELECT format('segment %s (%s)', s.id, s.name) AS words FROM segment s, catalog c
    WHERE c.id = ${id} AND c.project_id = ${projectId} AND s.project_id = ${projectId} AND EXISTS (
      SELECT 1 FROM jsonb_path_query(s.definition, 'strict $.**.inCatalog.catalog') AS named (name)
      WHERE lower(named.name #>> '{}') = c.name_key)
    UNION ALL
    SELECT format('collection %s', name) FROM catalog_collection
    WHERE catalog_id = ${id} AND project_id = ${projectId}`.execute(db);
  return rows;
}

/** Segments that name a list or another segment. */
export const usesBySegments: FindUses = async (db, projectId, kind, id) => {
  if (kind === 'catalog') return usesOfCatalog(db, projectId, id);
  if (kind !== 'list' && kind !== 'segment') return [];
  const named = await segmentsThatName(db, projectId, `${kind}:${id}`);
  return named.map((segment) => ({ words: `segment ${segment.id} (${segment.name})` }));
};
