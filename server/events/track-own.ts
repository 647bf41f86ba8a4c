import type { Database } from '../database/connect.ts';
import type { Announce } from '../http/happenings.ts';
import { fieldsRefusal } from '../users/field-limits.ts';
import type { UserRef } from '../users/identity.ts';
import { checkEventFields } from './event-fields.ts';
import { insertEvents, takeEventIds } from './insert-events.ts';

/** An event that the program itself tracks of a person. */
export interface OwnEvent {
  projectId: number;
  user: UserRef;
  name: string;
  data: Record<string, unknown>;
  happenedAt: Date;
  /** The same again is the event written anew. */
  eventKey?: string;
}

/** Tracks an event in the caller's transaction, and tells of it; answers why it was not, null where it was. */
export async function trackOwn(
  db: Database,
  announce: Announce,
  { projectId, user, name, data, happenedAt, eventKey }: OwnEvent,
  at: Date,
): Promise<string | null> {
  const refusal = fieldsRefusal(data);
  if (refusal) return refusal.reason;
  const [checked] = await checkEventFields(db, projectId, [{ name, data }]);
  if (checked?.mismatch)
    return `the field ${checked.mismatch.field} of the event holds ${checked.mismatch.expected} values, and not a ${checked.mismatch.actual}`;
  if (!checked || checked.noRoom !== null) return 'there is no room for another field of events';
  const [id = 0] = await takeEventIds(db, 1);
  const event = { id, user, name, kind: 'custom', data: checked.fields, happenedAt };
  const written = await insertEvents(
    db,
    projectId,
    [eventKey === undefined ? event : { ...event, eventKey }],
    at,
  );
  const person = { projectId, lane: user.lane, userId: user.id };
  await announce(db, [
    written.has(id)
      ? { kind: 'event', name, eventId: id, ...person, at: happenedAt }
      : { kind: 'change', of: 'event', ...person, at },
  ]);
  return null;
}
