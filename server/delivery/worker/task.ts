import type { Database } from '../../database/connect.ts';
import { withoutWaitingForDisk } from '../../database/durability.ts';
import { loadPlan } from '../admission/admission-plan.ts';
import { admitNextPage } from '../admission/admit-lane.ts';
import type { AdmissionPlan } from '../admission/admit-user.ts';
import { memoisedTiming } from '../admission/lawful-timing.ts';
import type { NewMessage } from '../admission/new-message.ts';
import type { ActiveSender } from '../dispatch/active-senders.ts';
import { type Dispatcher, dispatchLane } from '../dispatch/dispatch-lane.ts';
import { moveExpired } from '../dispatch/move-expired.ts';
import { markInDoubt, settleDoubt } from '../doubt/settle-doubt.ts';
import { type Flow, withLane } from '../lane-work.ts';
import type { MessageEvent } from '../message-events.ts';
import { actOnFailures } from '../receipts/act-on-failures.ts';
import { applyReceipts, type SettledMessage } from '../receipts/apply-receipts.ts';
import type { LaneTask } from './due-lanes.ts';
import type { WorkerOptions } from './worker-options.ts';

/** What a worker knows for the moment; forgotten every second, so that changes are seen. */
export interface Known {
  /** Senders that may send, by id. */
  senders: Map<number, ActiveSender>;
  /** Plans of requests under admission. */
  plans: Map<number, Promise<AdmissionPlan | null>>;
}

/** A worker's tools in one flow. */
export interface LaneWork extends WorkerOptions {
  dispatcher: Dispatcher;
  known: Known;
}

const timing = memoisedTiming();

/**
 * Does what is due in one lane: receipts first, since they free and settle; then what is in doubt; then posts;
 * then one page of each admission, so that no long request holds up another. Does nothing when another worker
 * has the lane. A failure is logged and ends this turn only: the next look begins anew. True when anything moved.
 */
export async function doTask(work: LaneWork, task: LaneTask, flow: Flow): Promise<boolean> {
  const { lane } = task;
  let progress = task.receipts;
  try {
    await withLane(work.db, lane, flow, async (connection) => {
      if (task.receipts) await settleReceipts(work, connection, lane);
      if (task.doubt) {
        await markInDoubt(connection, lane);
        await settleDoubt(work.dispatcher, connection, lane, work.known.senders);
      }
      for (const id of task.senderIds) progress = (await sendFrom(work, connection, lane, id)) || progress;
      for (const id of task.requestIds) progress = (await admitFrom(work, connection, lane, id)) || progress;
    });
  } catch (error) {
    work.log.error({ err: error, lane, flow }, 'a lane could not be worked; it will be tried again');
    await work.clock.sleep(200);
  }
  return progress;
}

async function settleReceipts(work: LaneWork, connection: Database, lane: number): Promise<void> {
  const { settled } = await connection.transaction().execute(async (transaction) => {
    await withoutWaitingForDisk(transaction);
    const applied = await applyReceipts(transaction, lane);
    await work.tell(transaction, applied.settled.flatMap(eventsOf));
    return applied;
  });
  await actOnFailures(work, lane, settled, work.clock.now());
}

async function sendFrom(
  work: LaneWork,
  connection: Database,
  lane: number,
  senderId: number,
): Promise<boolean> {
  const sender = work.known.senders.get(senderId);
  if (!sender) return false;
  const claim = await dispatchLane(work.dispatcher, connection, lane, sender);
  if (!claim) return false;
  const now = work.clock.now();
  await moveExpired(connection, lane, sender, claim.expired, now);
  await work.tell(
    connection,
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
  return claim.seen > 0;
}

async function admitFrom(
  work: LaneWork,
  connection: Database,
  lane: number,
  requestId: number,
): Promise<boolean> {
  const { plans } = work.known;
  const known = plans.get(requestId) ?? loadPlan(connection, requestId, work.publicUrl);
  plans.set(requestId, known);
  const plan = await known;
  if (!plan) return false;
  const { messages, done } = await admitNextPage(connection, work.clock, plan, lane, timing);
  await work.tell(
    connection,
    messages.filter((message) => message.skipReason !== null).map((message) => skipEvent(lane, message)),
  );
  return messages.length > 0 || done;
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
