import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { type LeafKind, type Names, type Reference, referenceText } from './leaf-kind.ts';

/** The names of what is referred to, kinds' own among them; what the project does not have is absent. In a transaction lists stay to its end. */
export async function namesOfReferences(
  db: Database,
  kinds: readonly LeafKind[],
  projectId: number,
  references: readonly Reference[],
): Promise<Names> {
  if (references.length === 0) return new Map();
  const ids = (kind: Reference['kind']) =>
    references.flatMap((each) => (each.kind === kind ? [each.id] : []));
  if (db.isTransaction)
    await sql`
      SELECT 1 FROM list WHERE project_id = ${projectId} AND id = ANY(${ids('list')}::int[]) ORDER BY id FOR KEY SHARE`.execute(
      db,
    );
  const { rows } = await sql<Reference & { name: string }>`
    SELECT 'list' AS kind, id, name FROM list WHERE project_id = ${projectId} AND id = ANY(${ids('list')}::int[])
    UNION ALL SELECT 'segment', id, name FROM segment WHERE project_id = ${projectId} AND id = ANY(${ids('segment')}::int[])
    UNION ALL SELECT 'channel', id, name FROM channel WHERE project_id = ${projectId} AND id = ANY(${ids('channel')}::int[])
    UNION ALL SELECT 'messageType', id, name FROM message_type
      WHERE project_id = ${projectId} AND id = ANY(${ids('messageType')}::int[])
    UNION ALL SELECT 'template', id, name FROM template
      WHERE project_id = ${projectId} AND id = ANY(${ids('template')}::int[])`.execute(db);
  const names = new Map(rows.map((row) => [referenceText(row), row.name]));
  for (const { namesOf } of kinds)
    for (const [reference, name] of (await namesOf?.(db, projectId, references)) ?? [])
      names.set(reference, name);
  return names;
}

/** What of these names a project has. */
export async function idsByName(
  db: Database,
  projectId: number,
  names: readonly string[],
): Promise<(Reference & { name: string })[]> {
  if (names.length === 0) return [];
  const { rows } = await sql<Reference & { name: string }>`
    SELECT 'list' AS kind, id, name FROM list WHERE project_id = ${projectId} AND name = ANY(${names}::text[])
    UNION ALL SELECT 'segment', id, name FROM segment WHERE project_id = ${projectId} AND name = ANY(${names}::text[])
    UNION ALL SELECT 'channel', id, name FROM channel WHERE project_id = ${projectId} AND name = ANY(${names}::text[])
    UNION ALL SELECT 'messageType', id, name FROM message_type
      WHERE project_id = ${projectId} AND name = ANY(${names}::text[])`.execute(db);
  return rows;
}
