import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { factsOf, type Medium } from '../../medium/media.ts';
import type { UserRef } from '../../users/identity.ts';
import type { UserMove } from '../../users/people.ts';

/*
 * A session: for so many hours after a person has written to one of our senders (`MediumFacts.sessionHours`) anything may be said to
 * them from there. The network counts it between that sender and the account that wrote, not between us and the person.
 */

/** Who wrote, by which addresses their account is known, and when they wrote. */
export interface Session extends UserRef {
  addresses: readonly string[];
  writtenAt: Date;
}

/**
 * Opens a session of somebody with a sender, or lets it end later; nothing where its medium has none. What comes late ends none
 * sooner. An account stays known by what it was known by before; one that writes beside another of the same person's has the session
 * from then on.
 */
export async function openSession(
  db: Database,
  sender: { id: number; medium: Medium },
  { lane, id, addresses, writtenAt }: Session,
): Promise<void> {
  const { sessionHours } = factsOf(sender.medium);
  if (sessionHours === null) return;
  const closesAt = new Date(writtenAt.getTime() + sessionHours * 3_600_000);
  await sql`
    INSERT INTO session (lane, user_id, sender_id, addresses, closes_at)
    VALUES (${lane}, ${id}, ${sender.id}, ${[...addresses]}::text[], ${closesAt})
    ON CONFLICT (lane, user_id, sender_id) DO UPDATE
      SET addresses = CASE
          WHEN session.addresses @> excluded.addresses THEN session.addresses
          WHEN session.addresses && excluded.addresses THEN session.addresses || excluded.addresses
          ELSE excluded.addresses END,
        closes_at = excluded.closes_at
      WHERE session.closes_at < excluded.closes_at`.execute(db);
}

/**
 * SQL: when the session of a user of a lane with a sender ends, as far as it is with the account of this address; null where there
 * is none.
 */
export const sessionEnd = (
  lane: number | RawBuilder<unknown>,
  userId: RawBuilder<unknown>,
  senderId: number | RawBuilder<unknown>,
  address: RawBuilder<unknown>,
): RawBuilder<Date | null> => sql`(SELECT session.closes_at FROM session
  WHERE session.lane = ${lane} AND session.user_id = ${userId} AND session.sender_id = ${senderId}
    AND ${address} = ANY (session.addresses))`;

/** SQL: all sessions of a user of a lane, as JSON; null for none. */
export const sessionsOfUser = (lane: number, userId: RawBuilder<unknown>): RawBuilder<unknown> => sql`(
  SELECT jsonb_agg(jsonb_build_object('senderId', session.sender_id, 'addresses', session.addresses,
    'closesAt', (extract(epoch FROM session.closes_at) * 1000)::float8))
  FROM session WHERE session.lane = ${lane} AND session.user_id = ${userId})`;

/** A session as `sessionsOfUser` tells it; `closesAt` in milliseconds since 1970. */
export interface OpenSession {
  senderId: number;
  addresses: readonly string[];
  closesAt: number;
}

/**
 * Gives the sessions of one user to another. Of two with one sender the one remains whose account is the remaining person's; where both or
 * neither are, the one that ends later.
 */
export async function moveSessions(transaction: Database, { from, to }: UserMove): Promise<void> {
  const { rows } = await sql<{ senderId: number; addresses: string[]; closesAt: Date }>`
    DELETE FROM session WHERE lane = ${from.lane} AND user_id = ${from.id}
    RETURNING sender_id AS "senderId", addresses, closes_at AS "closesAt"`.execute(transaction);
  const theirs = await transaction
    .selectFrom('address')
    .select('value')
    .where('lane', '=', to.lane)
    .where('user_id', '=', to.id)
    .execute();
  const own = theirs.map(({ value }) => value);
  for (const { senderId, addresses, closesAt } of rows)
    await sql`
      INSERT INTO session (lane, user_id, sender_id, addresses, closes_at)
      VALUES (${to.lane}, ${to.id}, ${senderId}, ${addresses}::text[], ${closesAt})
      ON CONFLICT (lane, user_id, sender_id) DO UPDATE
        SET addresses = excluded.addresses, closes_at = excluded.closes_at
        WHERE (excluded.addresses && ${own}::text[], excluded.closes_at)
          > (session.addresses && ${own}::text[], session.closes_at)`.execute(transaction);
}
