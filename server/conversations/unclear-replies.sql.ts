import type { Selectable } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { UnclearReplyTable } from '../database/tables/conversations.ts';
import type { UserRef } from '../users/identity.ts';

/** A reply's row. */
export type UnclearReply = Selectable<UnclearReplyTable>;

/** The project's replies that wait for a decision, oldest first, after an id. */
export const listUndecided = (
  db: Database,
  projectId: number,
  after: number,
  limit: number,
): Promise<UnclearReply[]> =>
  db
    .selectFrom('unclear_reply')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('decision', 'is', null)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();

/** A reply of the project, decided or not; undefined where there is none. */
export const findUnclearReply = (
  db: Database,
  projectId: number,
  id: number,
): Promise<UnclearReply | undefined> =>
  db
    .selectFrom('unclear_reply')
    .selectAll()
    .where('id', '=', id)
    .where('project_id', '=', projectId)
    .executeTakeFirst();

/** Marks a reply as decided; false where somebody has decided it meanwhile. */
export async function markDecided(
  db: Database,
  { id, project_id }: UnclearReply,
  { decision, by, at }: { decision: 'optOut' | 'keep'; by: string; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('unclear_reply')
    .set({ decision, decided_by: by, decided_at: at })
    .where('id', '=', id)
    .where('project_id', '=', project_id)
    .where('decision', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Channels that another undecided reply of the same person holds back. */
export async function otherUnclearChannels(
  db: Database,
  user: UserRef,
  replyId: number,
): Promise<Set<number>> {
  const rows = await db
    .selectFrom('unclear_reply')
    .select('channel_ids')
    .where('lane', '=', user.lane)
    .where('user_id', '=', user.id)
    .where('id', '<>', replyId)
    .where('decision', 'is', null)
    .execute();
  return new Set(rows.flatMap((row) => row.channel_ids));
}
