import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { mostEventFields, recordingAlone } from '../users/field-limits.ts';
import { type CheckedFields, checkProfile, type FieldType } from '../users/field-types.ts';

/** An event's fields as far as their types matter. */
interface TypedEvent {
  name: string;
  data: Record<string, unknown>;
  /** Default true; otherwise fields not seen before are left out. */
  createNewFields?: boolean | undefined;
}

/** Types of fields by event name. */
type Types = Map<string, Map<string, FieldType>>;

/** All fields of a project's events with their types, by the names of events. */
export async function listEventFields(db: Database, projectId: number): Promise<Types> {
  const { rows } = await sql<TypeRow>`
    SELECT event_name AS event, name, type FROM event_field WHERE project_id = ${projectId}`.execute(db);
  return byEvent(rows);
}

/** Others may record a field between two looks; what does not settle then never will. */
const mostRounds = 5;

/**
 * Checks events in order against the types that fields of events of their name have had since their first value, and
 * records fields not seen before. An event with a mismatch records nothing.
 */
export async function checkEventFields(
  db: Database,
  projectId: number,
  events: readonly TypedEvent[],
): Promise<CheckedFields[]> {
  const types = await readTypes(db, projectId, events);
  let left = mostEventFields;
  for (let round = 1; ; ) {
    const added: Types = new Map();
    const room = { left };
    const checked = events.map(({ name, data, createNewFields = true }) =>
      checkProfile(data, typesOf(types, name), typesOf(added, name), createNewFields, room),
    );
    const fresh = [...added].flatMap(([event, fields]) =>
      [...fields].map(([name, type]) => ({ event, name, type })),
    );
    if (fresh.length === 0) return checked;
    const { room: found, recorded } = await recordTypes(db, projectId, fresh);
    // Another call may have recorded a field with another type, or have taken the room: then all are checked anew.
    for (const [event, fields] of recorded)
      for (const [name, type] of fields) typesOf(types, event).set(name, type);
    if (found !== null) {
      left = found;
      continue;
    }
    if (fresh.every(({ event, name, type }) => recorded.get(event)?.get(name) === type)) return checked;
    if (++round > mostRounds) throw new Error(`event fields do not settle: ${fresh[0]?.event}`);
  }
}

function typesOf(types: Types, event: string): Map<string, FieldType> {
  const known = types.get(event);
  if (known) return known;
  const none = new Map<string, FieldType>();
  types.set(event, none);
  return none;
}

interface TypeRow {
  event: string;
  name: string;
  type: FieldType;
}

function byEvent(rows: readonly TypeRow[]): Types {
  const types: Types = new Map();
  for (const { event, name, type } of rows) typesOf(types, event).set(name, type);
  return types;
}

async function readTypes(db: Database, projectId: number, events: readonly TypedEvent[]): Promise<Types> {
  const wanted = new Map(
    events.flatMap(({ name: event, data }) =>
      Object.keys(data).map((name) => [JSON.stringify([event, name]), { event, name }] as const),
    ),
  );
  if (wanted.size === 0) return new Map();
  const { rows } = await sql<TypeRow>`
    SELECT f.event_name AS event, f.name, f.type FROM event_field f
    JOIN unnest(${[...wanted.values()].map((each) => each.event)}::text[],
      ${[...wanted.values()].map((each) => each.name)}::text[]) AS w (event, name)
      ON f.event_name = w.event AND f.name = w.name
    WHERE f.project_id = ${projectId}`.execute(db);
  return byEvent(rows);
}

/**
 * Records the fields and gives them as they are then; or none of them, where they are more than there is room for, and
 * gives that room and those of them that are there.
 */
async function recordTypes(
  db: Database,
  projectId: number,
  fresh: TypeRow[],
): Promise<{ room: number | null; recorded: Types }> {
  const wanted = sql`unnest(${fresh.map((each) => each.event)}::text[], ${fresh.map((each) => each.name)}::text[],
    ${fresh.map((each) => each.type)}::text[]) AS field (event, name, type)`;
  return recordingAlone(db, 'eventFields', projectId, async (transaction) => {
    const { rows: there } = await sql<TypeRow>`
      SELECT f.event_name AS event, f.name, f.type FROM event_field f
      JOIN ${wanted} ON f.event_name = field.event AND f.name = field.name
      WHERE f.project_id = ${projectId}`.execute(transaction);
    const { rows: counted } = await sql<{ count: number }>`
      SELECT count(*) FROM event_field WHERE project_id = ${projectId}`.execute(transaction);
    const room = mostEventFields - counted[0]!.count;
    if (fresh.length - there.length > room) return { room, recorded: byEvent(there) };
    const { rows } = await sql<TypeRow>`
      INSERT INTO event_field (project_id, event_name, name, type)
      SELECT ${projectId}, field.* FROM ${wanted}
      ON CONFLICT (project_id, event_name, name) DO UPDATE SET type = CASE
        WHEN event_field.type = 'long' AND excluded.type = 'double' THEN 'double' ELSE event_field.type END
      RETURNING event_name AS event, name, type`.execute(transaction);
    return { room: null, recorded: byEvent(rows) };
  });
}
