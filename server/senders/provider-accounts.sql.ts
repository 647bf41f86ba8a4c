import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { ProviderAccountTable } from '../database/tables/senders.ts';

/** An account's row, its secrets sealed. */
export type StoredAccount = Selectable<ProviderAccountTable>;

/** The project's accounts, oldest first. */
export const listAccounts = (db: Database, projectId: number): Promise<StoredAccount[]> =>
  db.selectFrom('provider_account').selectAll().where('project_id', '=', projectId).orderBy('id').execute();

const one = (db: Database, projectId: number, id: number) =>
  db.selectFrom('provider_account').selectAll().where('project_id', '=', projectId).where('id', '=', id);

/** An account of the project; undefined where there is none. */
export const findAccount = (
  db: Database,
  projectId: number,
  id: number,
): Promise<StoredAccount | undefined> => one(db, projectId, id).executeTakeFirst();

/** The same, locked until the transaction ends. */
export const lockAccount = (
  transaction: Database,
  projectId: number,
  id: number,
): Promise<StoredAccount | undefined> => one(transaction, projectId, id).forUpdate().executeTakeFirst();

/** Makes an account. */
export const insertAccount = (
  db: Database,
  account: Insertable<ProviderAccountTable>,
): Promise<StoredAccount> =>
  db.insertInto('provider_account').values(account).returningAll().executeTakeFirstOrThrow();

/** Changes an account; what is undefined stays. */
export const updateAccount = (
  db: Database,
  { project_id, id }: StoredAccount,
  change: Updateable<ProviderAccountTable>,
): Promise<StoredAccount> =>
  db
    .updateTable('provider_account')
    .set(change)
    .where('project_id', '=', project_id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/** Whether the project has an account of the wire with these settings among its own. */
export async function hasAccountWith(
  db: Database,
  projectId: number,
  wire: string,
  settings: Readonly<Record<string, string>>,
): Promise<boolean> {
  const account = await db
    .selectFrom('provider_account')
    .select('id')
    .where('project_id', '=', projectId)
    .where('wire', '=', wire)
    .where(sql<boolean>`settings @> ${JSON.stringify(settings)}::jsonb`)
    .executeTakeFirst();
  return account !== undefined;
}
