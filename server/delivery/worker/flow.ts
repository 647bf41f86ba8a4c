import type { Clock } from '../../clock/clock.ts';
import { type Flow, type LaneConnection, openLaneConnection } from '../lane-work.ts';
import type { Due } from './due-lanes.ts';
import type { LaneQueue, LaneTask } from './lane-queue.ts';
import type { Left } from './task.ts';
import type { WorkerOptions } from './worker-options.ts';

/** One kind of work in lanes: how it is found and how it is done. */
export interface FlowPlan<Work> {
  flow: Flow;
  /** Lanes worked on at once. */
  runners: number;
  queue: LaneQueue<Work>;
  /** Looks over all lanes for what is due; never for what grows with the number of messages. */
  look(): Promise<Due<Work>[]>;
  /** How long to wait for a wake before the next look, in milliseconds. */
  restMs(): number;
  /** Does what is due in a lane. A failure ends this turn only: a look finds it again. */
  work(connection: LaneConnection, task: LaneTask<Work>): Promise<Left<Work>>;
}

/** Something that rings when anything may be due. */
export interface Bell {
  ring(): void;
  /** Resolves at the next ring. */
  rung(): Promise<void>;
}

/** A bell for any number of listeners. */
export function openBell(): Bell {
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

/** After a failure, so that a lane that cannot be worked does not keep the database busy. */
const failureRestMs = 200;

/**
 * Runs one flow until `signal` aborts: one looks for lanes with something due, its runners work them off, each
 * on a connection of its own. Rejects when the database is lost.
 */
export async function runFlow<Work>(
  plan: FlowPlan<Work>,
  options: Pick<WorkerOptions, 'databaseUrl' | 'clock' | 'log'>,
  bell: Bell,
  signal: AbortSignal,
): Promise<void> {
  const stop = () => plan.queue.close();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const looking = keepLooking(plan, options.clock, bell, signal);
  const runners = Array.from({ length: plan.runners }, () => runRunner(plan, options));
  try {
    await Promise.all([looking, ...runners]);
  } finally {
    plan.queue.close();
    signal.removeEventListener('abort', stop);
    // What a runner has begun it ends, also where another one failed.
    await Promise.allSettled(runners);
  }
}

/** While lanes enough for all runners wait, a look can only find more of them. */
const busyRestMs = 1_000;

async function keepLooking<Work>(
  plan: FlowPlan<Work>,
  clock: Clock,
  bell: Bell,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const rung = bell.rung();
    for (const { lane, due } of shuffled(await plan.look())) plan.queue.add(lane, due);
    const isBusy = plan.queue.length() >= plan.runners;
    await Promise.race([rung, clock.sleep(isBusy ? busyRestMs : plan.restMs(), signal)]);
  }
}

async function runRunner<Work>(
  plan: FlowPlan<Work>,
  { databaseUrl, clock, log }: Pick<WorkerOptions, 'databaseUrl' | 'clock' | 'log'>,
): Promise<void> {
  let connection = await openLaneConnection(databaseUrl);
  try {
    for (let task = await plan.queue.take(); task; task = await plan.queue.take()) {
      const { lane } = task;
      try {
        for (const due of await plan.work(connection, task)) plan.queue.add(lane, due);
      } catch (error) {
        log.error(
          { err: error, lane, flow: plan.flow },
          'a lane could not be worked; it will be tried again',
        );
        // It may hold the lane, or a transaction: both end with it.
        await connection.end();
        await clock.sleep(failureRestMs);
        connection = await openLaneConnection(databaseUrl);
      } finally {
        plan.queue.leave(lane);
      }
    }
  } finally {
    await connection.end();
  }
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
