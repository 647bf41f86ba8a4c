import type { Database } from '../../database/connect.ts';
import type { Medium } from '../../medium/media.ts';
import type { SenderChoice } from '../../senders/choose-sender.ts';
import { loadCandidates } from './admission-plan.ts';
import { type Reach, type ReachPlan, reachOf } from './admit-user.ts';
import { usersById } from './audience-page.ts';

/** A message type by which people may be reached, and from whom. */
interface ReachAsked {
  messageTypeId: number;
  choice: SenderChoice;
}

export type { Reach };

/**
 * Whether messages of a type would reach these people of a lane, by the rules of admission: consent, address, sender. What a template and the hours
 * say is not asked. Who is gone is absent, and everybody where the type is none of the project's.
 */
export async function reachOfPeople(
  db: Database,
  { projectId, lane }: { projectId: number; lane: number },
  { messageTypeId, choice }: ReachAsked,
  userIds: readonly number[],
): Promise<{ medium: Medium | null; of: ReadonlyMap<number, Reach> }> {
  const type = await db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'message_type.channel_id')
    .select(['channel.id', 'medium', 'purpose'])
    .where('message_type.project_id', '=', projectId)
    .where('message_type.id', '=', messageTypeId)
    .executeTakeFirst();
  if (!type) return { medium: null, of: new Map() };
  const { id: channelId, medium, purpose } = type;
  const plan: ReachPlan = { medium, purpose, choice, senders: await loadCandidates(db, projectId) };
  const of = { projectId, lane, medium, channelId, messageTypeId, poolId: null, noRepeatOf: null };
  const users = await usersById(db, of, [...new Set(userIds)]);
  const present = users.filter(({ exists }) => exists);
  return { medium, of: new Map(present.map((user) => [user.id, reachOf(plan, user)])) };
}
