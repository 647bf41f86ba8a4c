import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { lanes } from '../database/lanes.ts';
import { ApiError } from '../http/errors.ts';

/** A campaign that may yet send to a list or is to leave its members out. */
interface ListUser {
  id: number;
  name: string;
  state: string;
}

/**
 * Deletes a list. The list's row is locked first: launching a campaign holds its lists' rows (campaigns'
 * `requireLists`), so that no campaign takes up a list that is being deleted.
 * @throws ApiError BadParams when there is none, or InUse naming the campaigns that still need the list.
 */
export async function deleteList(db: Database, projectId: number, listId: number): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const list = await transaction
      .selectFrom('list')
      .select('id')
      .where('project_id', '=', projectId)
      .where('id', '=', listId)
      .forUpdate()
      .executeTakeFirst();
    if (!list)
      throw new ApiError('BadParams', `No list ${listId} in this project`, {
        field: 'listId',
        value: listId,
      });
    const users = await campaignsNeeding(transaction, projectId, listId);
    if (users.length > 0) throw inUse(listId, users);
    await transaction.deleteFrom('list').where('id', '=', listId).execute();
  });
  for (const lane of lanes)
    await db.deleteFrom('list_member').where('lane', '=', lane).where('list_id', '=', listId).execute();
}

/** Campaigns under way that name a list, and those whose trigger to it is not admitted yet. */
async function campaignsNeeding(db: Database, projectId: number, listId: number): Promise<ListUser[]> {
  const { rows } = await sql<ListUser>`
    SELECT c.id, c.name, c.state FROM campaign c
    WHERE c.project_id = ${projectId} AND c.state IN ('Scheduled', 'Running', 'Paused')
      AND (${listId} = ANY (c.list_ids || c.suppression_list_ids)
        OR EXISTS (SELECT 1 FROM send_request r WHERE r.campaign_id = c.id
          AND r.state IN ('scheduled', 'admitting') AND ${listId} = ANY (r.list_ids || r.suppression_list_ids)))
    ORDER BY c.id`.execute(db);
  return rows;
}

function inUse(listId: number, users: ListUser[]): ApiError {
  const names = users.map(({ id, name, state }) => `${id} (${name}, ${state})`).join(', ');
  return new ApiError(
    'InUse',
    `List ${listId} cannot be deleted while campaigns need it: ${names}; cancel, abort or deactivate them first, or wait until they are finished`,
    { listId, campaignIds: users.map((user) => user.id) },
  );
}
