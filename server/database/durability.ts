import { type RawBuilder, sql } from 'kysely';
import type { Database } from './connect.ts';

/**
 * Lets this transaction's commit not wait for the disk. When the database dies within a second after, it comes
 * back as if the transaction had not been, whole and in order; so it is for work that is found and done again by
 * itself, never for what somebody was promised or what already left.
 */
export async function withoutWaitingForDisk(transaction: Database): Promise<void> {
  await notWaitingForDisk.execute(transaction);
}

/** The same as a statement. */
export const notWaitingForDisk: RawBuilder<unknown> = sql`SET LOCAL synchronous_commit = off`;
