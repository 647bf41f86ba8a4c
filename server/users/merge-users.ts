import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { ApiError } from '../http/errors.ts';
import { leaveAddresses } from './address-change.ts';
import { releaseAddresses } from './address-rows.sql.ts';
import { refusalError } from './bulk-answer.ts';
import { applyUpdate, draftOf, settlePlace } from './draft.ts';
import { mostSigns, tooLargeRefusal } from './field-limits.ts';
import { endingConsent } from './gates.ts';
import { claimIdentities, releaseIdentities, type UserRef } from './identity.ts';
import { moveRows } from './move-rows.ts';
import type { People, UserMove } from './people.ts';
import { updateOf } from './prepare-update.ts';
import { rewriteUsers } from './rewrite-users.ts';
import { identitiesOf, lockUsers, textOfFields, type User } from './user-row.ts';

/** Which array of the profile is joined rather than taken from the destination, and what tells its items apart. */
export interface ArrayMerge {
  field: string;
  dedupeBy?: string;
}

/**
 * Merges one user into another: the source's profile fills the gaps of the destination's, what capabilities keep of
 * it moves, an opt-out of either stands, its free identities pass over, and it is
 * gone. Its opt-ins pass over with the address they were given for: where the destination has one of its own, the
 * source's address is nobody's and its opt-ins end. Its messages are shown in the destination's history.
 */
export async function mergeUsers(
  people: People,
  projectId: number,
  source: UserRef,
  destination: UserRef,
  arrayMerge: ArrayMerge[],
  at: Date,
): Promise<void> {
  // Standing may become an opt-out here: nothing of either lane may be on its way meanwhile.
  await endingConsent(people.db, [source.lane, destination.lane], async (transaction, gates) => {
    const [from, to] = await lockBoth(transaction, projectId, source, destination);
    await moveAddresses(transaction, { announce: people.announce, projectId, from, to, at }, to);
    const after = await mergeProfile(people, transaction, projectId, from, to, arrayMerge, at);
    await leaveAddresses(people, transaction, gates, projectId, [{ before: from, after }], at);
    for (const capability of people.capabilities)
      await capability.moveUser?.(transaction, { announce: people.announce, projectId, from, to, at });
    await noteMerge(transaction, from, to);
    await transaction.deleteFrom('users').where('lane', '=', from.lane).where('id', '=', from.id).execute();
    const gained = identitiesOf(after).filter(
      (identity) => !identitiesOf(to).some((held) => held.kind === identity.kind),
    );
    const addresses = gained.map((identity) => ({ ...identity, user: to, isNewcomer: false }));
    for (const capability of people.capabilities)
      await capability.gainAddresses?.(transaction, gates, projectId, addresses, at);
    const { lane, id: userId } = to;
    await people.announce(transaction, [{ kind: 'change', of: 'person', projectId, lane, userId, at }]);
  });
}

async function lockBoth(
  transaction: Database,
  projectId: number,
  source: UserRef,
  destination: UserRef,
): Promise<[User, User]> {
  const inOrder = [source, destination].sort((a, b) => a.lane - b.lane || a.id - b.id);
  const found: User[] = [];
  for (const ref of inOrder) found.push(...(await lockUsers(transaction, projectId, ref.lane, [ref.id])));
  const from = found.find((user) => user.id === source.id);
  const to = found.find((user) => user.id === destination.id);
  if (!from || !to)
    throw new ApiError('NotFound', `The ${from ? 'destination' : 'source'} was deleted or merged meanwhile`, {
      field: from ? 'destinationEmail' : 'sourceEmail',
    });
  return [from, to];
}

async function mergeProfile(
  people: People,
  transaction: Database,
  projectId: number,
  from: User,
  to: User,
  arrayMerge: ArrayMerge[],
  at: Date,
): Promise<User> {
  const draft = draftOf(to);
  const free = identitiesOf(from).filter(
    (identity) => !identitiesOf(to).some((held) => held.kind === identity.kind),
  );
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(from.dataFields))
    if (!Object.hasOwn(to.dataFields, name)) fields[name] = value;
  for (const merge of arrayMerge) {
    const [a, b] = [to.dataFields[merge.field], from.dataFields[merge.field]];
    if (Array.isArray(a) && Array.isArray(b)) fields[merge.field] = joinArrays(a, b, merge.dedupeBy);
  }
  applyUpdate(draft, updateOf(free, fields), new Map());
  if (textOfFields(draft.after.dataFields).length > mostSigns) throw refusalError(tooLargeRefusal('profile'));
  settlePlace(draft);
  await releaseIdentities(
    transaction,
    projectId,
    identitiesOf(from).map((identity) => ({ ...identity, user: from })),
  );
  if (free.length > 0)
    await claimIdentities(
      transaction,
      projectId,
      free.map((identity) => ({ ...identity, user: to })),
    );
  await rewriteUsers(people, transaction, projectId, [{ before: to, after: draft.after }], at);
  return draft.after;
}

/**
 * The source's addresses pass over with what is known of them; of a kind that the destination's profile has itself the
 * source's is nobody's.
 */
async function moveAddresses(transaction: Database, move: UserMove, to: User): Promise<void> {
  // Also one that is no address of its own, as a WhatsApp user id that is the number.
  const own = identitiesOf(to).map(({ kind }) => kind);
  await moveRows(transaction, sql.table('address'), move, sql`NOT kind = ANY(${own}::text[])`);
  await releaseAddresses(transaction, move.from.lane, [move.from.id]);
}

/** The items of both arrays once each, told apart by one of their fields or as a whole. */
function joinArrays(first: unknown[], second: unknown[], dedupeBy?: string): unknown[] {
  const keyOf = (item: unknown) =>
    dedupeBy && typeof item === 'object' && item !== null && Object.hasOwn(item, dedupeBy)
      ? JSON.stringify(Reflect.get(item, dedupeBy))
      : JSON.stringify(item);
  const seen = new Map<string, unknown>();
  for (const item of [...first, ...second]) if (!seen.has(keyOf(item))) seen.set(keyOf(item), item);
  return [...seen.values()];
}

/** Tells the user that remains where the messages of the other are: they stay in the lane they were sent from. */
async function noteMerge(transaction: Database, from: UserRef, to: UserRef): Promise<void> {
  const earlier = await transaction
    .deleteFrom('merged_user')
    .where('lane', '=', from.lane)
    .where('user_id', '=', from.id)
    .returning(['source_lane', 'source_id'])
    .execute();
  const sources = [{ source_lane: from.lane, source_id: from.id }, ...earlier];
  await transaction
    .insertInto('merged_user')
    .values(sources.map((source) => ({ lane: to.lane, user_id: to.id, ...source })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
