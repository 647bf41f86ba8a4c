import { type RawBuilder, sql } from 'kysely';
import type { MessageStatus } from '../../database/tables/delivery.ts';
import { countingPutDown, type ResponseCount } from '../../delivery/rollups/fold-responses.sql.ts';
import { lanes } from '../../lanes/lanes.ts';
import type { Ask } from '../../lanes/over-lanes.sql.ts';
import type { BrakeState } from '../../requests/brake.sql.ts';
import type { RangedLaunches, TotalsRange } from './totals-range.ts';

/** Which messages are counted: a campaign's, or those of it that are in a range. */
export interface TotalsScope {
  projectId: number;
  campaignId: number;
  range: RangedLaunches | null;
  /**
   * Of a campaign that was stopped for good what waits counts as skipped, though its rows may not say so yet; of one that
   * goes on again what was held is due.
   */
  brake: BrakeState | null;
}

/** Messages that stand alike and were skipped for the same reason. */
export interface MessageCount {
  /** A message's status; 'retrying' for one that is queued and has failed before; 'arrived' for one that is counted elsewhere too. */
  standing: MessageStatus | 'retrying' | 'arrived';
  skipReason: string | null;
  messages: number;
  segments: number;
  priceMicros: number;
  /** Smallest and largest id of the requests that they are of. */
  firstRequest: number;
  lastRequest: number;
  /** When the first of them left; null where none did. */
  firstLeftAt: Date | null;
}

/** Rows of `message m` in scope. All lanes are named, so that the index by lane and campaign is used. */
function inScope({ projectId, campaignId, range }: TotalsScope, isIn: RawBuilder<unknown>) {
  const isWithin = range
    ? sql`AND (m.request_id = ANY (${range.within}::bigint[]) OR (m.request_id <> ALL (${range.outside}::bigint[])
      AND m.created_at >= ${range.from}::timestamptz AND m.created_at < ${range.to}::timestamptz))`
    : sql``;
  return sql`m.lane ${isIn} AND m.campaign_id = ${campaignId} AND m.project_id = ${projectId} ${isWithin}`;
}

/** Messages by standing and skip reason, counted one by one: those admitted at times that cut what is rolled up. */
export async function countMessages(
  ask: Ask,
  scope: TotalsScope,
  apart: readonly TotalsRange[],
): Promise<MessageCount[]> {
  const counts = apart.map(({ from, to }) =>
    ask.overLanes(
      (isIn) => sql<MessageCount>`
      SELECT CASE WHEN m.status = 'queued' AND m.failed_at IS NOT NULL THEN 'retrying' ELSE m.status END AS standing,
        m.skip_reason AS "skipReason", count(*) AS messages, sum(m.segments) AS segments,
        sum(m.price_micros)::bigint AS "priceMicros", min(m.request_id) AS "firstRequest", max(m.request_id) AS "lastRequest",
        min(m.dispatched_at) AS "firstLeftAt"
      FROM message m WHERE ${inScope(scope, isIn)}
        AND m.created_at >= ${from}::timestamptz AND m.created_at < ${to}::timestamptz GROUP BY 1, 2`,
    ),
  );
  return (await Promise.all(counts)).flat();
}

/** How many people messages were sent to, reached, and bounced from. */
export interface People {
  sent: number;
  delivered: number;
  bounced: number;
}

/** Counts people, where several launches reach the same ones. */
export async function countPeople(ask: Ask, scope: TotalsScope): Promise<People> {
  const isRetrying = sql`m.status = 'queued' AND m.failed_at IS NOT NULL AND ${scope.brake === 'aborted'}`;
  const rows = await ask.overLanes(
    (isIn) => sql<People>`
    SELECT count(DISTINCT m.user_id) AS sent,
      count(DISTINCT m.user_id) FILTER (WHERE m.status IN ('delivered', 'read')) AS delivered,
      count(DISTINCT m.user_id) FILTER (WHERE m.status = 'bounced' OR ${isRetrying}) AS bounced
    FROM message m WHERE ${inScope(scope, isIn)} AND (m.status NOT IN ('queued', 'skipped') OR ${isRetrying})`,
  );
  // A person is in one lane.
  const sum = (of: (row: People) => number) => rows.reduce((total, row) => total + of(row), 0);
  return {
    sent: sum((row) => row.sent),
    delivered: sum((row) => row.delivered),
    bounced: sum((row) => row.bounced),
  };
}

/**
 * Responses to the messages in a range that cuts the campaign, counted one by one: `readResponses` keeps those of the whole.
 * Each is looked at by itself, so that it costs what they are, not what was sent.
 */
export function countResponses(ask: Ask, scope: TotalsScope): Promise<ResponseCount[]> {
  const { projectId, campaignId } = scope;
  return ask.overLanes((isIn) => {
    const of = (
      alias: string,
    ) => sql`${sql.ref(alias)}.lane ${isIn} AND ${sql.ref(alias)}.campaign_id = ${campaignId}
    AND ${sql.ref(alias)}.project_id = ${projectId}`;
    const messageOf = (alias: string) => sql`CROSS JOIN LATERAL (SELECT m.user_id FROM message m
    WHERE m.lane = ${sql.ref(alias)}.lane AND m.id = ${sql.ref(alias)}.message_id AND ${inScope(scope, isIn)} OFFSET 0) m`;
    return sql<ResponseCount>`
    SELECT CASE c.visitor WHEN 'person' THEN 'click' ELSE c.visitor END AS kind, count(*) AS total,
      count(DISTINCT m.user_id) AS people
    FROM link_click c ${messageOf('c')} WHERE ${of('c')} GROUP BY 1
    UNION ALL
    SELECT k.kind, count(*), count(DISTINCT CASE k.kind WHEN 'openedMessage' THEN o.message_id ELSE m.user_id END)
    FROM email_open o ${messageOf('o')}
    CROSS JOIN LATERAL (VALUES ('open'), ('openedMessage'), (CASE o.visitor WHEN 'person' THEN 'openByPerson' END)) k (kind)
    WHERE ${of('o')} AND k.kind IS NOT NULL GROUP BY 1
    UNION ALL
    SELECT * FROM (${countingPutDown(projectId, campaignId, isIn, inScope(scope, isIn))}) put_down`;
  });
}

/** Whether anything tells of opens of a campaign's messages: not of other media, nor of emails without tracked links. */
export async function tellsOfOpens(ask: Ask, { projectId, campaignId }: TotalsScope): Promise<boolean> {
  const rows = await ask.one(sql<{ known: boolean }>`
    SELECT t.medium = 'email' AND coalesce((s.content ->> 'track_links')::boolean, t.track_links) AS known
    FROM campaign c JOIN template t ON t.id = c.template_id
    LEFT JOIN template_snapshot s ON s.id = c.snapshot_id
    WHERE c.id = ${campaignId} AND c.project_id = ${projectId}`);
  return rows[0]?.known ?? false;
}

/** What people bought, as their purchases name the campaign. */
export interface Purchases {
  total: number;
  /** How many people bought. */
  unique: number;
  /** Sum of the purchases' totals, in the shop's own currency. */
  revenue: number;
}

/** Purchases that name the campaign; with a range, those made in it. */
export async function countPurchases(
  ask: Ask,
  { projectId, campaignId, range }: TotalsScope,
): Promise<Purchases> {
  const made = range
    ? sql`AND e.happened_at >= ${range.from}::timestamptz AND e.happened_at < ${range.to}::timestamptz`
    : sql``;
  const rows = await ask.one(sql<Purchases>`
    SELECT count(*) AS total, count(DISTINCT e.user_id) AS unique,
      coalesce(sum((e.data ->> 'total')::numeric), 0)::float8 AS revenue
    FROM event e
    WHERE e.lane = ANY(${lanes}::smallint[]) AND e.campaign_id = ${campaignId} AND e.project_id = ${projectId}
      AND e.kind = 'purchase' ${made}`);
  return rows[0] ?? { total: 0, unique: 0, revenue: 0 };
}
