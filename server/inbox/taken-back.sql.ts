import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { MessageContent } from '../providers/sending.ts';
import { wordsOfTalk } from './search-words.ts';
import { asWords } from './thread-words.sql.ts';

/** A thread in which something was taken back, held to the end of the transaction. */
export interface ThreadOfTakenBack {
  id: number;
  userId: number;
  openedAt: Date;
  /** When the person's next thread was opened; null where this is the last. */
  endsAt: Date | null;
}

/** The threads of a lane in which messages stand that were taken back, by what took them back. */
export async function lockThreadsOfTakenBack(
  transaction: Database,
  projectId: number,
  lane: number,
  revokes: readonly number[],
): Promise<ThreadOfTakenBack[]> {
  const { rows } = await sql<ThreadOfTakenBack>`
    SELECT t.id, t.user_id AS "userId", t.opened_at AS "openedAt",
      (SELECT min(n.opened_at) FROM thread n
        WHERE n.lane = ${lane} AND n.user_id = t.user_id AND n.opened_at > t.opened_at) AS "endsAt"
    FROM thread t
    WHERE t.lane = ${lane} AND t.project_id = ${projectId} AND t.id IN (
      SELECT (SELECT o.id FROM thread o
        WHERE o.lane = ${lane} AND o.user_id = i.user_id AND o.opened_at <= i.received_at
        ORDER BY o.opened_at DESC, o.id DESC LIMIT 1)
      FROM inbound_message r
      JOIN inbound_message i ON i.lane = ${lane} AND i.project_id = ${projectId} AND i.user_id = r.user_id
        AND i.provider_message_id = r.content->>'messageId' AND i.taken_back IS NOT NULL
      WHERE r.lane = ${lane} AND r.id = ANY (${revokes}::bigint[]))
    ORDER BY t.id FOR UPDATE OF t`.execute(transaction);
  return rows;
}

/** Something that stands in a thread. */
export interface Said {
  at: Date;
  isOurs: boolean;
  body: string;
  content: MessageContent | null;
  mediaCount: number;
  isTakenBack: boolean;
}

/** What the person wrote and agents answered in a thread, the newest first, as much of it as is looked for again. */
export async function readSaid(
  db: Database,
  lane: number,
  { id, userId, openedAt, endsAt }: ThreadOfTakenBack,
  limit: number,
): Promise<Said[]> {
  const { rows } = await sql<Said>`
    SELECT * FROM (
      SELECT received_at AS at, false AS "isOurs", body, NULL::jsonb AS content, jsonb_array_length(media) AS "mediaCount",
        taken_back IS NOT NULL AS "isTakenBack"
      FROM inbound_message
      WHERE lane = ${lane} AND user_id = ${userId} AND received_at >= ${openedAt}::timestamptz
        AND (${endsAt}::timestamptz IS NULL OR received_at < ${endsAt}::timestamptz)
        AND meaning <> 'reaction' AND kind NOT IN ('reaction', 'revoke')
      UNION ALL
      SELECT coalesce(m.created_at, r.created_at), true, coalesce(r.body, ''), m.content, 0, false
      FROM thread_reply r LEFT JOIN message m ON m.lane = ${lane} AND m.id = r.message_id
      WHERE r.lane = ${lane} AND r.user_id = ${userId} AND r.thread_id = ${id} AND r.state = 'sent') said
    ORDER BY at DESC LIMIT ${limit}`.execute(db);
  return rows;
}

/** Writes anew what a thread that is held shows of its last message, and by which words it is found. */
export async function rewriteThread(
  transaction: Database,
  lane: number,
  { id }: Pick<ThreadOfTakenBack, 'id'>,
  { preview, isOurs, talk }: { preview: string; isOurs: boolean; talk: string },
): Promise<void> {
  await sql`
    UPDATE thread SET preview = ${preview}, is_preview_ours = ${isOurs}, words = ${asWords(sql`${wordsOfTalk(talk)}`)}
    WHERE lane = ${lane} AND id = ${id}`.execute(transaction);
}
