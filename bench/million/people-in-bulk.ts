import { sql } from 'kysely';
import { addMembers } from '../../server/audiences/list-members.ts';
import type { Database } from '../../server/database/connect.ts';
import { laneOfUser } from '../../server/lanes/lanes.ts';
import { claimIdentities } from '../../server/users/identity.ts';
import { placeKey } from '../../server/users/place/place-key.ts';
import { resolvePlaces } from '../../server/users/place/resolve-places.ts';
import { identitiesOf, insertUsers, type User } from '../../server/users/user-row.ts';
import { makePeople } from '../people.ts';
import { startBar } from '../progress.ts';
import { inEachLane } from './lanes-at-once.ts';

/** Where people are put, and what they have agreed to. */
export interface Place {
  projectId: number;
  listId: number;
  channelId: number;
  messageTypeId: number;
}

/** Whose identities are claimed in one transaction. */
const claimedAtOnce = 5_000;
const surnames = ['Okafor', 'Silva', 'Müller', 'García', 'Smith', 'Nguyen', 'Kowalski', 'Haddad', 'Tanaka'];

/** Makes so many people from number `from` on with a number, an email and consent, all on one list, a lane at a time, as sets. */
export async function makePeopleInBulk(
  db: Database,
  place: Place,
  { from, count }: { from: number; count: number },
  prefixes: readonly string[],
): Promise<void> {
  const { rows } = await sql<{ last: number }>`
    SELECT setval('user_id_seq', nextval('user_id_seq') + ${count}::bigint) AS last`.execute(db);
  const first = (rows[0]?.last ?? 0) - count;
  const at = new Date();
  const indexes = Map.groupBy(
    Array.from({ length: count }, (_, index) => index),
    (index) => laneOfUser(first + index),
  );
  const bar = startBar('people', count);
  let done = 0;
  await inEachLane(async (lane) => {
    const users = (indexes.get(lane) ?? []).map((index) =>
      makeUser(lane, first + index, from + index, prefixes, at),
    );
    await db.transaction().execute(async (transaction) => {
      await sql`SET LOCAL synchronous_commit = off`.execute(transaction);
      await insertUsers(transaction, place.projectId, users, at);
      await agree(transaction, lane, place, users, at);
    });
    const book = { db, announce: async () => undefined, listensFor: async () => false };
    await addMembers(book, place.projectId, place.listId, users, at);
    for (let start = 0; start < users.length; start += claimedAtOnce) {
      const batch = users.slice(start, start + claimedAtOnce);
      const claims = batch.flatMap((user) => identitiesOf(user).map((identity) => ({ ...identity, user })));
      await db.transaction().execute((transaction) => claimIdentities(transaction, place.projectId, claims));
    }
    done += users.length;
    bar.at(done);
  });
  bar.end();
}

function makeUser(lane: number, id: number, index: number, prefixes: readonly string[], at: Date): User {
  const [person] = makePeople(index, 1, prefixes);
  if (!person) throw new Error('nobody was made');
  const { places, certainty } = resolvePlaces({ phone: person.phone });
  return {
    ...{ lane, id, email: person.email, userId: `u${id}`, phoneNumber: person.phone, whatsAppUserId: null },
    dataFields: {
      ...{ firstName: person.firstName, lastName: surnames[index % surnames.length], points: person.points },
    },
    ...{ placeKey: placeKey(places), placeCertainty: certainty, signedUpAt: at, updatedAt: at },
  };
}

async function agree(
  transaction: Database,
  lane: number,
  { projectId, channelId, messageTypeId }: Place,
  users: readonly User[],
  at: Date,
): Promise<void> {
  await sql`
    INSERT INTO subscription (lane, project_id, user_id, kind, target_id, status, entry_id, since)
    SELECT ${lane}, ${projectId}, id, kind, target_id, 'subscribed', 0, ${at}::timestamptz
    FROM unnest(${users.map((user) => user.id)}::bigint[]) id
    CROSS JOIN (VALUES ('channel', ${channelId}::int), ('messageType', ${messageTypeId}::int)) t (kind, target_id)`.execute(
    transaction,
  );
}
