import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { Announce } from '../../http/happenings.ts';
import { lawfulMedia } from '../../medium/media.ts';
import { changeMessages } from '../rollups/count-changes.sql.ts';

const mostAtOnce = 1_000;

/**
 * Queues bounced messages of one lane again whose next try has come, of senders that may send; those of others stay
 * bounced until their sender may. None is due before the time it waited for when its failure was told. The claim looks
 * at campaign, consent, caps and hours anew, and gives back as bounced what may not leave any more; the lawful window
 * of a promotional text counts as closed, so that it is worked out for where its reader is now. The caller holds the
 * lane. Returns whether more may wait.
 */
export async function requeueFailed(
  { db, announce }: { db: Database; announce: Announce },
  lane: number,
  senderIds: readonly number[],
  now: Date,
): Promise<boolean> {
  const requeue = async (transaction: Database) => {
    const { rows } = await changeMessages<{ projectId: number; userId: number }>({
      lane,
      which: sql`retry_at <= ${now}::timestamptz AND sender_id = ANY (${senderIds}::int[])
        ORDER BY retry_at LIMIT ${mostAtOnce}`,
      set: sql`status = 'queued', due_at = greatest(due_at, ${now}::timestamptz), retry_at = NULL,
        closes_at = CASE WHEN purpose = 'promotional' AND medium = ANY (${lawfulMedia}::text[]) THEN ${now}::timestamptz ELSE closes_at END`,
      told: sql`project_id AS "projectId", user_id AS "userId"`,
    }).execute(transaction);
    if (rows.length > 0)
      await announce(
        transaction,
        rows.map((row) => ({ kind: 'change', of: 'message', lane, ...row, at: now })),
      );
    return rows.length === mostAtOnce;
  };
  return db.isTransaction ? requeue(db) : db.transaction().execute(requeue);
}
