import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { here } from '../lanes/here.sql.ts';
import type { Medium } from '../medium/media.ts';
import { wordsOfTalk } from './search-words.ts';
import { asWords, withWords } from './thread-words.sql.ts';

/** What one person of a lane sent since their thread was touched last, as it touches it. */
export interface Touch {
  projectId: number;
  userId: number;
  /** Something of it is to be answered: where no thread is open one is made, or one resolved lately goes on. */
  opens: boolean;
  /** How many messages. */
  count: number;
  /** When the first and the last of them came. */
  firstAt: Date;
  at: Date;
  preview: string;
  /** All their words. */
  words: string;
  medium: Medium;
  senderId: number;
  firstReplyDue: Date | null;
  nextReplyDue: Date | null;
  /** When whoever has the thread has it no more, if they stay silent. */
  unassignAt: Date | null;
  /** A thread that was resolved after this goes on. */
  reopenFrom: Date;
}

/** A thread that was touched, and what became of it. */
export interface Touched {
  id: number;
  projectId: number;
  userId: number;
  assignee: string | null;
  what: 'opened' | 'reopened' | 'touched';
  isSpam: boolean;
}

/**
 * Touches the threads of people of one lane who wrote, in one statement, each person once: the thread that is not resolved, else the
 * one resolved lately, else a new one. The unique index is what keeps one such thread a person, whoever else opens one meanwhile: who
 * would reopen a resolved one beside it fails, and is told of again.
 */
export async function touchThreads(
  transaction: Database,
  lane: number,
  touches: readonly Touch[],
): Promise<Touched[]> {
  if (touches.length === 0) return [];
  const ids = await takeThreadIds(transaction, touches.length);
  const column = <T>(of: (touch: Touch, index: number) => T) => touches.map(of);
  const given = sql`SELECT * FROM unnest(
      ${ids}::bigint[], ${column((t) => t.projectId)}::int[], ${column((t) => t.userId)}::bigint[],
      ${column((t) => t.opens)}::boolean[], ${column((t) => t.count)}::int[], ${column((t) => t.firstAt)}::timestamptz[],
      ${column((t) => t.at)}::timestamptz[], ${column((t) => t.preview)}::text[], ${column((t) => wordsOfTalk(t.words))}::text[],
      ${column((t) => t.medium)}::text[], ${column((t) => t.senderId)}::int[],
      ${column((t) => t.firstReplyDue)}::timestamptz[], ${column((t) => t.nextReplyDue)}::timestamptz[],
      ${column((t) => t.unassignAt)}::timestamptz[], ${column((t) => t.reopenFrom)}::timestamptz[]
    ) AS g (id, project_id, user_id, opens, count, first_at, at, preview, words, medium, sender_id, first_due, next_due,
      unassign_at, reopen_from)`;
  const { rows } = await sql<Touched>`
    WITH given AS MATERIALIZED (${given}),
    reopened AS (
      UPDATE thread SET state = 'open', resolved_at = NULL, resolved_by = NULL, unread = g.count,
        last_inbound_at = g.at, last_at = greatest(last_at, g.at), preview = g.preview, is_preview_ours = false,
        last_medium = g.medium, last_sender_id = g.sender_id, words = ${withWords(sql`thread.words`, asWords(sql`g.words`))},
        next_reply_due = g.next_due, unassign_at = g.unassign_at
      FROM given g
      WHERE thread.lane = ${lane} AND g.opens AND thread.user_id = g.user_id AND thread.state = 'resolved' AND thread.id = (
          SELECT r.id FROM thread r WHERE r.lane = ${lane} AND r.user_id = g.user_id AND r.state = 'resolved'
            AND r.resolved_at > g.reopen_from ORDER BY r.resolved_at DESC, r.id DESC LIMIT 1)
        AND NOT EXISTS (SELECT 1 FROM thread o WHERE o.lane = ${lane} AND o.user_id = g.user_id AND o.state <> 'resolved')
      RETURNING thread.id, thread.project_id, thread.user_id, thread.assignee_id, thread.state, 'reopened' AS what
    ), joined AS (
      UPDATE thread SET unread = unread + CASE WHEN state = 'spam' THEN 0 ELSE g.count END,
        last_inbound_at = g.at, last_at = greatest(last_at, g.at), preview = g.preview, is_preview_ours = false,
        last_medium = g.medium, last_sender_id = g.sender_id, words = ${withWords(sql`thread.words`, asWords(sql`g.words`))}
      FROM given g
      WHERE thread.lane = ${lane} AND NOT g.opens AND thread.user_id = g.user_id AND thread.state <> 'resolved'
      RETURNING thread.id, thread.project_id, thread.user_id, thread.assignee_id, thread.state, 'touched' AS what
    ), touched AS (
      INSERT INTO thread AS t (lane, id, project_id, user_id, state, opened_at, last_inbound_at, last_at, unread, preview,
        last_medium, last_sender_id, words, first_reply_due, next_reply_due, unassign_at)
      SELECT here.lane, g.id, g.project_id, g.user_id, 'open', g.first_at, g.at, g.at, g.count, g.preview,
        g.medium, g.sender_id, ${asWords(sql`g.words`)}, g.first_due, g.next_due, g.unassign_at
      FROM ${here(lane)} CROSS JOIN given g
      WHERE g.opens AND NOT EXISTS (SELECT 1 FROM reopened r WHERE r.user_id = g.user_id)
      ON CONFLICT (lane, user_id) WHERE state <> 'resolved' DO UPDATE SET
        state = CASE WHEN t.state = 'spam' THEN 'spam' ELSE 'open' END, snoozed_until = NULL,
        unread = t.unread + CASE WHEN t.state = 'spam' THEN 0 ELSE EXCLUDED.unread END,
        last_inbound_at = EXCLUDED.last_inbound_at, last_at = greatest(t.last_at, EXCLUDED.last_at),
        preview = EXCLUDED.preview, is_preview_ours = false,
        last_medium = EXCLUDED.last_medium, last_sender_id = EXCLUDED.last_sender_id,
        words = ${withWords(sql`t.words`, sql`EXCLUDED.words`)},
        -- Of several that wait for an answer the first says when it is due.
        next_reply_due = CASE WHEN t.state = 'open' THEN coalesce(t.next_reply_due, EXCLUDED.next_reply_due)
          ELSE EXCLUDED.next_reply_due END,
        unassign_at = CASE WHEN t.state = 'open' THEN coalesce(t.unassign_at, EXCLUDED.unassign_at)
          ELSE EXCLUDED.unassign_at END
      RETURNING t.id, t.project_id, t.user_id, t.assignee_id, t.state,
        CASE WHEN t.id = ANY (${ids}::bigint[]) THEN 'opened' ELSE 'touched' END AS what
    )
    SELECT id, project_id AS "projectId", user_id AS "userId", assignee_id AS assignee, what,
      state = 'spam' AS "isSpam"
    FROM (SELECT * FROM reopened UNION ALL SELECT * FROM joined UNION ALL SELECT * FROM touched) all_of_them`.execute(
    transaction,
  );
  return rows;
}

/** Takes new ids of threads from their sequence. */
export async function takeThreadIds(db: Database, count: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    SELECT nextval('thread_id_seq') AS id FROM generate_series(1, ${count})`.execute(db);
  return rows.map(({ id }) => id);
}

/** What is told of something that came in, beside its happening. */
export interface InboundFacts {
  meaning: string;
  mediaCount: number;
  /** Of a tap: the tapped message is of a campaign. */
  isOfCampaign: boolean;
}

/** Facts of what came in, of one lane, by id; `tapOn` names the tapped message by the provider's id. */
export async function readInbound(
  db: Database,
  lane: number,
  asked: readonly { inboundId: number; tapOn: string | null }[],
): Promise<Map<number, InboundFacts>> {
  const { rows } = await sql<InboundFacts & { id: number }>`
    SELECT i.id, i.meaning, jsonb_array_length(i.media) AS "mediaCount",
      EXISTS (SELECT 1 FROM message m WHERE m.lane = ${lane} AND m.answered_as = a.tap_on AND m.user_id = i.user_id
        AND m.campaign_id IS NOT NULL) AS "isOfCampaign"
    FROM unnest(${asked.map(({ inboundId }) => inboundId)}::bigint[], ${asked.map(({ tapOn }) => tapOn)}::text[])
      AS a (id, tap_on)
    JOIN inbound_message i ON i.lane = ${lane} AND i.id = a.id`.execute(db);
  return new Map(rows.map(({ id, ...facts }) => [id, facts]));
}
