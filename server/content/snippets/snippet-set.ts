import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';

/** A project's snippets by name, as source. The same map comes back until one of them changes. */
export type SnippetSet = ReadonlyMap<string, string>;

interface Kept {
  fingerprint: string;
  snippets: SnippetSet;
}

const kept = new WeakMap<Database, Map<number, Kept>>();

/**
 * Loads a project's snippets. One small query when nothing changed: what was compiled against the map it gave
 * before (content/rendering) stays good, since the same object is given again.
 */
export async function loadSnippets(db: Database, projectId: number): Promise<SnippetSet> {
  const ofProjects = kept.get(db) ?? new Map<number, Kept>();
  kept.set(db, ofProjects);
  const fingerprint = await fingerprintOf(db, projectId);
  const known = ofProjects.get(projectId);
  if (known?.fingerprint === fingerprint) return known.snippets;
  const rows = await db
    .selectFrom('snippet')
    .select(['name', 'content'])
    .where('project_id', '=', projectId)
    .execute();
  const snippets = new Map(rows.map((row) => [row.name, row.content]));
  ofProjects.set(projectId, { fingerprint, snippets });
  return snippets;
}

async function fingerprintOf(db: Database, projectId: number): Promise<string> {
  const { rows } = await sql<{ fingerprint: string }>`
    SELECT md5(coalesce(string_agg(name || chr(10) || content, chr(10) ORDER BY id), '')) AS fingerprint
    FROM snippet WHERE project_id = ${projectId}`.execute(db);
  return rows[0]?.fingerprint ?? '';
}
