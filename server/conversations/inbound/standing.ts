import type { Database } from '../../database/connect.ts';
import type { Inbound, WrittenSender } from './inbound.ts';

/** Where a person stands with a channel or message type, as a reply needs it. */
export interface Standing {
  kind: 'channel' | 'messageType';
  targetId: number;
  /** The channel itself, or the one the message type belongs to. */
  channelId: number;
  status: 'subscribed' | 'pending' | 'unsubscribed';
}

/**
 * The channels that an opt-out written to a sender ends: to a promotional sender, the medium's promotional
 * ones; to a transactional sender, all of the medium. A person who refuses even what they need wants nothing.
 */
export async function channelsEndedBy(
  db: Database,
  projectId: number,
  sender: WrittenSender,
): Promise<number[]> {
  const rows = await db
    .selectFrom('channel')
    .select(['id', 'purpose'])
    .where('project_id', '=', projectId)
    .where('medium', '=', sender.medium)
    .orderBy('id')
    .execute();
  return rows
    .filter((row) => sender.purpose === 'transactional' || row.purpose === 'promotional')
    .sort((a, b) => Number(b.purpose === sender.purpose) - Number(a.purpose === sender.purpose))
    .map((row) => row.id);
}

/** All that is on record of a person's standing. */
export async function standingsOf(db: Database, inbound: Inbound): Promise<Standing[]> {
  const rows = await db
    .selectFrom('subscription')
    .leftJoin('message_type', 'message_type.id', 'subscription.target_id')
    .select(['kind', 'target_id', 'status', 'message_type.channel_id'])
    .where('lane', '=', inbound.user.lane)
    .where('subscription.project_id', '=', inbound.projectId)
    .where('user_id', '=', inbound.user.id)
    .execute();
  return rows.map((row) => ({
    kind: row.kind,
    targetId: row.target_id,
    channelId: row.kind === 'channel' ? row.target_id : (row.channel_id ?? 0),
    status: row.status,
  }));
}
