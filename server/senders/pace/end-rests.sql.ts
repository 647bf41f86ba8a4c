import type { Database } from '../../database/connect.ts';

/** Ends whatever rest senders are in: an operator has started them again, so what waits for them leaves at once. */
export async function endRests(db: Database, senderIds: readonly number[]): Promise<void> {
  if (senderIds.length === 0) return;
  await db
    .updateTable('sender_pace')
    .set({ slow_until: null, rest_ms: 0 })
    .where('sender_id', 'in', senderIds)
    .execute();
}
