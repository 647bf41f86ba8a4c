import { type Identity, identityText, type UserRef } from './identity.ts';
import { placeOf, tellsPlace } from './place-evidence.ts';
import type { PreparedUpdate, RowRefusal } from './prepare-update.ts';
import { identitiesOf, type User } from './user-row.ts';

/** A user while a batch is applied to it: as it stood, and as it will be written. */
export interface Draft {
  /** As stored; null for one that the batch creates. */
  before: User | null;
  after: User;
  placeStale: boolean;
  /** Whether anything is to be written. */
  changed: boolean;
  /** Fields of the profile that were given, as they were or otherwise. */
  given: Set<string>;
}

const fieldOfKind = {
  email: 'email',
  externalId: 'userId',
  phone: 'phoneNumber',
  whatsApp: 'whatsAppUserId',
} as const;
const takenCode = {
  email: 'EmailAlreadyExists',
  externalId: 'UserIdAlreadyExists',
  phone: 'SharedPhoneNumber',
  whatsApp: 'Conflict',
} as const;

/** A draft of somebody new. Its id is given when the batch is written. */
export function newDraft(at: Date): Draft {
  const after: User = {
    lane: -1,
    id: -1,
    email: null,
    userId: null,
    phoneNumber: null,
    whatsAppUserId: null,
    dataFields: {},
    placeKey: '',
    placeCertainty: 'unknown',
    signedUpAt: at,
    updatedAt: at,
  };
  return { before: null, after, placeStale: true, changed: true, given: new Set() };
}

/** A draft of a stored user. */
export function draftOf(user: User): Draft {
  return {
    before: user,
    after: { ...user },
    placeStale: false,
    changed: false,
    given: new Set(),
  };
}

/** Who holds each identity, by `identityText`: one, or for a phone several, the oldest first. */
export type Holders = Map<string, Draft[]>;

/**
 * Finds whom an update means among those who hold its identities: the holder, null for somebody new, or the
 * reason why it cannot be taken. Whoever is known by userId may get another email or number; whoever is known
 * by email may get another number or a first userId. A number may be shared, so it names a person only where the
 * update names nobody else and one user alone has it; and it tells who a newcomer is only where its one holder is
 * known by nothing but addresses.
 */
export function chooseHolder(
  update: PreparedUpdate,
  holders: Holders,
): { ok: true; draft: Draft | null } | RowRefusal {
  const held = update.identities
    .filter((identity) => identity.kind !== 'phone')
    .map((identity) => ({ identity, draft: holders.get(identityText(identity))?.[0] }));
  const strongest = held.find((entry) => entry.draft !== undefined)?.draft;
  const other = held.find((entry) => entry.draft !== undefined && entry.draft !== strongest);
  if (other)
    return taken(other.identity, 'belongs to another user; merge the two with POST /api/users/merge');
  if (strongest) {
    const userId = update.identities.find((identity) => identity.kind === 'externalId');
    const present = strongest.after.userId;
    if (!userId || present === null || present === userId.value) return { ok: true, draft: strongest };
    const by = held.find((entry) => entry.draft)!.identity;
    return taken(by, 'belongs to a user with another userId');
  }
  const phone = update.identities.find((identity) => identity.kind === 'phone');
  const sharers = (phone && holders.get(identityText(phone))) ?? [];
  const namesPerson = update.identities.some(({ kind }) => kind === 'externalId' || kind === 'email');
  if (phone && sharers.length > 1 && !namesPerson)
    return taken(phone, `belongs to ${sharers.length} users; name one by email or userId`);
  const [only, ...more] = sharers;
  if (!only || more.length > 0) return { ok: true, draft: null };
  const isNameless = only.after.email === null && only.after.userId === null;
  return { ok: true, draft: isNameless || !namesPerson ? only : null };
}

/** Notes that a draft's user holds an identity. */
export function addHolder(holders: Holders, identity: Identity, draft: Draft): void {
  const text = identityText(identity);
  const known = holders.get(text);
  if (known) known.push(draft);
  else holders.set(text, [draft]);
}

/** The profile as an update leaves it. */
export function fieldsAfter({ after }: Draft, update: PreparedUpdate): Record<string, unknown> {
  const changes = Object.entries(update.fields);
  if (changes.length === 0) return after.dataFields;
  const fields = { ...after.dataFields };
  for (const [name, value] of changes) {
    const present = fields[name];
    if (value === null || value === undefined) delete fields[name];
    else if (update.mergeNestedObjects && isObject(present) && isObject(value))
      fields[name] = { ...present, ...value };
    else fields[name] = value;
  }
  return fields;
}

/** Puts an update into its draft, whose profile is then `fields`. */
export function applyUpdate(
  draft: Draft,
  update: PreparedUpdate,
  holders: Holders,
  fields = fieldsAfter(draft, update),
): void {
  const { after } = draft;
  const set = (kind: Identity['kind'], value: string | null) => {
    const field = fieldOfKind[kind];
    const present = after[field];
    if (present === value) return;
    if (present !== null) {
      const text = identityText({ kind, value: present });
      holders.set(text, holders.get(text)?.filter((holder) => holder !== draft) ?? []);
    }
    after[field] = value;
    if (value !== null) addHolder(holders, { kind, value }, draft);
    draft.changed = true;
    if (kind === 'phone' || kind === 'whatsApp') draft.placeStale = true;
  };
  for (const identity of update.identities) set(identity.kind, identity.value);
  if (update.removePhone) set('phone', null);
  const names = Object.keys(update.fields);
  if (names.length > 0) draft.changed = true;
  for (const name of names) draft.given.add(name);
  if (names.some(tellsPlace)) draft.placeStale = true;
  after.dataFields = fields;
}

/** Works the place out anew where number or address changed. */
export function settlePlace(draft: Draft): void {
  if (!draft.placeStale) return;
  const { after } = draft;
  Object.assign(after, placeOf(after.phoneNumber, after.whatsAppUserId, after.dataFields));
  draft.placeStale = false;
}

/** Identities that the draft's user gains and loses by the batch. */
export function identityChanges(draft: Draft): { gained: Identity[]; lost: Identity[] } {
  const [before, after] = [draft.before ? identitiesOf(draft.before) : [], identitiesOf(draft.after)];
  const beforeTexts = new Set(before.map(identityText));
  const afterTexts = new Set(after.map(identityText));
  return {
    gained: after.filter((identity) => !beforeTexts.has(identityText(identity))),
    lost: before.filter((identity) => !afterTexts.has(identityText(identity))),
  };
}

/** Lane and id of a draft's user, once it has them. */
export function refOf(draft: Draft): UserRef {
  return { lane: draft.after.lane, id: draft.after.id };
}

function taken(identity: Identity, why: string): RowRefusal {
  const field = fieldOfKind[identity.kind];
  return {
    ok: false,
    code: takenCode[identity.kind],
    field,
    value: identity.value,
    reason: `${field} ${identity.value} ${why}`,
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
