import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { lockClasses } from '../database/lock-classes.ts';

/*
 * The forgetting gate of a project stands between forgetting people and updates that would make them anew: an update
 * shares it from its look at who is forgotten until it commits; forgetting takes it alone. So nobody is both forgotten
 * and there.
 */

/** For updates, before they look at who is forgotten; held to the transaction's end. */
export async function shareForgettingGate(transaction: Database, projectId: number): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock_shared(${lockClasses.forgettingGate}, ${projectId})`.execute(
    transaction,
  );
}

/** Waits until no update of the project is under way; held to the transaction's end. */
export async function closeForgettingGate(transaction: Database, projectId: number): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${lockClasses.forgettingGate}, ${projectId})`.execute(transaction);
}
