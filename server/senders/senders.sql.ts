import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { SenderTable } from '../database/tables/senders.ts';

/** A sender's row. */
export type Sender = Selectable<SenderTable>;

/** A sender of the project; undefined where there is none. */
export const findSender = (db: Database, projectId: number, id: number): Promise<Sender | undefined> =>
  db
    .selectFrom('sender')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();

/** Purpose and country of the project's senders that have this address on a medium. */
export const sendersAtAddress = (
  db: Database,
  projectId: number,
  { medium, address }: Pick<Sender, 'medium' | 'address'>,
): Promise<Pick<Sender, 'purpose' | 'country'>[]> =>
  db
    .selectFrom('sender')
    .select(['purpose', 'country'])
    .where('project_id', '=', projectId)
    .where('medium', '=', medium)
    .where('address', '=', address)
    .execute();

/** An account's senders, oldest first. */
export const sendersOn = (db: Database, accountId: number): Promise<Sender[]> =>
  db.selectFrom('sender').selectAll().where('provider_account_id', '=', accountId).orderBy('id').execute();

/** The ids of an account's senders. */
export async function sendersOfAccount(db: Database, accountId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('sender')
    .select('id')
    .where('provider_account_id', '=', accountId)
    .execute();
  return rows.map((row) => row.id);
}

/** Makes a sender; undefined where the project has one of this address on its medium in the country. */
export const insertSender = (db: Database, sender: Insertable<SenderTable>): Promise<Sender | undefined> =>
  db
    .insertInto('sender')
    .values(sender)
    .onConflict((conflict) => conflict.columns(['project_id', 'medium', 'address', 'country']).doNothing())
    .returningAll()
    .executeTakeFirst();

/** Changes a sender; what is undefined stays. */
export async function updateSender(
  db: Database,
  { project_id, id }: Sender,
  change: Updateable<SenderTable>,
): Promise<void> {
  await db
    .updateTable('sender')
    .set(change)
    .where('project_id', '=', project_id)
    .where('id', '=', id)
    .execute();
}

/** Deletes a sender, and what was kept of its time. */
export async function deleteSender(db: Database, { project_id, id }: Sender): Promise<void> {
  await db.deleteFrom('sender').where('project_id', '=', project_id).where('id', '=', id).execute();
  await db.deleteFrom('sender_pace').where('sender_id', '=', id).execute();
}
