import { laneCount } from '../../database/lanes.ts';
import { wires } from '../../providers/wires.ts';
import { loadActiveSenders } from '../dispatch/active-senders.ts';
import type { Dispatcher } from '../dispatch/dispatch-lane.ts';
import { type InFlight, openInFlight } from '../dispatch/in-flight.ts';
import type { Flow } from '../lane-work.ts';
import { openReceiptIntake } from '../receipts/take-in.ts';
import { findDueLanes, type LaneTask, sendersWithTime } from './due-lanes.ts';
import { beginLife, type Life } from './life.ts';
import { closeAdmittedRequests, finishCampaigns, startDueRequests } from './request-states.ts';
import { doTask, type Known, type LaneWork } from './task.ts';
import { listenForWakes } from './wake.ts';
import type { WorkerOptions } from './worker-options.ts';

/** A worker at work. */
export interface Worker {
  /** Stops taking up work, and resolves when what was begun is finished and its answers are kept. */
  stop(): Promise<void>;
}

/** Posts under way at once in each flow: together as many as the wires open connections to one provider. */
const mostInFlight: Record<Flow, number> = { transactional: 64, promotional: 192 };
/** Lanes worked on at once in each flow. */
const runners = 3;
/** Lanes worked through before the next look. Few where somebody waits for a code. */
const lanesInRound: Record<Flow, number> = { transactional: 6, promotional: laneCount };
/** How often a worker looks that found nothing to do; a wake makes it look at once. */
const restMs = 200;
/** How often one looks whose senders' time is given away for the moment. */
const paceRestMs = 50;
const housekeepingMs = 1_000;

/**
 * Runs a worker until it is stopped: in each flow it looks for lanes with something due, takes them one by one,
 * and does in each what is due. Any number of workers share the work; the database's locks keep them out of each
 * other's lanes. When the database is away it waits for it, with a new number, so that what it had on the wire
 * is settled as in doubt.
 */
export function startWorker(options: WorkerOptions): Worker {
  const stopping = new AbortController();
  const { signal } = stopping;
  const bell = openBell();
  const inFlight = {
    transactional: openInFlight(mostInFlight.transactional),
    promotional: openInFlight(mostInFlight.promotional),
  };
  const drained = async () => {
    await inFlight.transactional.drained();
    await inFlight.promotional.drained();
  };
  const live = async () => {
    while (!signal.aborted) {
      let life: Life | null = null;
      try {
        life = await beginLife(options.databaseUrl, options.clock);
        await liveOnce(options, life, inFlight, bell, signal);
      } catch (error) {
        options.log.warn({ err: error }, 'the worker lost the database and tries again');
        await options.clock.sleep(500, signal);
      } finally {
        // Its posts may still be under way: the lock must stand until they are answered.
        if (life?.stands) await drained();
        await life?.end();
      }
    }
  };
  const done = Promise.all([live(), listenForWakes(options.databaseUrl, options.clock, signal, bell.ring)]);
  return {
    stop: async () => {
      stopping.abort();
      bell.ring();
      await done;
      await drained();
    },
  };
}

/** Wakes whoever rests. */
interface Bell {
  ring(): void;
  /** Resolves at the next ring. */
  rung(): Promise<void>;
}

function openBell(): Bell {
  let waiting: (() => void)[] = [];
  return {
    ring: () => {
      const resolved = waiting;
      waiting = [];
      for (const resolve of resolved) resolve();
    },
    rung: () => new Promise((resolve) => waiting.push(resolve)),
  };
}

/** Works until stopped, or throws when the database is lost. */
async function liveOnce(
  options: WorkerOptions,
  life: Life,
  inFlight: Record<Flow, InFlight>,
  bell: Bell,
  signal: AbortSignal,
): Promise<void> {
  const intake = openReceiptIntake(options.answers);
  const freeAt = new Map<number, number>();
  const dispatcherOf = (flow: Flow): Dispatcher => ({
    db: options.db,
    clock: options.clock,
    number: life.number,
    wires,
    intake,
    inFlight: inFlight[flow],
    stands: () => life.stands,
    isAlone: () => life.alone,
    publicUrl: options.publicUrl,
    freeAt,
  });
  const known: Known = { senders: new Map(), plans: new Map() };
  const ending = new AbortController();
  const end = AbortSignal.any([signal, ending.signal]);
  const work = (flow: Flow): LaneWork => ({ ...options, dispatcher: dispatcherOf(flow), known });
  await keepHouse(options, life, known);
  const parts = [
    repeat(options, life, end, () => keepHouse(options, life, known)),
    runFlow('transactional', work('transactional'), life, bell, end),
    runFlow('promotional', work('promotional'), life, bell, end),
  ];
  try {
    await Promise.all(parts);
  } finally {
    ending.abort();
    bell.ring();
    await Promise.allSettled(parts);
  }
}

async function repeat(
  options: WorkerOptions,
  life: Life,
  signal: AbortSignal,
  deed: () => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    await options.clock.sleep(housekeepingMs, signal);
    if (!life.stands) throw new Error('the sign of life was lost');
    await deed();
  }
}

/** What is done once a second: senders and plans are read anew, requests and campaigns change their state. */
async function keepHouse(options: WorkerOptions, life: Life, known: Known): Promise<void> {
  const { db, clock } = options;
  const now = clock.now();
  const senders = await loadActiveSenders(db, options.secrets);
  known.senders = new Map(senders.map((sender) => [sender.id, sender]));
  known.plans.clear();
  await life.lookAround();
  await startDueRequests(db, now);
  await closeAdmittedRequests(db, now);
  await finishCampaigns(db, now);
}

/** Looks, works through what it found, and rests when there was nothing to do. */
async function runFlow(
  flow: Flow,
  work: LaneWork,
  life: Life,
  bell: Bell,
  signal: AbortSignal,
): Promise<void> {
  let doubtLookAt = 0;
  while (!signal.aborted) {
    if (!life.stands) throw new Error('the sign of life was lost');
    const rung = bell.rung();
    const now = work.clock.now();
    const withDoubt = now.getTime() >= doubtLookAt;
    if (withDoubt) doubtLookAt = now.getTime() + housekeepingMs;
    const senders = [...work.known.senders.values()].filter((sender) => sender.purpose === flow);
    const withTime = await sendersWithTime(work.db, senders, now);
    const tasks = await findDueLanes(work.db, flow, withTime, now, withDoubt);
    const progress = await workThrough(work, flow, tasks, signal);
    const rest = withTime.length < senders.length || tasks.length > 0 ? paceRestMs : restMs;
    if (!progress) await Promise.race([rung, work.clock.sleep(rest, signal)]);
  }
}

/** Works through the lanes of a round, some at once; true when anything moved. */
async function workThrough(
  work: LaneWork,
  flow: Flow,
  tasks: LaneTask[],
  signal: AbortSignal,
): Promise<boolean> {
  const round = shuffled(tasks).slice(0, lanesInRound[flow]);
  let progress = false;
  const run = async () => {
    for (let task = round.pop(); task && !signal.aborted; task = round.pop())
      progress = (await doTask(work, task, flow)) || progress;
  };
  await Promise.all(Array.from({ length: runners }, run));
  return progress;
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
