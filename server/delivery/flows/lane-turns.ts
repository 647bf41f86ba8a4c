import type { Database } from '../../database/connect.ts';
import type { Turn } from '../../lanes/flow.ts';
import type { LaneTask } from '../../lanes/lane-queue.ts';
import { type LaneConnection, withLane } from '../../lanes/lane-work.ts';
import { loadPlan } from '../admission/admission-plan.ts';
import { admitNextPage } from '../admission/admit-lane.ts';
import type { AdmissionPlan } from '../admission/admit-user.ts';
import { memoisedTiming } from '../admission/lawful-timing.ts';
import type { ActiveSender } from '../dispatch/active-senders.ts';
import { forgetAnswered } from '../dispatch/departures.sql.ts';
import { type Dispatcher, dispatchLane } from '../dispatch/dispatch-lane.ts';
import { moveExpired } from '../dispatch/move-expired.ts';
import { readdress } from '../dispatch/readdress.ts';
import { markInDoubt, settleDoubt } from '../doubt/settle-doubt.ts';
import { emptySettled } from '../empty-messages.sql.ts';
import { requeueFailed } from '../receipts/requeue-failed.ts';
import { settleReceipts } from '../receipts/settle-receipts.ts';
import { settlementFlow } from '../receipts/take-in.ts';
import { foldChanges } from '../rollups/fold-changes.sql.ts';
import type { DeliveryOptions } from './delivery-options.ts';
import type { Settlement } from './due-lanes.ts';

/** What a worker knows for the moment; forgotten every second, so that changes are seen. */
export interface Known {
  /** Senders that may send, by id. */
  senders: Map<number, ActiveSender>;
  /** Why accounts cannot be used, by their ids, as far as the log was told. */
  unusable: ReadonlyMap<number, string>;
  /** Until when a sender's time is given away, in milliseconds since 1970: it is not asked before. */
  rests: Map<number, number>;
  /** Senders whose time has its row; never forgotten. */
  paced: Set<number>;
  /** Plans of requests under admission. */
  plans: Map<number, Promise<AdmissionPlan | null>>;
}

/** What turns in lanes are taken with. */
export interface TurnTools extends DeliveryOptions {
  dispatcher: Dispatcher;
  known: Known;
  queueUp: QueueUp;
}

/** Queues what these senders have just been given to send in a lane. */
export type QueueUp = (lane: number, senderIds: Iterable<number>) => void;

const timing = memoisedTiming();

/**
 * Sends what the named senders may send in one lane. Left is who has more there and time for it; waited is for the
 * senders' pace.
 */
export async function sendFromLane(
  work: TurnTools,
  connection: LaneConnection,
  { lane, due }: LaneTask<number>,
): Promise<Turn<number>> {
  const left: number[] = [];
  let waitedMs = 0;
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
    waitedMs += turn.pacedMs;
    const tools = { ...work, db: connection.db };
    await moveExpired(tools, lane, sender, turn.claim.expired, work.clock.now());
    await readdress(tools, lane, sender, turn.claim.moved, work.clock.now());
  }
  return { left, waitedMs };
}

/** Admits one page of each request in one lane, so that no long request holds up another. Left is what has more. */
export async function admitInLane(
  work: TurnTools,
  connection: LaneConnection,
  { lane, due }: LaneTask<number>,
): Promise<Turn<number>> {
  const left: number[] = [];
  await withLane(connection, lane, 'admission', async () => {
    for (const id of due) if (await admitFrom(work, connection.db, lane, id)) left.push(id);
  });
  return { left };
}

/**
 * Applies a lane's receipts, queues again what failed and has its next try now, settles what is in doubt there, and adds to
 * its rollups what has changed.
 */
export async function settleLane(
  work: TurnTools,
  connection: LaneConnection,
  { lane, due }: LaneTask<Settlement>,
): Promise<Turn<Settlement>> {
  const left: Settlement[] = [];
  await withLane(connection, lane, settlementFlow, async () => {
    const { db } = connection;
    if (due.includes('receipts')) {
      const { foreign, more } = await settleReceipts({ ...work, db }, lane);
      if (foreign > 0)
        work.log.warn({ lane, foreign }, 'receipts signed by another project’s account were dropped');
      if (more) left.push('receipts');
    }
    const senderIds = [...work.known.senders.keys()];
    if (due.includes('retries') && (await requeueFailed({ ...work, db }, lane, senderIds, work.clock.now())))
      left.push('retries');
    if (due.includes('doubt')) {
      await db.transaction().execute((transaction) => markInDoubt(transaction, lane));
      await settleDoubt(work.dispatcher, db, lane, work.known.senders);
    }
    if (due.includes('departures')) await forgetAnswered(db, lane, work.clock.now());
    if (due.includes('erasures')) await emptySettled(db, lane, work.clock.now());
    if (due.includes('rollups')) await foldChanges(db, lane, work.clock.now());
  });
  return { left };
}

/** Admits one page of a request; true when its lane has more. */
async function admitFrom(
  work: TurnTools,
  connection: Database,
  lane: number,
  requestId: number,
): Promise<boolean> {
  const { plans } = work.known;
  const known = plans.get(requestId) ?? loadPlan(connection, requestId, work);
  plans.set(requestId, known);
  const plan = await known;
  if (!plan) return false;
  const { messages, done, waits } = await admitNextPage(connection, work, plan, lane, timing);
  const now = work.clock.now();
  const due = messages.flatMap(({ senderId, dueAt }) =>
    senderId !== null && dueAt <= now ? [senderId] : [],
  );
  work.queueUp(lane, new Set(due));
  // A page that waits for data feeds is found by the next look: others go on meanwhile.
  return !done && !waits;
}
