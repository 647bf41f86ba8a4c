import type { Database } from '../database/connect.ts';
import { addressOn, type ProfileAddresses } from '../users/addresses.ts';
import { type TargetKind, targetText } from './standing.ts';

/** The medium of each channel and message type of a project, by `targetText`. */
export async function mediaOfTargets(db: Database, projectId: number): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('channel')
    .leftJoin('message_type', 'message_type.channel_id', 'channel.id')
    .select(['channel.id as channelId', 'message_type.id as typeId', 'medium'])
    .where('channel.project_id', '=', projectId)
    .execute();
  const media = new Map<string, string>();
  for (const { channelId, typeId, medium } of rows) {
    media.set(targetText('channel', channelId), medium);
    if (typeId !== null) media.set(targetText('messageType', typeId), medium);
  }
  return media;
}

/** The address at which a wish about this medium reaches the person, null when there is none. */
export function addressFor(user: ProfileAddresses, medium: string | undefined): string | null {
  return medium === undefined ? user.phoneNumber : addressOn(medium, user);
}

/** A channel or a message type, as a request names it; null when it names neither. */
export function targetOf(row: {
  channelId?: number | undefined;
  messageTypeId?: number | undefined;
}): { kind: TargetKind; targetId: number } | null {
  if (row.messageTypeId !== undefined) return { kind: 'messageType', targetId: row.messageTypeId };
  return row.channelId === undefined ? null : { kind: 'channel', targetId: row.channelId };
}
