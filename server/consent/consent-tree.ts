import type { Database } from '../database/connect.ts';
import type { ConsentTree } from './standing.ts';

/** The channels and message types of a project, as the rules of consent need them. */
export async function loadConsentTree(db: Database, projectId: number): Promise<ConsentTree> {
  const rows = await db
    .selectFrom('channel')
    .leftJoin('message_type', 'message_type.channel_id', 'channel.id')
    .select(['channel.id as channelId', 'message_type.id as typeId', 'double_opt_in as doubleOptIn'])
    .where('channel.project_id', '=', projectId)
    .execute();
  const typesOfChannel = new Map<number, number[]>();
  const channelOfType = new Map<number, number>();
  const doubleOptIn = new Set<number>();
  for (const { channelId, typeId, doubleOptIn: double } of rows) {
    const types = typesOfChannel.get(channelId) ?? [];
    typesOfChannel.set(channelId, types);
    if (typeId === null) continue;
    types.push(typeId);
    channelOfType.set(typeId, channelId);
    if (double) doubleOptIn.add(typeId);
  }
  return { typesOfChannel, channelOfType, doubleOptIn };
}
