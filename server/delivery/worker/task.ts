import type { Database } from '../../database/connect.ts';
import { withoutWaitingForDisk } from '../../database/durability.ts';
import type { DueMessage } from '../../http/context.ts';
import { loadPlan } from '../admission/admission-plan.ts';
import { admitNextPage } from '../admission/admit-lane.ts';
import type { AdmissionPlan } from '../admission/admit-user.ts';
import { memoisedTiming } from '../admission/lawful-timing.ts';
import type { NewMessage } from '../admission/new-message.ts';
import type { ActiveSender } from '../dispatch/active-senders.ts';
import type { Claim } from '../dispatch/claim-due.ts';
import { type Dispatcher, dispatchLane } from '../dispatch/dispatch-lane.ts';
import { moveExpired } from '../dispatch/move-expired.ts';
import { markInDoubt, settleDoubt } from '../doubt/settle-doubt.ts';
import { type LaneConnection, withLane } from '../lane-work.ts';
import type { MessageEvent } from '../message-events.ts';
import { actOnFailures } from '../receipts/act-on-failures.ts';
import { applyReceipts, type SettledMessage } from '../receipts/apply-receipts.ts';
import { requeueFailed } from '../receipts/requeue-failed.ts';
import type { Settlement } from './due-lanes.ts';
import type { LaneTask } from './lane-queue.ts';
import type { WorkerOptions } from './worker-options.ts';

/** What a worker knows for the moment; forgotten every second, so that changes are seen. */
export interface Known {
  /** Senders that may send, by id. */
  senders: Map<number, ActiveSender>;
  /** Until when a sender's time is given away, in milliseconds since 1970: it is not asked before. */
  rests: Map<number, number>;
  /** Plans of requests under admission. */
  plans: Map<number, Promise<AdmissionPlan | null>>;
}

/** A worker's tools in one flow. */
export interface LaneWork extends WorkerOptions {
  dispatcher: Dispatcher;
  known: Known;
  /** Queues what has just become due. */
  queueUp(due: readonly DueMessage[]): void;
}

/** What of a task is to come up again at once. */
export type Left<Work> = Work[];

const timing = memoisedTiming();

/**
 * Sends what the named senders may send in one lane. Left is who has more there and time for it; `pacedMs` of the time
 * went by waiting for the senders' pace.
 */
export async function sendFromLane(
  work: LaneWork,
  connection: LaneConnection,
  { lane, due }: LaneTask<number>,
): Promise<{ left: Left<number>; pacedMs: number }> {
  const left: number[] = [];
  let pacedMs = 0;
  for (const id of due) {
    const sender = work.known.senders.get(id);
    const now = work.clock.now().getTime();
    if (!sender || (work.known.rests.get(id) ?? 0) > now) continue;
    const turn = await dispatchLane(work.dispatcher, connection, lane, sender);
    if (turn === 'laneIsTaken') continue;
    if ('restUntil' in turn) {
      work.known.rests.set(id, turn.restUntil.getTime());
      continue;
    }
    if (turn.more) left.push(id);
    pacedMs += turn.pacedMs;
    await tellOfClaim(work, connection, lane, sender, turn.claim);
  }
  return { left, pacedMs };
}

async function tellOfClaim(
  work: LaneWork,
  { db }: LaneConnection,
  lane: number,
  sender: ActiveSender,
  claim: Claim,
): Promise<void> {
  const now = work.clock.now();
  await moveExpired(db, lane, sender, claim.expired, now);
  await work.tell(
    db,
    claim.skipped.map((skip) => ({
      kind: 'sendSkip' as const,
      medium: sender.medium,
      projectId: sender.projectId,
      lane,
      messageId: skip.id,
      userId: skip.userId,
      campaignId: skip.campaignId,
      templateId: null,
      reason: skip.reason,
      at: now,
    })),
  );
}

/** Admits one page of each request in one lane, so that no long request holds up another. Left is what has more. */
export async function admitInLane(
  work: LaneWork,
  connection: LaneConnection,
  { lane, due }: LaneTask<number>,
): Promise<Left<number>> {
  const left: number[] = [];
  await withLane(connection, lane, 'admission', async () => {
    for (const id of due) if (await admitFrom(work, connection.db, lane, id)) left.push(id);
  });
  return left;
}

/** Applies a lane's receipts, queues again what failed and has its next try now, and settles what is in doubt there. */
export async function settleLane(
  work: LaneWork,
  connection: LaneConnection,
  { lane, due }: LaneTask<Settlement>,
): Promise<Left<Settlement>> {
  const left: Settlement[] = [];
  await withLane(connection, lane, 'settlement', async () => {
    const { db } = connection;
    if (due.includes('receipts') && (await settleReceipts(work, db, lane))) left.push('receipts');
    const senderIds = [...work.known.senders.keys()];
    if (due.includes('retries') && (await requeueFailed(db, lane, senderIds, work.clock.now())))
      left.push('retries');
    if (!due.includes('doubt')) return;
    await markInDoubt(db, lane);
    await settleDoubt(work.dispatcher, db, lane, work.known.senders);
  });
  return left;
}

async function settleReceipts(work: LaneWork, connection: Database, lane: number): Promise<boolean> {
  const { settled, foreign, more } = await connection.transaction().execute(async (transaction) => {
    await withoutWaitingForDisk(transaction);
    const applied = await applyReceipts(transaction, lane);
    await work.tell(transaction, applied.settled.flatMap(eventsOf));
    return applied;
  });
  if (foreign > 0)
    work.log.warn({ lane, foreign }, 'receipts signed by another project’s account were dropped');
  await actOnFailures(work, lane, settled, work.clock.now());
  return more;
}

/** Admits one page of a request; true when its lane has more. */
async function admitFrom(
  work: LaneWork,
  connection: Database,
  lane: number,
  requestId: number,
): Promise<boolean> {
  const { plans } = work.known;
  const known = plans.get(requestId) ?? loadPlan(connection, requestId, work);
  plans.set(requestId, known);
  const plan = await known;
  if (!plan) return false;
  const { messages, done } = await admitNextPage(connection, work.clock, plan, lane, timing);
  const now = work.clock.now();
  const due = messages.flatMap(({ senderId, dueAt }) =>
    senderId !== null && dueAt <= now ? [senderId] : [],
  );
  work.queueUp([...new Set(due)].map((senderId) => ({ lane, senderId })));
  await work.tell(
    connection,
    messages.filter((message) => message.skipReason !== null).map((message) => skipEvent(lane, message)),
  );
  return !done;
}

function skipEvent(lane: number, message: NewMessage): MessageEvent {
  return {
    kind: 'sendSkip',
    medium: message.medium,
    projectId: message.projectId,
    lane,
    messageId: message.id,
    userId: message.userId,
    campaignId: message.campaignId,
    templateId: message.templateId,
    reason: message.skipReason,
    at: message.createdAt,
  };
}

/** What people want to be told of a message's change: that it was sent, that it arrived, that it failed. */
function eventsOf(message: SettledMessage): MessageEvent[] {
  const { before, after } = message;
  const event = (kind: MessageEvent['kind'], at: Date | null): MessageEvent[] => [
    {
      kind,
      medium: message.medium,
      projectId: message.projectId,
      lane: message.lane,
      messageId: message.id,
      userId: message.userId,
      campaignId: message.campaignId,
      templateId: message.templateId,
      reason: after.errorCode,
      at: at ?? new Date(0),
    },
  ];
  return [
    ...(after.sentAt && !before.sentAt ? event('send', after.sentAt) : []),
    ...(after.deliveredAt && !before.deliveredAt ? event('delivered', after.deliveredAt) : []),
    ...(after.readAt && !before.readAt ? event('seen', after.readAt) : []),
    ...(after.status === 'bounced' && before.status !== 'bounced' ? event('bounce', after.failedAt) : []),
  ];
}
