import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
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
  for (let round = 1; ; round++) {
    const added: Types = new Map();
    const checked = events.map(({ name, data, createNewFields = true }) =>
      checkProfile(data, typesOf(types, name), typesOf(added, name), createNewFields),
    );
    const fresh = [...added].flatMap(([event, fields]) =>
      [...fields].map(([name, type]) => ({ event, name, type })),
    );
    if (fresh.length === 0) return checked;
    const recorded = await recordTypes(db, projectId, fresh);
    const isSettled = fresh.every(({ event, name, type }) => recorded.get(event)?.get(name) === type);
    // Another call may have recorded a field with another type: then all are checked anew.
    for (const [event, fields] of recorded)
      for (const [name, type] of fields) typesOf(types, event).set(name, type);
    if (isSettled) return checked;
    if (round > mostRounds) throw new Error(`event fields do not settle: ${fresh[0]?.event}`);
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

async function recordTypes(db: Database, projectId: number, fresh: TypeRow[]): Promise<Types> {
  // All who record several do so in one order.
  const inOrder = fresh.toSorted((a, b) =>
    a.event === b.event ? (a.name < b.name ? -1 : 1) : a.event < b.event ? -1 : 1,
  );
  const { rows } = await sql<TypeRow>`
    INSERT INTO event_field (project_id, event_name, name, type)
    SELECT ${projectId}, field.* FROM unnest(${inOrder.map((each) => each.event)}::text[],
      ${inOrder.map((each) => each.name)}::text[], ${inOrder.map((each) => each.type)}::text[]) AS field
    ON CONFLICT (project_id, event_name, name) DO UPDATE SET type = CASE
      WHEN event_field.type = 'long' AND excluded.type = 'double' THEN 'double' ELSE event_field.type END
    RETURNING event_name AS event, name, type`.execute(db);
  return byEvent(rows);
}
