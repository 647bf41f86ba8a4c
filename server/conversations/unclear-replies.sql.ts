import { type Selectable, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { UnclearReplyTable } from '../database/tables/conversations.ts';
import type { UserRef } from '../users/identity.ts';

/** A reply's row. */
export type UnclearReply = Selectable<UnclearReplyTable>;

/** Words whose wish somebody is to decide on, of people of one lane. */
export interface UnclearWords {
  projectId: number;
  lane: number;
  userIds: readonly number[];
  /** What waits for the decision. */
  channelIds: readonly number[];
  body: string;
  about: UnclearReply['about'];
  /** Where they came from; null where nobody wrote them. */
  address: string | null;
  providerMessageId: string;
  receivedAt: Date;
}

/**
 * Asks somebody to decide, once for each person who is there; the same words again are no new question while that is open. The
 * transaction has closed the lane's gate, so that nobody goes meanwhile.
 */
export async function askAbout(
  db: Database,
  { projectId, lane, userIds, channelIds, body, about, address, providerMessageId, receivedAt }: UnclearWords,
): Promise<void> {
  const there = await sql<{ id: number }>`
    SELECT id FROM users WHERE lane = ${lane} AND id = ANY (${userIds}::bigint[])`.execute(db);
  const ids = there.rows.map(({ id }) => id);
  await sql`
    INSERT INTO unclear_reply (project_id, lane, user_id, channel_ids, body, about, address, provider_message_id, received_at)
    SELECT ${projectId}, ${lane}, w.user_id, ${channelIds}::int[], ${body}, ${about}, ${address}, ${providerMessageId}, ${receivedAt}
    FROM unnest(${ids}::bigint[]) w (user_id)
    WHERE NOT EXISTS (SELECT 1 FROM unclear_reply u WHERE u.project_id = ${projectId} AND u.lane = ${lane}
      AND u.user_id = w.user_id AND u.body = ${body} AND u.channel_ids @> ${channelIds}::int[] AND u.decision IS NULL)
    ON CONFLICT DO NOTHING`.execute(db);
}

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
