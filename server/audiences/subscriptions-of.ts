import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { StandingStatus } from '../database/tables/consent.ts';
import { byLane } from '../users/by-lane.ts';
import type { UserRef } from '../users/identity.ts';

/** An opt-out or a pending opt-in or subscription of one person. */
export interface TargetStanding {
  kind: 'channel' | 'messageType';
  targetId: number;
  status: StandingStatus;
  since: Date;
  /** A type that was ended by the opt-out of its channel, and not by one of its own. */
  endedWithChannel: boolean;
}

/** Where each of these users stands with channels and message types, by user id. */
export async function standingsOf(
  db: Database,
  projectId: number,
  users: readonly UserRef[],
): Promise<Map<number, TargetStanding[]>> {
  const standings = new Map<number, TargetStanding[]>(users.map((user) => [user.id, []]));
  for (const [lane, group] of byLane(users, (user) => user.lane)) {
    const { rows } = await sql<TargetStanding & { userId: number }>`
      SELECT s.user_id AS "userId", s.kind, s.target_id AS "targetId", s.status, s.since,
        c.entry_id IS NOT NULL AS "endedWithChannel"
      FROM subscription s
      LEFT JOIN message_type t ON s.kind = 'messageType' AND t.id = s.target_id
      LEFT JOIN subscription c ON c.lane = ${lane} AND c.user_id = s.user_id AND c.kind = 'channel'
        AND c.target_id = t.channel_id AND c.status = 'unsubscribed' AND c.entry_id = s.entry_id
      WHERE s.lane = ${lane} AND s.user_id = ANY(${group.map((user) => user.id)}::bigint[])
        AND s.project_id = ${projectId}
      ORDER BY s.target_id`.execute(db);
    for (const { userId, ...standing } of rows) standings.get(userId)?.push(standing);
  }
  return standings;
}

/** Iterable's fields of a profile that tell its subscriptions; sent back as they are they change nothing. */
export async function subscriptionsOf(
  db: Database,
  projectId: number,
  user: UserRef,
): Promise<Record<string, number[]>> {
  const standings = (await standingsOf(db, projectId, [user])).get(user.id) ?? [];
  const lists = await db
    .selectFrom('list_member')
    .innerJoin('list', 'list.id', 'list_id')
    .select('list_id')
    .where('lane', '=', user.lane)
    .where('user_id', '=', user.id)
    .where('project_id', '=', projectId)
    .orderBy('list_id')
    .execute();
  const idsOf = (kind: TargetStanding['kind'], status: TargetStanding['status']) =>
    standings
      .filter((each) => each.kind === kind && each.status === status && !each.endedWithChannel)
      .map((each) => each.targetId);
  return {
    emailListIds: lists.map((row) => row.list_id),
    unsubscribedChannelIds: idsOf('channel', 'unsubscribed'),
    unsubscribedMessageTypeIds: idsOf('messageType', 'unsubscribed'),
    subscribedMessageTypeIds: idsOf('messageType', 'subscribed'),
  };
}
