import type { Database } from '../database/connect.ts';
import { type AddressRow, addingAddresses } from './address-rows.sql.ts';
import { isFurtherKind } from './addresses.ts';
import { sendByLane } from './by-lane.ts';
import { endingConsent } from './gates.ts';
import type { NewAddress, People } from './people.ts';
import { lockUsersAnywhere } from './user-row.ts';

/**
 * Gives people addresses beside those of their profiles, of kinds of which they may have several (`isFurtherKind`); those
 * that they have already stay as they are. Opt-outs on record of an address are in force for who gains it. Who is gone
 * gains none.
 */
export async function addAddresses(
  people: People,
  projectId: number,
  added: readonly Omit<NewAddress, 'isNewcomer'>[],
  at: Date,
): Promise<void> {
  const ofProfile = added.find(({ kind }) => !isFurtherKind(kind));
  if (ofProfile) throw new Error(`${ofProfile.kind} is given by an update of the profile`);
  await endingConsent(people.db, [], async (transaction: Database, gates) => {
    const users = await lockUsersAnywhere(
      transaction,
      projectId,
      new Map(added.map(({ user }) => [user.id, user])).values(),
    );
    const there = new Set(users.map(({ id }) => id));
    const gained = added.filter(({ user }) => there.has(user.id));
    const made = await sendByLane(
      transaction,
      gained,
      ({ user }) => user.lane,
      (lane, group) =>
        addingAddresses(
          projectId,
          lane,
          group.map(({ user, kind, value }) => ({ userId: user.id, kind, value })),
          at,
        ),
    );
    const isNew = new Set(made.flatMap(({ rows }) => rows.map(keyOf)));
    const news = gained
      .filter(({ user, kind, value }) => isNew.has(keyOf({ userId: user.id, kind, value })))
      .map((each) => ({ ...each, isNewcomer: false }));
    for (const capability of people.capabilities)
      await capability.gainAddresses?.(transaction, gates, projectId, news, at);
    if (news.length > 0)
      await people.announce(
        transaction,
        news.map(({ user: { lane, id: userId } }) => ({
          ...{ kind: 'change' as const, of: 'address' as const, projectId, lane, userId, at },
        })),
      );
  });
}

/** Tells one address of one user from all others. */
const keyOf = ({ userId, kind, value }: AddressRow) => `${userId} ${kind} ${value}`;
