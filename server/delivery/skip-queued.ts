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

/** SQL: still to leave, now or after a failure. */
export const isWaiting = sql<boolean>`(status = 'queued' OR retry_at IS NOT NULL)`;

/** SQL: makes messages that wait leave no more. They are skipped; what left before and failed remains bounced. */
export function skipFor(reason: SkipReason) {
  return sql`status = CASE WHEN failed_at IS NULL THEN 'skipped' ELSE 'bounced' END,
    skip_reason = CASE WHEN failed_at IS NULL THEN ${reason} END, retry_at = NULL`;
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
    UPDATE message SET ${skipFor(reason)}
    WHERE lane = ${user.lane} AND user_id = ${user.id} AND ${isWaiting} AND message_type_id IS NOT NULL
      AND (${channelIds ?? null}::int[] IS NULL OR channel_id = ANY (${channelIds ?? []}::int[]))
      AND (${medium ?? null}::text IS NULL OR medium = ${medium ?? null}::text)
      AND (${campaignId ?? null}::int IS NULL OR campaign_id = ${campaignId ?? null}::int)
      AND (${messageId ?? null}::bigint IS NULL OR id = ${messageId ?? null}::bigint)
    RETURNING id
  `.execute(db);
  return rows.length;
}
