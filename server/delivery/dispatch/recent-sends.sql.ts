import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { PastSend } from './reached-limit.ts';

/** What users of one lane were sent since then that counts to limits, by user: promotional, and asked for by nobody; of these campaigns nothing. */
export async function recentSends(
  db: Database,
  lane: number,
  userIds: readonly number[],
  since: Date,
  without: readonly number[] = [],
): Promise<Map<number, PastSend[]>> {
  const { rows } = await sql<PastSend & { userId: number }>`
    SELECT user_id AS "userId", medium, dispatched_at AS at FROM message
    WHERE lane = ${lane} AND user_id = ANY (${userIds}::bigint[]) AND purpose = 'promotional'
      AND dispatched_at > ${since}::timestamptz AND status <> 'skipped' AND basis IN ('optIn', 'pendingOptIn')
      AND ${without.length === 0 ? sql`true` : sql`coalesce(campaign_id <> ALL (${without}::int[]), true)`}`.execute(
    db,
  );
  return Map.groupBy(rows, (row) => row.userId);
}
