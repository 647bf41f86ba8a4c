import { recordWishes, type WishOutcome } from '../../consent/ledger.ts';
import type { Wish } from '../../consent/wish.ts';
import type { Database } from '../../database/connect.ts';
import { skipQueued } from '../../delivery/skip-queued.ts';
import type { Context } from '../../http/context.ts';
import { askAbout } from '../unclear-replies.sql.ts';
import { answer } from './answer-reply.ts';
import type { Inbound } from './inbound.ts';
import {
  channelsOf,
  channelsOn,
  type Standing,
  standingsOf,
  typeOfStart,
  typesAskedAbout,
} from './standings.sql.ts';

/**
 * Does what a person asked for, keeps the message, and answers once where an answer is due. Returns when it is
 * committed: wish and answer of the writer are one transaction, so that a crash loses neither and repeats neither.
 */
export async function obey(context: Context, inbound: Inbound): Promise<void> {
  switch (inbound.meaning.meaning) {
    case 'optOut':
      return optOut(context, inbound);
    case 'optIn':
      return optIn(context, inbound);
    case 'help':
      return fulfil(context, inbound, [], { last: (within) => answer(within, inbound, 'help') });
    case 'unclearOptOut':
      return pause(context, inbound);
    case 'reaction':
    case 'none':
      return fulfil(context, inbound, [], {});
  }
}

/** What follows from wishes, each given a context within the transaction. */
interface Following {
  /** In the transaction of each lane in which there are wishes. */
  inLane?: (within: Context, lane: number) => Promise<void>;
  /** In the last one, of the writer's own lane; not where the message was kept by another call meanwhile. */
  last?: (within: Context, outcomes: readonly WishOutcome[]) => Promise<void>;
}

/**
 * Records wishes, those of the writer's own lane last and in one transaction with what follows. The message is kept in
 * it too; a refusal's after it, since a refusal is done only when it binds all who share the number: should the process
 * die between, the provider repeats the message, and the wish that is no news is not answered again.
 */
export async function fulfil(
  context: Context,
  inbound: Inbound,
  asked: readonly Wish[],
  { inLane, last }: Following,
): Promise<void> {
  const { user, at } = inbound;
  const isRefusal = asked.some(({ action }) => action === 'optOut' || action === 'pause');
  const obeyed = isObeyed(inbound, asked);
  const isOwn = (wish: Wish) => wish.lane === user.lane;
  const others = await recordWishes(
    context,
    asked.filter((wish) => !isOwn(wish)),
    at,
    async (db, lane) => inLane?.({ ...context, db }, lane),
  );
  const end = async (db: Database, outcomes: readonly WishOutcome[]) => {
    const within = { ...context, db };
    // A refusal is recorded of whoever remains, and what else follows when the message is read anew as theirs.
    const goesOn = isRefusal ? await inbound.isThere(db) : await inbound.keep(within, obeyed);
    if (goesOn) await last?.(within, [...others, ...outcomes]);
  };
  const own = asked.filter(isOwn);
  if (own.length === 0) await context.db.transaction().execute((db) => end(db, []));
  else
    await recordWishes(context, own, at, async (db, lane, outcomes) => {
      await inLane?.({ ...context, db }, lane);
      await end(db, outcomes);
    });
  if (isRefusal) await context.db.transaction().execute((db) => inbound.keep({ ...context, db }, obeyed));
}

/** Whether words were a keyword that is done. A YES to a question that nobody has asked is somebody's answer to something else. */
function isObeyed({ meaning }: Inbound, asked: readonly Wish[]): boolean {
  if (meaning.meaning === 'optIn') return asked.length > 0 || !meaning.onlyConfirms;
  return meaning.meaning === 'optOut' || meaning.meaning === 'help';
}

/** What a wish is about, and for an opt-in whether it still waits. */
type Target = Pick<Wish, 'action' | 'kind' | 'targetId'>;

const ofChannels = (action: Wish['action'], channelIds: readonly number[]): Target[] =>
  channelIds.map((targetId) => ({ action, kind: 'channel', targetId }));

/** The same wishes of each of these users, as they were written. */
export function wishes(
  inbound: Inbound,
  users: Inbound['users'],
  targets: readonly Target[],
  method: Wish['method'],
): Wish[] {
  return users.flatMap((user) =>
    targets.map((target) => ({
      ...target,
      lane: user.lane,
      userId: user.id,
      projectId: inbound.projectId,
      address: inbound.address,
      method,
      source: `written to ${inbound.sender.address}`,
      wording: inbound.body,
      happenedAt: inbound.writtenAt,
    })),
  );
}

/**
 * Ends the channels the sender stands for, for everybody the message may come from, and answers with the one
 * confirmation the law allows. A person who is out already gets none.
 */
async function optOut(context: Context, inbound: Inbound): Promise<void> {
  const { ended } = await channelsOf(context.db, inbound);
  const method = inbound.meaning.word ? 'keyword' : 'reply';
  const asked = wishes(inbound, inbound.users, ofChannels('optOut', ended), method);
  await fulfil(context, inbound, asked, {
    inLane: async (within, lane) => {
      for (const user of inbound.users.filter((each) => each.lane === lane))
        await skipQueued(within, user, { channelIds: ended }, 'optedOut', inbound.at);
    },
    last: async (within, outcomes) => {
      if (!outcomes.some(hasChanged)) return;
      const left = (await standingsOf(within.db, inbound)).filter((each) => each.status === 'subscribed');
      const media = new Set(await channelsOn(within.db, inbound.projectId, inbound.sender.medium));
      const goesOn = left.some((each) => each.kind === 'channel' && media.has(each.targetId));
      await answer(within, inbound, goesOn ? 'optOutPromotional' : 'optOut');
    },
  });
}

function hasChanged(outcome: WishOutcome): boolean {
  return 'changed' in outcome && outcome.changed;
}

/**
 * YES and its kin confirm what this sender asked about, and nothing else. START does the same where something was
 * asked; else it brings back what an opt-out ended, and signs up a newcomer.
 */
async function optIn(context: Context, inbound: Inbound): Promise<void> {
  const confirmed = await typesAskedAbout(context.db, inbound);
  const targets: Target[] =
    confirmed.length > 0
      ? confirmed.map((targetId) => ({ action: 'optIn', kind: 'messageType', targetId }))
      : inbound.meaning.onlyConfirms
        ? []
        : await broughtBack(context, inbound);
  const method = confirmed.length > 0 ? 'doubleOptIn' : 'keyword';
  await fulfil(context, inbound, wishes(inbound, [inbound.user], targets, method), {
    last: async (within, outcomes) => {
      // Who is still to confirm is asked to, and not told of being subscribed.
      if (outcomes.some((outcome) => outcome.outcome === 'pending') || !outcomes.some(hasChanged)) return;
      const subscribed = targets.flatMap((each) => (each.kind === 'messageType' ? each.targetId : []));
      await answer(within, inbound, 'optIn', subscribed);
    },
  });
}

/**
 * What START is about, in the channels of the sender's own purpose: those the person stands in, whose opt-out it
 * undoes with the types that had ended with it; where no channel was left, the types that were; and where that
 * leaves the person without any type, the one that is declared for START.
 */
async function broughtBack({ db }: Context, inbound: Inbound): Promise<Target[]> {
  const { joined } = await channelsOf(db, inbound);
  const standings = (await standingsOf(db, inbound)).filter((each) => joined.includes(each.channelId));
  const channels = standings.filter((each) => each.kind === 'channel');
  const types = standings.filter((each) => each.kind === 'messageType');
  const out = channels.filter((each) => each.status === 'unsubscribed');
  const endedWith = (channel: Standing) => (type: Standing) =>
    type.channelId === channel.targetId && type.entryId === channel.entryId;
  const returning =
    out.length > 0
      ? types.filter((type) => out.some((channel) => endedWith(channel)(type)))
      : types.filter((type) => type.status === 'unsubscribed');
  const targets = ofChannels(
    'optIn',
    channels.map((each) => each.targetId),
  );
  const left: Target[] = returning.map(({ targetId }) => ({
    action: 'optIn',
    kind: 'messageType',
    targetId,
  }));
  if (returning.length > 0) return [...targets, ...left];
  if (types.some((type) => type.status !== 'unsubscribed')) return targets;
  const first = await typeOfStart(db, joined);
  if (!first) return targets;
  const action = first.doubleOptIn ? 'optInPending' : 'optIn';
  return [...targets, { action, kind: 'messageType', targetId: first.id }];
}

/**
 * Holds promotional messages back and puts the words before somebody who decides, once for each person; words that
 * come again while that is open are no new question.
 */
async function pause(context: Context, inbound: Inbound): Promise<void> {
  const { projectId, users, address, body, providerMessageId, at } = inbound;
  const about = inbound.meaning.about ?? 'wish';
  const { ended } = await channelsOf(context.db, inbound);
  await fulfil(context, inbound, wishes(inbound, users, ofChannels('pause', ended), 'reply'), {
    inLane: async ({ db }, lane) => {
      const ids = users.filter((user) => user.lane === lane).map((user) => user.id);
      await askAbout(db, {
        ...{ projectId, lane, userIds: ids, channelIds: ended, body, about, address },
        ...{ providerMessageId, receivedAt: at },
      });
    },
  });
}
