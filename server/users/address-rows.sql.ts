import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { here } from '../lanes/here.sql.ts';
import { factsOf } from '../medium/media.ts';
import type { Address, AddressKey } from './addresses.ts';

/** SQL of an expression. */
type Part = RawBuilder<unknown>;

/** An address of a user of the lane that a statement is about. */
export interface AddressRow extends AddressKey {
  userId: number;
}

const kindsOf = (medium: string) => sql`${[...factsOf(medium).addresses]}::text[]`;

/**
 * SQL: where a medium reaches users of one lane, as the first row of each in the order that is given: at `chosen.value`,
 * which is null for whom it does not reach; nobody is reached there where `code` is not null. The rule is that of `addressesOn`.
 */
export function choosing(
  medium: string,
  lane: number,
  userId: Part,
): Record<'join' | 'order' | 'code', Part> {
  return {
    join: sql`LEFT JOIN address chosen
      ON chosen.lane = ${lane} AND chosen.user_id = ${userId} AND chosen.kind = ANY(${kindsOf(medium)})`,
    order: sql`chosen.unreachable ? ${medium}::text, array_position(${kindsOf(medium)}, chosen.kind::text),
      chosen.added_at DESC, chosen.value`,
    code: sql`chosen.unreachable -> ${medium}::text ->> 'code'`,
  };
}

/** SQL: ids of the users of one lane, or of some of them, whom a medium reaches at an address. */
export const reachedUsers = (
  medium: string,
  lane: number | Part,
  among: readonly number[] | null,
): Part => sql`
  SELECT a.user_id FROM address a WHERE a.lane = ${lane} AND a.kind = ANY(${kindsOf(medium)})
    AND NOT a.unreachable ? ${medium}::text ${among === null ? sql`` : sql`AND a.user_id = ANY(${among}::bigint[])`}`;

/** SQL: of users of one lane (a statement of their ids) who have an address for a medium: by medium, whether they are reached at one. */
export function addressesByMedium(media: readonly string[], lane: number | Part, userIds: Part): Part {
  const pairs = media.flatMap((medium) => factsOf(medium).addresses.map((kind) => ({ medium, kind })));
  return sql`
  SELECT a.user_id, k.medium, bool_or(NOT a.unreachable ? k.medium) AS is_reached FROM address a
  JOIN unnest(${pairs.map(({ medium }) => medium)}::text[], ${pairs.map(({ kind }) => kind)}::text[]) AS k (medium, kind)
    ON k.kind = a.kind
  WHERE a.lane = ${lane} AND a.user_id IN (${userIds}) GROUP BY a.user_id, k.medium`;
}

/** Where a medium reaches somebody, with the carrier's code where nobody is reached there. */
export interface Chosen {
  value: string;
  code: string | null;
}

/** Where a medium reaches each of these users of a lane; whom it does not reach is absent. */
export async function chooseAddresses(
  db: Database,
  medium: string,
  lane: number,
  userIds: readonly number[],
): Promise<Map<number, Chosen>> {
  const { join, order, code } = choosing(medium, lane, sql`each.id`);
  const { rows } = await sql<Chosen & { id: number }>`
    SELECT DISTINCT ON (each.id) each.id, chosen.value, ${code} AS code
    FROM unnest(${userIds}::bigint[]) AS each (id) ${join}
    WHERE chosen.value IS NOT NULL ORDER BY each.id, ${order}`.execute(db);
  return new Map(rows.map(({ id, ...chosen }) => [id, chosen]));
}

/** The addresses of these users of a lane; who is no more is absent. */
export async function readAddresses(
  db: Database,
  lane: number,
  userIds: readonly number[],
): Promise<Map<number, Address[]>> {
  const { rows } = await sql<{ [Name in keyof Address]: Address[Name] | null } & { id: number }>`
    SELECT u.id, a.kind, a.value, a.added_at AS "addedAt", a.unreachable FROM users u
    LEFT JOIN address a ON a.lane = ${lane} AND a.user_id = u.id
    WHERE u.lane = ${lane} AND u.id = ANY(${userIds}::bigint[])`.execute(db);
  const addresses = new Map<number, Address[]>(rows.map(({ id }) => [id, []]));
  for (const { id, kind, value, addedAt, unreachable } of rows)
    if (kind !== null && value !== null && addedAt !== null)
      addresses.get(id)?.push({ kind, value, addedAt, unreachable: unreachable ?? {} });
  return addresses;
}

/**
 * SQL: joins, as `held`, the row of the address `value` of a user of one lane, if it is still theirs and one of the medium's;
 * `isDead` is whether nobody is reached there.
 */
export function holding(
  medium: string,
  lane: number,
  userId: Part,
  value: Part,
): Record<'join' | 'isDead', Part> {
  return {
    join: sql`LEFT JOIN address held ON held.lane = ${lane} AND held.user_id = ${userId} AND held.value = ${value}
      AND held.kind = ANY(${kindsOf(medium)})`,
    isDead: sql`held.unreachable ? ${medium}::text`,
  };
}

/** SQL: the address `value` is still one of a user of one lane. */
export const isTheirs = (lane: number, userId: Part, value: Part): RawBuilder<boolean> => sql<boolean>`
  EXISTS (SELECT 1 FROM address a WHERE a.lane = ${lane} AND a.user_id = ${userId} AND a.value = ${value})`;

/** SQL: gives new users of a lane their addresses. */
export const insertingAddresses = (
  projectId: number,
  lane: number,
  rows: readonly AddressRow[],
  at: Date,
): RawBuilder<unknown> => sql`
  INSERT INTO address (lane, project_id, user_id, kind, value, added_at)
  SELECT here.lane, ${projectId}::int, n.user_id, n.kind, n.value, ${at}::timestamptz
  FROM ${here(lane)} CROSS JOIN ${asRows(rows)} AS n (user_id, kind, value)`;

/** SQL: gives users of a lane addresses, and tells those that are new; what they have stays as it is. */
export const addingAddresses = (...given: Parameters<typeof insertingAddresses>): RawBuilder<AddressRow> =>
  sql<AddressRow>`${insertingAddresses(...given)} ON CONFLICT (lane, user_id, value) DO NOTHING
    RETURNING user_id AS "userId", kind, value`;

/** SQL: takes addresses from users of a lane. */
export const deletingAddresses = (lane: number, rows: readonly AddressRow[]): RawBuilder<unknown> => sql`
  DELETE FROM address a USING ${asRows(rows)} AS n (user_id, kind, value)
  WHERE a.lane = ${lane} AND a.user_id = n.user_id AND a.kind = n.kind AND a.value = n.value`;

const asRows = (rows: readonly AddressRow[]) => sql`unnest(${rows.map(({ userId }) => userId)}::bigint[],
  ${rows.map(({ kind }) => kind)}::text[], ${rows.map(({ value }) => value)}::text[])`;

/** Takes all addresses from users of a lane; answers which they were, by user. */
export async function releaseAddresses(
  transaction: Database,
  lane: number,
  userIds: readonly number[],
): Promise<Map<number, AddressKey[]>> {
  const { rows } = await sql<AddressRow>`
    DELETE FROM address WHERE lane = ${lane} AND user_id = ANY(${userIds}::bigint[])
    RETURNING user_id AS "userId", kind, value`.execute(transaction);
  return Map.groupBy(rows, ({ userId }) => userId);
}
