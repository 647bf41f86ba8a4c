import type { Database } from '../database/connect.ts';
import { encodeMessageId } from '../database/message-id.ts';
import type { MessageEvent, TellMessageEvents } from '../delivery/message-events.ts';
import type { WebhookEventName } from './event-names.ts';
import { hasListeners } from './listeners.sql.ts';
import { queueWebhookEvents, type WebhookEvent } from './queue-events.ts';

const endings = { send: 'Send', sendSkip: 'SendSkip', bounce: 'Bounce' } as const;

/** Tells webhooks what happened to messages, in the transaction in which it happened. */
export const tellWebhooks: TellMessageEvents = async (transaction, events) => {
  for (const [projectId, own] of Map.groupBy(events, (event) => event.projectId)) {
    if (!(await hasListeners(transaction, projectId))) continue;
    const kinds = await campaignKinds(transaction, own);
    const types = await messageTypes(transaction, own);
    await queueWebhookEvents(
      transaction,
      projectId,
      own.flatMap((event) => {
        const name = nameOf(event);
        if (!name) return [];
        const type = event.templateId === null ? undefined : types.get(event.templateId);
        const kind = event.campaignId === null ? undefined : kinds.get(event.campaignId);
        return [asWebhookEvent(event, name, type, kind)];
      }),
    );
  }
};

/** Iterable has no event for a delivery, and one for reading on WhatsApp only. */
function nameOf({ kind, medium }: MessageEvent): WebhookEventName | null {
  if (kind === 'delivered') return null;
  if (kind === 'seen') return medium === 'whatsApp' ? 'whatsAppSeen' : null;
  return `${medium}${endings[kind]}`;
}

interface MessageType {
  channelId: number;
  messageTypeId: number;
}

function asWebhookEvent(
  event: MessageEvent,
  name: WebhookEventName,
  type: MessageType | undefined,
  campaignKind: 'Blast' | 'Triggered' | undefined,
): WebhookEvent {
  return {
    name,
    lane: event.lane,
    userId: event.userId,
    at: event.at,
    channelId: type?.channelId ?? null,
    messageTypeId: type?.messageTypeId ?? null,
    campaignKind,
    dataFields: {
      messageId: encodeMessageId(event.lane, event.messageId),
      ...(event.campaignId !== null && { campaignId: event.campaignId }),
      ...(event.templateId !== null && { templateId: event.templateId }),
      ...(event.reason !== null && { reason: event.reason }),
    },
  };
}

async function campaignKinds(db: Database, events: readonly MessageEvent[]) {
  const ids = [...new Set(events.flatMap(({ campaignId }) => (campaignId === null ? [] : [campaignId])))];
  if (!ids.length) return new Map<number, 'Blast' | 'Triggered'>();
  const rows = await db.selectFrom('campaign').select(['id', 'kind']).where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, row.kind]));
}

async function messageTypes(
  db: Database,
  events: readonly MessageEvent[],
): Promise<Map<number, MessageType>> {
  const ids = [...new Set(events.flatMap(({ templateId }) => (templateId === null ? [] : [templateId])))];
  if (!ids.length) return new Map();
  const rows = await db
    .selectFrom('template')
    .innerJoin('message_type', 'message_type.id', 'template.message_type_id')
    .select(['template.id', 'message_type.id as messageTypeId', 'message_type.channel_id as channelId'])
    .where('template.id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, ...type }) => [id, type]));
}
