import type { Database } from '../database/connect.ts';
import { encodeMessageId } from '../database/message-id.ts';
import type { Happening, ReceivedHappening } from '../http/happenings.ts';
import type { Listener } from '../http/listener.ts';
import { byLane } from '../users/by-lane.ts';
import { answerByItself } from './answer-by-itself.ts';
import { assignThreads } from './assign.sql.ts';
import { tellNews } from './news.ts';
import { previewOf } from './preview.ts';
import { cancelScheduled } from './replies.sql.ts';
import { dueAfter, type InboxSettings, readSettings } from './settings.sql.ts';
import { hideTakenBack } from './taken-back.ts';
import { logDeeds } from './thread-log.sql.ts';
import {
  type InboundFacts,
  readInbound,
  type Touch,
  type Touched,
  touchThreads,
} from './touch-threads.sql.ts';
import { takeTurns } from './turns.sql.ts';
import { effectOf } from './what-opens.ts';

/**
 * Hears what people write and touches their threads. A moment after the message is kept, and not at once with it: the provider waits
 * for that commit, a batch is touched by one statement, and nothing is decided by a thread that a message does not say itself: whoever
 * opens the person reads the messages, and a scheduled answer looks at them before it goes.
 */
export const inboxListener: Listener = {
  kinds: ['received'],
  wantsOf: async () => ({ kinds: ['received'], wants: isReceived }),
  hear: async (transaction, happenings) => {
    const received = happenings.filter(isReceived);
    for (const [projectId, ofProject] of Map.groupBy(received, (each) => each.projectId)) {
      const settings = await readSettings(transaction, projectId);
      for (const [lane, ofLane] of byLane(ofProject, (each) => each.lane))
        await hearLane(transaction, projectId, lane, settings, ofLane);
    }
  },
};

const isReceived = (happening: Happening): happening is ReceivedHappening => happening.kind === 'received';

async function hearLane(
  transaction: Database,
  projectId: number,
  lane: number,
  settings: InboxSettings,
  received: readonly ReceivedHappening[],
): Promise<void> {
  const asked = received.map(({ inboundId, tapOn = null }) => ({ inboundId, tapOn }));
  const facts = await readInbound(transaction, lane, asked);
  const touches = touchesOf(projectId, settings, received, facts);
  const touched = await touchThreads(transaction, lane, touches);
  const revoked = received.filter(({ messageKind }) => messageKind === 'revoke');
  const changed = await hideTakenBack(
    transaction,
    { projectId, lane },
    revoked.map(({ inboundId }) => inboundId),
  );
  if (touches.length > 0) await afterTouches(transaction, projectId, lane, settings, touches, touched);
  const seen = new Set([...touched.map(({ id }) => id), ...changed]);
  if (seen.size > 0)
    await tellNews(transaction, {
      ...{ what: 'threads', projectId },
      threads: [...seen].map((id) => encodeMessageId(lane, id)),
    });
}

/** What follows where people wrote: the log, answers that were to go later, whose the threads are, answers of the program itself. */
async function afterTouches(
  transaction: Database,
  projectId: number,
  lane: number,
  settings: InboxSettings,
  touches: ReturnType<typeof touchesOf>,
  touched: readonly Touched[],
): Promise<void> {
  const at = new Date(Math.max(...touches.map((touch) => touch.at.getTime())));
  const news = touched.filter(({ what }) => what !== 'touched');
  await logDeeds(
    transaction,
    lane,
    news.map(({ id, userId, what }) => ({
      ...{ projectId, userId, threadId: id, agent: null },
      what: what === 'opened' ? ('opened' as const) : ('reopened' as const),
    })),
    at,
  );
  const cancelled = await cancelScheduled(
    transaction,
    projectId,
    lane,
    touches.map(({ userId }) => userId),
    at,
  );
  await logDeeds(
    transaction,
    lane,
    cancelled.map(({ userId, threadId }) => ({
      ...{ projectId, userId, threadId, agent: null, what: 'cancelled' as const },
    })),
    at,
  );
  await giveByTurns(transaction, projectId, lane, settings, touched, at);
  await answerByItself(transaction, { projectId, lane, settings }, touches, touched);
}

/** What these messages of a lane come to, a person once. */
function touchesOf(
  projectId: number,
  settings: InboxSettings,
  received: readonly ReceivedHappening[],
  facts: ReadonlyMap<number, InboundFacts>,
): (Touch & { body: string; from: string })[] {
  const effects = received.flatMap((each) => {
    const fact = facts.get(each.inboundId);
    // The person was forgotten meanwhile, and what they wrote with them.
    if (!fact) return [];
    const tapOn = each.tapOn === undefined ? null : fact.isOfCampaign ? 'campaign' : 'other';
    const effect = effectOf({
      ...{ meaning: fact.meaning, kind: each.messageKind ?? 'text' },
      ...{ isObeyed: each.obeyed ?? false, tapOn },
    });
    return effect === 'nothing' ? [] : [{ each, fact, effect }];
  });
  return [...Map.groupBy(effects, ({ each }) => each.userId).values()].map((ofPerson) => {
    const [first, last] = [ofPerson[0]!.each, ofPerson.at(-1)!];
    const { at, medium, senderId, userId } = last.each;
    return {
      ...{ projectId, userId, medium, senderId },
      ...{ opens: ofPerson.some(({ effect }) => effect === 'opens'), count: ofPerson.length },
      ...{ firstAt: first.at, at, preview: previewOf(last.each.body, last.fact.mediaCount) },
      ...{ body: last.each.body, from: last.each.from },
      words: ofPerson.map(({ each }) => each.body).join(' '),
      firstReplyDue: dueAfter(settings, first.at, settings.firstReplyMinutes),
      nextReplyDue: dueAfter(settings, first.at, settings.nextReplyMinutes),
      unassignAt: dueAfter(settings, at, settings.unassignMinutes),
      reopenFrom: new Date(first.at.getTime() - settings.reopenHours * 3_600_000),
    };
  });
}

/** Gives new threads, and those that go on and are nobody's, to whoever is there. */
async function giveByTurns(
  transaction: Database,
  projectId: number,
  lane: number,
  settings: InboxSettings,
  touched: readonly Touched[],
  at: Date,
): Promise<void> {
  if (settings.assigning !== 'byTurns') return;
  const free = touched.filter(({ what, assignee }) => what !== 'touched' && assignee === null);
  if (free.length === 0) return;
  const agents = await takeTurns(transaction, projectId, free.length, at);
  const given = free.flatMap(({ id, userId }, index) => {
    const agent = agents[index];
    return agent ? [{ id, userId, agent }] : [];
  });
  await assignThreads(transaction, { projectId, lane, by: null, at }, given);
}
