import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { encodeMessageId } from '../database/message-id.ts';
import { factsOf, type Medium } from '../medium/media.ts';
import type { MessageContent } from '../providers/sending.ts';
import { wordsOfMessage } from '../providers/whatsapp-message.ts';

/** What webhooks are told of a message, whatever happened to it. */
export interface MessageFacts {
  id: number;
  medium: Medium;
  campaignId: number | null;
  campaignName: string | null;
  campaignKind: 'Blast' | 'Triggered' | null;
  templateId: number | null;
  templateName: string | null;
  channelId: number;
  messageTypeId: number | null;
  toAddress: string | null;
  content: MessageContent | null;
  /** As the call gave it that asked for the message. */
  metadata: Record<string, unknown> | null;
}

/** Messages of one lane by their ids. */
export async function messageFacts(
  db: Database,
  lane: number,
  ids: readonly number[],
): Promise<Map<number, MessageFacts>> {
  const { rows } = await sql<MessageFacts>`
    SELECT m.id, m.medium, m.campaign_id AS "campaignId", c.name AS "campaignName", c.kind AS "campaignKind",
      m.template_id AS "templateId", t.name AS "templateName", m.channel_id AS "channelId",
      m.message_type_id AS "messageTypeId", m.to_address AS "toAddress", m.content, m.metadata
    FROM message m
    LEFT JOIN campaign c ON c.id = m.campaign_id
    LEFT JOIN template t ON t.id = m.template_id
    WHERE m.lane = ${lane} AND m.id = ANY (${[...new Set(ids)]}::bigint[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The fields of a system webhook about a message, under Iterable's names; what is not known is left out. */
export function messageFields(lane: number, facts: MessageFacts): Record<string, unknown> {
  const { campaignId, campaignName, templateId, templateName, medium, toAddress, content, metadata } = facts;
  const known = {
    messageId: encodeMessageId(lane, facts.id),
    ...{ campaignId, campaignName, templateId, templateName },
    ...(!factsOf(medium).addresses.includes('email') && { toPhoneNumber: toAddress }),
    ...(content && wordsOf(content)),
    metadata,
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null));
}

function wordsOf(content: MessageContent): Record<string, string> {
  switch (content.kind) {
    case 'sms':
      return { smsMessage: content.body };
    case 'whatsAppMessage':
      return { whatsAppMessage: wordsOfMessage(content) };
    case 'email':
      return { emailSubject: content.subject };
    default:
      return {};
  }
}
