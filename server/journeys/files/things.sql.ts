import { sql } from 'kysely';
import type { Context } from '../../http/context.ts';
import { isWanted, type NamedThing, type Wanted } from '../../segments/leaf-kind.ts';
import { thingsHere } from '../../segments/names.sql.ts';

/** Asks for what a project has of what documents of journeys name, by its number or its name. */
export const thingsOfJourneys =
  ({ db, segmentKinds }: Pick<Context, 'db' | 'segmentKinds'>, projectId: number) =>
  async (wanted: Wanted): Promise<NamedThing[]> => {
    const found = await thingsHere(db, segmentKinds, projectId, wanted);
    const own = (kind: string) => sql`x.project_id = ${projectId} AND ${isWanted(kind, wanted)}`;
    const { rows } = await sql<NamedThing>`
      SELECT 'sender' AS kind, x.id, x.name, x.address AS of, false AS "isPutAway" FROM sender x WHERE ${own('sender')}
      UNION ALL SELECT 'pool', x.id, x.name, NULL, false FROM sender_pool x WHERE ${own('pool')}`.execute(db);
    return [...found, ...rows];
  };
