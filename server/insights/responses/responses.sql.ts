import { sql } from 'kysely';
import { pageOf } from '../../content/links/page-of.ts';
import type { Database } from '../../database/connect.ts';
import {
  consequence,
  isAnswered,
  type LinkCount,
  mostAddresses,
  readLinkCounts,
} from '../../delivery/rollups/fold-responses.sql.ts';
import { lanes } from '../../lanes/lanes.ts';
import { askTogether } from '../../lanes/over-lanes.sql.ts';

/** An address that people, previews or bots went to from a campaign's messages. */
export interface ClickedLink {
  url: string;
  /** Clicks by people, and how many people. */
  total: number;
  unique: number;
  previews: number;
  bots: number;
}

const mostShown = 100;

/**
 * The addresses of a campaign's links that were clicked, the one most people went to first; of more than `mostAddresses` the
 * pages they are of. What each looks like is read off one of the clicks.
 */
export function clickedLinks(db: Database, projectId: number, campaignId: number): Promise<ClickedLink[]> {
  return askTogether(db, async (ask) => {
    const counts = await readLinkCounts(ask, projectId, campaignId);
    const areMany = new Set(counts.map(({ address }) => address)).size > mostAddresses + 1;
    const shown = counts.filter(({ address }) => (address === '0') === areMany);
    const links = [...Map.groupBy(shown, ({ page, address }) => `${page} ${address}`).values()]
      .flatMap((each) => (each[0] ? [{ ...each[0], ...countsOf(each) }] : []))
      .sort((a, b) => b.unique - a.unique || b.total - a.total)
      .slice(0, mostShown);
    const url = areMany ? pageOf(sql`l.url`) : sql`l.url`;
    const urls = await ask.one(sql<{ place: number; url: string }>`
      SELECT n.place, l.url FROM unnest(${links.map(({ page }) => page)}::bigint[], ${links.map(({ address }) => address)}::bigint[])
        WITH ORDINALITY n (page_key, address_key, place)
      CROSS JOIN LATERAL (
        SELECT ${url} AS url FROM link_click c JOIN link l ON l.lane = c.lane AND l.code = c.code
        WHERE c.campaign_id = ${campaignId} AND c.lane = ANY (${lanes}::smallint[]) AND c.project_id = ${projectId}
          AND c.page_key = n.page_key ${areMany ? sql`` : sql`AND c.address_key = n.address_key`} LIMIT 1
      ) l`);
    return urls
      .flatMap(({ place, url: shownUrl }) => {
        const link = links[place - 1];
        if (!link) return [];
        const { total, unique, previews, bots } = link;
        return [{ url: shownUrl, total, unique, previews, bots }];
      })
      .sort((a, b) => b.unique - a.unique || b.total - a.total || (a.url < b.url ? -1 : 1));
  });
}

/** What the clicks on one link come to. Pure. */
function countsOf(counts: readonly LinkCount[]): Omit<ClickedLink, 'url'> {
  const sum = (kind: string, of: 'total' | 'people') =>
    counts.reduce((all, each) => (each.kind === kind ? all + each[of] : all), 0);
  return {
    total: sum('click', 'total'),
    unique: sum('click', 'people'),
    previews: sum('preview', 'total'),
    bots: sum('bot', 'total'),
  };
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
