import { laneCount, lanes } from '../../database/lanes.ts';
import type { Purpose } from '../../database/schema.ts';
import type { DueMessage } from '../../http/context.ts';
import { findDueRequests } from '../../requests/audience-request.sql.ts';
import { noteWhatsAppNumber } from '../../users/whatsapp-number.ts';
import type { InFlight } from '../dispatch/in-flight.ts';
import type { StrandedMessages } from '../dispatch/stranded.ts';
import type { Flow } from '../lane-work.ts';
import { openReceiptIntake } from '../receipts/take-in.ts';
import { openCourtesy } from './courtesy.ts';
import { findDoubt, findDueSenders, findReceipts, findRetries, type Settlement } from './due-lanes.ts';
import type { FlowPlan } from './flow.ts';
import { openLaneQueue } from './lane-queue.ts';
import type { Life } from './life.ts';
import { admitInLane, type Known, type LaneWork, sendFromLane, settleLane } from './task.ts';
import type { WorkerOptions } from './worker-options.ts';

/** Lanes worked on at once: few, since each keeps a connection and the database busy. */
const runners: Record<Flow, number> = { transactional: 3, promotional: 2, admission: 1, settlement: 1 };
/** How often a worker looks by itself while there is work; a wake makes it look at once, or work without a look. */
const restMs = 200;
/** The longest that receipts are left to gather besides. */
const gatherMs = 800;
/** How often one looks for what workers that died had on the wire, and for what is to be tried again. */
const slowLookEveryMs = 1_000;

/** Queues messages that are due; false when one of their senders is not known here yet. */
export type Hear = (due: readonly DueMessage[]) => boolean;

/** The four flows of a worker, with empty queues. */
export interface Flows {
  sending: Record<Purpose, FlowPlan<number>>;
  admission: FlowPlan<number>;
  settlement: FlowPlan<Settlement>;
  hear: Hear;
}

/** What each flow looks for and does, for as long as this life lasts. */
export function planFlows(
  options: WorkerOptions,
  life: Life,
  known: Known,
  inFlight: Record<Purpose, InFlight>,
  stranded: StrandedMessages,
): Flows {
  const { db, clock } = options;
  const intake = openReceiptIntake(options.answers);
  const freeAt = new Map<number, number>();
  const courtesy = openCourtesy(clock);
  const workOf = (purpose: Purpose): LaneWork => ({
    ...options,
    known,
    queueUp,
    dispatcher: {
      clock,
      number: life.number,
      wires: options.providers.wires,
      intake,
      noteKnownAs: (projectId, address, knownAs) =>
        noteWhatsAppNumber(options.answers, projectId, address, knownAs, clock.now()),
      inFlight: inFlight[purpose],
      stranded,
      announce: options.announce,
      stands: () => life.stands,
      isAlone: () => life.alone,
      publicUrl: options.publicUrl,
      freeAt,
    },
  });
  const sendingOf = (purpose: Purpose): FlowPlan<number> => {
    const queue = openLaneQueue<number>();
    const notQueued = () =>
      awake(known, purpose, clock.now()).flatMap((due) =>
        lanes.filter((lane) => !queue.has(lane, due)).map((lane) => ({ lane, due })),
      );
    return {
      flow: purpose,
      runners: runners[purpose],
      queue,
      look: () => findDueSenders(db, notQueued(), clock.now()),
      restMs: () => restMs,
      untilKnownMs: () => untilAwake(known, purpose, clock.now()),
      work: async (connection, task) => {
        const begunAt = performance.now();
        const { left, pacedMs } = await sendFromLane(workOf(purpose), connection, task);
        if (purpose === 'promotional') await courtesy.rest(performance.now() - begunAt - pacedMs);
        return left;
      },
    };
  };
  const sending = { transactional: sendingOf('transactional'), promotional: sendingOf('promotional') };
  const queueUp: Hear = (due) => {
    const strangers = due.filter(({ senderId }) => !known.senders.has(senderId));
    for (const { lane, senderId } of due) {
      const sender = known.senders.get(senderId);
      if (sender && options.flows.includes(sender.purpose)) sending[sender.purpose].queue.add(lane, senderId);
    }
    return strangers.length === 0;
  };
  const hear: Hear = (due) => {
    if (due.some(({ senderId }) => known.senders.get(senderId)?.purpose === 'transactional'))
      courtesy.heard();
    return queueUp(due);
  };
  const thenRest = async <T>(work: () => Promise<T>): Promise<T> => {
    const begunAt = performance.now();
    const result = await work();
    await courtesy.rest(performance.now() - begunAt);
    return result;
  };
  let slowLookAt = 0;
  let lanesWithReceipts = 0;
  return {
    sending,
    hear,
    admission: {
      flow: 'admission',
      runners: runners.admission,
      queue: openLaneQueue(),
      look: () => findDueRequests(db),
      restMs: () => restMs,
      work: (connection, task) => thenRest(() => admitInLane(workOf('promotional'), connection, task)),
    },
    settlement: {
      flow: 'settlement',
      runners: runners.settlement,
      queue: openLaneQueue(),
      look: async () => {
        const now = clock.now();
        const found = await findReceipts(db);
        lanesWithReceipts = found.length;
        if (now.getTime() < slowLookAt) return found;
        slowLookAt = now.getTime() + slowLookEveryMs;
        const retries = await findRetries(db, [...known.senders.keys()], now);
        return [...found, ...(await findDoubt(db)), ...retries];
      },
      // Under load receipts gather for a second: one update of a message then carries what were three.
      restMs: () => restMs + gatherMs * (lanesWithReceipts / laneCount),
      work: (connection, task) => thenRest(() => settleLane(workOf('promotional'), connection, task)),
    },
  };
}

/** Senders of a purpose whose time is not given away for the moment. */
function awake(known: Known, purpose: Purpose, now: Date): number[] {
  return [...known.senders.values()]
    .filter((sender) => sender.purpose === purpose && (known.rests.get(sender.id) ?? 0) <= now.getTime())
    .map((sender) => sender.id);
}

/** Milliseconds until the first sender that rests has time again; null where none rests. */
function untilAwake(known: Known, purpose: Purpose, now: Date): number | null {
  const waits = [...known.senders.values()]
    .filter((sender) => sender.purpose === purpose)
    .map((sender) => (known.rests.get(sender.id) ?? 0) - now.getTime())
    .filter((wait) => wait > 0);
  return waits.length === 0 ? null : Math.min(...waits);
}
