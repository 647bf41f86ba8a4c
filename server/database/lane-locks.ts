import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';

/** Class of the advisory locks by which one worker has a lane to itself. */
export const laneLockClass = 0x6c61_6e65;
/**
 * Class of the advisory locks that stand between an opt-out and messages on their way: a worker shares a
 * lane's gate from its last look at consent until the posts have left; an opt-out takes it alone before it
 * commits. So whatever leaves after an opt-out's commit was looked at after it.
 */
export const laneGateClass = 0x6761_7465;

/**
 * Class of the advisory locks that stand between an opt-out of an address (a number, an email, a WhatsApp id) and those
 * who gain it: whoever gains addresses shares the gate of their identities' lanes until it commits, and then looks for
 * opt-outs of them; an opt-out takes it alone while it is put on record for the address and the address's holders are
 * looked up. So each holder is found by the one or finds the other.
 */
const addressGateClass = 0x6e75_6d62;

/** For those who gain addresses of these lanes of identities, in rising order; held to the transaction's end. */
export async function shareAddressGates(
  transaction: Kysely<Schema>,
  lanes: readonly number[],
): Promise<void> {
  await sql`
    SELECT pg_advisory_xact_lock_shared(${addressGateClass}, lane) FROM unnest(${lanes}::int[]) AS lane
  `.execute(transaction);
}

/** Waits until nobody is gaining an address of this lane of identities; held to the transaction's end. */
export async function closeAddressGate(transaction: Kysely<Schema>, lane: number): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${addressGateClass}, ${lane})`.execute(transaction);
}

/** Waits until nothing of this lane is between its consent check and the wire; held to the transaction's end. */
export async function closeLaneGate(transaction: Kysely<Schema>, lane: number): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${laneGateClass}, ${lane})`.execute(transaction);
}

/**
 * Class of the advisory locks, by project, that stand between forgetting people and updates that would make them
 * anew: an update shares the gate from its look at who is forgotten until it commits; forgetting takes it alone. So
 * nobody is both forgotten and there.
 */
const forgettingGateClass = 0x666f_7267;

/** For updates, before they look at who is forgotten; held to the transaction's end. */
export async function shareForgettingGate(transaction: Kysely<Schema>, projectId: number): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock_shared(${forgettingGateClass}, ${projectId})`.execute(transaction);
}

/** Waits until no update of the project is under way; held to the transaction's end. */
export async function closeForgettingGate(transaction: Kysely<Schema>, projectId: number): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${forgettingGateClass}, ${projectId})`.execute(transaction);
}
