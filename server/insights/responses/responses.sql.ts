import { sql } from 'kysely';
import { pageOf } from '../../content/links/page-of.ts';
import type { Database } from '../../database/connect.ts';
import { consequence, isAnswered } from '../../delivery/rollups/fold-responses.sql.ts';
import { lanes } from '../../lanes/lanes.ts';

/** An address that people, previews or bots went to from a campaign's messages. */
export interface ClickedLink {
  url: string;
  /** Clicks by people, and how many people. */
  total: number;
  unique: number;
  previews: number;
  bots: number;
}

/** More addresses than this are each person's own: they are put together without their query. */
const mostAddresses = 50;
const mostShown = 100;

/**
 * The addresses of a campaign's links that were clicked, the one most people went to first. They are counted by their keys,
 * from an index; each is then read off one of its links.
 */
export async function clickedLinks(
  db: Database,
  projectId: number,
  campaignId: number,
): Promise<ClickedLink[]> {
  const mine = sql`c.campaign_id = ${campaignId} AND c.lane = ANY (${lanes}::smallint[]) AND c.page_key IS NOT NULL`;
  const { rows } = await sql<ClickedLink>`
    WITH addresses AS MATERIALIZED (
      SELECT count(DISTINCT c.address_key) > ${mostAddresses} AS are_many FROM link_click c WHERE ${mine}
    ), clicked AS (
      SELECT c.page_key, CASE WHEN NOT a.are_many THEN c.address_key END AS address_key, c.visitor, c.user_id,
        count(*) AS clicks
      FROM addresses a CROSS JOIN link_click c WHERE ${mine} GROUP BY 1, 2, 3, 4
    ), counted AS (
      SELECT page_key, address_key, coalesce(sum(clicks) FILTER (WHERE visitor = 'person'), 0)::bigint AS total,
        count(*) FILTER (WHERE visitor = 'person') AS unique,
        coalesce(sum(clicks) FILTER (WHERE visitor = 'preview'), 0)::bigint AS previews,
        coalesce(sum(clicks) FILTER (WHERE visitor = 'bot'), 0)::bigint AS bots
      FROM clicked GROUP BY 1, 2 ORDER BY "unique" DESC, total DESC LIMIT ${mostShown}
    )
    SELECT CASE WHEN n.address_key IS NULL THEN ${pageOf(sql`l.url`)} ELSE l.url END AS url, n.total, n.unique, n.previews,
      n.bots
    FROM counted n CROSS JOIN LATERAL (
      SELECT l.url FROM link_click c JOIN link l ON l.lane = c.lane AND l.code = c.code
      WHERE ${mine} AND c.project_id = ${projectId} AND c.page_key = n.page_key
        AND (n.address_key IS NULL OR c.address_key = n.address_key) LIMIT 1
    ) l ORDER BY n.unique DESC, n.total DESC, url`.execute(db);
  return rows;
}

/** What somebody wrote after a campaign's message. */
export interface CampaignReply {
  lane: number;
  id: number;
  userId: number;
  fromAddress: string;
  body: string;
  meaning: string;
  receivedAt: Date;
}

/**
 * What people wrote to a message's sender within a day after it left, the newest first, after (older than) a reply. Those of
 * the time of the campaign are put in order first, and looked at until there are enough.
 */
export async function campaignReplies(
  db: Database,
  projectId: number,
  campaignId: number,
  { after, limit }: { after: { lane: number; id: number } | null; limit: number },
): Promise<CampaignReply[]> {
  const older = after
    ? sql`AND (i.received_at, i.lane, i.id) < (SELECT received_at, lane, id FROM inbound_message
        WHERE lane = ${after.lane} AND id = ${after.id} AND project_id = ${projectId})`
    : sql``;
  const mine = sql`campaign_id = ${campaignId} AND lane = ANY (${lanes}::smallint[]) AND project_id = ${projectId}`;
  const { rows } = await sql<CampaignReply>`
    WITH sent AS MATERIALIZED (
      SELECT min(first_left_at) AS first, max(last_left_at) AS last FROM (
        SELECT first_left_at, last_left_at FROM message_rollup WHERE ${mine}
        UNION ALL SELECT first_left_at, last_left_at FROM message_rollup_change WHERE ${mine}) rolled
    ), written AS MATERIALIZED (
      SELECT i.lane, i.id, i.user_id, i.sender_id, i.received_at
      FROM inbound_message i
      WHERE i.lane = ANY (${lanes}::smallint[]) AND i.project_id = ${projectId}
        AND i.received_at >= (SELECT first FROM sent) AND i.received_at < (SELECT last FROM sent) + ${consequence} ${older}
      ORDER BY i.received_at DESC, i.lane DESC, i.id DESC
    ), replies AS MATERIALIZED (
      SELECT w.lane, w.id, w.received_at FROM written w
      WHERE EXISTS (SELECT 1 FROM message m
        WHERE m.lane = w.lane AND m.user_id = w.user_id AND m.campaign_id = ${campaignId} AND m.project_id = ${projectId}
          AND ${isAnswered(sql`w.sender_id`, sql`w.received_at`)} OFFSET 0)
      LIMIT ${limit}
    )
    SELECT i.lane, i.id, i.user_id AS "userId", i.from_address AS "fromAddress", i.body, i.meaning,
      i.received_at AS "receivedAt"
    FROM replies r JOIN inbound_message i ON i.lane = r.lane AND i.id = r.id
    ORDER BY i.received_at DESC, i.lane DESC, i.id DESC`.execute(db);
  return rows;
}
