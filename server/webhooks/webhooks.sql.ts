import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { WebhookTable } from '../database/tables/webhooks.ts';

/** A webhook's row, its secrets sealed. */
export type Webhook = Selectable<WebhookTable>;

/** The project's webhooks, oldest first. */
export const listWebhooks = (db: Database, projectId: number): Promise<Webhook[]> =>
  db.selectFrom('webhook').selectAll().where('project_id', '=', projectId).orderBy('id').execute();

/** A webhook of the project, locked until the transaction ends; undefined where there is none. */
export const lockWebhook = (
  transaction: Database,
  projectId: number,
  id: number,
): Promise<Webhook | undefined> =>
  transaction
    .selectFrom('webhook')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();

/** Makes a webhook. */
export const insertWebhook = (db: Database, webhook: Insertable<WebhookTable>): Promise<Webhook> =>
  db.insertInto('webhook').values(webhook).returningAll().executeTakeFirstOrThrow();

/** Changes a webhook; what is undefined stays. */
export const updateWebhook = (
  db: Database,
  { project_id, id }: Webhook,
  change: Updateable<WebhookTable>,
): Promise<Webhook> =>
  db
    .updateTable('webhook')
    .set(change)
    .where('project_id', '=', project_id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/** Forgets what waits to be posted to a webhook. */
export async function dropEventsOf(db: Database, { project_id, id }: Webhook): Promise<void> {
  await db
    .deleteFrom('webhook_event')
    .where('project_id', '=', project_id)
    .where('webhook_id', '=', id)
    .execute();
}

/** Deletes a webhook of the project; tells whether there was one. */
export async function deleteWebhook(db: Database, projectId: number, id: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('webhook')
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
