import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { WebhookEventName } from './event-names.ts';

/** Something that happened to a user or a message, or to the project itself, as webhooks are told of it. */
export interface WebhookEvent {
  name: WebhookEventName;
  /** Null for what happened to nobody. */
  person: { lane: number; userId: number } | null;
  at: Date;
  channelId: number | null;
  messageTypeId: number | null;
  /** For sends: of what kind of campaign; a webhook may want those of one kind only. */
  campaignKind?: 'Blast' | 'Triggered' | undefined;
  /** The event's own fields; `createdAt`, `channelId` and `messageTypeId` are added here. */
  dataFields: Record<string, unknown>;
}

/** A webhook as far as it matters which events it wants. */
interface Listener {
  id: number;
  blastEnabled: boolean;
  triggeredEnabled: boolean;
  childEvents: string[];
  channelIds: number[];
  messageTypeIds: number[];
}

/**
 * Queues events for every enabled webhook of the project that wants them, in the caller's transaction, so that
 * what is rolled back is never told. One look when nobody listens; else one statement a lane for the users' email
 * and userId and one for all events.
 */
export async function queueWebhookEvents(
  db: Database,
  projectId: number,
  events: readonly WebhookEvent[],
): Promise<void> {
  if (!events.length) return;
  const listeners = await db
    .selectFrom('webhook')
    .select(['id', 'blast_enabled as blastEnabled', 'triggered_enabled as triggeredEnabled'])
    .select([
      'child_events as childEvents',
      'channel_ids as channelIds',
      'message_type_ids as messageTypeIds',
    ])
    .where('project_id', '=', projectId)
    .where('enabled', '=', true)
    .orderBy('id')
    // Whoever disables or deletes one waits, and drops this with the rest; one that is gone by then is not there.
    .forShare()
    .execute();
  const wanted = events.flatMap((event) =>
    listeners.filter((listener) => wants(listener, event)).map((listener) => ({ listener, event })),
  );
  if (!wanted.length) return;
  const people = await namesOf(
    db,
    wanted.map(({ event }) => event),
  );
  await sql`
    INSERT INTO webhook_event (project_id, webhook_id, event_name, payload, created_at, due_at)
    SELECT ${projectId}, webhook_id, event_name, payload, at, at
    FROM unnest(
      ${wanted.map(({ listener }) => listener.id)}::int[],
      ${wanted.map(({ event }) => event.name)}::text[],
      ${wanted.map(({ event }) => JSON.stringify(payloadOf(event, event.person ? people.get(event.person.userId) : undefined)))}::jsonb[],
      ${wanted.map(({ event }) => event.at)}::timestamptz[]
    ) e (webhook_id, event_name, payload, at)`.execute(db);
}

/** Whether a webhook is to be told of an event. */
function wants(listener: Omit<Listener, 'id'>, event: WebhookEvent): boolean {
  if (event.person === null) return listener.childEvents.includes(event.name);
  const { channelIds, messageTypeIds } = listener;
  if (channelIds.length && (event.channelId === null || !channelIds.includes(event.channelId))) return false;
  if (
    messageTypeIds.length &&
    (event.messageTypeId === null || !messageTypeIds.includes(event.messageTypeId))
  )
    return false;
  if (listener.childEvents.includes(event.name)) return true;
  if (!event.name.endsWith('Send')) return false;
  return event.campaignKind === 'Blast' ? listener.blastEnabled : listener.triggeredEnabled;
}

interface Names {
  email: string | null;
  externalId: string | null;
}

async function namesOf(db: Database, events: readonly WebhookEvent[]): Promise<Map<number, Names>> {
  const names = new Map<number, Names>();
  const persons = events.flatMap(({ person }) => person ?? []);
  for (const [lane, own] of Map.groupBy(persons, (person) => person.lane)) {
    const ids = [...new Set(own.map(({ userId }) => userId))];
    const { rows } = await sql<Names & { id: number }>`
      SELECT id, email, external_id AS "externalId" FROM users
      WHERE lane = ${lane} AND id = ANY(${ids}::bigint[])`.execute(db);
    for (const row of rows) names.set(row.id, row);
  }
  return names;
}

/** Iterable's payload of a system webhook. */
function payloadOf(event: WebhookEvent, names: Names | undefined) {
  return {
    email: names?.email ?? null,
    userId: names?.externalId ?? null,
    eventName: event.name,
    dataFields: {
      ...(names?.email && { email: names.email }),
      ...(names?.externalId && { userId: names.externalId }),
      ...event.dataFields,
      ...(event.channelId !== null && { channelId: event.channelId }),
      ...(event.messageTypeId !== null && { messageTypeId: event.messageTypeId }),
      createdAt: event.at.toISOString(),
    },
  };
}
