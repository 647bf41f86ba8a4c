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
import { askTogether, overLanes } from '../../lanes/over-lanes.sql.ts';

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
    const found = await ask.overLanes(
      (isIn) => sql<{ place: number; url: string }>`
      SELECT n.place, l.url FROM unnest(${links.map(({ page }) => page)}::bigint[], ${links.map(({ address }) => address)}::bigint[])
        WITH ORDINALITY n (page_key, address_key, place)
      CROSS JOIN LATERAL (
        SELECT ${url} AS url FROM link_click c JOIN link l ON l.lane = c.lane AND l.lane ${isIn} AND l.code = c.code
        WHERE c.campaign_id = ${campaignId} AND c.lane ${isIn} AND c.project_id = ${projectId}
          AND c.page_key = n.page_key ${areMany ? sql`` : sql`AND c.address_key = n.address_key`} LIMIT 1
      ) l`,
    );
    const urls = new Map(found.map((each) => [each.place, each.url]));
    return links
      .flatMap(({ total, unique, previews, bots }, index) => {
        const shownUrl = urls.get(index + 1);
        return shownUrl === undefined ? [] : [{ url: shownUrl, total, unique, previews, bots }];
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
  const sent = await sentWithin(db, projectId, campaignId);
  const last = after && (await receivedAt(db, projectId, after));
  if (!sent || (after && !last)) return [];
  const older =
    after && last
      ? sql`AND (i.received_at, i.lane, i.id) < (${last}::timestamptz, ${after.lane}::smallint, ${after.id}::bigint)`
      : sql``;
  const rows = await overLanes(
    db,
    (isIn) => sql<CampaignReply>`
    WITH written AS MATERIALIZED (
      SELECT i.lane, i.id, i.user_id, i.sender_id, i.received_at
      FROM inbound_message i
      WHERE i.lane ${isIn} AND i.project_id = ${projectId} AND i.received_at >= ${sent.first}::timestamptz
        AND i.received_at < ${sent.last}::timestamptz + ${consequence} ${older}
      ORDER BY i.received_at DESC, i.lane DESC, i.id DESC
    ), replies AS MATERIALIZED (
      SELECT w.lane, w.id, w.received_at FROM written w
      WHERE EXISTS (SELECT 1 FROM message m
        WHERE m.lane = w.lane AND m.lane ${isIn} AND m.user_id = w.user_id AND m.campaign_id = ${campaignId}
          AND m.project_id = ${projectId} AND ${isAnswered(sql`w.sender_id`, sql`w.received_at`)} OFFSET 0)
      LIMIT ${limit}
    )
    SELECT i.lane, i.id, i.user_id AS "userId", i.from_address AS "fromAddress", i.body, i.meaning,
      i.received_at AS "receivedAt"
    FROM replies r JOIN inbound_message i ON i.lane = r.lane AND i.lane ${isIn} AND i.id = r.id`,
  );
  const time = ({ receivedAt: at }: CampaignReply) => at.getTime();
  return rows.sort((a, b) => time(b) - time(a) || b.lane - a.lane || b.id - a.id).slice(0, limit);
}

/** When the first and the last message of a campaign left; null where none has. */
async function sentWithin(
  db: Database,
  projectId: number,
  campaignId: number,
): Promise<{ first: Date; last: Date } | null> {
  const mine = sql`campaign_id = ${campaignId} AND lane = ANY (${lanes}::smallint[]) AND project_id = ${projectId}`;
  const { rows } = await sql<{ first: Date | null; last: Date | null }>`
    SELECT min(first_left_at) AS first, max(last_left_at) AS last FROM (
      SELECT first_left_at, last_left_at FROM message_rollup WHERE ${mine}
      UNION ALL SELECT first_left_at, last_left_at FROM message_rollup_change WHERE ${mine}) rolled`.execute(
    db,
  );
  const { first, last } = rows[0] ?? {};
  return first && last ? { first, last } : null;
}

/** When a message of somebody's came; undefined for one that is not the project's. */
async function receivedAt(
  db: Database,
  projectId: number,
  { lane, id }: { lane: number; id: number },
): Promise<Date | undefined> {
  const row = await db
    .selectFrom('inbound_message')
    .select('received_at')
    .where('lane', '=', lane)
    .where('id', '=', id)
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  return row?.received_at;
}
