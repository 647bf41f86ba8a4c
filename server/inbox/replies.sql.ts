import { type Selectable, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { ThreadReplyTable } from '../database/tables/inbox.ts';
import { overLanes } from '../lanes/over-lanes.sql.ts';
import type { Medium } from '../medium/media.ts';
import type { Thread } from './threads.sql.ts';

/** An agent's answer, as its row has it. */
export type ReplyRow = Selectable<ThreadReplyTable>;

/** What an agent wants to say: words of their own, a file of the project or both, or a template with the fields of this answer. */
export interface ReplyWish {
  text: string | null;
  mediaId: number | null;
  templateId: number | null;
  dataFields: Record<string, unknown>;
  /** Where it is to go; null for where the person wrote last. */
  medium: Medium | null;
  senderId: number | null;
}

/** Keeps an answer that has become a message, or one that is to go later. Answers its id. */
export async function insertReply(
  transaction: Database,
  thread: Pick<Thread, 'lane' | 'id' | 'project_id' | 'user_id'>,
  wish: ReplyWish,
  as:
    | { agent: string; at: Date; state: 'sent'; messageId: number }
    | { agent: string; at: Date; state: 'scheduled'; dueAt: Date; goesAnyway: boolean },
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    INSERT INTO thread_reply (lane, id, project_id, user_id, thread_id, agent, state, medium, sender_id, body, media_id, template_id,
      data_fields, due_at, goes_anyway, message_id, created_at)
    VALUES (${thread.lane}, nextval('thread_part_id_seq'), ${thread.project_id}, ${thread.user_id}, ${thread.id}, ${as.agent},
      ${as.state}, ${wish.medium}, ${wish.senderId}, ${wish.text}, ${wish.mediaId}, ${wish.templateId}, ${JSON.stringify(wish.dataFields)}::jsonb,
      ${as.state === 'scheduled' ? as.dueAt : null}::timestamptz, ${as.state === 'scheduled' && as.goesAnyway},
      ${as.state === 'sent' ? as.messageId : null}::bigint, ${as.at}::timestamptz)
    RETURNING id`.execute(transaction);
  return rows[0]!.id;
}

/** Cancels what was to be sent later to people of a lane who have written now. */
export async function cancelScheduled(
  transaction: Database,
  projectId: number,
  lane: number,
  userIds: readonly number[],
  wroteAt: Date,
): Promise<{ id: number; threadId: number; userId: number }[]> {
  const { rows } = await sql<{ id: number; threadId: number; userId: number }>`
    UPDATE thread_reply SET state = 'cancelled', reason = 'personWrote'
    WHERE lane = ${lane} AND project_id = ${projectId} AND user_id = ANY (${userIds}::bigint[])
      AND state = 'scheduled' AND NOT goes_anyway AND created_at <= ${wroteAt}::timestamptz
    RETURNING id, thread_id AS "threadId", user_id AS "userId"`.execute(transaction);
  return rows;
}

/** Answers that are due by now, the first ones. */
export function dueReplies(db: Database, now: Date, most: number): Promise<{ lane: number; id: number }[]> {
  return overLanes<{ lane: number; id: number }>(
    db,
    (isIn) => sql`
      SELECT lane, id FROM thread_reply
      WHERE lane ${isIn} AND state = 'scheduled' AND due_at <= ${now}::timestamptz
      ORDER BY due_at LIMIT ${most}`,
  );
}

/** An answer, whatever became of it; undefined where it is gone. */
export async function findReply(
  db: Database,
  { lane, id }: { lane: number; id: number },
): Promise<ReplyRow | undefined> {
  const { rows } =
    await sql<ReplyRow>`SELECT * FROM thread_reply WHERE lane = ${lane} AND id = ${id}`.execute(db);
  return rows[0];
}

/** Locks an answer that waits for its time; undefined where it waits no more. */
export async function lockScheduled(
  transaction: Database,
  { lane, id }: { lane: number; id: number },
): Promise<ReplyRow | undefined> {
  const { rows } = await sql<ReplyRow>`
    SELECT * FROM thread_reply WHERE lane = ${lane} AND id = ${id} AND state = 'scheduled' FOR UPDATE`.execute(
    transaction,
  );
  return rows[0];
}

/** Whether a person has written, reactions apart, since an instant: their thread may not have been touched by it yet. */
export async function hasWrittenSince(
  db: Database,
  { lane, user_id, project_id }: Pick<ReplyRow, 'lane' | 'user_id' | 'project_id'>,
  since: Date,
): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM inbound_message WHERE lane = ${lane} AND user_id = ${user_id} AND project_id = ${project_id} AND meaning <> 'reaction'
      AND received_at > ${since}::timestamptz LIMIT 1`.execute(db);
  return rows.length > 0;
}

/** Settles what became of an answer that was to go later. */
export async function settleScheduled(
  transaction: Database,
  { lane, id }: Pick<ReplyRow, 'lane' | 'id'>,
  as: { state: 'sent'; messageId: number } | { state: 'cancelled' | 'refused'; reason: string },
): Promise<void> {
  await sql`
    UPDATE thread_reply SET state = ${as.state}, message_id = ${as.state === 'sent' ? as.messageId : null}::bigint,
      reason = ${as.state === 'sent' ? null : as.reason}
    WHERE lane = ${lane} AND id = ${id}`.execute(transaction);
}

/** Takes back an answer of a thread that waits for its time; false where it waits no more. */
export async function takeBackScheduled(
  transaction: Database,
  thread: Pick<Thread, 'lane' | 'id'>,
  id: number,
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE thread_reply SET state = 'cancelled', reason = 'takenBack'
    WHERE lane = ${thread.lane} AND id = ${id} AND thread_id = ${thread.id} AND state = 'scheduled' RETURNING id`.execute(
    transaction,
  );
  return rows.length > 0;
}
