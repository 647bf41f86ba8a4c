import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { MessageStatus } from '../../database/tables/delivery.ts';
import { lanes } from '../../lanes/lanes.ts';
import type { BrakeState } from '../../requests/brake.sql.ts';

/** Which messages are counted: a campaign's, or those of it that were admitted in a range. */
export interface TotalsScope {
  projectId: number;
  campaignId: number;
  range: { from: Date; to: Date } | null;
  /**
   * Of a campaign that was stopped for good what waits counts as skipped, though its rows may not say so yet; of one that
   * goes on again what was held is due.
   */
  brake: BrakeState | null;
}

/** Messages of one status and skip reason. */
export interface MessageCount {
  status: MessageStatus;
  skipReason: string | null;
  messages: number;
  segments: number;
  priceMicros: number;
  /** Smallest and largest id of the requests that they are of. */
  firstRequest: number;
  lastRequest: number;
  /** When the first and the last of them left; null where none did. */
  firstLeftAt: Date | null;
  lastLeftAt: Date | null;
}

/** When the first and the last of a campaign's messages left. */
export interface SentBetween {
  first: Date;
  last: Date;
}

/** How long after a message left an opt-out or a reply is put down to it. */
export const consequence = sql`interval '24 hours'`;

/**
 * How a person's own opt-out comes in: written, answered, clicked, or given at the provider. What an import, a call, a
 * colleague or an earlier record brings says nothing of a campaign.
 */
const ownOptOuts = ['keyword', 'reply', 'link', 'provider'];

/** SQL: a message of alias `m` that left. */
export const isSend = sql`m.status NOT IN ('queued', 'skipped')`;

/** Rows of `message m` in scope. All lanes are named, so that the index by lane and campaign is used. */
function inScope({ projectId, campaignId, range }: TotalsScope) {
  const admitted = range
    ? sql`AND m.created_at >= ${range.from}::timestamptz AND m.created_at < ${range.to}::timestamptz`
    : sql``;
  return sql`m.lane = ANY(${lanes}::smallint[]) AND m.campaign_id = ${campaignId} AND m.project_id = ${projectId} ${admitted}`;
}

/** SQL: how a message of alias `m` stands, and why it was skipped. */
function standingIn({ brake }: TotalsScope) {
  if (brake !== 'aborted') return { status: sql`m.status`, skipReason: sql`m.skip_reason` };
  const left = sql`m.failed_at IS NOT NULL`;
  return {
    status: sql`CASE WHEN m.status <> 'queued' THEN m.status WHEN ${left} THEN 'bounced' ELSE 'skipped' END`,
    skipReason: sql`CASE WHEN m.status <> 'queued' OR ${left} THEN m.skip_reason ELSE 'campaignAborted' END`,
  };
}

function countedIn(scope: TotalsScope) {
  const { status, skipReason } = standingIn(scope);
  return sql`${status} AS status, ${skipReason} AS "skipReason", count(*) AS messages, sum(m.segments) AS segments,
  sum(m.price_micros)::bigint AS "priceMicros", min(m.request_id) AS "firstRequest", max(m.request_id) AS "lastRequest",
  min(m.dispatched_at) AS "firstLeftAt", max(m.dispatched_at) AS "lastLeftAt"`;
}

/** Messages by status and skip reason, counted one by one: for ranges that cut what is rolled up. */
export async function countMessages(db: Database, scope: TotalsScope): Promise<MessageCount[]> {
  const { rows } = await sql<MessageCount>`
    SELECT ${countedIn(scope)} FROM message m WHERE ${inScope(scope)} GROUP BY 1, 2`.execute(db);
  return rows;
}

/** How many people messages were sent to, reached, and bounced from. */
export interface People {
  sent: number;
  delivered: number;
  bounced: number;
}

/** Counts people, where several launches reach the same ones. */
export async function countPeople(db: Database, scope: TotalsScope): Promise<People> {
  const { status } = standingIn(scope);
  const { rows } = await sql<People>`
    SELECT count(DISTINCT m.user_id) AS sent,
      count(DISTINCT m.user_id) FILTER (WHERE m.status IN ('delivered', 'read')) AS delivered,
      count(DISTINCT m.user_id) FILTER (WHERE ${status} = 'bounced') AS bounced
    FROM message m WHERE ${inScope(scope)} AND ${status} NOT IN ('queued', 'skipped')`.execute(db);
  return rows[0] ?? { sent: 0, delivered: 0, bounced: 0 };
}

/** Clicks by people (and how many people), by previews and by bots. */
export async function countClicks(
  db: Database,
  scope: TotalsScope,
): Promise<{ total: number; unique: number; previews: number; bots: number }> {
  const { rows } = await sql<{ total: number; unique: number; previews: number; bots: number }>`
    SELECT count(*) FILTER (WHERE c.visitor = 'person') AS total,
      count(DISTINCT m.user_id) FILTER (WHERE c.visitor = 'person') AS unique,
      count(*) FILTER (WHERE c.visitor = 'preview') AS previews,
      count(*) FILTER (WHERE c.visitor = 'bot') AS bots
    FROM message m JOIN link_click c ON c.lane = m.lane AND c.message_id = m.id
    WHERE ${inScope(scope)}`.execute(db);
  return rows[0] ?? { total: 0, unique: 0, previews: 0, bots: 0 };
}

/** Emails that were opened and how many people's they are; `byPeople` leaves out what only machines fetched. */
export interface Opens {
  total: number;
  unique: number;
  byPeople: { total: number; unique: number };
}

/** Opens of a campaign's emails; null where nothing tells of them: other media, and emails without tracked links. */
export async function countOpens(db: Database, scope: TotalsScope): Promise<Opens | null> {
  const { rows } = await sql<Record<'total' | 'unique' | 'seen' | 'people', number> & { known: boolean }>`
    SELECT count(DISTINCT m.id) AS total, count(DISTINCT m.user_id) AS unique,
      count(DISTINCT m.id) FILTER (WHERE o.visitor = 'person') AS seen,
      count(DISTINCT m.user_id) FILTER (WHERE o.visitor = 'person') AS people,
      (SELECT t.medium = 'email' AND coalesce((s.content ->> 'track_links')::boolean, t.track_links)
        FROM campaign c JOIN template t ON t.id = c.template_id
        LEFT JOIN template_snapshot s ON s.id = c.snapshot_id
        WHERE c.id = ${scope.campaignId} AND c.project_id = ${scope.projectId}) AS known
    FROM message m JOIN email_open o ON o.lane = m.lane AND o.message_id = m.id
    WHERE ${inScope(scope)}`.execute(db);
  const row = rows[0];
  if (!row?.known) return null;
  return { total: row.total, unique: row.unique, byPeople: { total: row.seen, unique: row.people } };
}

/**
 * Opt-outs that people gave themselves, of a message's channel or type, within a day after it left, and how many they
 * are. A message that bounced did not reach anybody: a provider that refuses it tells of an older opt-out.
 */
export async function countOptOuts(
  db: Database,
  scope: TotalsScope,
  sent: SentBetween,
): Promise<{ total: number; unique: number }> {
  const { rows } = await sql<{ total: number; unique: number }>`
    SELECT count(DISTINCT (e.user_id, e.happened_at)) AS total, count(DISTINCT e.user_id) AS unique
    FROM consent_entry e
    WHERE e.lane = ANY(${lanes}::smallint[]) AND e.action = 'optOut' AND e.method = ANY(${ownOptOuts}::text[])
      AND e.happened_at >= ${sent.first}::timestamptz
      AND e.happened_at < ${sent.last}::timestamptz + ${consequence} AND e.project_id = ${scope.projectId}
      AND EXISTS (
        SELECT FROM message m
        WHERE m.lane = e.lane AND m.user_id = e.user_id AND ${inScope(scope)} AND ${isSend} AND m.status <> 'bounced'
          AND ((e.kind = 'channel' AND e.target_id = m.channel_id)
            OR (e.kind = 'messageType' AND e.target_id = m.message_type_id))
          AND e.happened_at >= m.dispatched_at AND e.happened_at < m.dispatched_at + ${consequence})`.execute(
    db,
  );
  return rows[0] ?? { total: 0, unique: 0 };
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
export async function countPurchases(db: Database, scope: TotalsScope): Promise<Purchases> {
  const { projectId, campaignId, range } = scope;
  const made = range
    ? sql`AND e.happened_at >= ${range.from}::timestamptz AND e.happened_at < ${range.to}::timestamptz`
    : sql``;
  const { rows } = await sql<Purchases>`
    SELECT count(*) AS total, count(DISTINCT e.user_id) AS unique,
      coalesce(sum((e.data ->> 'total')::numeric), 0)::float8 AS revenue
    FROM event e
    WHERE e.lane = ANY(${lanes}::smallint[]) AND e.campaign_id = ${campaignId} AND e.project_id = ${projectId}
      AND e.kind = 'purchase' ${made}`.execute(db);
  return rows[0] ?? { total: 0, unique: 0, revenue: 0 };
}

/** What people wrote to a message's sender within a day after it left, and how many they are. */
export async function countReplies(
  db: Database,
  scope: TotalsScope,
  sent: SentBetween,
): Promise<{ total: number; unique: number }> {
  const { rows } = await sql<{ total: number; unique: number }>`
    SELECT count(*) AS total, count(DISTINCT i.user_id) AS unique
    FROM inbound_message i
    WHERE i.lane = ANY(${lanes}::smallint[]) AND i.project_id = ${scope.projectId}
      AND i.received_at >= ${sent.first}::timestamptz
      AND i.received_at < ${sent.last}::timestamptz + ${consequence}
      AND EXISTS (
        SELECT FROM message m
        WHERE m.lane = i.lane AND m.user_id = i.user_id AND ${inScope(scope)} AND ${isSend}
          AND i.sender_id = m.sender_id
          AND i.received_at >= m.dispatched_at AND i.received_at < m.dispatched_at + ${consequence})`.execute(
    db,
  );
  return rows[0] ?? { total: 0, unique: 0 };
}
