import { type RawBuilder, sql } from 'kysely';
import { messagesWithCodes, takeBackCodes } from '../content/coupons/deal-codes.sql.ts';
import type { Database } from '../database/connect.ts';
import type { Announce, Happening } from '../http/happenings.ts';
import type { Medium } from '../medium/media.ts';
import type { UserRef } from '../users/identity.ts';
import { changeMessages } from './rollups/count-changes.sql.ts';
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

/**
 * SQL: what becomes of a row of `message` that is to leave no more. It is skipped, for the reason given in SQL; what left
 * before and failed was sent, and remains bounced.
 */
export const ended = {
  status: sql`CASE WHEN message.failed_at IS NULL THEN 'skipped' ELSE 'bounced' END`,
  reason: (reason: RawBuilder<unknown>) => sql`CASE WHEN message.failed_at IS NULL THEN ${reason} END`,
};

/** SQL: makes messages that wait leave no more, for this reason. */
export function skipFor(reason: SkipReason) {
  return sql`status = ${ended.status}, skip_reason = ${ended.reason(sql`${reason}::text`)}, retry_at = NULL`;
}

/** SQL: the same of queued messages where `given.skip` has a reason; without one they remain queued. */
export const skipGiven = sql`
  status = CASE WHEN given.skip IS NULL THEN 'queued' ELSE ${ended.status} END,
  skip_reason = ${ended.reason(sql`given.skip`)}`;

/** A message that was skipped, as far as it is told of. */
export interface Skipped {
  id: number;
  projectId: number;
  userId: number;
  campaignId: number | null;
  medium: Medium;
  /** Null for what left before, failed, and remains bounced. */
  skipReason: SkipReason | null;
}

/** SQL: what is told of a message that was changed, as `Skipped`. */
export const asSkipped = sql`id, project_id AS "projectId", user_id AS "userId", campaign_id AS "campaignId", medium, skip_reason AS "skipReason"`;

/**
 * Announces the skips among these messages of one lane, in the transaction that skipped them, and of the others that they have come to
 * rest again; the codes of coupon pools that none but the skipped would have shown are free again.
 */
export async function announceSkips(
  transaction: Database,
  announce: Announce,
  lane: number,
  messages: readonly Skipped[],
  at: Date,
): Promise<void> {
  const happenings = messages.map(({ id, projectId, userId, campaignId, medium, skipReason }): Happening => {
    const ofPerson = { projectId, lane, userId, at };
    return skipReason === null
      ? { kind: 'change', of: 'message', ...ofPerson }
      : {
          ...{ kind: 'message', what: 'sendSkip', ...ofPerson, medium, messageId: id },
          ...{ campaignId, reason: skipReason },
        };
  });
  if (happenings.length > 0) await announce(transaction, happenings);
  const skipped = messages.flatMap(({ id, skipReason }) => (skipReason === null ? [] : id));
  if (skipped.length === 0) return;
  const withCodes = await messagesWithCodes(transaction, lane, skipped);
  if (withCodes.length > 0)
    await takeBackCodes(transaction, lane, await neverClaimed(transaction, lane, withCodes));
}

/** Those of these skipped messages that were never on the way to the wire: what was may have been seen. */
async function neverClaimed(db: Database, lane: number, ids: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    SELECT id FROM message WHERE lane = ${lane} AND id = ANY (${ids}::bigint[]) AND status = 'skipped' AND attempts = 0`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/**
 * Skips what waits for one user, in the caller's transaction, so that people see at once what the next claim would
 * find. Answers to the person's own messages go out all the same. Returns how many there were.
 */
export async function skipQueued(
  { db, announce }: { db: Database; announce: Announce },
  user: UserRef,
  selection: QueuedSelection,
  reason: SkipReason,
  at: Date,
): Promise<number> {
  const { medium, channelIds, campaignId, messageId } = selection;
  const which = sql`user_id = ${user.id} AND ${isWaiting} AND basis IN ('optIn', 'pendingOptIn')
      AND (${channelIds ?? null}::int[] IS NULL OR channel_id = ANY (${channelIds ?? []}::int[]))
      AND (${medium ?? null}::text IS NULL OR medium = ${medium ?? null}::text)
      AND (${campaignId ?? null}::int IS NULL OR campaign_id = ${campaignId ?? null}::int)
      AND (${messageId ?? null}::bigint IS NULL OR id = ${messageId ?? null}::bigint)`;
  const change = { lane: user.lane, which, set: skipFor(reason), told: asSkipped };
  const { rows } = await changeMessages<Skipped>(change).execute(db);
  await announceSkips(db, announce, user.lane, rows, at);
  return rows.length;
}
