import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { encodeMessageId } from '../../database/message-id.ts';
import { media } from '../../medium/media.ts';
import { messageHolders } from '../../users/history.ts';
import type { UserRef } from '../../users/identity.ts';
import { readInstant } from '../../users/instant.ts';

/** Which of a user's messages are asked for. */
export interface SentMessagesQuery {
  /** 10 unless told. */
  limit?: number | undefined;
  campaignIds?: number[] | number | undefined;
  /** ISO 8601, or Iterable's `yyyy-MM-dd HH:mm:ss ZZ`. */
  startDateTime?: string | undefined;
  endDateTime?: string | undefined;
  excludeBlastCampaigns?: boolean | undefined;
  messageMedium?: 'Email' | 'SMS' | 'Push' | 'InApp' | 'WhatsApp' | undefined;
}

interface SentRow {
  id: number;
  medium: string;
  status: string;
  campaignId: number | null;
  campaignName: string | null;
  templateId: number | null;
  templateName: string | null;
  messageTypeId: number | null;
  sentAt: Date;
  createdAt: Date;
}

/** Iterable's API knows three media here; WhatsApp is told as SMS there and named in `dataFields.medium`. */
const mediumName: Record<string, string> = { sms: 'SMS', whatsApp: 'SMS', email: 'Email' };

/** Messages that left for a user, newest first, in Iterable's shape; `campaignId` is 0 for those of none. */
export async function readSentMessages(
  db: Database,
  projectId: number,
  user: UserRef,
  query: SentMessagesQuery,
): Promise<Record<string, unknown>[]> {
  const limit = query.limit ?? 10;
  const campaignIds = query.campaignIds === undefined ? null : [query.campaignIds].flat();
  const from = query.startDateTime ? readInstant('startDateTime', query.startDateTime) : null;
  const until = query.endDateTime ? readInstant('endDateTime', query.endDateTime) : null;
  const media = wantedMedia(query.messageMedium);
  const messages: { at: number; message: Record<string, unknown> }[] = [];
  for (const holder of await messageHolders(db, user)) {
    const { rows } = await sql<SentRow>`
      SELECT m.id, m.medium, m.status, m.campaign_id AS "campaignId", c.name AS "campaignName",
        m.template_id AS "templateId", t.name AS "templateName", m.message_type_id AS "messageTypeId",
        m.sent_at AS "sentAt", m.created_at AS "createdAt"
      FROM message m LEFT JOIN campaign c ON c.id = m.campaign_id LEFT JOIN template t ON t.id = m.template_id
      WHERE m.lane = ${holder.lane} AND m.user_id = ${holder.id} AND m.project_id = ${projectId}
        AND m.sent_at IS NOT NULL AND m.medium = ANY(${media}::text[])
        AND (${campaignIds}::int[] IS NULL OR m.campaign_id = ANY(${campaignIds}::int[]))
        AND (${from}::timestamptz IS NULL OR m.sent_at >= ${from}::timestamptz)
        AND (${until}::timestamptz IS NULL OR m.sent_at <= ${until}::timestamptz)
        AND NOT (${query.excludeBlastCampaigns ?? false} AND coalesce(c.kind = 'Blast', false))
      ORDER BY m.sent_at DESC LIMIT ${limit}`.execute(db);
    for (const row of rows)
      messages.push({ at: row.sentAt.getTime(), message: sentMessage(holder.lane, row) });
  }
  messages.sort((a, b) => b.at - a.at);
  return messages.slice(0, limit).map(({ message }) => message);
}

function wantedMedia(medium: SentMessagesQuery['messageMedium']): string[] {
  if (medium === undefined) return media.map(({ name }) => name);
  if (medium === 'SMS') return ['sms', 'whatsApp'];
  if (medium === 'WhatsApp') return ['whatsApp'];
  return medium === 'Email' ? ['email'] : [];
}

function sentMessage(lane: number, row: SentRow): Record<string, unknown> {
  const message: Record<string, unknown> = {
    messageId: encodeMessageId(lane, row.id),
    campaignId: row.campaignId ?? 0,
    messageMedium: mediumName[row.medium],
    status: row.status,
    sentAt: row.sentAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    dataFields: { medium: row.medium },
  };
  if (row.campaignName !== null) message.campaignName = row.campaignName;
  if (row.templateId !== null) message.templateId = row.templateId;
  if (row.templateName !== null) message.templateName = row.templateName;
  if (row.messageTypeId !== null) message.messageTypeId = row.messageTypeId;
  return message;
}
