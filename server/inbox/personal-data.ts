import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { deleteRows, moveRows } from '../users/move-rows.ts';
import type { PersonalData, UserMove } from '../users/people.ts';
import { joinDraft, takeDrafts } from './drafts.sql.ts';
import { tellNews } from './news.ts';
import { withWords } from './thread-words.sql.ts';
import { threadRef } from './threads.sql.ts';

const thread = sql.table('thread');
/** What hangs on a thread. */
const parts = ['thread_note', 'thread_log', 'thread_reply', 'thread_draft'] as const;

/** Threads, and what agents did in them. */
export const inboxData: PersonalData = {
  tables: ['thread', ...parts],
  moveUser: async (transaction, move) => {
    const { from, to, projectId } = move;
    const gone = await threadsOf(transaction, from.lane, [from.id]);
    await joinThreads(transaction, move);
    await moveRows(transaction, thread, move, sql`true`, ['wakes_at']);
    for (const part of parts) await moveRows(transaction, sql.table(part), move);
    if (gone.length > 0)
      await tellNews(transaction, {
        ...{ what: 'threads', projectId },
        threads: [...gone, ...(await threadsOf(transaction, to.lane, [to.id]))],
      });
  },
  forgetUsers: async (transaction, gone) => {
    const ids = gone.users.map(({ id }) => id);
    const threads = await threadsOf(transaction, gone.lane, ids);
    // The threads first: whoever does something with one holds it, and what they leave is seen then.
    for (const table of ['thread', ...parts]) await deleteRows(transaction, sql.table(table), gone);
    if (threads.length > 0)
      await tellNews(transaction, { what: 'threads', projectId: gone.projectId, threads });
  },
};

/** The threads of people of a lane, as the API names them. */
async function threadsOf(transaction: Database, lane: number, userIds: readonly number[]): Promise<string[]> {
  const { rows } = await sql<{ id: number }>`
    SELECT id FROM thread WHERE lane = ${lane} AND user_id = ANY (${userIds}::bigint[])`.execute(transaction);
  return rows.map(({ id }) => threadRef({ lane, id }));
}

/**
 * Makes one of two threads that are not resolved, before their people become one: what hung on the one that goes hangs on the other,
 * which has the newer of both and is as open as either was.
 */
async function joinThreads(transaction: Database, { from, to }: UserMove): Promise<void> {
  const openOf = ({ lane, id }: { lane: number; id: number }) =>
    transaction
      .selectFrom('thread')
      .selectAll()
      .where('lane', '=', lane)
      .where('user_id', '=', id)
      .where('state', '<>', 'resolved')
      .forUpdate()
      .executeTakeFirst();
  const [going, staying] = [await openOf(from), await openOf(to)];
  if (!going || !staying) return;
  const isNewer = going.last_at > staying.last_at;
  const wroteLast = (going.last_inbound_at ?? 0) > (staying.last_inbound_at ?? 0) ? going : staying;
  const newestReply = (going.last_reply_id ?? 0) > (staying.last_reply_id ?? 0) ? going : staying;
  await sql`
    UPDATE thread SET
      state = ${going.state === 'open' && staying.state !== 'spam' ? 'open' : staying.state},
      snoozed_until = CASE WHEN ${going.state === 'open' && staying.state !== 'spam'} THEN NULL ELSE snoozed_until END,
      assignee_id = coalesce(assignee_id, ${going.assignee_id}), unread = unread + ${going.unread},
      opened_at = least(opened_at, ${going.opened_at}::timestamptz),
      last_inbound_at = greatest(last_inbound_at, ${going.last_inbound_at}::timestamptz),
      last_outbound_at = greatest(last_outbound_at, ${going.last_outbound_at}::timestamptz),
      last_at = greatest(last_at, ${going.last_at}::timestamptz),
      preview = CASE WHEN ${isNewer} THEN ${going.preview} ELSE preview END,
      is_preview_ours = CASE WHEN ${isNewer} THEN ${going.is_preview_ours} ELSE is_preview_ours END,
      last_medium = ${wroteLast.last_medium}, last_sender_id = ${wroteLast.last_sender_id}::int,
      tags = ARRAY(SELECT DISTINCT unnest(tags || ${going.tags}::text[]) ORDER BY 1),
      mentioned = ARRAY(SELECT DISTINCT unnest(mentioned || ${going.mentioned}::text[]) ORDER BY 1),
      words = ${withWords(sql`words`, sql`${going.words}::tsvector`)},
      last_reply_id = ${newestReply.last_reply_id}, last_reply_by = ${newestReply.last_reply_by},
      unassign_at = coalesce(unassign_at, ${going.unassign_at}::timestamptz),
      first_reply_at = least(first_reply_at, ${going.first_reply_at}::timestamptz),
      first_reply_by = coalesce(first_reply_by, ${going.first_reply_by}),
      next_reply_due = least(next_reply_due, ${going.next_reply_due}::timestamptz)
    WHERE lane = ${to.lane} AND id = ${staying.id}`.execute(transaction);
  for (const draft of await takeDrafts(transaction, going)) await joinDraft(transaction, staying, draft);
  await sql`DELETE FROM thread WHERE lane = ${from.lane} AND id = ${going.id}`.execute(transaction);
  for (const part of parts)
    await sql`
      UPDATE ${sql.table(part)} SET thread_id = ${staying.id}
      WHERE lane = ${from.lane} AND user_id = ${from.id} AND thread_id = ${going.id}`.execute(transaction);
}
