import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { SkipReason } from '../delivery/skip-reason.ts';

/** How many of an audience's users in one lane have the same reason against them, null for none. */
export interface StandingCount {
  reason: SkipReason | null;
  people: number;
  /** A few of them, by a hash of the id: neither the oldest nor the newest users. */
  sample: number[];
}

/** Whose audience, on which medium, channel and message type. */
export interface StandingRequest {
  projectId: number;
  medium: 'sms' | 'whatsApp' | 'email';
  promotional: boolean;
  channelId: number;
  messageTypeId: number;
  listIds: readonly number[];
  suppressionListIds: readonly number[];
}

/** Counts the users of one lane by what stands against a message to them, in the order admission looks. */
export async function countStanding(
  db: Database,
  lane: number,
  request: StandingRequest,
  sampleSize: number,
): Promise<StandingCount[]> {
  const { medium, listIds, suppressionListIds } = request;
  const address =
    medium === 'email'
      ? sql`u.email`
      : medium === 'sms'
        ? sql`u.phone_number`
        : sql`coalesce(u.phone_number, u.whatsapp_user_id)`;
  const { rows } = await sql<StandingCount>`
    WITH audience AS (
      SELECT DISTINCT m.user_id FROM list_member m
      WHERE m.lane = ${lane} AND m.list_id = ANY(${listIds}::int[])
        AND NOT EXISTS (
          SELECT 1 FROM list_member s
          WHERE s.lane = ${lane} AND s.list_id = ANY(${suppressionListIds}::int[]) AND s.user_id = m.user_id)
    ), judged AS (
      SELECT u.id, CASE
        WHEN channel.status = 'unsubscribed' OR type.status = 'unsubscribed' THEN 'optedOut'
        WHEN channel.status IS DISTINCT FROM 'subscribed' OR type.status IS DISTINCT FROM 'subscribed' THEN 'noOptIn'
        WHEN ${request.promotional} AND (channel.paused_at IS NOT NULL OR type.paused_at IS NOT NULL) THEN 'paused'
        WHEN ${address} IS NULL THEN 'noAddress'
        WHEN u.unreachable ? ${medium} THEN 'unreachable'
        END AS reason
      FROM audience a
      JOIN users u ON u.lane = ${lane} AND u.id = a.user_id AND u.project_id = ${request.projectId}
      LEFT JOIN subscription channel ON channel.lane = ${lane} AND channel.user_id = u.id
        AND channel.kind = 'channel' AND channel.target_id = ${request.channelId}
      LEFT JOIN subscription type ON type.lane = ${lane} AND type.user_id = u.id
        AND type.kind = 'messageType' AND type.target_id = ${request.messageTypeId}
    )
    SELECT reason, count(*) AS people, (array_agg(id ORDER BY hashint8(id)))[1:${sampleSize}::int] AS sample
    FROM judged GROUP BY reason`.execute(db);
  // Numbers inside arrays come as text.
  return rows.map((row) => ({ ...row, sample: row.sample.map(Number) }));
}
