import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { here } from '../lanes/here.sql.ts';
import { takeThreadIds } from './touch-threads.sql.ts';

/** A thread in which somebody was handed over. */
export interface HandedOver {
  id: number;
  userId: number;
  assignee: string | null;
  /** It is spam: nobody looks after it. */
  isSpam: boolean;
}

/** Holds the threads that people of a lane have open, so that what touches them waits; in the order of their ids. */
export async function holdThreads(
  transaction: Database,
  projectId: number,
  lane: number,
  userIds: readonly number[],
): Promise<void> {
  await sql`
    SELECT id FROM thread WHERE lane = ${lane} AND project_id = ${projectId} AND user_id = ANY (${userIds}::bigint[])
      AND state <> 'resolved' ORDER BY id FOR UPDATE`.execute(transaction);
}

/** Opens the threads of people of a lane, each once: the one that is not resolved, else a new one, which is from then on due as `due` says. */
export async function openThreads(
  transaction: Database,
  projectId: number,
  lane: number,
  userIds: readonly number[],
  { at, due, preview }: { at: Date; due: Date | null; preview: string },
): Promise<HandedOver[]> {
  const ids = await takeThreadIds(transaction, userIds.length);
  const { rows } = await sql<HandedOver>`
    INSERT INTO thread AS t (lane, id, project_id, user_id, state, opened_at, last_at, preview, first_reply_due, next_reply_due)
    SELECT here.lane, g.id, ${projectId}, g.user_id, 'open', ${at}::timestamptz, ${at}::timestamptz, ${preview},
      ${due}::timestamptz, ${due}::timestamptz
    FROM ${here(lane)} CROSS JOIN unnest(${ids}::bigint[], ${userIds}::bigint[]) AS g (id, user_id)
    ON CONFLICT (lane, user_id) WHERE state <> 'resolved' DO UPDATE SET
      state = CASE WHEN t.state = 'spam' THEN 'spam' ELSE 'open' END, snoozed_until = NULL,
      last_at = greatest(t.last_at, EXCLUDED.last_at), preview = EXCLUDED.preview, is_preview_ours = false,
      next_reply_due = coalesce(t.next_reply_due, EXCLUDED.next_reply_due)
    RETURNING t.id, t.user_id AS "userId", t.assignee_id AS assignee, t.state = 'spam' AS "isSpam"`.execute(
    transaction,
  );
  return rows;
}

/** Of people of a lane who were handed over at an instant, by their ids: with whom nobody has to do any more, since their thread was closed or is none. */
export async function readReleased(
  db: Database,
  projectId: number,
  lane: number,
  handed: readonly { userId: number; at: Date }[],
): Promise<Set<number>> {
  const { rows } = await sql<{ userId: number }>`
    SELECT h.user_id AS "userId"
    FROM unnest(${handed.map(({ userId }) => userId)}::bigint[], ${handed.map(({ at }) => at)}::timestamptz[])
      AS h (user_id, at)
    WHERE EXISTS (SELECT 1 FROM thread_log l WHERE l.lane = ${lane} AND l.user_id = h.user_id AND l.project_id = ${projectId}
        AND l.at >= h.at AND l.what IN ('resolved', 'spam'))
      OR NOT EXISTS (SELECT 1 FROM thread t WHERE t.lane = ${lane} AND t.user_id = h.user_id AND t.project_id = ${projectId}
        AND t.state NOT IN ('resolved', 'spam'))`.execute(db);
  return new Set(rows.map(({ userId }) => userId));
}
