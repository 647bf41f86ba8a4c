import type { Selectable } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { ApiKeyTable } from '../database/tables/projects.ts';

/** The project's keys that are not revoked, oldest first. */
export const listKeys = (db: Database, projectId: number): Promise<Selectable<ApiKeyTable>[]> =>
  db
    .selectFrom('api_key')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('revoked_at', 'is', null)
    .orderBy('id')
    .execute();

/** The same, locked until the transaction ends. */
export const lockKeys = (
  transaction: Database,
  projectId: number,
): Promise<Pick<Selectable<ApiKeyTable>, 'id' | 'kind'>[]> =>
  transaction
    .selectFrom('api_key')
    .select(['id', 'kind'])
    .where('project_id', '=', projectId)
    .where('revoked_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();

/** Revokes a key. */
export async function markRevoked(transaction: Database, id: number, at: Date): Promise<void> {
  await transaction.updateTable('api_key').set({ revoked_at: at }).where('id', '=', id).execute();
}

/** The project of a server-side key that is not revoked, by the key's hash; undefined where there is none. */
export async function projectOfKey(db: Database, hash: Buffer): Promise<number | undefined> {
  const key = await db
    .selectFrom('api_key')
    .select('project_id')
    .where('hash', '=', hash)
    .where('kind', '=', 'server')
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return key?.project_id;
}
