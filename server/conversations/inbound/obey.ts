import { sql } from 'kysely';
import { recordWishes, type WishOutcome } from '../../consent/ledger.ts';
import type { Wish } from '../../consent/wish.ts';
import { countSegments } from '../../content/segments/count-segments.ts';
import type { Database } from '../../database/connect.ts';
import { queueAnswer } from '../../delivery/answer.ts';
import { skipQueued } from '../../delivery/skip-queued.ts';
import type { Context } from '../../http/context.ts';
import { type ConfirmationKind, confirmationText } from '../keywords/confirmations.ts';
import type { Inbound } from './inbound.ts';
import { channelsEndedBy, type Standing, standingsOf } from './standing.ts';

/** Words that bring a person back by themselves; YES and its kin only answer a question we asked. */
const plainOptInWords = new Set(['START', 'UNSTOP']);

/**
 * Does what a person asked for, and answers once where an answer is due. Returns when it is committed.
 */
export async function obey(context: Context, inbound: Inbound): Promise<void> {
  switch (inbound.meaning.meaning) {
    case 'optOut':
      return optOut(context, inbound);
    case 'optIn':
      return optIn(context, inbound);
    case 'help':
      return answer(context, inbound, 'help');
    case 'unclearOptOut':
      return pause(context, inbound);
    case 'none':
      return undefined;
  }
}

function wishes(
  inbound: Inbound,
  action: Wish['action'],
  targets: readonly Pick<Standing, 'kind' | 'targetId'>[],
  method: Wish['method'],
): Wish[] {
  return targets.map((target) => ({
    lane: inbound.user.lane,
    userId: inbound.user.id,
    projectId: inbound.projectId,
    action,
    kind: target.kind,
    targetId: target.targetId,
    address: inbound.address,
    method,
    source: `written to ${inbound.sender.address}`,
    wording: inbound.body,
    happenedAt: inbound.at,
  }));
}

/**
 * Ends the channels the sender stands for and answers with the one confirmation the law allows. A person who
 * is out already gets none, nor does one whose network answers itself (toll-free numbers, facts 2b).
 */
async function optOut(context: Context, inbound: Inbound): Promise<void> {
  const { db } = context;
  const channels = await channelsEndedBy(db, inbound.projectId, inbound.sender);
  const targets = channels.map((targetId) => ({ kind: 'channel' as const, targetId }));
  const method = inbound.meaning.word ? 'keyword' : 'reply';
  const outcomes = await recordWishes(context, wishes(inbound, 'optOut', targets, method), inbound.at);
  await skipQueued(db, inbound.user, { channelIds: channels }, 'optedOut');
  if (outcomes.some(hasChanged)) await answer(context, inbound, 'optOut');
}

function hasChanged(outcome: WishOutcome): boolean {
  return 'changed' in outcome && outcome.changed;
}

/**
 * START brings back what a person left, or signs them up who never had a standing; YES only confirms what was
 * waiting for it.
 */
async function optIn(context: Context, inbound: Inbound): Promise<void> {
  const { db } = context;
  const channels = await channelsEndedBy(db, inbound.projectId, inbound.sender);
  const standings = (await standingsOf(db, inbound)).filter((each) => channels.includes(each.channelId));
  const types = standings.filter((each) => each.kind === 'messageType');
  const waiting = types.filter((each) => each.status === 'pending');
  const method = waiting.length > 0 ? 'doubleOptIn' : 'keyword';
  if (waiting.length === 0 && !plainOptInWords.has(inbound.meaning.word?.toUpperCase() ?? '')) return;
  const left = types.filter((each) => each.status === 'unsubscribed');
  const wanted = waiting.length > 0 ? waiting : left.length > 0 ? left : await typesOf(db, channels);
  if (wanted.length === 0) return;
  const targets = [...channels.map((targetId) => ({ kind: 'channel' as const, targetId })), ...wanted];
  const asked = wishes(inbound, 'optIn', waiting.length > 0 ? wanted : targets, method);
  const outcomes = await recordWishes(context, asked, inbound.at);
  if (outcomes.some(hasChanged)) await answer(context, inbound, 'optIn');
}

async function typesOf(
  db: Database,
  channels: readonly number[],
): Promise<Pick<Standing, 'kind' | 'targetId'>[]> {
  const rows = await db
    .selectFrom('message_type')
    .select('id')
    .where('channel_id', 'in', [...channels, -1])
    .execute();
  return rows.map((row) => ({ kind: 'messageType', targetId: row.id }));
}

/** Holds promotional messages back and puts the words before somebody who decides. */
async function pause(context: Context, inbound: Inbound): Promise<void> {
  const channels = await channelsEndedBy(context.db, inbound.projectId, inbound.sender);
  const targets = channels.map((targetId) => ({ kind: 'channel' as const, targetId }));
  await recordWishes(context, wishes(inbound, 'pause', targets, 'reply'), inbound.at);
  await sql`
    INSERT INTO unclear_reply (project_id, lane, user_id, channel_ids, body, received_at)
    VALUES (${inbound.projectId}, ${inbound.user.lane}, ${inbound.user.id}, ${channels}::int[], ${inbound.body}, ${inbound.at})
  `.execute(context.db);
}

async function answer(context: Context, inbound: Inbound, kind: ConfirmationKind): Promise<void> {
  const { sender, projectId, user } = inbound;
  if (
    inbound.handledByProvider ||
    (sender.kind === 'tollFree' && kind !== 'help') ||
    sender.medium === 'email'
  )
    return;
  const project = await context.db
    .selectFrom('project')
    .select(['brand', 'help_contact'])
    .where('id', '=', projectId)
    .executeTakeFirstOrThrow();
  const body = confirmationText(kind, inbound.meaning.language ?? 'en', {
    brand: project.brand,
    help: project.help_contact || context.publicUrl,
  });
  const [channelId] = await channelsEndedBy(context.db, projectId, sender);
  if (channelId === undefined) return;
  await context.db.transaction().execute((transaction) =>
    queueAnswer(transaction, {
      lane: user.lane,
      userId: user.id,
      projectId,
      kind: 'reply',
      channelId,
      templateId: null,
      sender,
      toAddress: inbound.address,
      content: sender.medium === 'whatsApp' ? { kind: 'whatsAppText', body } : { kind: 'sms', body },
      segments: sender.medium === 'whatsApp' ? 1 : countSegments(body).segments,
      links: [],
      at: inbound.at,
    }),
  );
  context.wake([{ lane: user.lane, senderId: sender.id }]);
}
