import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { encodeMessageId } from '../database/message-id.ts';
import type { Medium } from '../database/schema.ts';
import type { ClickHappening, Happening, ReceivedHappening, StandingHappening } from '../http/happenings.ts';
import { hasListeners } from './listeners.sql.ts';
import { queueWebhookEvents, type WebhookEvent } from './queue-events.ts';

/**
 * Tells webhooks what happened to people, in the transaction in which it happened: what they wrote, which links
 * they tapped, and each channel and message type they joined or left. One look when nobody listens.
 */
export async function tellHappenings(transaction: Database, happenings: readonly Happening[]): Promise<void> {
  for (const [projectId, own] of Map.groupBy(happenings, (each) => each.projectId)) {
    if (!(await hasListeners(transaction, projectId))) continue;
    const clicks = own.filter((each) => each.kind === 'click');
    await queueWebhookEvents(transaction, projectId, [
      ...own.flatMap((each) => (each.kind === 'click' ? [] : eventsOf(each))),
      ...(await clickEvents(transaction, clicks)),
    ]);
  }
}

function eventsOf(happening: StandingHappening | ReceivedHappening): WebhookEvent[] {
  return happening.kind === 'received' ? receivedEvent(happening) : standingEvent(happening);
}

function receivedEvent({ lane, userId, at, medium, from, to, body }: ReceivedHappening): WebhookEvent[] {
  if (medium === 'email') return [];
  const words = medium === 'sms' ? { smsMessage: body } : { whatsAppMessage: body };
  const dataFields = { fromPhoneNumber: from, toPhoneNumber: to, ...words };
  return [{ name: `${medium}Received`, lane, userId, at, channelId: null, messageTypeId: null, dataFields }];
}

/** Iterable has no event for an opt-in that waits to be confirmed. */
function standingEvent({ status, medium, source, ...happening }: StandingHappening): WebhookEvent[] {
  const { lane, userId, at, channelId, messageTypeId } = happening;
  const event = { lane, userId, at, channelId, messageTypeId };
  switch (status) {
    case 'subscribed':
      return [{ ...event, name: `${medium}Subscribe`, dataFields: { signupSource: source } }];
    case 'unsubscribed':
      return [{ ...event, name: `${medium}UnSubscribe`, dataFields: { unsubSource: source } }];
    case 'pending':
      return [];
  }
}

interface ClickedMessage {
  id: number;
  medium: Medium;
  campaignId: number | null;
  templateId: number | null;
  channelId: number;
  messageTypeId: number | null;
}

async function clickEvents(db: Database, clicks: readonly ClickHappening[]): Promise<WebhookEvent[]> {
  const events: WebhookEvent[] = [];
  for (const [lane, own] of Map.groupBy(clicks, (click) => click.lane)) {
    const ids = [...new Set(own.map((click) => click.messageId))];
    const { rows } = await sql<ClickedMessage>`
      SELECT id, medium, campaign_id AS "campaignId", template_id AS "templateId", channel_id AS "channelId",
        message_type_id AS "messageTypeId"
      FROM message WHERE lane = ${lane} AND id = ANY(${ids}::bigint[])`.execute(db);
    const messages = new Map(rows.map((row) => [row.id, row]));
    for (const click of own) {
      const message = messages.get(click.messageId);
      if (message) events.push(clickEvent(click, message));
    }
  }
  return events;
}

function clickEvent({ lane, userId, at, url }: ClickHappening, message: ClickedMessage): WebhookEvent {
  const { id, medium, campaignId, templateId, channelId, messageTypeId } = message;
  return {
    name: `${medium}Click`,
    lane,
    userId,
    at,
    channelId,
    messageTypeId,
    dataFields: {
      messageId: encodeMessageId(lane, id),
      url,
      ...(campaignId !== null && { campaignId }),
      ...(templateId !== null && { templateId }),
    },
  };
}
