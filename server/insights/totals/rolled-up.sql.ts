import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { overLanes } from '../../lanes/over-lanes.sql.ts';
import type { MessageCount, TotalsScope } from './campaign-totals.sql.ts';

/** Messages that stand alike, and of those that left since the time asked for the same minute. */
export interface RolledUp extends MessageCount {
  /** In which they left; null for none, and for those before the time asked for. */
  leftAt: Date | null;
  /** Of them, those queued that may not leave yet: due in a later minute, or held while the campaign is paused. */
  waiting: number;
}

/** Messages that arrived in one minute. */
export interface Arrived {
  arrivedAt: Date;
  messages: number;
}

const columns = sql`standing, skip_reason, minute, messages, segments, price_micros, first_request_id, last_request_id,
  first_left_at, last_left_at`;

/** SQL: a campaign's rollups and the changes that are not in them yet, as `rolled`; a range has them whole or not at all. */
function rolledIn(
  { projectId, campaignId, range }: TotalsScope,
  isIn: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const admitted = range
    ? sql`AND admitted_at >= ${range.from}::timestamptz AND admitted_at < ${range.to}::timestamptz`
    : sql``;
  const mine = sql`campaign_id = ${campaignId} AND lane ${isIn} AND project_id = ${projectId} ${admitted}`;
  return sql`(SELECT ${columns} FROM message_rollup WHERE ${mine}
    UNION ALL SELECT ${columns} FROM message_rollup_change WHERE ${mine}) rolled`;
}

/** Whether the ends of the range fall within what is counted together, so that the messages themselves must be asked. */
export async function cutsRollups(
  db: Database,
  { projectId, campaignId, range }: TotalsScope,
): Promise<boolean> {
  if (!range) return false;
  const cut = (end: Date) =>
    sql`(admitted_at < ${end}::timestamptz AND admitted_at + admitted_within > ${end}::timestamptz)`;
  const mine = (
    isIn: RawBuilder<unknown>,
  ) => sql`campaign_id = ${campaignId} AND lane ${isIn} AND project_id = ${projectId}
    AND (${cut(range.from)} OR ${cut(range.to)})`;
  const rows = await overLanes(
    db,
    (isIn) => sql<{ isCut: boolean }>`
      SELECT EXISTS (SELECT 1 FROM message_rollup WHERE ${mine(isIn)})
        OR EXISTS (SELECT 1 FROM message_rollup_change WHERE ${mine(isIn)}) AS "isCut"`,
  );
  return rows.some(({ isCut }) => isCut);
}

/** Whether the range leaves out any of the campaign's messages. */
export async function leavesOut(
  db: Database,
  { projectId, campaignId, range }: TotalsScope,
): Promise<boolean> {
  if (!range) return false;
  const mine = (
    isIn: RawBuilder<unknown>,
  ) => sql`campaign_id = ${campaignId} AND lane ${isIn} AND project_id = ${projectId}
    AND (admitted_at < ${range.from}::timestamptz OR admitted_at + admitted_within > ${range.to}::timestamptz)`;
  const rows = await overLanes(
    db,
    (isIn) => sql<{ isLeftOut: boolean }>`
    SELECT EXISTS (SELECT 1 FROM message_rollup WHERE ${mine(isIn)})
      OR EXISTS (SELECT 1 FROM message_rollup_change WHERE ${mine(isIn)}) AS "isLeftOut"`,
  );
  return rows.some(({ isLeftOut }) => isLeftOut);
}

/** Messages by status, skip reason, and the minute since `since` in which they left. */
export async function readRolledUp(
  db: Database,
  scope: TotalsScope,
  since: Date,
  now: Date,
): Promise<RolledUp[]> {
  const waits = sql`standing IN ('queued', 'retrying')`;
  const stopped = scope.brake === 'aborted';
  return overLanes(
    db,
    (isIn) => sql<RolledUp>`
    SELECT CASE standing WHEN 'queued' THEN ${stopped ? 'skipped' : 'queued'}
        WHEN 'retrying' THEN ${stopped ? 'bounced' : 'queued'} ELSE standing END AS status,
      CASE WHEN standing = 'queued' AND ${stopped} THEN 'campaignAborted' ELSE nullif(skip_reason, '') END AS "skipReason",
      CASE WHEN minute >= ${since}::timestamptz AND NOT ${waits} THEN minute END AS "leftAt",
      sum(messages) AS messages, sum(segments) AS segments, sum(price_micros)::bigint AS "priceMicros",
      min(first_request_id) AS "firstRequest", max(last_request_id) AS "lastRequest",
      min(first_left_at) AS "firstLeftAt", max(last_left_at) AS "lastLeftAt",
      coalesce(sum(messages) FILTER (WHERE ${waits} AND NOT ${stopped} AND minute > ${now}::timestamptz
        AND (minute < 'infinity' OR ${scope.brake === 'held'})), 0) AS waiting
    FROM ${rolledIn(scope, isIn)} WHERE standing <> 'arrived'
    GROUP BY 1, 2, 3 HAVING sum(messages) <> 0`,
  );
}

/** Messages by the minute since `since` in which they arrived. */
export async function readArrived(db: Database, scope: TotalsScope, since: Date): Promise<Arrived[]> {
  return overLanes(
    db,
    (isIn) => sql<Arrived>`
    SELECT minute AS "arrivedAt", sum(messages) AS messages FROM ${rolledIn(scope, isIn)}
    WHERE standing = 'arrived' AND minute >= ${since}::timestamptz
    GROUP BY 1 HAVING sum(messages) > 0`,
  );
}
