import { sql } from 'kysely';
import type { FindUses } from '../../http/uses.ts';

/** Templates and snippets that show items of a catalog by its name. */
export const usesByTemplates: FindUses = async (db, projectId, kind, id) => {
  if (kind !== 'catalog') return [];
  // Names hold letters, digits and dashes, which mean nothing here in a pattern. In JSON a quote has a backslash before it.
  const [before, after] = ['#catalog(Keys)?\\s+\\\\?["\']', '\\\\?["\']'];
  const { rows } = await sql<{ words: string }>`
    WITH wanted AS (
      SELECT ${before}::text || name_key || ${after}::text AS call FROM catalog
      WHERE id = ${id} AND project_id = ${projectId}
    )
    SELECT format('template %s (%s)', t.id, t.name) AS words FROM template t, wanted
    WHERE t.project_id = ${projectId} AND t.archived_at IS NULL AND t.content::text || t.locales::text ~* wanted.call
    UNION ALL
    SELECT format('snippet %s', s.name) FROM snippet s, wanted
    WHERE s.project_id = ${projectId} AND s.content ~* wanted.call`.execute(db);
  return rows;
};
