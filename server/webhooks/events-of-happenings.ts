import type { Database } from '../database/connect.ts';
import { encodeMessageId } from '../database/message-id.ts';
import type { Happening } from '../http/happenings.ts';
import { namesById } from '../journeys/journeys.sql.ts';
import { factsOf, media } from '../medium/media.ts';
import type { WebhookEventName } from './event-names.ts';
import { type MessageFacts, messageFacts, messageFields } from './message-facts.sql.ts';
import type { WebhookEvent } from './queue-events.ts';

const endings = { send: 'Send', sendSkip: 'SendSkip', bounce: 'Bounce' } as const;

/**
 * Under which of Iterable's names webhooks may be told of a happening. Iterable has none for a delivery, for an opt-in
 * that waits to be confirmed, where nobody is answered, nor for reading where the medium does not tell it.
 */
export function namesOf(happening: Happening): WebhookEventName[] {
  switch (happening.kind) {
    case 'message': {
      const { what, medium } = happening;
      if (what === 'delivered') return [];
      if (what === 'seen') return factsOf(medium).tellsReading ? [`${medium}Seen`] : [];
      return [`${medium}${endings[what]}`];
    }
    case 'click':
      // The message says which.
      return media.map((medium): WebhookEventName => `${medium.name}Click`);
    case 'received':
      return factsOf(happening.medium).answers === null ? [] : [`${happening.medium}Received`];
    case 'standing':
      if (happening.status === 'pending') return [];
      return [`${happening.medium}${happening.status === 'subscribed' ? 'Subscribe' : 'UnSubscribe'}`];
    case 'segment':
      return [happening.what === 'entered' ? 'segmentEntered' : 'segmentLeft'];
    case 'catalogItem':
      return ['catalogItemChanged'];
    case 'journey':
      return [happening.what === 'entered' ? 'journeyEntered' : 'journeyLeft'];
    default:
      return [];
  }
}

/** Happenings of one lane as webhooks are told of them, in their order; what no webhook can be told of is left out. */
export async function eventsOf(db: Database, happenings: readonly Happening[]): Promise<WebhookEvent[]> {
  const told = happenings.filter((each) => namesOf(each).length > 0);
  const ids = told.flatMap((each) => ('messageId' in each ? each.messageId : []));
  const [first] = told;
  const messages = first && ids.length > 0 ? await messageFacts(db, first.lane, ids) : new Map();
  const names = { segments: await namesOfSegments(db, told), journeys: await namesOfJourneys(db, told) };
  return told.flatMap((each) => eventOf(each, messages, names));
}

/** What the segments among happenings are called, by their ids; one that is deleted is absent. */
async function namesOfSegments(db: Database, happenings: readonly Happening[]): Promise<Map<number, string>> {
  const ids = happenings.flatMap((each) => (each.kind === 'segment' ? each.segmentId : []));
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('segment').select(['id', 'name']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** What the journeys among happenings are called, by their ids. */
async function namesOfJourneys(db: Database, happenings: readonly Happening[]): Promise<Map<number, string>> {
  const ids = happenings.flatMap((each) => (each.kind === 'journey' ? each.journeyId : []));
  return ids.length === 0 ? new Map() : namesById(db, ids);
}

function eventOf(
  happening: Happening,
  messages: ReadonlyMap<number, MessageFacts>,
  names: Record<'segments' | 'journeys', ReadonlyMap<number, string>>,
): WebhookEvent[] {
  const { lane, userId, at } = happening;
  const [name] = namesOf(happening);
  if (!name) return [];
  switch (happening.kind) {
    case 'standing': {
      const { channelId, messageTypeId, source, status } = happening;
      const dataFields = status === 'subscribed' ? { signupSource: source } : { unsubSource: source };
      return [{ name, person: { lane, userId }, at, channelId, messageTypeId, dataFields }];
    }
    case 'received': {
      const { medium, from, to, body, messageKind, payload, answers } = happening;
      const dataFields = {
        ...{ fromPhoneNumber: from, toPhoneNumber: to, [`${medium}Message`]: body },
        ...(messageKind !== undefined && { messageKind }),
        ...(payload !== undefined && { payload }),
        ...(answers !== undefined && { answeredMessageId: encodeMessageId(lane, answers) }),
      };
      return [{ name, person: { lane, userId }, at, channelId: null, messageTypeId: null, dataFields }];
    }
    case 'segment': {
      const { segmentId } = happening;
      const segmentName = names.segments.get(segmentId);
      const dataFields = { segmentId, ...(segmentName !== undefined && { segmentName }) };
      return [{ name, person: { lane, userId }, at, channelId: null, messageTypeId: null, dataFields }];
    }
    case 'catalogItem': {
      const { catalog: catalogName, itemId, alertId, alertName, field, before, after, item } = happening;
      const dataFields = {
        ...{ catalogName, itemId, alertId, alertName, field, before, after, item },
        ...(happening.did === null ? { inCart: true } : { didEvent: happening.did }),
        didAt: happening.didAt,
      };
      return [{ name, person: { lane, userId }, at, channelId: null, messageTypeId: null, dataFields }];
    }
    case 'journey': {
      const { journeyId, runId, reason, detail } = happening;
      const journeyName = names.journeys.get(journeyId);
      const dataFields = {
        journeyId,
        ...(journeyName !== undefined && { journeyName }),
        runId: `${lane}-${runId}`,
        ...(reason !== null && { reason }),
        ...(detail !== null && { detail }),
      };
      return [{ name, person: { lane, userId }, at, channelId: null, messageTypeId: null, dataFields }];
    }
    case 'click':
    case 'message': {
      const message = messages.get(happening.messageId);
      if (!message) return [];
      const { channelId, messageTypeId, campaignKind } = message;
      const event = { person: { lane, userId }, at, channelId, messageTypeId };
      const fields = messageFields(lane, message);
      if (happening.kind === 'click')
        return [{ ...event, name: `${message.medium}Click`, dataFields: { ...fields, url: happening.url } }];
      const { reason } = happening;
      const dataFields = { ...fields, ...(reason !== null && { reason }) };
      return [{ ...event, name, campaignKind: campaignKind ?? undefined, dataFields }];
    }
    default:
      return [];
  }
}
