import { sql } from 'kysely';
import { insertLinks } from '../../content/links/insert-links.ts';
import type { Database } from '../../database/connect.ts';
import type { Purpose } from '../../database/tables/consent.ts';
import type { MessageBasis } from '../../database/tables/delivery.ts';
import { here } from '../../lanes/here.sql.ts';
import type { Medium } from '../../medium/media.ts';
import type { MessageContent } from '../../providers/sending.ts';
import { counting, standing } from '../rollups/count-changes.sql.ts';
import type { SkipReason } from '../skip-reason.ts';

/** A message as admission makes it: to be sent, or a skip with its reason. */
export interface NewMessage {
  id: number;
  userId: number;
  projectId: number;
  requestId: number;
  campaignId: number | null;
  templateId: number | null;
  channelId: number;
  /** Null where no opt-in is asked for. */
  messageTypeId: number | null;
  medium: Medium;
  purpose: Purpose;
  basis: MessageBasis;
  senderId: number | null;
  toAddress: string | null;
  content: MessageContent | null;
  segments: number;
  priceMicros: number;
  skipReason: SkipReason | null;
  /** What exactly was wrong, for people who look (a field's name). */
  detail: string | null;
  notBefore: Date;
  dueAt: Date;
  closesAt: Date | null;
  /** When it is too late for it to leave at all; absent for never. */
  leaveBefore?: Date | undefined;
  /** Which goes first where a person may get one more: 0 before 1, which is usual, before 2. */
  rank?: number | undefined;
  legalCap: number | null;
  legalCapHours: number | null;
  onQuiet: string;
  onCap: string;
  links: { code: string; url: string }[];
  /** What the call that asked for it wants told back by webhooks. */
  metadata?: Record<string, unknown> | undefined;
  createdAt: Date;
}

/**
 * Writes messages and their links, in the caller's transaction. A user who already has a message of the same
 * request keeps that one. Returns the ids that were written.
 */
export async function insertMessages(
  transaction: Database,
  lane: number,
  messages: readonly NewMessage[],
): Promise<Set<number>> {
  if (messages.length === 0) return new Set();
  const column = <T>(of: (message: NewMessage) => T) => messages.map(of);
  const { rows } = await sql<{ id: number }>`
    WITH written AS (
    INSERT INTO message (lane, id, user_id, project_id, request_id, campaign_id, template_id, channel_id,
      message_type_id, medium, purpose, basis, sender_id, to_address, content, segments, price_micros, status, skip_reason,
      error_detail, not_before, due_at, closes_at, leave_before, rank, legal_cap, legal_cap_hours, on_quiet, on_cap, metadata, created_at)
    SELECT here.lane, id, user_id, project_id, request_id, campaign_id, template_id, channel_id,
      message_type_id, medium, purpose, basis, sender_id, to_address, content::jsonb, segments, price_micros,
      CASE WHEN skip_reason IS NULL THEN 'queued' ELSE 'skipped' END, skip_reason,
      detail, not_before, due_at, closes_at, leave_before, rank, legal_cap, legal_cap_hours, on_quiet, on_cap, metadata::jsonb, created_at
    FROM ${here(lane)} CROSS JOIN unnest(
      ${column((m) => m.id)}::bigint[], ${column((m) => m.userId)}::bigint[], ${column((m) => m.projectId)}::int[],
      ${column((m) => m.requestId)}::bigint[], ${column((m) => m.campaignId)}::int[],
      ${column((m) => m.templateId)}::int[], ${column((m) => m.channelId)}::int[],
      ${column((m) => m.messageTypeId)}::int[], ${column((m) => m.medium)}::text[], ${column((m) => m.purpose)}::text[],
      ${column((m) => m.basis)}::text[],
      ${column((m) => m.senderId)}::int[], ${column((m) => m.toAddress)}::text[],
      ${column((m) => (m.content ? JSON.stringify(m.content) : null))}::text[], ${column((m) => m.segments)}::smallint[],
      ${column((m) => m.priceMicros)}::bigint[], ${column((m) => m.skipReason)}::text[], ${column((m) => m.detail)}::text[],
      ${column((m) => m.notBefore)}::timestamptz[], ${column((m) => m.dueAt)}::timestamptz[],
      ${column((m) => m.closesAt)}::timestamptz[], ${column((m) => m.leaveBefore ?? null)}::timestamptz[],
      ${column((m) => m.rank ?? null)}::smallint[], ${column((m) => m.legalCap)}::smallint[],
      ${column((m) => m.legalCapHours)}::smallint[], ${column((m) => m.onQuiet)}::text[], ${column((m) => m.onCap)}::text[],
      ${column((m) => (m.metadata ? JSON.stringify(m.metadata) : null))}::text[],
      ${column((m) => m.createdAt)}::timestamptz[]
    ) AS n (id, user_id, project_id, request_id, campaign_id, template_id, channel_id, message_type_id, medium, purpose,
      basis, sender_id, to_address, content, segments, price_micros, skip_reason, detail, not_before, due_at, closes_at, leave_before, rank,
      legal_cap, legal_cap_hours, on_quiet, on_cap, metadata, created_at)
    ON CONFLICT (lane, user_id, request_id) DO NOTHING
    RETURNING ${standing}
    ), ${counting(lane, 'written', null)}
    SELECT id FROM written
  `.execute(transaction);
  const written = new Set(rows.map((row) => row.id));
  const links = messages.flatMap(({ id: messageId, userId, projectId, campaignId, links: ofMessage }) =>
    written.has(messageId)
      ? ofMessage.map((link) => ({ ...link, messageId, userId, projectId, campaignId }))
      : [],
  );
  await insertLinks(transaction, lane, links);
  return written;
}

/** Takes new message ids from their sequence. */
export async function takeMessageIds(db: Database, count: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    SELECT nextval('message_id_seq') AS id FROM generate_series(1, ${count})`.execute(db);
  return rows.map((row) => row.id);
}
