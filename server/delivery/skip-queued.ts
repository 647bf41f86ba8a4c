import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Medium } from '../database/schema.ts';
import type { UserRef } from '../users/identity.ts';
import type { SkipReason } from './skip-reason.ts';

/** Which of a user's waiting messages: what is absent does not narrow. */
export interface QueuedSelection {
  medium?: Medium;
  channelIds?: readonly number[];
  campaignId?: number;
  messageId?: number;
}

/**
 * Skips what waits for one user, so that people see at once what the next claim would find. Answers to the
 * person's own messages go out all the same. Returns how many there were.
 */
export async function skipQueued(
  db: Database,
  user: UserRef,
  selection: QueuedSelection,
  reason: SkipReason,
): Promise<number> {
  const { medium, channelIds, campaignId, messageId } = selection;
  const { rows } = await sql<{ id: number }>`
    UPDATE message SET status = 'skipped', skip_reason = ${reason}
    WHERE lane = ${user.lane} AND user_id = ${user.id} AND status = 'queued' AND message_type_id IS NOT NULL
      AND (${channelIds ?? null}::int[] IS NULL OR channel_id = ANY (${channelIds ?? []}::int[]))
      AND (${medium ?? null}::text IS NULL OR medium = ${medium ?? null}::text)
      AND (${campaignId ?? null}::int IS NULL OR campaign_id = ${campaignId ?? null}::int)
      AND (${messageId ?? null}::bigint IS NULL OR id = ${messageId ?? null}::bigint)
    RETURNING id
  `.execute(db);
  return rows.length;
}
