import type { Insertable, Selectable } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { RateTableTable } from '../../database/tables/senders.ts';

/** The project's own price list; undefined while it goes by the one that comes with the program. */
export const findRateTable = (
  db: Database,
  projectId: number,
): Promise<Selectable<RateTableTable> | undefined> =>
  db.selectFrom('rate_table').selectAll().where('project_id', '=', projectId).executeTakeFirst();

/** Puts a price list in place of the one that the project has, if it has one. */
export async function replaceRateTable(
  db: Database,
  { project_id, ...values }: Insertable<RateTableTable>,
): Promise<void> {
  await db
    .insertInto('rate_table')
    .values({ project_id, ...values })
    .onConflict((conflict) => conflict.column('project_id').doUpdateSet(values))
    .execute();
}

/** Takes the project's own price list away. */
export async function deleteRateTable(db: Database, projectId: number): Promise<void> {
  await db.deleteFrom('rate_table').where('project_id', '=', projectId).execute();
}
