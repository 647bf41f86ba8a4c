import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import {
  isWanted,
  type LeafKind,
  type NamedThing,
  type Names,
  type Reference,
  referenceText,
  type Wanted,
} from './leaf-kind.ts';

/** What a project has of what conditions may refer to, kinds' own among them, by its number or its name. */
export async function thingsHere(
  db: Database,
  kinds: readonly LeafKind[],
  projectId: number,
  wanted: Wanted,
): Promise<NamedThing[]> {
  if (wanted.ids.length + wanted.names.length === 0) return [];
  const own = (kind: string) => sql`x.project_id = ${projectId} AND ${isWanted(kind, wanted)}`;
  const { rows } = await sql<NamedThing>`
    SELECT 'list' AS kind, x.id, x.name, NULL AS of, false AS "isPutAway" FROM list x WHERE ${own('list')}
    UNION ALL SELECT 'segment', x.id, x.name, NULL, false FROM segment x WHERE ${own('segment')}
    UNION ALL SELECT 'channel', x.id, x.name, NULL, false FROM channel x WHERE ${own('channel')}
    UNION ALL SELECT 'messageType', x.id, x.name, c.name, false
      FROM message_type x JOIN channel c ON c.id = x.channel_id WHERE ${own('messageType')}
    UNION ALL SELECT 'template', x.id, x.name, c.name, x.archived_at IS NOT NULL
      FROM template x JOIN message_type t ON t.id = x.message_type_id JOIN channel c ON c.id = t.channel_id
      WHERE ${own('template')}`.execute(db);
  for (const { thingsOf } of kinds) rows.push(...((await thingsOf?.(db, projectId, wanted)) ?? []));
  return rows;
}

/** The names of what is referred to, kinds' own among them; what the project does not have is absent. In a transaction lists stay to its end. */
export async function namesOfReferences(
  db: Database,
  kinds: readonly LeafKind[],
  projectId: number,
  references: readonly Reference[],
): Promise<Names> {
  const lists = references.flatMap(({ kind, id }) => (kind === 'list' ? [id] : []));
  if (db.isTransaction && lists.length > 0)
    await sql`
      SELECT 1 FROM list WHERE project_id = ${projectId} AND id = ANY(${lists}::int[]) ORDER BY id FOR KEY SHARE`.execute(
      db,
    );
  const things = await thingsHere(db, kinds, projectId, { ids: references, names: [] });
  return new Map(things.map((each) => [referenceText(each), each.name]));
}
