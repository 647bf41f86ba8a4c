import type { Database } from '../database/connect.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import type { FlowBringer } from '../lanes/worker.ts';
import { retrying } from '../users/try-again.ts';
import { assignThreads } from './assign.sql.ts';
import { tellNews } from './news.ts';
import { dueReplies, findReply, hasWrittenSince, lockScheduled, settleScheduled } from './replies.sql.ts';
import { prepareReply, sendReply } from './reply.ts';
import { dueAfter, readSettings } from './settings.sql.ts';
import { logDeeds } from './thread-log.sql.ts';
import { changeThread, lockThread, newerThan, threadRef } from './threads.sql.ts';
import { presenceMs, takeTurns } from './turns.sql.ts';
import { nobodysThreads, projectsByTurns, type ThreadPlaceAnywhere, threadsToWake } from './upkeep.sql.ts';

/** Threads and answers looked at in one look; the next comes a second later. */
const atOnce = 100;

/**
 * Brings no flow, but does what comes due in the inbox: snoozes end, answers that were to go later go, threads whose agent is silent
 * come free, and those that are nobody's come to whoever is there. Each is looked at again with its thread held, so that any number
 * of workers do it once.
 */
export function inboxUpkeep(context: Context): FlowBringer {
  return {
    begin: async () => ({
      flows: [],
      everySecond: [() => wakeThreads(context), () => sendDue(context), () => giveNobodys(context)],
    }),
  };
}

/** Does something with each, so that one that fails keeps no other waiting. */
async function each<Item>(
  context: Context,
  items: readonly Item[],
  deed: (item: Item) => Promise<void>,
): Promise<void> {
  for (const item of items)
    try {
      await deed(item);
    } catch (error) {
      // Gone meanwhile, or to be found again at the next look.
      if (!(error instanceof ApiError))
        context.log.warn({ err: error, item }, 'the inbox could not look after this');
    }
}

/** Ends snoozes that are over, and takes threads from agents who have been silent for too long. */
export async function wakeThreads(context: Context): Promise<void> {
  const { db, clock } = context;
  const due = await threadsToWake(db, clock.now(), atOnce);
  await each(context, due, (place) => wakeThread(context, place));
}

async function wakeThread(
  { db, clock }: Context,
  { lane, id, projectId }: ThreadPlaceAnywhere,
): Promise<void> {
  const now = clock.now();
  await db.transaction().execute(async (transaction) => {
    const thread = await lockThread(transaction, projectId, threadRef({ lane, id }));
    const of = { projectId, userId: thread.user_id, threadId: id, agent: null };
    if (thread.state === 'snoozed' && thread.snoozed_until !== null && thread.snoozed_until <= now) {
      await changeThread(transaction, thread, { state: 'open', snoozed_until: null });
      await logDeeds(transaction, lane, [{ ...of, what: 'woken' }], now);
    } else if (thread.state === 'open' && thread.unassign_at !== null && thread.unassign_at <= now) {
      const { assigning } = await readSettings(transaction, projectId);
      const [next] = assigning === 'byTurns' ? await takeTurns(transaction, projectId, 1, now) : [];
      // Not to the one who was silent.
      const agent = next === undefined || next === thread.assignee_id ? null : next;
      const by = { projectId, lane, by: null, at: now };
      await assignThreads(transaction, by, [{ id, userId: thread.user_id, agent, unassignAt: null }]);
    } else return;
    await tellNews(transaction, { what: 'threads', projectId, threads: [threadRef(thread)] });
  });
}

/** Sends the answers whose time has come. */
export async function sendDue(context: Context): Promise<void> {
  const { db, clock } = context;
  await each(context, await dueReplies(db, clock.now(), atOnce), (place) => sendOne(context, place));
}

async function sendOne(context: Context, place: { lane: number; id: number }): Promise<void> {
  const { db, clock } = context;
  const waiting = await findReply(db, place);
  if (!waiting) return;
  const { project_id: projectId, agent, created_at: askedAt } = waiting;
  const ref = threadRef({ lane: place.lane, id: waiting.thread_id });
  const wish = {
    text: waiting.body,
    mediaId: waiting.media_id,
    templateId: waiting.template_id,
    dataFields: waiting.data_fields as Record<string, unknown>,
    medium: waiting.medium,
    senderId: waiting.sender_id,
  };
  const settle = (as: Parameters<typeof settleScheduled>[2]) =>
    db.transaction().execute(async (transaction) => {
      const thread = await lockThread(transaction, projectId, ref);
      if (!(await lockScheduled(transaction, place))) return;
      await settleScheduled(transaction, place, as);
      await tellNews(transaction, { what: 'threads', projectId, threads: [threadRef(thread)] });
    });
  try {
    const prepared = await prepareReply(context, projectId, ref, wish);
    const send = async (transaction: Database) => {
      const thread = await lockThread(transaction, projectId, ref);
      if (!(await lockScheduled(transaction, place))) return;
      if (!waiting.goes_anyway && (await hasWrittenSince(transaction, waiting, askedAt))) {
        const of = { projectId, userId: thread.user_id, threadId: thread.id, agent: null };
        await settleScheduled(transaction, place, { state: 'cancelled', reason: 'personWrote' });
        await logDeeds(transaction, place.lane, [{ ...of, what: 'cancelled' }], clock.now());
        await tellNews(transaction, { what: 'threads', projectId, threads: [threadRef(thread)] });
        return;
      }
      // Whoever wrote after it was resolved has another: what goes anyway goes there.
      const newer = await newerThan(transaction, thread);
      const current = newer === undefined ? thread : await lockThread(transaction, projectId, newer);
      const { messageId } = await sendReply(transaction, context, current, prepared, agent);
      await settleScheduled(transaction, place, { state: 'sent', messageId });
    };
    await retrying(() => db.transaction().execute(send));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    await settle({ state: 'refused', reason: error.message });
  }
}

/** Gives open threads that are nobody's to whoever is there, where the project has it so; those that wait longest first. */
export async function giveNobodys(context: Context): Promise<void> {
  const { db, clock } = context;
  const projects = await projectsByTurns(db, new Date(clock.now().getTime() - presenceMs));
  for (const projectId of projects)
    await each(context, await nobodysThreads(db, projectId, atOnce), (place) => giveOne(context, place));
}

async function giveOne({ db, clock }: Context, { lane, id, projectId }: ThreadPlaceAnywhere): Promise<void> {
  const now = clock.now();
  await db.transaction().execute(async (transaction) => {
    const thread = await lockThread(transaction, projectId, threadRef({ lane, id }));
    if (thread.state !== 'open' || thread.assignee_id !== null) return;
    const [agent] = await takeTurns(transaction, projectId, 1, now);
    if (agent === undefined) return;
    const settings = await readSettings(transaction, projectId);
    const by = { projectId, lane, by: null, at: now };
    const unassignAt = dueAfter(settings, now, settings.unassignMinutes);
    await assignThreads(transaction, by, [{ id, userId: thread.user_id, agent, unassignAt }]);
    await tellNews(transaction, { what: 'threads', projectId, threads: [threadRef(thread)] });
  });
}
