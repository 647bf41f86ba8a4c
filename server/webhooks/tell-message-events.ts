import type { Database } from '../database/connect.ts';
import type { MessageHappening } from '../http/happenings.ts';
import { factsOf } from '../medium/media.ts';
import type { WebhookEventName } from './event-names.ts';
import { type MessageFacts, messageFacts, messageFields } from './message-facts.sql.ts';
import type { WebhookEvent } from './queue-events.ts';

const endings = { send: 'Send', sendSkip: 'SendSkip', bounce: 'Bounce' } as const;

/** What happened to messages as webhooks are told of it. */
export async function messageEvents(
  db: Database,
  happenings: readonly MessageHappening[],
): Promise<WebhookEvent[]> {
  const events: WebhookEvent[] = [];
  const told = happenings.flatMap((happening) => {
    const name = nameOf(happening);
    return name ? [{ happening, name }] : [];
  });
  for (const [lane, own] of Map.groupBy(told, ({ happening }) => happening.lane)) {
    const ids = own.map(({ happening }) => happening.messageId);
    const facts = await messageFacts(db, lane, ids);
    for (const { happening, name } of own) {
      const message = facts.get(happening.messageId);
      if (message) events.push(asWebhookEvent(happening, name, message));
    }
  }
  return events;
}

/** Iterable has no event for a delivery, and one for reading on WhatsApp only. */
function nameOf({ what, medium }: MessageHappening): WebhookEventName | null {
  if (what === 'delivered') return null;
  if (what === 'seen') return factsOf(medium).tellsReading ? `${medium}Seen` : null;
  return `${medium}${endings[what]}`;
}

function asWebhookEvent(
  { lane, userId, at, reason }: MessageHappening,
  name: WebhookEventName,
  message: MessageFacts,
): WebhookEvent {
  return {
    ...{ name, lane, userId, at, channelId: message.channelId, messageTypeId: message.messageTypeId },
    campaignKind: message.campaignKind ?? undefined,
    dataFields: { ...messageFields(lane, message), ...(reason !== null && { reason }) },
  };
}
