import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { sendByLane } from '../users/by-lane.ts';
import type { UserRef } from '../users/identity.ts';

/** Something a user did, as it is written. */
export interface NewEvent {
  user: UserRef;
  name: string;
  /** custom, purchase, click, reply, … */
  kind: string;
  data: Record<string, unknown>;
  campaignId?: number | null;
  templateId?: number | null;
  /** A message of the same lane as the user. */
  messageId?: number | null;
  /** Of `takeEventIds`, for who must know which events are new. */
  id?: number | null;
  /** The caller's own id of the event: the same again from the same user is the event written anew. */
  eventKey?: string | null;
  happenedAt: Date;
}

/** Numbers for new events. */
export async function takeEventIds(db: Database, count: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    SELECT nextval('event_id_seq') AS id FROM generate_series(1, ${count}::int)`.execute(db);
  return rows.map(({ id }) => id);
}

/**
 * Writes events, a statement a lane, up to about a thousand at a time; one whose key its user has is updated, and keeps
 * its id. Answers the ids that events have now.
 */
export async function insertEvents(
  db: Database,
  projectId: number,
  events: NewEvent[],
  at: Date,
): Promise<Set<number>> {
  const answers = await sendByLane(
    db,
    lastOfEachKey(events),
    (event) => event.user.lane,
    (lane, rows) => sql<{ id: number }>`
        INSERT INTO event (lane, id, project_id, user_id, name, kind, data, campaign_id, template_id, message_id,
          event_key, happened_at, recorded_at)
        SELECT ${lane}, coalesce(e.id, nextval('event_id_seq')), ${projectId}, e.user_id, e.name, e.kind, e.data,
          e.campaign_id, e.template_id, e.message_id, e.event_key, e.happened_at, ${at}::timestamptz
        FROM unnest(${rows.map((row) => row.id ?? null)}::bigint[],
          ${rows.map((row) => row.user.id)}::bigint[], ${rows.map((row) => row.name)}::text[],
          ${rows.map((row) => row.kind)}::text[], ${rows.map((row) => JSON.stringify(row.data))}::jsonb[],
          ${rows.map((row) => row.campaignId ?? null)}::int[], ${rows.map((row) => row.templateId ?? null)}::int[],
          ${rows.map((row) => row.messageId ?? null)}::bigint[], ${rows.map((row) => row.eventKey ?? null)}::text[],
          ${rows.map((row) => row.happenedAt)}::timestamptz[]) AS e (id, user_id, name, kind, data, campaign_id,
          template_id, message_id, event_key, happened_at)
        ON CONFLICT (lane, user_id, kind, event_key) WHERE event_key IS NOT NULL DO UPDATE SET
          name = excluded.name, data = excluded.data, campaign_id = excluded.campaign_id,
          template_id = excluded.template_id, message_id = excluded.message_id,
          happened_at = excluded.happened_at, recorded_at = excluded.recorded_at
        RETURNING id`,
  );
  return new Set(answers.flatMap(({ rows }) => rows.map(({ id }) => id)));
}

/** A statement can update a row once only: of events with the same key the last is what stays. */
function lastOfEachKey(events: NewEvent[]): NewEvent[] {
  const keyed = new Map<string, NewEvent>();
  for (const event of events)
    if (event.eventKey) keyed.set(`${event.user.id} ${event.kind} ${event.eventKey}`, event);
  return events.filter(
    (event) => !event.eventKey || keyed.get(`${event.user.id} ${event.kind} ${event.eventKey}`) === event,
  );
}
