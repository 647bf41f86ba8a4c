import type { Database } from '../database/connect.ts';
import type { Announce } from '../http/happenings.ts';
import { fieldsRefusal } from '../users/field-limits.ts';
import type { CheckedFields } from '../users/field-types.ts';
import type { UserRef } from '../users/identity.ts';
import { checkEventFields } from './event-fields.ts';
import { insertEvents, takeEventIds } from './insert-events.ts';

/** An event that the program itself tracks of a person. */
export interface OwnEvent {
  user: UserRef;
  name: string;
  data: Record<string, unknown>;
  happenedAt: Date;
  /** The same again is the event written anew; of several such in one call the last counts. */
  eventKey?: string;
}

/** Tracks events of a project in the caller's transaction, and tells of them; answers of each why it was not, null where it was. */
export async function trackOwn(
  db: Database,
  announce: Announce,
  projectId: number,
  events: readonly OwnEvent[],
  at: Date,
): Promise<(string | null)[]> {
  const refusals = events.map(({ data }) => fieldsRefusal(data)?.reason ?? null);
  const fitting = events.filter((_, index) => refusals[index] === null);
  if (fitting.length === 0) return refusals;
  const checked = await checkEventFields(db, projectId, fitting);
  const faults = new Map(fitting.map((event, index) => [event, faultOf(checked[index])]));
  const sound = fitting.flatMap((event, index) => {
    const fields = checked[index]?.fields;
    return fields && faults.get(event) === null ? { event, fields } : [];
  });
  const ids = await takeEventIds(db, sound.length);
  const rows = sound.map(({ event: { data: _, ...event }, fields }, index) => ({
    ...{ ...event, id: ids[index] ?? 0, kind: 'custom' as const, data: fields },
  }));
  const written = await insertEvents(db, projectId, rows, at);
  await announce(
    db,
    rows.map(({ id, name, user: { lane, id: userId }, happenedAt }) =>
      written.has(id)
        ? { kind: 'event', name, eventId: id, projectId, lane, userId, at: happenedAt }
        : { kind: 'change', of: 'event', projectId, lane, userId, at },
    ),
  );
  return events.map((event, index) => refusals[index] ?? faults.get(event) ?? null);
}

function faultOf(checked: CheckedFields | undefined): string | null {
  if (checked?.mismatch)
    return `the field ${checked.mismatch.field} of the event holds ${checked.mismatch.expected} values, and not a ${checked.mismatch.actual}`;
  return !checked || checked.noRoom !== null ? 'there is no room for another field of events' : null;
}
