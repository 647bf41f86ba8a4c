import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { here } from '../../lanes/here.sql.ts';
import type { RefusalReason } from '../runs/run.ts';

/** How somebody has entered a journey before, by the key of the passage. */
export interface EarlierEntries {
  userId: number;
  key: string;
  entries: number;
  lastEnteredAt: Date;
  /** Passages that are under way. */
  inside: number;
}

/** How these people have entered a journey before; who never did is absent. */
export async function earlierEntries(
  db: Database,
  lane: number,
  journeyId: number,
  userIds: readonly number[],
): Promise<EarlierEntries[]> {
  const { rows } = await sql<EarlierEntries>`
    SELECT e.user_id AS "userId", e.key, e.entries, e.last_entered_at AS "lastEnteredAt",
      (SELECT count(*)::int FROM journey_run r
        WHERE r.lane = ${lane} AND r.user_id = e.user_id AND r.journey_id = ${journeyId} AND r.key = e.key) AS inside
    FROM journey_entry e
    WHERE e.lane = ${lane} AND e.journey_id = ${journeyId} AND e.user_id = ANY (${userIds}::bigint[])`.execute(
    db,
  );
  return rows;
}

/** Counts entries of people, each with its key; one who enters twice here is named twice. */
export async function keepEntries(
  transaction: Database,
  lane: number,
  { journeyId, projectId }: { journeyId: number; projectId: number },
  entries: readonly { userId: number; key: string }[],
  at: Date,
): Promise<void> {
  if (entries.length === 0) return;
  await sql`
    INSERT INTO journey_entry (lane, journey_id, user_id, key, project_id, entries, last_entered_at)
    SELECT here.lane, ${journeyId}, n.user_id, n.key, ${projectId}, n.entries, ${at}::timestamptz FROM ${here(lane)} CROSS JOIN (
      SELECT user_id, key, count(*)::int AS entries FROM unnest(
        ${entries.map(({ userId }) => userId)}::bigint[], ${entries.map(({ key }) => key)}::text[]) AS e (user_id, key)
      GROUP BY user_id, key) n
    ON CONFLICT (lane, journey_id, user_id, key) DO UPDATE SET
      entries = journey_entry.entries + excluded.entries, last_entered_at = excluded.last_entered_at`.execute(
    transaction,
  );
}

/** Somebody who was to enter and did not. */
export interface Refused {
  userId: number;
  key: string;
  reason: RefusalReason;
  /** What was to let them in. */
  cause: unknown;
}

/** Notes who did not enter, and why. */
export async function keepRefused(
  transaction: Database,
  lane: number,
  { journeyId, projectId }: { journeyId: number; projectId: number },
  refused: readonly Refused[],
  at: Date,
): Promise<void> {
  if (refused.length === 0) return;
  await sql`
    INSERT INTO journey_not_entered (lane, journey_id, user_id, project_id, key, reason, cause, at)
    SELECT here.lane, ${journeyId}, n.user_id, ${projectId}, n.key, n.reason, n.cause::jsonb, ${at}::timestamptz
    FROM ${here(lane)} CROSS JOIN unnest(${refused.map(({ userId }) => userId)}::bigint[], ${refused.map(({ key }) => key)}::text[],
      ${refused.map(({ reason }) => reason)}::text[], ${refused.map(({ cause }) => JSON.stringify(cause))}::text[])
      AS n (user_id, key, reason, cause)`.execute(transaction);
}
