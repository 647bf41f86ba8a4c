import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
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
  db: Database,
  lane: number,
  senderIds: readonly number[],
  now: Date,
): Promise<boolean> {
  const { rows } = await changeMessages<{ id: number }>({
    lane,
    which: sql`retry_at <= ${now}::timestamptz AND sender_id = ANY (${senderIds}::int[])
      ORDER BY retry_at LIMIT ${mostAtOnce}`,
    set: sql`status = 'queued', due_at = greatest(due_at, ${now}::timestamptz), retry_at = NULL,
      closes_at = CASE WHEN purpose = 'promotional' AND medium = ANY (${lawfulMedia}::text[]) THEN ${now}::timestamptz ELSE closes_at END`,
    told: sql`id`,
  }).execute(db);
  return rows.length === mostAtOnce;
}
