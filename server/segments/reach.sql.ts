import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { ofEachLane } from '../lanes/over-lanes.sql.ts';
import type { Medium } from '../medium/media.ts';
import { addressedUsers, reachedUsers } from '../users/address-rows.sql.ts';
import type { Asked, Definition, Part } from './leaf-kind.ts';

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
  return ofEachLane(
    db,
    lanes,
    (lane) => sql<{ channelId: number; reach: Reach; people: number }>`
    WITH member AS MATERIALIZED (
      SELECT u.id FROM users u
      WHERE u.lane = ${lane} AND u.project_id = ${of.projectId} AND ${definition.holds({ ...of, lane })}
    )
    ${sql.join(
      channels.map((channel) => reachIn(channel, lane)),
      sql` UNION ALL `,
    )}`,
  );
}

const reachIn = ({ id, medium }: ReachedChannel, lane: Part): Part => sql`
  SELECT ${id}::int AS "channelId", reach, count(*)::int AS people FROM (
    SELECT CASE
      WHEN NOT m.id IN (${addressedUsers(medium, lane)}) THEN 'noAddress'
      WHEN NOT m.id IN (${reachedUsers(medium, lane, null)}) THEN 'unreachable'
      WHEN c.status = 'unsubscribed' OR (t.gone AND NOT t.open AND NOT t.held AND NOT t.pending) THEN 'optedOut'
      WHEN c.status = 'subscribed' AND c.paused_at IS NULL AND t.open THEN 'reachable'
      WHEN c.status = 'subscribed' AND (t.open OR t.held) THEN 'paused'
      WHEN c.status = 'pending' OR t.pending THEN 'pending'
      ELSE 'noOptIn' END AS reach
    FROM member m
    LEFT JOIN subscription c ON c.lane = ${lane} AND c.user_id = m.id AND c.kind = 'channel' AND c.target_id = ${id}
    LEFT JOIN (
      SELECT s.user_id, bool_or(s.status = 'subscribed' AND s.paused_at IS NULL) AS open,
        bool_or(s.status = 'subscribed' AND s.paused_at IS NOT NULL) AS held,
        bool_or(s.status = 'pending') AS pending, bool_or(s.status = 'unsubscribed') AS gone
      FROM subscription s JOIN message_type ty ON ty.id = s.target_id AND ty.channel_id = ${id}
      WHERE s.lane = ${lane} AND s.kind = 'messageType' GROUP BY s.user_id) t ON t.user_id = m.id) told
  GROUP BY reach`;
