import { recordWishes } from '../../consent/ledger.ts';
import type { Context } from '../../http/context.ts';
import type { ProjectKeyword } from '../keywords/project-keywords.ts';
import { answer, reply } from './answer-reply.ts';
import type { Inbound } from './inbound.ts';
import { obey, wishes } from './obey.ts';

/**
 * Does what a word of the project's own stands for: an opt-in to its message type, help, or what STOP does.
 * Returns when it is committed.
 */
export async function obeyKeyword(
  context: Context,
  inbound: Inbound,
  keyword: ProjectKeyword,
): Promise<void> {
  if (keyword.meaning === 'optOut') return obey(context, inbound);
  const typeId = keyword.message_type_id;
  if (keyword.meaning === 'optIn' && !(typeId !== null && (await optIn(context, inbound, typeId)))) return;
  if (keyword.answer !== null) return reply(context, inbound, keyword.answer, keyword.meaning === 'optIn');
  return answer(context, inbound, keyword.meaning, typeId === null ? [] : [typeId]);
}

/** Subscribes the writer to a message type; false where they are to confirm it first, or left since they wrote. */
async function optIn(context: Context, inbound: Inbound, typeId: number): Promise<boolean> {
  const type = await context.db
    .selectFrom('message_type')
    .select('double_opt_in')
    .where('project_id', '=', inbound.projectId)
    .where('id', '=', typeId)
    .executeTakeFirst();
  if (!type) return false;
  const action = type.double_opt_in ? ('optInPending' as const) : ('optIn' as const);
  const target = { action, kind: 'messageType' as const, targetId: typeId };
  const [done] = await recordWishes(
    context,
    wishes(inbound, [inbound.user], [target], 'keyword'),
    inbound.at,
  );
  return done?.outcome === 'recorded';
}
