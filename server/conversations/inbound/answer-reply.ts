import { countSegments } from '../../content/segments/count-segments.ts';
import { queueAnswer } from '../../delivery/answer.ts';
import type { Context } from '../../http/context.ts';
import { wakeWorkersOnCommit } from '../../lanes/wake.ts';
import { factsOf } from '../../medium/media.ts';
import { inWords } from '../../providers/content-words.ts';
import { type ConfirmationKind, confirmationText } from '../keywords/confirmations.ts';
import { mayAnswer } from './answer-limits.ts';
import type { Inbound } from './inbound.ts';
import { channelsOf, frequencyOf } from './standings.sql.ts';

/** All that the network behind a toll-free number acts on, and answers by itself (facts: every provider). */
const tollFreeWord = /^\s*(?:stop|start|unstop)\s*$/i;

/**
 * Answers what a person wrote, in the tongue of the word, unless the provider or the network has done so itself.
 * In the transaction of what it answers, so that both hold or neither. `typeIds`: the message types of which a confirmation tells how often they come.
 */
export async function answer(
  context: Context,
  inbound: Inbound,
  kind: ConfirmationKind,
  typeIds: readonly number[] = [],
): Promise<void> {
  const { sender, projectId } = inbound;
  if (inbound.handledByProvider) return;
  if (sender.kind === 'tollFree' && tollFreeWord.test(inbound.body)) return;
  const project = await context.db
    .selectFrom('project')
    .select(['brand', 'help_contact'])
    .where('id', '=', projectId)
    .executeTakeFirstOrThrow();
  const body = confirmationText(kind, inbound.meaning.language ?? 'en', {
    brand: project.brand,
    help: project.help_contact || context.publicUrl,
    frequency: await frequencyOf(context.db, typeIds),
  });
  await reply(context, inbound, body, kind !== 'help');
}

/**
 * Sends a person these words from the sender they wrote to, as often as answers may be sent (answer-limits.ts),
 * in the caller's transaction.
 * `changed`: the words confirm a change of the person's standing.
 */
export async function reply(
  context: Context,
  inbound: Inbound,
  body: string,
  changed: boolean,
): Promise<void> {
  const { sender, projectId, user } = inbound;
  const { answers, isInSegments } = factsOf(sender.medium);
  if (answers === null) return;
  const { joined, ended } = await channelsOf(context.db, inbound);
  const [channelId] = [...joined, ...ended];
  if (channelId === undefined) return;
  if (!(await mayAnswer(context.db, inbound, body, changed))) return;
  await queueAnswer(context.db, {
    lane: user.lane,
    userId: user.id,
    projectId,
    basis: 'ownMessage',
    messageTypeId: null,
    channelId,
    templateId: null,
    sender,
    toAddress: inbound.address,
    content: inWords(answers, body),
    segments: isInSegments ? countSegments(body).segments : 1,
    links: [],
    at: inbound.at,
  });
  await wakeWorkersOnCommit(context.db);
}
