import type { Database } from '../database/connect.ts';

/** Whether any webhook of the project is enabled. */
export async function hasListeners(db: Database, projectId: number): Promise<boolean> {
  const row = await db
    .selectFrom('webhook')
    .select('id')
    .where('project_id', '=', projectId)
    .where('enabled', '=', true)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
