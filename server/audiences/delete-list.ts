import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import type { Use } from '../http/uses.ts';
import { lanes } from '../lanes/lanes.ts';

/**
 * Deletes a list. The list's row is locked first: launching a campaign holds its lists' rows (campaigns'
 * `requireLists`), so that no campaign takes up a list that is being deleted.
 * @throws ApiError BadParams when there is none, or InUse naming the campaigns that still need the list.
 */
export async function deleteList(
  { db, findUses }: Pick<Context, 'db' | 'findUses'>,
  projectId: number,
  listId: number,
): Promise<void> {
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
    const uses = await findUses(transaction, projectId, 'list', listId);
    if (uses.length > 0) throw inUse(listId, uses);
    await transaction.deleteFrom('list').where('id', '=', listId).execute();
  });
  for (const lane of lanes)
    await db.deleteFrom('list_member').where('lane', '=', lane).where('list_id', '=', listId).execute();
}

function inUse(listId: number, uses: readonly Use[]): ApiError {
  return new ApiError(
    'InUse',
    `List ${listId} cannot be deleted while it is needed by ${uses.map(({ words }) => words).join(', ')}; cancel, abort or deactivate them first, or wait until they are finished`,
    { listId, campaignIds: uses.flatMap(({ campaignId }) => campaignId ?? []) },
  );
}
