import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { ThreadState } from '../database/tables/inbox.ts';
import { here } from '../lanes/here.sql.ts';

/** What can be done with a thread, as its log has it; of a state, that it was set. */
export type Deed =
  | ThreadState
  | ('opened' | 'reopened' | 'assigned' | 'woken' | 'tagged' | 'cancelled' | 'autoReplied' | 'handedOver');

/** Something done with a thread of a lane. */
export interface LogEntry {
  projectId: number;
  userId: number;
  threadId: number;
  /** Null where nobody did it. */
  agent: string | null;
  what: Deed;
  detail?: Record<string, unknown>;
}

/** Notes who did what, in the transaction that does it. */
export async function logDeeds(
  transaction: Database,
  lane: number,
  entries: readonly LogEntry[],
  at: Date,
): Promise<void> {
  if (entries.length === 0) return;
  const column = <T>(of: (entry: LogEntry) => T) => entries.map(of);
  await sql`
    INSERT INTO thread_log (lane, id, project_id, user_id, thread_id, agent, what, detail, at)
    SELECT here.lane, nextval('thread_part_id_seq'), e.project_id, e.user_id, e.thread_id, e.agent, e.what, e.detail::jsonb,
      ${at}::timestamptz
    FROM ${here(lane)} CROSS JOIN unnest(
      ${column((e) => e.projectId)}::int[], ${column((e) => e.userId)}::bigint[], ${column((e) => e.threadId)}::bigint[],
      ${column((e) => e.agent)}::text[], ${column((e) => e.what)}::text[],
      ${column((e) => JSON.stringify(e.detail ?? {}))}::text[]
    ) AS e (project_id, user_id, thread_id, agent, what, detail)`.execute(transaction);
}
