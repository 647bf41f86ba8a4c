import type { Database } from '../database/connect.ts';
import { encodeMessageId } from '../database/message-id.ts';
import type { MessageEvent, TellMessageEvents } from '../delivery/message-events.ts';
import type { WebhookEventName } from '../webhooks/event-names.ts';
import { queueWebhookEvents, type WebhookEvent } from '../webhooks/queue-events.ts';

const names = {
  sms: { send: 'smsSend', sendSkip: 'smsSendSkip', bounce: 'smsBounce' },
  whatsApp: { send: 'whatsAppSend', sendSkip: 'whatsAppSendSkip', bounce: 'whatsAppBounce' },
  email: { send: 'emailSend', sendSkip: 'emailSendSkip', bounce: 'emailBounce' },
} as const satisfies Record<MessageEvent['medium'], Record<string, WebhookEventName>>;

/** Tells a project's webhooks what happened to messages; costs one small look where nobody listens. */
export const tellWebhooks: TellMessageEvents = async (transaction: Database, events) => {
  if (events.length === 0) return;
  const listening = await transaction
    .selectFrom('webhook')
    .select('project_id')
    .distinct()
    .where('enabled', '=', true)
    .execute();
  for (const { project_id: projectId } of listening)
    await queueWebhookEvents(
      transaction,
      projectId,
      events.filter((event) => event.projectId === projectId).flatMap(webhookEventOf),
    );
};

function webhookEventOf(event: MessageEvent): WebhookEvent[] {
  if (event.kind === 'delivered') return [];
  return [
    {
      name: names[event.medium][event.kind],
      lane: event.lane,
      userId: event.userId,
      at: event.at,
      channelId: null,
      messageTypeId: null,
      dataFields: {
        messageId: encodeMessageId(event.lane, event.messageId),
        campaignId: event.campaignId,
        templateId: event.templateId,
        ...(event.kind === 'send' ? {} : { reason: event.reason }),
      },
    },
  ];
}
