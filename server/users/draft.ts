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
  phone: 'PhoneNumberAlreadyExists',
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
  return { before: null, after, placeStale: true, changed: true };
}

/** A draft of a stored user. */
export function draftOf(user: User): Draft {
  return {
    before: user,
    after: { ...user, dataFields: { ...user.dataFields } },
    placeStale: false,
    changed: false,
  };
}

/**
 * Finds whom an update means among those who hold its identities: the holder, null for somebody new, or the
 * reason why it cannot be taken. Whoever is known by userId may get another email or number; whoever is known
 * by email may get another number or a first userId; a number alone never changes email or userId.
 */
export function chooseHolder(
  update: PreparedUpdate,
  holders: ReadonlyMap<string, Draft>,
): { ok: true; draft: Draft | null } | RowRefusal {
  const held = update.identities.map((identity) => ({
    identity,
    draft: holders.get(identityText(identity)),
  }));
  const strongest = held.find((entry) => entry.draft !== undefined)?.draft ?? null;
  const other = held.find((entry) => entry.draft !== undefined && entry.draft !== strongest);
  if (other)
    return taken(other.identity, 'belongs to another user; merge the two with POST /api/users/merge');
  if (!strongest) return { ok: true, draft: null };
  const known = new Set(held.filter((entry) => entry.draft).map((entry) => entry.identity.kind));
  const byPhoneOnly = !known.has('externalId') && !known.has('email') && known.has('phone');
  for (const identity of update.identities) {
    const present = strongest.after[fieldOfKind[identity.kind]];
    if (present === null || present === identity.value) continue;
    if (identity.kind === 'externalId')
      return known.has('email')
        ? taken(
            { kind: 'email', value: strongest.after.email ?? '' },
            'belongs to a user with another userId',
          )
        : taken(phoneOf(update, identity), 'belongs to a user with another userId');
    if (identity.kind === 'email' && byPhoneOnly)
      return taken(phoneOf(update, identity), 'belongs to a user with another email');
  }
  return { ok: true, draft: strongest };
}

/** Puts an update into its draft. Returns the identities that it gained. */
export function applyUpdate(draft: Draft, update: PreparedUpdate, holders: Map<string, Draft>): void {
  const { after } = draft;
  const set = (kind: Identity['kind'], value: string | null) => {
    const field = fieldOfKind[kind];
    const present = after[field];
    if (present === value) return;
    if (present !== null) holders.delete(identityText({ kind, value: present }));
    after[field] = value;
    if (value !== null) holders.set(identityText({ kind, value }), draft);
    draft.changed = true;
    if (kind === 'phone' || kind === 'whatsApp') draft.placeStale = true;
  };
  for (const identity of update.identities) set(identity.kind, identity.value);
  if (update.removePhone) set('phone', null);
  for (const [name, value] of Object.entries(update.fields)) {
    draft.changed = true;
    if (tellsPlace(name)) draft.placeStale = true;
    const present = after.dataFields[name];
    if (value === null || value === undefined) delete after.dataFields[name];
    else if (update.mergeNestedObjects && isObject(present) && isObject(value))
      after.dataFields[name] = { ...present, ...value };
    else after.dataFields[name] = value;
  }
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

function phoneOf(update: PreparedUpdate, otherwise: Identity): Identity {
  return update.identities.find((identity) => identity.kind === 'phone') ?? otherwise;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
