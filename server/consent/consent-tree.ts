import type { Database } from '../database/connect.ts';
import type { Medium } from '../medium/media.ts';
import type { ConsentTree } from './standing.ts';

/** A project's channels and message types, with what each channel travels on. */
export interface ProjectConsentTree extends ConsentTree {
  mediumOfChannel: ReadonlyMap<number, Medium>;
}

/** The channels and message types of a project, as the rules of consent need them. */
export async function loadConsentTree(db: Database, projectId: number): Promise<ProjectConsentTree> {
  const rows = await db
    .selectFrom('channel')
    .leftJoin('message_type', 'message_type.channel_id', 'channel.id')
    .select(['channel.id as channelId', 'medium', 'message_type.id as typeId'])
    .select('double_opt_in as doubleOptIn')
    .where('channel.project_id', '=', projectId)
    .execute();
  const typesOfChannel = new Map<number, number[]>();
  const channelOfType = new Map<number, number>();
  const mediumOfChannel = new Map<number, Medium>();
  const doubleOptIn = new Set<number>();
  for (const { channelId, medium, typeId, doubleOptIn: double } of rows) {
    mediumOfChannel.set(channelId, medium);
    const types = typesOfChannel.get(channelId) ?? [];
    typesOfChannel.set(channelId, types);
    if (typeId === null) continue;
    types.push(typeId);
    channelOfType.set(typeId, channelId);
    if (double) doubleOptIn.add(typeId);
  }
  return { typesOfChannel, channelOfType, doubleOptIn, mediumOfChannel };
}
