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

/** Waits until nothing of this lane is between its consent check and the wire; held to the transaction's end. */
export async function closeLaneGate(transaction: Kysely<Schema>, lane: number): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${laneGateClass}, ${lane})`.execute(transaction);
}
