import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { lanes } from '../../lanes/lanes.ts';
import { consequence, isSend } from '../totals/campaign-totals.sql.ts';

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

/** The addresses of a campaign's links that were clicked, the one most people went to first. */
export async function clickedLinks(
  db: Database,
  projectId: number,
  campaignId: number,
): Promise<ClickedLink[]> {
  const { rows } = await sql<ClickedLink>`
    WITH click AS (
      SELECT l.url, m.user_id, c.visitor
      FROM message m JOIN link_click c ON c.lane = m.lane AND c.message_id = m.id
      JOIN link l ON l.lane = c.lane AND l.code = c.code
      WHERE m.lane = ANY (${lanes}::smallint[]) AND m.campaign_id = ${campaignId} AND m.project_id = ${projectId}
        AND l.url LIKE 'http%'
    ), named AS (
      SELECT CASE WHEN (SELECT count(DISTINCT url) FROM click) > ${mostAddresses}
        THEN split_part(split_part(url, '#', 1), '?', 1) ELSE url END AS url, user_id, visitor
      FROM click
    )
    SELECT url, count(*) FILTER (WHERE visitor = 'person') AS total,
      count(DISTINCT user_id) FILTER (WHERE visitor = 'person') AS unique,
      count(*) FILTER (WHERE visitor = 'preview') AS previews, count(*) FILTER (WHERE visitor = 'bot') AS bots
    FROM named GROUP BY url ORDER BY "unique" DESC, total DESC, url LIMIT 100`.execute(db);
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

/** What people wrote to a message's sender within a day after it left, the newest first, after (older than) a reply. */
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
  const { rows } = await sql<CampaignReply>`
    WITH sent AS (
      SELECT m.lane, m.user_id, m.sender_id, m.dispatched_at FROM message m
      WHERE m.lane = ANY (${lanes}::smallint[]) AND m.campaign_id = ${campaignId} AND m.project_id = ${projectId}
        AND ${isSend}
    )
    SELECT i.lane, i.id, i.user_id AS "userId", i.from_address AS "fromAddress", i.body, i.meaning,
      i.received_at AS "receivedAt"
    FROM inbound_message i
    WHERE i.lane = ANY (${lanes}::smallint[]) AND i.project_id = ${projectId}
      AND i.received_at >= (SELECT min(dispatched_at) FROM sent)
      AND i.received_at < (SELECT max(dispatched_at) FROM sent) + ${consequence} ${older}
      AND EXISTS (SELECT FROM sent m WHERE m.lane = i.lane AND m.user_id = i.user_id AND m.sender_id = i.sender_id
        AND i.received_at >= m.dispatched_at AND i.received_at < m.dispatched_at + ${consequence})
    ORDER BY i.received_at DESC, i.lane DESC, i.id DESC LIMIT ${limit}`.execute(db);
  return rows;
}
