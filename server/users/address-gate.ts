import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { lockClasses } from '../database/lock-classes.ts';

/*
 * The address gate stands between an opt-out of an address (a number, an email, a WhatsApp id) and those who gain it:
 * whoever gains addresses shares the gate of their identities' lanes until it commits, and then looks for opt-outs of
 * them; an opt-out takes it alone while it is put on record for the address and the address's holders are looked up. So
 * each holder is found by the one or finds the other.
 */

/** For those who gain addresses of these lanes of identities, in rising order; held to the transaction's end. */
export async function shareAddressGates(transaction: Database, lanes: readonly number[]): Promise<void> {
  await sql`
    SELECT pg_advisory_xact_lock_shared(${lockClasses.addressGate}, lane) FROM unnest(${lanes}::int[]) AS lane
  `.execute(transaction);
}

/** Waits until nobody is gaining an address of this lane of identities; held to the transaction's end. */
export async function closeAddressGate(transaction: Database, lane: number): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${lockClasses.addressGate}, ${lane})`.execute(transaction);
}
