import type { Database } from '../database/connect.ts';
import { releaseAddresses } from './address-rows.sql.ts';
import { refusalError } from './bulk-answer.ts';
import { byLane } from './by-lane.ts';
import { findHolders } from './find-users.ts';
import { closeForgettingGate } from './forgetting-gate.ts';
import { noteForgotten } from './forgotten.ts';
import { endingConsent, requireGates } from './gates.ts';
import { identityOfKey, releaseIdentities, type UserKey, type UserRef } from './identity.ts';
import { sharedNumber } from './named-user.ts';
import type { People } from './people.ts';
import { TryAgain } from './try-again.ts';
import { identitiesOf, lockUsers, type User } from './user-row.ts';
import { forgetWhatsAppNumbers } from './whatsapp-number.ts';

/**
 * Deletes users: profile, identities, events, memberships, consent, what they wrote and what reports of imports
 * say of them go; their messages stay
 * without address, content and what the call had told back, so that totals still tell the truth, and what has not left yet is skipped. An
 * opt-out lives on as a hash of the address.
 */
export async function deleteUsers(
  people: People,
  projectId: number,
  refs: UserRef[],
  at: Date,
): Promise<void> {
  await endingConsent(
    people.db,
    refs.map((ref) => ref.lane),
    async (transaction) => {
      await deleteWithin(people, transaction, projectId, refs, at);
    },
  );
}

/**
 * Forgets whoever has this identity, and all that names them: deleted, and refused by every update until they are
 * unforgotten (forgotten.ts). Somebody who is not known is forgotten beforehand. False when nobody was there.
 * @throws ApiError SharedPhoneNumber when several users have the number.
 */
export async function forgetUser(
  people: People,
  projectId: number,
  key: UserKey,
  at: Date,
): Promise<boolean> {
  return endingConsent(people.db, [], async (transaction, gates) => {
    await closeForgettingGate(transaction, projectId);
    const [holders = []] = await findHolders(transaction, projectId, [key]);
    if (holders.length > 1) throw refusalError(sharedNumber(holders.length, key));
    const [ref] = holders;
    if (ref) requireGates(gates, [ref.lane]);
    const deleted = await deleteWithin(people, transaction, projectId, ref ? [ref] : [], at);
    if (ref && deleted.length === 0) throw new TryAgain();
    await noteForgotten(
      transaction,
      projectId,
      [identityOfKey(key), ...deleted.flatMap((user) => identitiesOf(user))],
      at,
    );
    return deleted.length > 0;
  });
}

async function deleteWithin(
  people: People,
  transaction: Database,
  projectId: number,
  refs: UserRef[],
  at: Date,
): Promise<User[]> {
  const deleted: User[] = [];
  for (const [lane, group] of byLane(refs, (ref) => ref.lane)) {
    const users = await lockUsers(
      transaction,
      projectId,
      lane,
      group.map((ref) => ref.id),
    );
    const ids = users.map((user) => user.id);
    await releaseIdentities(
      transaction,
      projectId,
      users.flatMap((user) => identitiesOf(user).map((identity) => ({ ...identity, user }))),
    );
    await forgetWhatsAppNumbers(
      transaction,
      projectId,
      users.flatMap(({ phoneNumber }) => phoneNumber ?? []),
    );
    const merged = await forgetMerges(transaction, lane, ids);
    const addresses = await releaseAddresses(transaction, lane, ids);
    for (const capability of people.capabilities)
      await capability.forgetUsers?.(transaction, {
        ...{ announce: people.announce, projectId, lane },
        users: users.map((user) => ({ ...user, addresses: addresses.get(user.id) ?? [] })),
        merged,
        at,
      });
    await transaction.deleteFrom('users').where('lane', '=', lane).where('id', 'in', orNone(ids)).execute();
    deleted.push(...users);
  }
  return deleted;
}

/** Those who were merged into these users, whose messages are theirs too. */
async function forgetMerges(transaction: Database, lane: number, ids: number[]): Promise<UserRef[]> {
  return transaction
    .deleteFrom('merged_user')
    .where('lane', '=', lane)
    .where('user_id', 'in', orNone(ids))
    .returning(['source_lane as lane', 'source_id as id'])
    .execute();
}

/** `IN ()` is no SQL; no user has the id -1. */
const orNone = (ids: number[]): number[] => (ids.length > 0 ? ids : [-1]);
