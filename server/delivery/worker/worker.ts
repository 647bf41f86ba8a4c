import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../../clock/clock.ts';
import type { Secrets } from '../../config/secrets.ts';
import type { Database } from '../../database/connect.ts';
import type { Announce } from '../../http/happenings.ts';
import { wires } from '../../providers/wires.ts';
import type { ActiveSender } from '../dispatch/active-senders.ts';
import { loadActiveSenders } from '../dispatch/active-senders.ts';
import type { Dispatcher } from '../dispatch/dispatch-lane.ts';
import { openInFlight } from '../dispatch/in-flight.ts';
import type { Flow } from '../lane-work.ts';
import type { TellMessageEvents } from '../message-events.ts';
import { openReceiptIntake } from '../receipts/take-in.ts';
import { findDueLanes } from './due-lanes.ts';
import { beginLife, type Life } from './life.ts';
import { closeAdmittedRequests, finishCampaigns, startDueRequests } from './request-states.ts';
import { doTask, type LaneWork } from './task.ts';
import { listenForWakes } from './wake.ts';
import type { WorkerOptions } from './worker-options.ts';

/** A worker at work. */
export interface Worker {
  /** Stops taking up work, and resolves when what was begun is finished and its answers are kept. */
  stop(): Promise<void>;
}

/** Posts under way at once: as many connections as the wires open to one provider. */
const mostInFlight = 256;
/** Lanes worked on at once in each flow. */
const runners: Record<Flow, number> = { transactional: 3, promotional: 3 };
/** How often a resting worker looks; a wake makes it look at once. */
const restMs = 200;
const slowLookMs = 1_000;

/**
 * Runs a worker until it is stopped: it looks for lanes with something due, takes them one by one, and does in
 * each what is due. Any number of workers share the work; the database's locks keep them out of each other's
 * lanes. When the database is away it waits for it, with a new number, so that what it had on the wire is
 * settled as in doubt.
 */
export function startWorker(options: WorkerOptions): Worker {
  const stopping = new AbortController();
  const { signal } = stopping;
  let wake = () => {};
  const inFlight = openInFlight(mostInFlight);
  const done = Promise.all([
    keepWorking(options, inFlight, signal, (onWake) => {
      wake = onWake;
    }),
    listenForWakes(options.databaseUrl, options.clock, signal, () => wake()),
  ]);
  return {
    stop: async () => {
      stopping.abort();
      wake();
      await done;
      await inFlight.drained();
    },
  };
}

async function keepWorking(
  options: WorkerOptions,
  inFlight: Dispatcher['inFlight'],
  signal: AbortSignal,
  onReady: (wake: () => void) => void,
): Promise<void> {
  while (!signal.aborted) {
    let life: Life | null = null;
    try {
      life = await beginLife(options.databaseUrl);
      await liveOnce(options, life, inFlight, signal, onReady);
    } catch (error) {
      options.log.warn({ err: error }, 'the worker lost the database and tries again');
      await options.clock.sleep(500, signal);
    } finally {
      // Its posts may still be under way: the lock must stand until they are answered.
      if (life?.stands) await inFlight.drained();
      await life?.end();
    }
  }
}

/** Works until stopped, or throws when the database is lost. */
async function liveOnce(
  options: WorkerOptions,
  life: Life,
  inFlight: Dispatcher['inFlight'],
  signal: AbortSignal,
  onReady: (wake: () => void) => void,
): Promise<void> {
  const { db, clock } = options;
  const dispatcher: Dispatcher = {
    db,
    clock,
    number: life.number,
    wires,
    intake: openReceiptIntake(db),
    inFlight,
    publicUrl: options.publicUrl,
    lastDeparture: new Map(),
  };
  const work: LaneWork = { ...options, dispatcher, senders: new Map(), plans: new Map() };
  const agenda = openAgenda(work);
  let lookAgain: () => void = () => {};
  onReady(() => lookAgain());
  let slowLookAt = 0;
  while (!signal.aborted) {
    if (!life.stands) throw new Error('the sign of life was lost');
    const rest = new Promise<void>((resolve) => {
      lookAgain = resolve;
    });
    const now = clock.now();
    const slow = now.getTime() >= slowLookAt;
    if (slow) {
      slowLookAt = now.getTime() + slowLookMs;
      work.senders = new Map(
        (await loadActiveSenders(db, options.secrets)).map((sender) => [sender.id, sender]),
      );
      work.plans.clear();
      await startDueRequests(db, now);
      await closeAdmittedRequests(db, now);
      await finishCampaigns(db, now);
    }
    const tasks = await findDueLanes(db, [...work.senders.values()], now, slow);
    const busy = await agenda.doAll(tasks, signal);
    if (!busy) await Promise.race([rest, clock.sleep(restMs, signal)]);
  }
  await agenda.idle();
}

/** Spreads lanes over the runners of each flow; a lane under way is not begun a second time. */
function openAgenda(work: LaneWork) {
  const underWay: Record<Flow, Map<number, Promise<void>>> = {
    transactional: new Map(),
    promotional: new Map(),
  };
  const begin = (flow: Flow, lane: number, run: () => Promise<void>) => {
    const promise = run().finally(() => underWay[flow].delete(lane));
    underWay[flow].set(lane, promise);
    return promise;
  };
  return {
    /** Begins what there is room for and waits until room is free again. True when something was begun. */
    async doAll(tasks: Awaited<ReturnType<typeof findDueLanes>>, signal: AbortSignal): Promise<boolean> {
      let begun = false;
      const started: Promise<void>[] = [];
      for (const flow of ['transactional', 'promotional'] as const) {
        for (const task of shuffled(tasks)) {
          if (signal.aborted || underWay[flow].size >= runners[flow]) break;
          const mine = ofFlow(task, flow, work.senders);
          if (!mine || underWay[flow].has(task.lane)) continue;
          begun = true;
          started.push(begin(flow, task.lane, () => doTask(work, mine, flow)));
        }
      }
      if (started.length > 0) await Promise.race(started);
      return begun;
    },
    async idle(): Promise<void> {
      await Promise.allSettled([...underWay.transactional.values(), ...underWay.promotional.values()]);
    },
  };
}

type Task = Awaited<ReturnType<typeof findDueLanes>>[number];

/** The part of a lane's task that belongs to one flow; null when there is none. */
function ofFlow(task: Task, flow: Flow, senders: ReadonlyMap<number, ActiveSender>): Task | null {
  const senderIds = task.senderIds.filter((id) => senders.get(id)?.purpose === flow);
  if (flow === 'transactional')
    return senderIds.length > 0
      ? { ...task, senderIds, receipts: false, doubt: false, requestIds: [] }
      : null;
  const idle = senderIds.length === 0 && !task.receipts && !task.doubt && task.requestIds.length === 0;
  return idle ? null : { ...task, senderIds };
}

/** In another order each time, so that no lane comes last for ever. */
function shuffled<T>(items: readonly T[]): T[] {
  const order = [...items];
  for (let index = order.length - 1; index > 0; index--) {
    const other = Math.floor(Math.random() * (index + 1));
    const held = order[index] as T;
    order[index] = order[other] as T;
    order[other] = held;
  }
  return order;
}
