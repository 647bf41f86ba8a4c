import type { Context } from '../../http/context.ts';
import { readFlowAnswer } from '../../whatsapp-flows/take-answer.ts';
import type { Inbound } from './inbound.ts';
import { fulfil } from './obey.ts';

/**
 * Takes in a form that was filled in: what it was filled with goes where its mapping says, and whoever agreed in it is opted in. None of its
 * words is a keyword. Returns when all of it is committed, once however often the provider tells it.
 */
export async function takeFlow(
  context: Context,
  inbound: Inbound,
  response: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { projectId, user, answers, address, sender, writtenAt, at } = inbound;
  const deeds = await readFlowAnswer(context, {
    ...{ projectId, user, answers, address, to: sender.address, response, writtenAt, at },
  });
  await fulfil(context, { ...inbound, meaning: { meaning: 'none' } }, deeds?.wishes ?? [], {
    last: async (within, outcomes) => deeds?.carryOut(within, outcomes),
  });
}
