import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { ofEachLane } from '../lanes/over-lanes.sql.ts';
import type { Medium } from '../medium/media.ts';
import { addressesByMedium } from '../users/address-rows.sql.ts';
import type { Asked, Definition } from './leaf-kind.ts';

/** A channel whose reach is counted. */
export interface ReachedChannel {
  id: number;
  medium: Medium;
}

/** Why somebody may not be written to in a channel, the first that is true; or that they may. */
export const reaches = [
  'reachable',
  'noAddress',
  'unreachable',
  'optedOut',
  'paused',
  'pending',
  'noOptIn',
] as const;
export type Reach = (typeof reaches)[number];

/** How many of a segment's people in each of these lanes may be written to in each channel, and why the others not. */
export async function reachOfLanes(
  db: Database,
  definition: Definition,
  of: Omit<Asked, 'lane'>,
  lanes: readonly number[],
  channels: readonly ReachedChannel[],
): Promise<{ channelId: number; reach: Reach; people: number }[]> {
  if (channels.length === 0) return [];
  const ids = channels.map(({ id }) => id);
  const media = channels.map(({ medium }) => medium);
  // Addresses and subscriptions of all members are read once, whatever the number of channels.
  return ofEachLane(
    db,
    lanes,
    (lane) => sql<{ channelId: number; reach: Reach; people: number }>`
    WITH member AS MATERIALIZED (
      SELECT u.id FROM users u
      WHERE u.lane = ${lane} AND u.project_id = ${of.projectId} AND ${definition.holds({ ...of, lane })}
    ), address_of AS MATERIALIZED (${addressesByMedium([...new Set(media)], lane, sql`SELECT id FROM member`)}
    ), standing_of AS MATERIALIZED (
      SELECT s.user_id, CASE s.kind WHEN 'channel' THEN s.target_id ELSE t.channel_id END AS channel_id,
        max(s.status) FILTER (WHERE s.kind = 'channel') AS status,
        bool_or(s.paused_at IS NOT NULL) FILTER (WHERE s.kind = 'channel') AS is_paused,
        bool_or(s.status = 'subscribed' AND s.paused_at IS NULL) FILTER (WHERE s.kind <> 'channel') AS open,
        bool_or(s.status = 'subscribed' AND s.paused_at IS NOT NULL) FILTER (WHERE s.kind <> 'channel') AS held,
        bool_or(s.status = 'pending') FILTER (WHERE s.kind <> 'channel') AS pending,
        bool_or(s.status = 'unsubscribed') FILTER (WHERE s.kind <> 'channel') AS gone
      FROM subscription s LEFT JOIN message_type t ON s.kind = 'messageType' AND t.id = s.target_id
      WHERE s.lane = ${lane} AND s.user_id IN (SELECT id FROM member) GROUP BY 1, 2
    )
    SELECT told.id AS "channelId", told.reach, count(*)::int AS people FROM (
      SELECT c.id, CASE
        WHEN a.is_reached IS NULL THEN 'noAddress'
        WHEN NOT a.is_reached THEN 'unreachable'
        WHEN s.status = 'unsubscribed' OR (s.gone AND NOT s.open AND NOT s.held AND NOT s.pending) THEN 'optedOut'
        WHEN s.status = 'subscribed' AND NOT s.is_paused AND s.open THEN 'reachable'
        WHEN s.status = 'subscribed' AND (s.open OR s.held) THEN 'paused'
        WHEN s.status = 'pending' OR s.pending THEN 'pending'
        ELSE 'noOptIn' END AS reach
      FROM member m CROSS JOIN unnest(${ids}::int[], ${media}::text[]) AS c (id, medium)
      LEFT JOIN address_of a ON a.user_id = m.id AND a.medium = c.medium
      LEFT JOIN standing_of s ON s.user_id = m.id AND s.channel_id = c.id
    ) told GROUP BY told.id, told.reach`,
  );
}
