import type { CallerProject } from '../http/context.ts';
import type { EventHappening, Happening } from '../http/happenings.ts';
import {
  fieldsRefusal,
  mostEventFields,
  mostSigns,
  noRoomRefusal,
  tooLargeRefusal,
} from '../users/field-limits.ts';
import type { CheckedFields, TypeMismatch } from '../users/field-types.ts';
import { findUsers } from '../users/find-users.ts';
import type { UserKey, UserRef } from '../users/identity.ts';
import { notAnInstant, parseInstant } from '../users/instant.ts';
import type { People } from '../users/people.ts';
import {
  type RowRefusal,
  storageRefusal,
  type UpsertOutcome,
  type UserUpdate,
} from '../users/prepare-update.ts';
import { upsertUsers } from '../users/upsert-users.ts';
import { checkEventFields } from './event-fields.ts';
import { insertEvents, type NewEvent, takeEventIds } from './insert-events.ts';

/** An event as a caller states it: who, what, when. Who is not known yet is made. */
export interface TrackedEvent {
  email?: string | undefined;
  userId?: string | undefined;
  whatsAppUserId?: string | undefined;
  name: string;
  kind: 'custom' | 'purchase';
  data: Record<string, unknown>;
  campaignId?: number | undefined;
  templateId?: number | undefined;
  id?: string | undefined;
  createdAt?: number | string | undefined;
  /** Default true; otherwise fields not seen before in events of this name are left out. */
  createNewFields?: boolean | undefined;
  /** Written to the profile with it. */
  profile?: Record<string, unknown> | undefined;
}

export type TrackOutcome = { ok: true; createdFields: string[]; filteredOutFields: string[] } | RowRefusal;

/** Records events, up to about a thousand at a time; one that cannot be taken says why and the others are taken. */
export async function trackEvents(
  people: People,
  project: CallerProject,
  events: TrackedEvent[],
  at: Date,
): Promise<TrackOutcome[]> {
  const unstorable = events.map(
    ({ name, data, ...rest }) =>
      fieldsRefusal(data) ??
      storageRefusal({ ...rest, eventName: name, dataFields: data }) ??
      (JSON.stringify(data).length > mostSigns ? tooLargeRefusal('event') : null),
  );
  const times = events.map((event, index) => {
    if (unstorable[index]) return null;
    return event.createdAt === undefined ? at : parseInstant(event.createdAt);
  });
  const fields = await checkEventFields(
    people.db,
    project.id,
    events.map((event, index) => (times[index] ? event : { ...event, data: {} })),
  );
  // What is refused for its fields makes nobody and changes no profile.
  const takable = times.map((time, index) => (isTakable(fields[index]!) ? time : null));
  const owners = await ownersOf(people, project, events, takable, at);
  const rows: NewEvent[] = [];
  const outcomes = events.map((event, index): TrackOutcome => {
    const fault = unstorable[index];
    if (fault) return fault;
    const happenedAt = times[index];
    if (!happenedAt) return badInstant(event.createdAt);
    const { mismatch, noRoom, fields: data, created, filteredOut } = fields[index]!;
    if (mismatch) return mismatchRefusal(event.name, mismatch);
    if (noRoom !== null) return noRoomRefusal(noRoom, mostEventFields);
    const owner = owners[index]!;
    if (!('lane' in owner) && !owner.ok) return owner;
    const user = 'lane' in owner ? owner : owner.user;
    const { name, kind, campaignId, templateId, id } = event;
    rows.push({ user, name, kind, data, campaignId, templateId, eventKey: id, happenedAt });
    const ofProfile = 'lane' in owner ? [] : owner.createdFields;
    return { ok: true, createdFields: [...ofProfile, ...created], filteredOutFields: filteredOut };
  });
  await recordEvents(people, project.id, rows, at);
  return outcomes;
}

/** Writes events and, where somebody listens, tells in the same transaction of those that are new. */
async function recordEvents(people: People, projectId: number, events: NewEvent[], at: Date): Promise<void> {
  const { db, announce, listensFor } = people;
  const heard = await Promise.all(
    (['event', 'purchase', 'change'] as const).map((kind) => listensFor(db, projectId, kind)),
  );
  if (!heard.includes(true)) {
    await db.transaction().execute((transaction) => insertEvents(transaction, projectId, events, at));
    return;
  }
  const ids = await takeEventIds(db, events.length);
  const numbered = events.map((event, index) => ({ ...event, id: ids[index]! }));
  await db.transaction().execute(async (transaction) => {
    const written = await insertEvents(transaction, projectId, numbered, at);
    const happenings = numbered.map(({ id, user, name, kind, happenedAt }): Happening => {
      const ofPerson = { projectId, lane: user.lane, userId: user.id };
      // Of a known event its former name is known no more: what it was may count elsewhere no longer.
      if (!written.has(id)) return { kind: 'change', of: 'event', ...ofPerson, at };
      const what: EventHappening['kind'] = kind === 'purchase' ? 'purchase' : 'event';
      return { kind: what, name, eventId: id, ...ofPerson, at: happenedAt };
    });
    if (happenings.length > 0) await announce(transaction, happenings);
  });
}

/** Whose each event is: those known by their key as they are, all others through an upsert. */
async function ownersOf(
  people: People,
  project: CallerProject,
  events: TrackedEvent[],
  times: (Date | null)[],
  at: Date,
): Promise<(UserRef | UpsertOutcome)[]> {
  const keys = events.map(
    (event): UserKey => (event.userId ? { userId: event.userId } : { email: event.email ?? '' }),
  );
  const known = await findUsers(people.db, project.id, keys);
  const updates: { index: number; update: UserUpdate }[] = [];
  events.forEach((event, index) => {
    const settled = known[index] && event.profile === undefined && event.whatsAppUserId === undefined;
    if (settled || !times[index]) return;
    const update: UserUpdate = {};
    if (event.userId) update.userId = event.userId;
    // The email of an event that names a known userId is not taken for a change of email.
    if (event.email && !(event.userId && known[index])) update.email = event.email;
    if (event.whatsAppUserId !== undefined) update.whatsAppUserId = event.whatsAppUserId;
    if (event.profile) update.dataFields = event.profile;
    updates.push({ index, update });
  });
  const upserted = await upsertUsers(
    people,
    project.id,
    updates.map(({ update }) => update),
    { defaultCountry: project.defaultCountry },
    at,
  );
  const outcomeOf = new Map(updates.map(({ index }, place) => [index, upserted[place]!]));
  return events.map((event, index) => outcomeOf.get(index) ?? known[index] ?? badInstant(event.createdAt));
}

const isTakable = ({ mismatch, noRoom }: CheckedFields) => mismatch === null && noRoom === null;

function mismatchRefusal(eventName: string, { field, value, expected, actual }: TypeMismatch): RowRefusal {
  const reason = `dataFields.${field} is a ${actual}, but in events ${eventName} the field holds ${expected} values; send a ${expected} or use another field`;
  return { ok: false, code: 'RequestFieldsTypesMismatched', field, value, reason };
}

function badInstant(value: unknown): RowRefusal {
  const reason = `createdAt ${value} ${notAnInstant}`;
  return { ok: false, code: 'BadParams', field: 'createdAt', value, reason };
}
