import type { Selectable } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { ListTable } from '../database/tables/audiences.ts';

/** The project's lists, in the order in which they were made. */
export function listsOfProject(db: Database, projectId: number): Promise<Selectable<ListTable>[]> {
  return db.selectFrom('list').selectAll().where('project_id', '=', projectId).orderBy('id').execute();
}
