import type { Context } from '../../http/context.ts';
import type { ProjectKeyword } from '../keywords/project-keywords.ts';
import { answer, reply } from './answer-reply.ts';
import type { Inbound } from './inbound.ts';
import { fulfil, obey, wishes } from './obey.ts';
import { typeOfWord } from './standings.sql.ts';

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
  const { meaning, answer: words } = keyword;
  const target = meaning === 'optIn' && typeId !== null ? await joining(context, inbound, typeId) : null;
  await fulfil(context, inbound, target ? wishes(inbound, [inbound.user], [target], 'keyword') : [], {
    last: async (within, [done]) => {
      // Who is to confirm first is asked by the change of standing, and who left since they wrote stays out.
      if (meaning === 'optIn' && done?.outcome !== 'recorded') return;
      if (words !== null) await reply(within, inbound, words, meaning === 'optIn');
      else await answer(within, inbound, meaning, typeId === null ? [] : [typeId]);
    },
  });
}

/** What a word that joins a message type asks for; null where the type is gone. */
async function joining({ db }: Context, { projectId }: Inbound, typeId: number) {
  const type = await typeOfWord(db, projectId, typeId);
  if (!type) return null;
  const action = type.doubleOptIn ? ('optInPending' as const) : ('optIn' as const);
  return { action, kind: 'messageType' as const, targetId: typeId };
}
