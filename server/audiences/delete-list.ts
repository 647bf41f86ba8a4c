import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import type { Use } from '../http/uses.ts';
import { lanes } from '../lanes/lanes.ts';

/**
 * Deletes a list; its memberships mean nothing from then on (`sweepDeletedLists`). The list's row is locked first:
 * launching a campaign holds its lists' rows (campaigns' `requireLists`), so that no campaign takes up a list that is
 * being deleted.
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
}

/**
 * Deletes the memberships of all lists that are deleted: of a large one they are too many for a call to wait for. What a crash
 * left goes with those of the next list.
 */
export async function sweepDeletedLists(db: Database): Promise<void> {
  const { rows } = await sql<{ lane: number; listId: number }>`
    SELECT DISTINCT s.lane, s.list_id AS "listId" FROM list_size s
    WHERE s.lane = ANY(${lanes}::smallint[]) AND NOT EXISTS (SELECT 1 FROM list l WHERE l.id = s.list_id)
    ORDER BY 1, 2`.execute(db);
  for (const { lane, listId } of rows)
    await sql`
      WITH gone AS (DELETE FROM list_member WHERE lane = ${lane} AND list_id = ${listId})
      DELETE FROM list_size WHERE lane = ${lane} AND list_id = ${listId}`.execute(db);
}

function inUse(listId: number, uses: readonly Use[]): ApiError {
  return new ApiError(
    'InUse',
    `List ${listId} cannot be deleted while it is needed by ${uses.map(({ words }) => words).join(', ')}; take it out of segments, and cancel, abort or deactivate campaigns first, or wait until they are finished`,
    { listId, campaignIds: uses.flatMap(({ campaignId }) => campaignId ?? []) },
  );
}
