import type { Purpose } from '../../database/tables/consent.ts';
import { type FlowPlan, flowOf } from '../../lanes/flow.ts';
import { type Due, openLaneQueue } from '../../lanes/lane-queue.ts';
import { laneCount, lanes } from '../../lanes/lanes.ts';
import type { Life } from '../../lanes/life.ts';
import type { FlowBringer } from '../../lanes/worker.ts';
import { closeAdmittedRequests, findDueRequests } from '../../requests/audience-request.sql.ts';
import { keepWaiting } from '../../requests/waiting-people.sql.ts';
import { openPaces } from '../../senders/pace/sender-pace.ts';
import { noteWhatsAppNumber } from '../../users/whatsapp-number.ts';
import { settleBrakes } from '../brakes/settle-brakes.ts';
import { loadActiveSenders } from '../dispatch/active-senders.ts';
import { findAnswered } from '../dispatch/departures.sql.ts';
import { paceOf } from '../dispatch/dispatch-lane.ts';
import { type InFlight, openInFlight } from '../dispatch/in-flight.ts';
import { openStranded, type StrandedMessages } from '../dispatch/stranded.ts';
import { findToEmpty } from '../empty-messages.sql.ts';
import { openReceiptIntake, receiptsDue, settlementFlow } from '../receipts/take-in.ts';
import { findChangedRollups } from '../rollups/fold-changes.sql.ts';
import type { DeliveryOptions } from './delivery-options.ts';
import { findDoubt, findDueSenders, findReceipts, findRetries, type Settlement } from './due-lanes.ts';
import {
  admitInLane,
  type Known,
  type QueueUp,
  sendFromLane,
  settleLane,
  type TurnTools,
} from './lane-turns.ts';

/** Most posts under way at once to an account in each flow: together as many as the wires open connections to it. */
const mostInFlight: Record<Purpose, number> = { transactional: 64, promotional: 192 };
/** Lanes worked on at once: few, since each keeps a connection and the database busy. */
const runners = { transactional: 3, promotional: 2, admission: 1, settlement: 1 };
/** How often a worker looks by itself while there is work; a wake makes it look at once, or work without a look. */
const restMs = 200;
/** The longest that receipts are left to gather besides. */
const gatherMs = 800;
/** How often one looks for what workers that died had on the wire, and for what is to be tried again. */
const slowLookEveryMs = 3_000;
/** How often one looks for messages of people who are gone whose fate is known by now. */
const emptyEveryMs = 30_000;
/** How often rollups are brought up to date; what has not come to them yet is counted beside them. */
const foldEveryMs = 5_000;

/**
 * The four flows of delivery: posts of either purpose (`transactional`, `promotional`), `admission` and `settlement`.
 * What is on the wire and what is stranded is kept in mind over the worker's lives.
 */
export function deliveryFlows(options: DeliveryOptions): FlowBringer {
  const inFlight = {
    transactional: openInFlight(mostInFlight.transactional),
    promotional: openInFlight(mostInFlight.promotional),
  };
  const stranded = openStranded();
  return {
    begin: async (life) => {
      const known: Known = {
        ...{ senders: new Map(), unusable: new Map(), rests: new Map() },
        ...{ plans: new Map(), paced: new Set() },
      };
      await renewKnown(options, known);
      const { sending, admission, settlement } = planFlows(options, life, known, inFlight, stranded);
      return {
        flows: [
          flowOf(sending.transactional),
          flowOf(sending.promotional),
          flowOf(admission),
          flowOf(settlement),
        ],
        everySecond: [() => renewKnown(options, known), () => stranded.giveBack(options.db)],
      };
    },
    drained: async () => {
      await inFlight.transactional.drained();
      await inFlight.promotional.drained();
    },
  };
}

/** One that cannot be settled keeps nothing else from being done. */
async function settleBrakesOrTell(options: DeliveryOptions): Promise<void> {
  await settleBrakes(options).catch((error: unknown) =>
    options.log.warn(
      { err: error },
      'stopped or held campaigns could not be settled; it will be tried again',
    ),
  );
}

/** Senders are read anew, and plans when they are next asked for. */
async function renewKnown(
  { db, clock, secrets, providers, log }: DeliveryOptions,
  known: Known,
): Promise<void> {
  const now = clock.now();
  const { senders, unusable } = await loadActiveSenders(db, secrets, providers.known);
  for (const [accountId, fault] of unusable)
    if (known.unusable.get(accountId) !== fault)
      log.error({ accountId, fault }, 'a provider account cannot be used: its senders send nothing');
  known.unusable = unusable;
  known.senders = new Map(senders.map((sender) => [sender.id, sender]));
  known.plans.clear();
  known.rests.clear();
  await openPaces(
    db,
    senders.filter((sender) => !known.paced.has(sender.id)).map((sender) => paceOf(sender, now)),
  );
  for (const { id } of senders) known.paced.add(id);
}

interface Plans {
  sending: Record<Purpose, FlowPlan<number>>;
  admission: FlowPlan<number>;
  settlement: FlowPlan<Settlement>;
}

/** What each flow looks for and does, for as long as this life lasts. */
function planFlows(
  options: DeliveryOptions,
  life: Life,
  known: Known,
  inFlight: Record<Purpose, InFlight>,
  stranded: StrandedMessages,
): Plans {
  const { db, clock } = options;
  const intake = openReceiptIntake(options.answers);
  const freeAt = new Map<number, number>();
  const toolsOf = (purpose: Purpose): TurnTools => ({
    ...options,
    known,
    queueUp,
    dispatcher: {
      clock,
      secrets: options.secrets,
      number: life.number,
      known: options.providers.known,
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
      name: purpose,
      rank: purpose === 'transactional' ? 'prompt' : 'patient',
      runners: runners[purpose],
      queue,
      look: () => findDueSenders(db, notQueued(), clock.now()),
      restMs: () => restMs,
      untilKnownMs: () => untilAwake(known, purpose, clock.now()),
      wokenFor: (senderId) => (known.senders.get(senderId)?.purpose === purpose ? senderId : null),
      work: (connection, task) => sendFromLane(toolsOf(purpose), connection, task),
    };
  };
  const sending = { transactional: sendingOf('transactional'), promotional: sendingOf('promotional') };
  const queueUp: QueueUp = (lane, senderIds) => {
    for (const id of senderIds) {
      const sender = known.senders.get(id);
      if (sender) sending[sender.purpose].queue.add(lane, id);
    }
  };
  let slowLookAt = 0;
  let emptyAt = 0;
  let foldAt = 0;
  let lanesWithReceipts = 0;
  return {
    sending,
    admission: {
      name: 'admission',
      rank: 'patient',
      runners: runners.admission,
      queue: openLaneQueue(),
      look: () => findDueRequests(db),
      restMs: () => restMs,
      everySecond: [
        async () => {
          await closeAdmittedRequests(db, clock.now());
          await keepWaiting(options, clock.now());
          await options.keepOrigins(db, clock.now());
        },
        () => settleBrakesOrTell(options),
      ],
      work: (connection, task) => admitInLane(toolsOf('promotional'), connection, task),
    },
    settlement: {
      name: settlementFlow,
      rank: 'patient',
      runners: runners.settlement,
      queue: openLaneQueue(),
      look: async () => {
        const now = clock.now();
        const found = await findReceipts(db);
        lanesWithReceipts = found.length;
        if (now.getTime() < slowLookAt) return found;
        slowLookAt = now.getTime() + slowLookEveryMs;
        const retries = await findRetries(db, [...known.senders.keys()], now);
        const slow: Due<Settlement>[] = [...found, ...(await findDoubt(db)), ...retries];
        if (now.getTime() >= emptyAt) {
          emptyAt = now.getTime() + emptyEveryMs;
          slow.push(...(await findToEmpty(db, now)));
        }
        if (now.getTime() < foldAt) return slow;
        foldAt = now.getTime() + foldEveryMs;
        return [...slow, ...(await findAnswered(db, now)), ...(await findChangedRollups(db, now))];
      },
      wokenFor: (due) => (due === receiptsDue ? 'receipts' : null),
      // Under load receipts gather for a second: one update of a message then carries what were three.
      restMs: () => restMs + gatherMs * (lanesWithReceipts / laneCount),
      work: (connection, task) => settleLane(toolsOf('promotional'), connection, task),
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
