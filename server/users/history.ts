import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { encodeMessageId } from '../database/message-id.ts';
import type { UserRef } from './identity.ts';
import { waitingFor } from './waiting-for.ts';

/** One thing that happened to or by a user. */
export interface HistoryEntry {
  at: Date;
  kind: 'message' | 'inboundMessage' | 'consent' | 'event';
  /** What it was: a message's status, the consent action, the event's name, what was made of an inbound text. */
  what: string;
  medium: string | null;
  text: string | null;
  /** Why a message was skipped. */
  skipReason: string | null;
  details: Record<string, unknown>;
}

/** Where a user's messages are: in its own lane, and where those merged into it had theirs. */
export async function messageHolders(db: Database, user: UserRef): Promise<UserRef[]> {
  const merged = await db
    .selectFrom('merged_user')
    .select(['source_lane as lane', 'source_id as id'])
    .where('lane', '=', user.lane)
    .where('user_id', '=', user.id)
    .execute();
  return [{ lane: user.lane, id: user.id }, ...merged];
}

/** The newest `limit` entries of a user's history, newest first: messages (as they stand `now`), replies, consent and events. */
export async function readHistory(
  db: Database,
  projectId: number,
  user: UserRef,
  limit: number,
  now: Date,
): Promise<HistoryEntry[]> {
  const entries: HistoryEntry[] = [];
  for (const holder of await messageHolders(db, user)) {
    entries.push(...(await readMessages(db, projectId, holder, limit, now)));
    entries.push(...(await readClicks(db, projectId, holder, limit)));
  }
  entries.push(...(await readReplies(db, projectId, user, limit)));
  entries.push(...(await readConsent(db, projectId, user, limit)));
  entries.push(...(await readEvents(db, projectId, user, limit)));
  return entries.sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, limit);
}

async function readMessages(
  db: Database,
  projectId: number,
  user: UserRef,
  limit: number,
  now: Date,
): Promise<HistoryEntry[]> {
  const rows = await db
    .selectFrom('message')
    .leftJoin('campaign', 'campaign.id', 'message.campaign_id')
    .select(['message.id', 'message.medium', 'purpose', 'status', 'skip_reason', 'content', 'to_address'])
    .select(['error_code', 'error_detail', 'message.created_at', 'sent_at', 'delivered_at', 'read_at'])
    .select(['failed_at', 'retry_at', 'campaign_id', 'campaign.name as campaign_name', 'segments'])
    .select(['not_before', 'attempts', 'on_cap'])
    .select(sql<Date | null>`nullif(due_at, 'infinity')`.as('due_at'))
    .where('message.lane', '=', user.lane)
    .where('user_id', '=', user.id)
    .where('message.project_id', '=', projectId)
    .orderBy('message.created_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    at: row.sent_at ?? row.created_at,
    kind: 'message',
    what: row.status,
    medium: row.medium,
    text: textOf(row.content),
    skipReason: row.skip_reason,
    details: {
      messageId: encodeMessageId(user.lane, row.id),
      purpose: row.purpose,
      campaignId: row.campaign_id,
      campaignName: row.campaign_name,
      to: row.to_address,
      segments: row.segments,
      errorCode: row.error_code,
      errorDetail: row.error_detail,
      createdAt: row.created_at,
      dueAt: row.due_at,
      waitingFor: waitingFor(row, now),
      sentAt: row.sent_at,
      deliveredAt: row.delivered_at,
      readAt: row.read_at,
      failedAt: row.failed_at,
      retryAt: row.retry_at,
    },
  }));
}

/** What a reader sees of a message's content: the SMS body, the rendered template, the subject. */
function textOf(content: unknown): string | null {
  if (typeof content !== 'object' || content === null) return null;
  for (const field of ['body', 'preview', 'subject'])
    if (field in content) {
      const text: unknown = Reflect.get(content, field);
      if (typeof text === 'string') return text;
    }
  return null;
}

/** Taps on links of the user's messages; what previews and bots fetched is no deed of theirs. */
async function readClicks(
  db: Database,
  projectId: number,
  user: UserRef,
  limit: number,
): Promise<HistoryEntry[]> {
  const { rows } = await sql<{
    at: Date;
    medium: string;
    url: string;
    id: number;
    campaignId: number | null;
  }>`
    SELECT c.clicked_at AS at, m.medium, l.url, m.id, m.campaign_id AS "campaignId"
    FROM message m
    JOIN link_click c ON c.lane = ${user.lane} AND c.message_id = m.id AND c.visitor = 'person'
    JOIN link l ON l.lane = ${user.lane} AND l.code = c.code
    WHERE m.lane = ${user.lane} AND m.user_id = ${user.id} AND m.project_id = ${projectId}
    ORDER BY c.clicked_at DESC LIMIT ${limit}`.execute(db);
  return rows.map((row) => ({
    at: row.at,
    kind: 'event',
    what: `${row.medium}Click`,
    medium: row.medium,
    text: row.url,
    skipReason: null,
    details: { messageId: encodeMessageId(user.lane, row.id), campaignId: row.campaignId },
  }));
}

async function readReplies(
  db: Database,
  projectId: number,
  user: UserRef,
  limit: number,
): Promise<HistoryEntry[]> {
  const rows = await db
    .selectFrom('inbound_message')
    .selectAll()
    .where('lane', '=', user.lane)
    .where('user_id', '=', user.id)
    .where('project_id', '=', projectId)
    .orderBy('received_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    at: row.received_at,
    kind: 'inboundMessage',
    what: row.meaning,
    medium: row.medium,
    text: row.body,
    skipReason: null,
    details: { from: row.from_address, senderId: row.sender_id, media: row.media },
  }));
}

async function readConsent(
  db: Database,
  projectId: number,
  user: UserRef,
  limit: number,
): Promise<HistoryEntry[]> {
  const { rows } = await sql<{
    recordedAt: Date;
    action: string;
    medium: string | null;
    wording: string | null;
    details: Record<string, unknown>;
  }>`
    SELECT e.recorded_at AS "recordedAt", e.action, c.medium, e.wording, jsonb_build_object(
      'kind', e.kind, 'targetId', e.target_id, 'name', coalesce(t.name, c.name), 'channel', c.name,
      'address', e.address, 'method', e.method, 'source', e.source, 'ip', e.ip, 'happenedAt', e.happened_at) AS details
    FROM consent_entry e
    LEFT JOIN message_type t ON e.kind = 'messageType' AND t.id = e.target_id
    LEFT JOIN channel c ON c.id = CASE WHEN e.kind = 'channel' THEN e.target_id ELSE t.channel_id END
    WHERE e.lane = ${user.lane} AND e.user_id = ${user.id} AND e.project_id = ${projectId}
    ORDER BY e.id DESC LIMIT ${limit}`.execute(db);
  return rows.map((row) => ({
    at: row.recordedAt,
    kind: 'consent',
    what: row.action,
    medium: row.medium,
    text: row.wording,
    skipReason: null,
    details: row.details,
  }));
}

async function readEvents(
  db: Database,
  projectId: number,
  user: UserRef,
  limit: number,
): Promise<HistoryEntry[]> {
  const rows = await db
    .selectFrom('event')
    .select(['name', 'kind', 'data', 'happened_at', 'campaign_id'])
    .where('lane', '=', user.lane)
    .where('user_id', '=', user.id)
    .where('project_id', '=', projectId)
    .orderBy('happened_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    at: row.happened_at,
    kind: 'event',
    what: row.name,
    medium: null,
    text: null,
    skipReason: null,
    details: { kind: row.kind, dataFields: row.data, campaignId: row.campaign_id },
  }));
}
