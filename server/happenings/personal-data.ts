import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Happening } from '../http/happenings.ts';
import { byLane } from '../users/by-lane.ts';
import type { PersonalData } from '../users/people.ts';
import { takeHappeningsOf } from './happening.sql.ts';
import type { Outbox } from './outbox.ts';

/**
 * What waits in the outbox of people who are merged or deleted is routed with that, while it is known who they were. It
 * is to act twice: before all others, so that what is asked or queued by it goes as the rest does (`before`), and
 * after them, for what they announce of these people (`after`). What is routed leaves no row, so there is none to move,
 * to forget or to show.
 */
export function happeningData(outbox: Outbox): { before: PersonalData; after: PersonalData } {
  const tell = async (transaction: Database, lane: number, userIds: readonly number[]) => {
    const { toTell, untold } = await takeHappeningsOf(transaction, lane, userIds);
    if (toTell.length > 0) await outbox.route(transaction, toTell);
    for (const happening of untold) await tryOnceMore(transaction, outbox, happening);
  };
  const hooks: Omit<PersonalData, 'tables'> = {
    moveUser: (transaction, { from }) => tell(transaction, from.lane, [from.id]),
    forgetUsers: async (transaction, { lane, users, merged }) => {
      const owners = [...users.map(({ id }) => ({ lane, id })), ...merged];
      for (const [itsLane, own] of byLane(owners, (owner) => owner.lane))
        await tell(
          transaction,
          itsLane,
          own.map(({ id }) => id),
        );
    },
  };
  return { before: { tables: ['happening'], ...hooks }, after: { tables: [], ...hooks } };
}

/** Tells what could not be told so far, for the last time: nobody is kept from going by what cannot be told of them. */
async function tryOnceMore(transaction: Database, outbox: Outbox, happening: Happening): Promise<void> {
  await sql`SAVEPOINT untold`.execute(transaction);
  try {
    await outbox.route(transaction, [happening]);
  } catch {
    await sql`ROLLBACK TO SAVEPOINT untold`.execute(transaction);
  }
  await sql`RELEASE SAVEPOINT untold`.execute(transaction);
}
