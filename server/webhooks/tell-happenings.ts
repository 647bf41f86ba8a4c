import type { Database } from '../database/connect.ts';
import type { ClickHappening, Happening, ReceivedHappening, StandingHappening } from '../http/happenings.ts';
import { factsOf } from '../medium/media.ts';
import { hasListeners } from './listeners.sql.ts';
import { messageFacts, messageFields } from './message-facts.sql.ts';
import { queueWebhookEvents, type WebhookEvent } from './queue-events.ts';
import { messageEvents } from './tell-message-events.ts';

/**
 * Tells webhooks what happened to people, in the transaction in which it happened: what they wrote, which links
 * they tapped, each channel and message type they joined or left, and what became of their messages. One look when nobody listens.
 */
export async function tellHappenings(transaction: Database, happenings: readonly Happening[]): Promise<void> {
  for (const [projectId, own] of Map.groupBy(happenings, (each) => each.projectId)) {
    if (!(await hasListeners(transaction, projectId))) continue;
    await queueWebhookEvents(transaction, projectId, [
      ...own.filter((each) => each.kind === 'standing').flatMap(standingEvent),
      ...own.filter((each) => each.kind === 'received').flatMap(receivedEvent),
      ...(await clickEvents(
        transaction,
        own.filter((each) => each.kind === 'click'),
      )),
      ...(await messageEvents(
        transaction,
        own.filter((each) => each.kind === 'message'),
      )),
    ]);
  }
}

function receivedEvent({ lane, userId, at, medium, from, to, body }: ReceivedHappening): WebhookEvent[] {
  if (factsOf(medium).answers === null) return [];
  const dataFields = { fromPhoneNumber: from, toPhoneNumber: to, [`${medium}Message`]: body };
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

async function clickEvents(db: Database, clicks: readonly ClickHappening[]): Promise<WebhookEvent[]> {
  const events: WebhookEvent[] = [];
  for (const [lane, own] of Map.groupBy(clicks, (click) => click.lane)) {
    const ids = own.map((click) => click.messageId);
    const messages = await messageFacts(db, lane, ids);
    for (const { messageId, userId, at, url } of own) {
      const message = messages.get(messageId);
      if (!message) continue;
      const { medium, channelId, messageTypeId } = message;
      const dataFields = { ...messageFields(lane, message), url };
      events.push({ name: `${medium}Click`, lane, userId, at, channelId, messageTypeId, dataFields });
    }
  }
  return events;
}
