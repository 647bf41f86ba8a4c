import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { UserFieldTable } from '../database/tables/users.ts';
import { mostProfileFields, type Room, recordingAlone } from './field-limits.ts';

export type FieldType = UserFieldTable['type'];

/** Why a value was not taken into a field: its type is another than the field has had since its first value. */
export interface TypeMismatch {
  field: string;
  value: unknown;
  expected: FieldType;
  actual: FieldType;
}

/** `2026-11-23T17:00:00Z` and Iterable's `2026-11-23 17:00:00 +00:00`; a day alone stays a string. */
const instantText = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d+)?\s?(Z|UTC|[+-]\d{2}:?\d{2})$/;

/** The type of a field's value; null for null and undefined, which fit every field. */
function fieldTypeOf(value: unknown): FieldType | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'long' : 'double';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'object') return 'object';
  return typeof value === 'string' && instantText.test(value) ? 'date' : 'string';
}

/** Whether a value of type `actual` may stand in a field of type `expected`. A long widens to a double. */
function fits(expected: FieldType, actual: FieldType): boolean {
  if (expected === actual) return true;
  if (expected === 'double') return actual === 'long';
  if (expected === 'long') return actual === 'double';
  return expected === 'string' && actual === 'date';
}

/** What came of checking one profile against the project's fields. */
export interface CheckedFields {
  /** The fields to write; null deletes. */
  fields: Record<string, unknown>;
  created: string[];
  /** New fields left out because new ones were not wanted. */
  filteredOut: string[];
  mismatch: TypeMismatch | null;
  /** A new field that the project has no room for. */
  noRoom: string | null;
}

/** Others may record a field and then widen it between two looks; what does not settle then never will. */
const mostRounds = 5;

// A field's type never changes once it is set, but for a long that widens to a double: what was read stays true.
const knownFields = new WeakMap<Database, Map<number, Map<string, FieldType>>>();

/**
 * Checks profiles in order against the types of the project's fields and records fields not seen before, each
 * with the type of its first value. A profile with a mismatch, or with a field too many, records nothing.
 */
export async function checkFields(
  db: Database,
  projectId: number,
  profiles: Record<string, unknown>[],
  createNewFields: boolean,
): Promise<CheckedFields[]> {
  const types = await fieldTypes(db, projectId, profiles);
  for (let round = 1; ; ) {
    const added = new Map<string, FieldType>();
    const room = { left: mostProfileFields - types.size };
    const checked = profiles.map((profile) => checkProfile(profile, types, added, createNewFields, room));
    if (added.size === 0) return checked;
    const { fitted, fields } = await recordFields(db, projectId, added);
    // Another call may have recorded a field with another type, or have taken the room: then all are checked anew.
    for (const [name, type] of fields) types.set(name, type);
    if (!fitted) continue;
    if ([...added].every(([name, type]) => fields.get(name) === type)) return checked;
    if (++round > mostRounds) throw new Error(`fields do not settle: ${[...added.keys()].join(', ')}`);
  }
}

/** All fields of a project with their types. */
export async function listFields(db: Database, projectId: number): Promise<Map<string, FieldType>> {
  const rows = await db.selectFrom('user_field').selectAll().where('project_id', '=', projectId).execute();
  return new Map(rows.map((row) => [row.name, row.type]));
}

/**
 * Checks one profile, or an event's fields, against the types that are known and those that others of the batch have
 * `added`, and adds its own new ones.
 */
export function checkProfile(
  profile: Record<string, unknown>,
  types: ReadonlyMap<string, FieldType>,
  added: Map<string, FieldType>,
  createNewFields: boolean,
  room: Room,
): CheckedFields {
  const fields: Record<string, unknown> = {};
  const filteredOut: string[] = [];
  const fresh = new Map<string, FieldType>();
  for (const [name, value] of Object.entries(profile)) {
    const actual = fieldTypeOf(value);
    const expected = types.get(name) ?? added.get(name);
    if (actual && expected && !fits(expected, actual))
      return {
        fields: {},
        created: [],
        filteredOut,
        mismatch: { field: name, value, expected, actual },
        noRoom: null,
      };
    if (actual && !expected && !createNewFields) {
      filteredOut.push(name);
      continue;
    }
    if (actual && (!expected || (expected === 'long' && actual === 'double'))) fresh.set(name, actual);
    fields[name] = value;
  }
  const created = [...fresh.keys()].filter((name) => !types.has(name) && !added.has(name));
  if (created.length > room.left)
    return { fields: {}, created: [], filteredOut, mismatch: null, noRoom: created[room.left] ?? null };
  room.left -= created.length;
  for (const [name, type] of fresh) added.set(name, type);
  return { fields, created, filteredOut, mismatch: null, noRoom: null };
}

async function fieldTypes(
  db: Database,
  projectId: number,
  profiles: Record<string, unknown>[],
): Promise<Map<string, FieldType>> {
  const projects = knownFields.get(db) ?? new Map<number, Map<string, FieldType>>();
  knownFields.set(db, projects);
  const known = projects.get(projectId);
  if (known && profiles.every((profile) => Object.keys(profile).every((name) => known.has(name))))
    return known;
  const fields = await listFields(db, projectId);
  projects.set(projectId, fields);
  return fields;
}

/** Records the fields, or none of them where they are more than there is room for; either way tells what is there. */
async function recordFields(
  db: Database,
  projectId: number,
  added: Map<string, FieldType>,
): Promise<{ fitted: boolean; fields: Map<string, FieldType> }> {
  const names = [...added.keys()];
  return recordingAlone(db, 'profileFields', projectId, async (transaction) => {
    const known = await listFields(transaction, projectId);
    const fresh = names.filter((name) => !known.has(name));
    if (known.size + fresh.length > mostProfileFields) return { fitted: false, fields: known };
    const { rows } = await sql<{ name: string; type: FieldType }>`
      INSERT INTO user_field (project_id, name, type)
      SELECT ${projectId}, field.* FROM unnest(${names}::text[], ${names.map((name) => added.get(name)!)}::text[]) AS field
      ON CONFLICT (project_id, name) DO UPDATE
        SET type = CASE WHEN user_field.type = 'long' AND excluded.type = 'double' THEN 'double' ELSE user_field.type END
      RETURNING name, type`.execute(transaction);
    return { fitted: true, fields: new Map(rows.map((row) => [row.name, row.type])) };
  });
}
