import { type Insertable, type Selectable, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { SenderPoolTable, SenderTable } from '../database/tables/senders.ts';

/** A pool's row. */
export type Pool = Selectable<SenderPoolTable>;

/** Changes the pools of a project, one call after another: what was looked at, as a pool or a free name, holds until the change. */
export const changingPools = <Result>(
  db: Database,
  projectId: number,
  change: (transaction: Database) => Promise<Result>,
): Promise<Result> =>
  db.transaction().execute(async (transaction) => {
    await sql`SELECT 1 FROM project WHERE id = ${projectId} FOR NO KEY UPDATE`.execute(transaction);
    return change(transaction);
  });

/** The project's pools, oldest first. */
export const listPools = (db: Database, projectId: number): Promise<Pool[]> =>
  db.selectFrom('sender_pool').selectAll().where('project_id', '=', projectId).orderBy('id').execute();

/** A pool of the project; undefined where there is none. */
export const findPool = (db: Database, projectId: number, id: number): Promise<Pool | undefined> =>
  db
    .selectFrom('sender_pool')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();

/** Makes a pool; undefined where the name is taken. */
export const insertPool = (db: Database, pool: Insertable<SenderPoolTable>): Promise<Pool | undefined> =>
  db
    .insertInto('sender_pool')
    .values(pool)
    .onConflict((conflict) => conflict.columns(['project_id', 'name']).doNothing())
    .returningAll()
    .executeTakeFirst();

/** Changes a pool's name and senders. */
export const updatePool = (
  db: Database,
  { project_id, id }: Pool,
  change: Pick<Pool, 'name' | 'sender_ids'>,
): Promise<Pool> =>
  db
    .updateTable('sender_pool')
    .set(change)
    .where('project_id', '=', project_id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/** Whether a pool of the project other than this one has the name. */
export async function isNameOfOther(db: Database, { project_id, id }: Pool, name: string): Promise<boolean> {
  const other = await db
    .selectFrom('sender_pool')
    .select('id')
    .where('project_id', '=', project_id)
    .where('name', '=', name)
    .where('id', '<>', id)
    .executeTakeFirst();
  return other !== undefined;
}

/** Deletes a pool. */
export async function deletePool(db: Database, { project_id, id }: Pool): Promise<void> {
  await db.deleteFrom('sender_pool').where('project_id', '=', project_id).where('id', '=', id).execute();
}

/** Medium and purpose of those of these senders that are the project's. */
export const sendersAmong = (
  db: Database,
  projectId: number,
  ids: readonly number[],
): Promise<Pick<Selectable<SenderTable>, 'id' | 'medium' | 'purpose'>[]> =>
  db
    .selectFrom('sender')
    .select(['id', 'medium', 'purpose'])
    .where('project_id', '=', projectId)
    .where('id', 'in', ids)
    .execute();
