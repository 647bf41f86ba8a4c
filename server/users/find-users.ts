import type { Database } from '../database/connect.ts';
import { byLane } from './by-lane.ts';
import { holdersOf, identityOfKey, identityText, type UserKey, type UserRef } from './identity.ts';
import type { People } from './people.ts';
import { updateOf } from './prepare-update.ts';
import { upsertReady } from './upsert-users.ts';
import { readUsers, type User } from './user-row.ts';

/** Who holds each of these keys, in the order asked, the oldest user first. Only a phone (E.164) may have several. */
export async function findHolders(
  db: Database,
  projectId: number,
  keys: readonly UserKey[],
): Promise<UserRef[][]> {
  const identities = keys.map(identityOfKey);
  const holders = await holdersOf(db, projectId, identities);
  return identities.map((identity) => holders.get(identityText(identity)) ?? []);
}

/**
 * Who these keys belong to, in the order asked; null for nobody. Of those who share a phone it is the oldest user:
 * where that matters ask `findHolders`.
 */
export async function findUsers(
  db: Database,
  projectId: number,
  keys: readonly UserKey[],
): Promise<(UserRef | null)[]> {
  return (await findHolders(db, projectId, keys)).map(([oldest]) => oldest ?? null);
}

/** Whoever writes in on their own is not held off by having been forgotten. */
const comesBack = { evenForgotten: true };

/**
 * The user of a key, made when there is none, forgotten or not: for those who write in and for calls that send to an address.
 * Several keys name one person, the surest first; one that belongs to somebody else is left with them. A phone
 * must be E.164 and is not judged: whoever wrote from a number has it.
 */
export async function findOrCreateUser(
  people: People,
  projectId: number,
  key: UserKey | [UserKey, ...UserKey[]],
  at: Date,
): Promise<UserRef> {
  const keys = Array.isArray(key) ? key : [key];
  const found = await findUsers(people.db, projectId, keys);
  const owner = found.find((user) => user !== null);
  if (owner && found.every((user) => user !== null)) return owner;
  const free = keys.filter(
    (_, index) => index === 0 || found[index] === null || found[index]?.id === owner?.id,
  );
  for (const tried of [free, keys.slice(0, 1)]) {
    const checked = { fields: {}, created: [], filteredOut: [], mismatch: null, noRoom: null };
    const prepared = updateOf(tried.map(identityOfKey));
    const [outcome] = await upsertReady(people, projectId, [{ ok: true, prepared, checked }], comesBack, at);
    if (outcome?.ok) return outcome.user;
  }
  if (owner) return owner;
  throw new Error('A user could not be made of a single identity');
}

/** Reads users anywhere, by id; those that are gone are absent. */
export async function loadUsers(
  db: Database,
  projectId: number,
  refs: Iterable<UserRef>,
): Promise<Map<number, User>> {
  const users = new Map<number, User>();
  for (const [lane, group] of byLane(refs, (ref) => ref.lane))
    for (const user of await readUsers(
      db,
      projectId,
      lane,
      group.map((ref) => ref.id),
    ))
      users.set(user.id, user);
  return users;
}

/** One user by a key, null when there is none. */
export async function loadUser(db: Database, projectId: number, key: UserKey): Promise<User | null> {
  const [ref] = await findUsers(db, projectId, [key]);
  if (!ref) return null;
  return (await loadUsers(db, projectId, [ref])).get(ref.id) ?? null;
}
