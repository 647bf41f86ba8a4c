import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { Purpose } from '../../database/tables/consent.ts';
import type { MessageStatus } from '../../database/tables/delivery.ts';
import { lanes } from '../../lanes/lanes.ts';
import { overLanes } from '../../lanes/over-lanes.sql.ts';
import type { Medium } from '../../medium/media.ts';

/** A message with the person it is to. */
export interface MessageRow {
  lane: number;
  id: number;
  user_id: number;
  /** False when the user was deleted since. */
  user_exists: boolean;
  email: string | null;
  external_id: string | null;
  phone_number: string | null;
  campaign_id: number | null;
  template_id: number | null;
  sender_id: number | null;
  request_id: number;
  channel_id: number;
  message_type_id: number | null;
  medium: Medium;
  wire: string | null;
  purpose: Purpose;
  to_address: string | null;
  content: unknown;
  segments: number;
  price_micros: number;
  status: MessageStatus;
  skip_reason: string | null;
  attempts: number;
  provider_message_id: string | null;
  error_code: string | null;
  error_detail: string | null;
  /** Null while the message is held, its campaign being paused. */
  due_at: Date | null;
  not_before: Date;
  on_cap: string;
  created_at: Date;
  dispatched_at: Date | null;
  sent_at: Date | null;
  delivered_at: Date | null;
  read_at: Date | null;
  failed_at: Date | null;
  retry_at: Date | null;
}

/** Which messages are listed. */
export interface MessageFilter {
  campaignId?: number;
  status?: MessageStatus;
  skipReason?: string;
}

const columns = sql`
  m.lane, m.id, m.user_id, u.id IS NOT NULL AS user_exists, u.email, u.external_id, u.phone_number, m.campaign_id, m.template_id, m.sender_id, m.request_id,
  m.channel_id, m.message_type_id, m.medium, m.wire, m.purpose, m.to_address, m.content, m.segments, m.price_micros,
  m.status, m.skip_reason, m.attempts, m.provider_message_id, m.error_code, m.error_detail,
  nullif(m.due_at, 'infinity') AS due_at, m.not_before, m.on_cap, m.created_at, m.dispatched_at, m.sent_at, m.delivered_at, m.read_at,
  m.failed_at, m.retry_at`;

/**
 * Lanes that have any of a campaign's messages that stand so, by the sums that are kept of them: where they are few, no others
 * are looked through. Null where no sums tell.
 */
async function lanesWithSome(
  db: Database,
  projectId: number,
  { campaignId, status, skipReason }: MessageFilter,
): Promise<ReadonlySet<number> | null> {
  if (campaignId === undefined || (status === undefined && skipReason === undefined)) return null;
  const standings = status === 'queued' ? ['queued', 'retrying'] : [status ?? 'skipped'];
  const mine = sql`campaign_id = ${campaignId} AND lane = ANY (${lanes}::smallint[]) AND project_id = ${projectId}
    AND standing = ANY (${standings}::text[]) AND ${skipReason === undefined ? sql`true` : sql`skip_reason = ${skipReason}`}`;
  const { rows } = await sql<{ lane: number }>`
    SELECT lane FROM (
      SELECT lane, messages FROM message_rollup WHERE ${mine}
      UNION ALL SELECT lane, messages FROM message_rollup_change WHERE ${mine}) rolled
    GROUP BY lane HAVING sum(messages) > 0`.execute(db);
  return new Set(rows.map(({ lane }) => lane));
}

/** The next `limit` messages after `after`, by lane and id: a lane a statement, until there are enough. */
export async function listMessages(
  db: Database,
  projectId: number,
  filter: MessageFilter,
  after: { lane: number; id: number } | null,
  limit: number,
): Promise<MessageRow[]> {
  const found: MessageRow[] = [];
  const first = after?.lane ?? 0;
  const withSome = await lanesWithSome(db, projectId, filter);
  for (const lane of lanes.slice(first)) {
    if (withSome && !withSome.has(lane)) continue;
    const afterId = lane === after?.lane ? after.id : 0;
    const { rows } = await sql<MessageRow>`
      SELECT ${columns}
      FROM message m LEFT JOIN users u ON u.lane = m.lane AND u.id = m.user_id
      WHERE m.lane = ${lane} AND m.id > ${afterId} AND m.project_id = ${projectId}
        AND ${filter.campaignId === undefined ? sql`true` : sql`m.campaign_id = ${filter.campaignId}`}
        AND ${filter.status === undefined ? sql`true` : sql`m.status = ${filter.status}`}
        AND ${filter.skipReason === undefined ? sql`true` : sql`m.skip_reason = ${filter.skipReason}`}
      ORDER BY m.id LIMIT ${limit - found.length}`.execute(db);
    found.push(...rows);
    if (found.length >= limit) break;
  }
  return found;
}

/**
 * One message of the project, null when there is none. One that waited as its person was merged is in another lane than its name says.
 */
export async function findMessage(
  db: Database,
  projectId: number,
  { lane, id }: { lane: number; id: number },
): Promise<MessageRow | null> {
  const inLane = async (place: number) => {
    const { rows } = await sql<MessageRow>`
      SELECT ${columns}
      FROM message m LEFT JOIN users u ON u.lane = m.lane AND u.id = m.user_id
      WHERE m.lane = ${place} AND m.id = ${id} AND m.project_id = ${projectId}`.execute(db);
    return rows[0] ?? null;
  };
  const there = await inLane(lane);
  if (there) return there;
  const moved = await overLanes<{ lane: number }>(
    db,
    (isIn) => sql`SELECT lane FROM message WHERE lane ${isIn} AND id = ${id} AND project_id = ${projectId}`,
  );
  return moved[0] ? inLane(moved[0].lane) : null;
}

/** A click on one of a message's links. */
export interface ClickRow {
  url: string | null;
  visitor: 'person' | 'preview' | 'bot';
  user_agent: string | null;
  clicked_at: Date;
}

/** Clicks on a message's links, in order. */
export async function clicksOfMessage(db: Database, lane: number, messageId: number): Promise<ClickRow[]> {
  const { rows } = await sql<ClickRow>`
    SELECT l.url, c.visitor, c.user_agent, c.clicked_at
    FROM link_click c LEFT JOIN link l ON l.lane = c.lane AND l.code = c.code
    WHERE c.lane = ${lane} AND c.message_id = ${messageId}
    ORDER BY c.clicked_at, c.id`.execute(db);
  return rows;
}
