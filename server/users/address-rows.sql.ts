import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
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
 * SQL: where a medium reaches a user of one lane, as `value`, with `code` where nobody is reached there; no row where it
 * does not. In the order of `addressesOn`, whose rule it is.
 */
export const chosenAddress = (medium: string, lane: number, userId: Part): RawBuilder<unknown> => sql`
  SELECT a.value, a.unreachable -> ${medium}::text ->> 'code' AS code FROM address a
  WHERE a.lane = ${lane} AND a.user_id = ${userId} AND a.kind = ANY(${kindsOf(medium)})
  ORDER BY a.unreachable ? ${medium}::text, array_position(${kindsOf(medium)}, a.kind), a.added_at DESC,
    a.value COLLATE "C"
  LIMIT 1`;

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
  const { rows } = await sql<Chosen & { id: number }>`
    SELECT each.id, chosen.* FROM unnest(${userIds}::bigint[]) AS each (id)
    CROSS JOIN LATERAL (${chosenAddress(medium, lane, sql`each.id`)}) chosen`.execute(db);
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

/** SQL: whether nobody is reached on a medium at the address `value` of a user of one lane; no row where it is not theirs. */
export const heldAddress = (
  medium: string,
  lane: number,
  userId: Part,
  value: Part,
): RawBuilder<unknown> => sql`
  SELECT a.unreachable ? ${medium}::text AS is_dead FROM address a
  WHERE a.lane = ${lane} AND a.user_id = ${userId} AND a.value = ${value} AND a.kind = ANY(${kindsOf(medium)})
  LIMIT 1`;

/** SQL: the address `value` is still one of a user of one lane. */
export const isTheirs = (lane: number, userId: Part, value: Part): RawBuilder<boolean> => sql<boolean>`
  EXISTS (SELECT 1 FROM address a WHERE a.lane = ${lane} AND a.user_id = ${userId} AND a.value = ${value})`;

/** SQL: gives users of a lane addresses; those that they have stay as they are. */
export const insertingAddresses = (
  projectId: number,
  lane: number,
  rows: readonly AddressRow[],
  at: Date,
): RawBuilder<unknown> => sql`
  INSERT INTO address (lane, project_id, user_id, kind, value, added_at)
  SELECT ${lane}, ${projectId}, n.*, ${at}::timestamptz FROM ${asRows(rows)} AS n
  ON CONFLICT (lane, user_id, kind, value) DO NOTHING`;

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
