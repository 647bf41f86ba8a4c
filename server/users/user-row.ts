import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { sendTogether } from '../database/send-together.ts';
import { here } from '../lanes/here.sql.ts';
import { insertingAddresses } from './address-rows.sql.ts';
import { addressesOf, type ProfileAddresses } from './addresses.ts';
import { byLane, sendByLane } from './by-lane.ts';
import type { Identity, UserRef } from './identity.ts';
import { searchTextOf } from './search-text.ts';
import { searchWordsOf } from './search-words.ts';

/** A user as stored. `dataFields` is the profile without the identities. */
export interface User extends UserRef, ProfileAddresses {
  userId: string | null;
  dataFields: Record<string, unknown>;
  placeKey: string;
  placeCertainty: string;
  signedUpAt: Date;
  updatedAt: Date;
}

const columns = sql`lane, id, email, external_id AS "userId", phone_number AS "phoneNumber",
  whatsapp_user_id AS "whatsAppUserId", data_fields AS "dataFields", place_key AS "placeKey",
  place_certainty AS "placeCertainty", signed_up_at AS "signedUpAt", updated_at AS "updatedAt"`;

/** Reads users of one lane of a project; those that are gone are absent. */
export async function readUsers(
  db: Database,
  projectId: number,
  lane: number,
  ids: number[],
): Promise<User[]> {
  const { rows } = await sql<User>`
    SELECT ${columns} FROM users
    WHERE lane = ${lane} AND id = ANY(${ids}::bigint[]) AND project_id = ${projectId}`.execute(db);
  return rows;
}

/** The same, and nobody else changes them until the transaction ends. */
export async function lockUsers(
  transaction: Database,
  projectId: number,
  lane: number,
  ids: number[],
): Promise<User[]> {
  return (await locking(projectId, lane, ids).execute(transaction)).rows;
}

/** The same for users of any lanes. */
export async function lockUsersAnywhere(
  transaction: Database,
  projectId: number,
  refs: Iterable<UserRef>,
): Promise<User[]> {
  const answers = await sendByLane(
    transaction,
    refs,
    ({ lane }) => lane,
    (lane, group) =>
      locking(
        projectId,
        lane,
        group.map(({ id }) => id),
      ),
  );
  return answers.flatMap(({ rows }) => rows);
}

const locking = (projectId: number, lane: number, ids: readonly number[]) => sql<User>`
  SELECT ${columns} FROM users
  WHERE lane = ${lane} AND id = ANY(${ids}::bigint[]) AND project_id = ${projectId}
  ORDER BY id FOR UPDATE`;

const texts = new WeakMap<object, string>();

/** A profile as JSON, made once: it is measured before it is written. A profile that changes is another object. */
export function textOfFields(dataFields: Record<string, unknown>): string {
  const known = texts.get(dataFields);
  if (known !== undefined) return known;
  const text = JSON.stringify(dataFields);
  texts.set(dataFields, text);
  return text;
}

/** All identities of a user. */
export function identitiesOf(
  user: Pick<User, 'email' | 'userId' | 'phoneNumber' | 'whatsAppUserId'>,
): Identity[] {
  const identities: Identity[] = [];
  if (user.userId !== null) identities.push({ kind: 'externalId', value: user.userId });
  if (user.email !== null) identities.push({ kind: 'email', value: user.email });
  if (user.phoneNumber !== null) identities.push({ kind: 'phone', value: user.phoneNumber });
  if (user.whatsAppUserId !== null) identities.push({ kind: 'whatsApp', value: user.whatsAppUserId });
  return identities;
}

/** Writes new users, with the addresses of their profiles. */
export async function insertUsers(
  transaction: Database,
  projectId: number,
  users: readonly User[],
  at: Date,
): Promise<void> {
  await sendTogether(transaction, (send) =>
    Promise.all(
      byLane(users, ({ lane }) => lane).flatMap(([lane, group]) => [
        send(sql`
          INSERT INTO users (lane, id, project_id, email, external_id, phone_number, whatsapp_user_id, data_fields,
            search_text, search_words, place_key, place_certainty, signed_up_at, updated_at)
          SELECT here.lane, n.id, ${projectId}::int, n.email, n.external_id, n.phone, n.whatsapp, n.data_fields, n.search_text,
            ${searchWords}, n.place_key, n.place_certainty, ${at}::timestamptz, ${at}::timestamptz
          FROM ${here(lane)} CROSS JOIN ${asRows(projectId, group)}`),
        send(insertingAddresses(projectId, lane, addressRowsOf(group), at)),
      ]),
    ),
  );
}

/** The addresses of these profiles as rows. */
export const addressRowsOf = (users: readonly User[]) =>
  users.flatMap((user) => addressesOf(user).map((address) => ({ userId: user.id, ...address })));

/** SQL: the words of a row of `asRows` as they are stored; null where they stay. */
export const searchWords = sql`array_to_tsvector(string_to_array(n.search_words, ' '))`;

/** Users as rows of a statement, by the names that its columns have here. Of those who are found as before it says nothing of that. */
export function asRows(projectId: number, users: readonly User[], foundAsBefore?: ReadonlySet<User>) {
  const unlessKnown = (textOf: (user: User) => string) =>
    users.map((user) => (foundAsBefore?.has(user) ? null : textOf(user)));
  return sql`unnest(${users.map((user) => user.id)}::bigint[], ${users.map((user) => user.email)}::text[],
    ${users.map((user) => user.userId)}::text[], ${users.map((user) => user.phoneNumber)}::text[],
    ${users.map((user) => user.whatsAppUserId)}::text[],
    ${users.map((user) => textOfFields(user.dataFields))}::jsonb[],
    ${unlessKnown(searchTextOf)}::text[], ${unlessKnown((user) => searchWordsOf(projectId, user))}::text[],
    ${users.map((user) => user.placeKey)}::text[], ${users.map((user) => user.placeCertainty)}::text[])
    AS n (id, email, external_id, phone, whatsapp, data_fields, search_text, search_words, place_key, place_certainty)`;
}
