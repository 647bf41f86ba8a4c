import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { overLanes } from '../lanes/over-lanes.sql.ts';

/** How long what was opened in a range of time waited, in seconds, one number a thread, by the agent who ended the waiting. */
export interface Waits {
  what: 'firstReply' | 'resolution';
  agent: string;
  seconds: number[];
}

/** The waits of a project's threads that were opened in a range of time, `from` within and `until` without. */
export function readWaits(db: Database, projectId: number, from: Date, until: Date): Promise<Waits[]> {
  return overLanes<Waits>(
    db,
    (isIn) => sql`
      SELECT w.what, w.agent, array_agg(w.seconds) AS seconds FROM thread t
      CROSS JOIN LATERAL (VALUES
        ('firstReply', t.first_reply_by, extract(epoch FROM t.first_reply_at - t.opened_at)::float8),
        ('resolution', t.resolved_by, extract(epoch FROM t.resolved_at - t.opened_at)::float8)) AS w (what, agent, seconds)
      WHERE t.lane ${isIn} AND t.project_id = ${projectId} AND t.state <> 'spam'
        AND t.opened_at >= ${from}::timestamptz AND t.opened_at < ${until}::timestamptz AND w.agent IS NOT NULL
      GROUP BY w.what, w.agent`,
  );
}

/** How many threads were opened in a range of time, and how many of these nobody has answered. */
export async function countOpened(
  db: Database,
  projectId: number,
  from: Date,
  until: Date,
): Promise<{ opened: number; unanswered: number }> {
  const rows = await overLanes<{ opened: number; unanswered: number }>(
    db,
    (isIn) => sql`
      SELECT count(*)::int AS opened, (count(*) FILTER (WHERE first_reply_at IS NULL AND state <> 'resolved'))::int AS unanswered
      FROM thread WHERE lane ${isIn} AND project_id = ${projectId} AND state <> 'spam'
        AND opened_at >= ${from}::timestamptz AND opened_at < ${until}::timestamptz`,
  );
  return rows.reduce(
    (sum, row) => ({ opened: sum.opened + row.opened, unanswered: sum.unanswered + row.unanswered }),
    { opened: 0, unanswered: 0 },
  );
}
