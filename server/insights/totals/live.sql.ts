import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { lanes } from '../../database/lanes.ts';

/** What happened in one minute of a campaign. */
export interface LiveMinute {
  /** Start of the minute, ms since 1970. */
  at: number;
  sends: number;
  delivered: number;
}

/** Minutes from `since` in which something left or was delivered, in order. */
export async function liveMinutes(
  db: Database,
  projectId: number,
  campaignId: number,
  since: Date,
): Promise<LiveMinute[]> {
  const { rows } = await sql<{ at: Date; sends: number; delivered: number }>`
    SELECT at, sum(sends)::bigint AS sends, sum(delivered)::bigint AS delivered
    FROM (
      SELECT date_trunc('minute', dispatched_at) AS at, count(*) AS sends, 0 AS delivered
      FROM message m
      WHERE lane = ANY(${lanes}::smallint[]) AND campaign_id = ${campaignId} AND project_id = ${projectId}
        AND dispatched_at >= ${since}::timestamptz AND status NOT IN ('queued', 'skipped')
      GROUP BY 1
      UNION ALL
      SELECT date_trunc('minute', coalesce(delivered_at, read_at)), 0, count(*)
      FROM message m
      WHERE lane = ANY(${lanes}::smallint[]) AND campaign_id = ${campaignId} AND project_id = ${projectId}
        AND coalesce(delivered_at, read_at) >= ${since}::timestamptz AND status IN ('delivered', 'read')
      GROUP BY 1
    ) minutes
    GROUP BY at ORDER BY at`.execute(db);
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}

/** Messages of the campaign that left since then. */
export async function sendsSince(
  db: Database,
  projectId: number,
  campaignId: number,
  since: Date,
): Promise<number> {
  const { rows } = await sql<{ sends: number }>`
    SELECT count(*) AS sends FROM message
    WHERE lane = ANY(${lanes}::smallint[]) AND campaign_id = ${campaignId} AND project_id = ${projectId}
      AND dispatched_at > ${since}::timestamptz AND status NOT IN ('queued', 'skipped')`.execute(db);
  return rows[0]?.sends ?? 0;
}

/** Queued messages of the campaign that may not leave yet: due later, or held while it is paused. */
export async function countWaiting(
  db: Database,
  projectId: number,
  campaignId: number,
  now: Date,
): Promise<number> {
  const { rows } = await sql<{ messages: number }>`
    SELECT count(*) AS messages FROM message
    WHERE lane = ANY(${lanes}::smallint[]) AND campaign_id = ${campaignId} AND project_id = ${projectId}
      AND status = 'queued' AND due_at > ${now}::timestamptz`.execute(db);
  return rows[0]?.messages ?? 0;
}
