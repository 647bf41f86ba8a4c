import type { Selectable, Updateable } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { ProjectTable } from '../database/tables/projects.ts';

/** A project's row. Throws where there is none. */
export const readProject = (db: Database, id: number): Promise<Selectable<ProjectTable>> =>
  db.selectFrom('project').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

/** The same, locked until the transaction ends. */
export const lockProject = (transaction: Database, id: number): Promise<Selectable<ProjectTable>> =>
  transaction.selectFrom('project').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();

/** Changes a project; what is undefined stays. */
export async function updateProject(
  db: Database,
  id: number,
  change: Updateable<ProjectTable>,
): Promise<void> {
  await db.updateTable('project').set(change).where('id', '=', id).execute();
}
