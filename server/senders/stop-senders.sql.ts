import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';

/** Stops a sender that may not send, by its provider's word, until an operator starts it again. */
export async function stopSender(db: Database, senderId: number, reason: string): Promise<void> {
  await db
    .updateTable('sender')
    .set({ state: 'stopped', stopped_reason: reason })
    .where('id', '=', senderId)
    .where('state', '=', 'active')
    .execute();
}

/** Stops the account that a sender leaves by, and with it all its senders. */
export async function stopAccountOf(db: Database, senderId: number, reason: string): Promise<void> {
  await sql`
    UPDATE provider_account a SET stopped_reason = ${reason}
    FROM sender s
    WHERE s.id = ${senderId} AND a.id = s.provider_account_id AND a.stopped_reason IS NULL
  `.execute(db);
}
