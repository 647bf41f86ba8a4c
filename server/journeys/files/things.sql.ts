import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { Thing } from '../../segments/definition-file.ts';

/** What of these a project has, with its name. */
export function thingsById(
  db: Database,
  projectId: number,
  wanted: readonly Thing[],
): Promise<(Thing & { name: string })[]> {
  return find(db, projectId, (kind) => {
    const ids = wanted.flatMap((each) => (each.kind === kind ? [each.id] : []));
    return sql`id = ANY (${ids}::int[])`;
  });
}

/** What of these names a project has. */
export function thingsByName(
  db: Database,
  projectId: number,
  wanted: readonly { kind: string; name: string }[],
): Promise<(Thing & { name: string })[]> {
  return find(db, projectId, (kind) => {
    const names = wanted.flatMap((each) => (each.kind === kind ? [each.name] : []));
    return sql`name = ANY (${names}::text[])`;
  });
}

async function find(
  db: Database,
  projectId: number,
  are: (kind: string) => RawBuilder<unknown>,
): Promise<(Thing & { name: string })[]> {
  const own = (kind: string) => sql`project_id = ${projectId} AND ${are(kind)}`;
  const { rows } = await sql<Thing & { name: string }>`
    SELECT 'list' AS kind, id, name FROM list WHERE ${own('list')}
    UNION ALL SELECT 'segment', id, name FROM segment WHERE ${own('segment')}
    UNION ALL SELECT 'channel', id, name FROM channel WHERE ${own('channel')}
    UNION ALL SELECT 'messageType', id, name FROM message_type WHERE ${own('messageType')}
    UNION ALL SELECT 'template', id, name FROM template WHERE ${own('template')}
    UNION ALL SELECT 'sender', id, name FROM sender WHERE ${own('sender')}
    UNION ALL SELECT 'pool', id, name FROM sender_pool WHERE ${own('pool')}
    UNION ALL SELECT 'journey', id, name FROM journey WHERE state <> 'archived' AND ${own('journey')}`.execute(
    db,
  );
  return rows;
}
