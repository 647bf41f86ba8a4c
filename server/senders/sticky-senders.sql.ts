import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { here } from '../lanes/here.sql.ts';

/** Keeps which of a pool's senders people of one lane have come to know, in the caller's transaction. */
export async function keepStickySenders(
  transaction: Database,
  lane: number,
  poolId: number | null,
  known: readonly { userId: number; senderId: number }[],
): Promise<void> {
  if (poolId === null || known.length === 0) return;
  await sql`
    INSERT INTO sticky_sender (lane, user_id, pool_id, sender_id)
    SELECT here.lane, user_id, ${poolId}::int, sender_id FROM ${here(lane)} CROSS JOIN unnest(
      ${known.map((each) => each.userId)}::bigint[], ${known.map((each) => each.senderId)}::int[]) AS k (user_id, sender_id)
    ON CONFLICT (lane, user_id, pool_id) DO UPDATE SET sender_id = excluded.sender_id`.execute(transaction);
}
