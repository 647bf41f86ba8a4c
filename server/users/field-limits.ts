import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { lockClasses } from '../database/lock-classes.ts';
import type { RowRefusal } from './row-refusal.ts';

/**
 * Fields that a project's profiles have in all, and its events by their names: as many as Iterable's
 * (https://support.iterable.com/hc/en-us/articles/26678893969812, read 2026-11-29).
 */
export const mostProfileFields = 1_000;
export const mostEventFields = 8_000;
/** Fields that one profile, or one event, is given in a call. */
const mostInOne = 1_000;
/** Of profiles and of events. */
const longestFieldName = 255;
/** Signs of a whole profile, of an event's fields, or of what comes with an entry, as JSON: what is written and read in one piece. */
export const mostSigns = 256 * 1024;

/** How many more fields a batch may bring. */
export interface Room {
  left: number;
}

/** Why the fields of one profile or event are too many or too long, null when they are not. */
export function fieldsRefusal(fields: Record<string, unknown>): RowRefusal | null {
  const names = Object.keys(fields);
  if (names.length > mostInOne)
    return refuse(
      'dataFields',
      `holds ${names.length.toLocaleString('en')} fields, of which a call takes ${mostInOne.toLocaleString('en')} for one person or event; send fewer`,
    );
  const long = names.find((name) => name.length > longestFieldName);
  if (long === undefined) return null;
  return refuse(
    `dataFields.${long.slice(0, 30)}…`,
    `a field's name has at most ${longestFieldName} characters`,
  );
}

/** A new field that a project has no room for. */
export function noRoomRefusal(field: string, most: number): RowRefusal {
  return refuse(
    `dataFields.${field}`,
    `would be a new field, and this project has as many as it may: ${most.toLocaleString('en')}. Use those it has, put what varies into an object or array, or send createNewFields: false to leave new ones out`,
  );
}

/** A profile, an event, or what comes with the entry into a journey, that is larger than is kept. */
export function tooLargeRefusal(what: 'profile' | 'event' | 'entry'): RowRefusal {
  return refuse(
    'dataFields',
    `the ${what} would be larger than ${mostSigns / 1024} kB as JSON; leave out what messages do not need`,
  );
}

function refuse(field: string, reason: string): RowRefusal {
  return { ok: false, code: 'BadParams', field, value: null, reason };
}

/** Does what records fields of a project while nobody else does, so that two calls never pass a limit together. */
export async function recordingAlone<Result>(
  db: Database,
  of: 'profileFields' | 'eventFields',
  projectId: number,
  work: (transaction: Database) => Promise<Result>,
): Promise<Result> {
  const alone = async (transaction: Database) => {
    await sql`SELECT pg_advisory_xact_lock(${lockClasses[of]}, ${projectId})`.execute(transaction);
    return work(transaction);
  };
  return db.isTransaction ? alone(db) : db.transaction().execute(alone);
}
