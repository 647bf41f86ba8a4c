import type { Clock } from '../../clock/clock.ts';
import { type Flow, type LaneConnection, openLaneConnection } from '../lane-work.ts';
import type { Bell } from './bell.ts';
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
  /** How long to wait for a wake before the next look, in milliseconds, while there is something to do now and then. */
  restMs(): number;
  /** When something that is known is to be done next, in milliseconds from now; null when nothing is known. */
  untilKnownMs?(): number | null;
  /** Does what is due in a lane. A failure ends this turn only: a look finds it again. */
  work(connection: LaneConnection, task: LaneTask<Work>): Promise<Left<Work>>;
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
/**
 * The longest rest where nothing was found for as long: what somebody waits for comes with a wake, and what only its time
 * makes due leaves so much later at most.
 */
const idleRestMs = 1_000;

/** Looks until `signal` aborts, often while there is something to do, and ever less often while there is not. */
export async function keepLooking<Work>(
  plan: Omit<FlowPlan<Work>, 'flow' | 'work'>,
  clock: Clock,
  bell: Bell,
  signal: AbortSignal,
): Promise<void> {
  const { queue } = plan;
  let quietSince = clock.now().getTime();
  while (!signal.aborted) {
    const [rings, additions] = [bell.rings(), queue.added.rings()];
    for (const { lane, due } of shuffled(await plan.look())) queue.add(lane, due);
    const known = plan.untilKnownMs?.() ?? Number.POSITIVE_INFINITY;
    const usualMs = Math.min(queue.length() >= plan.runners ? busyRestMs : plan.restMs(), known);
    await bell.rungSince(rings, clock.sleep(usualMs, signal));
    // Nothing for long: it goes on resting for as long again, unless something comes.
    const idleMs = Math.min(clock.now().getTime() - quietSince, idleRestMs, known) - usualMs;
    const isQuiet = () => bell.rings() === rings && queue.added.rings() === additions;
    if (isQuiet() && idleMs > 0) {
      const rest = clock.sleep(idleMs, signal);
      await Promise.race([bell.rungSince(rings, rest), queue.added.rungSince(additions, rest)]);
    }
    if (!isQuiet()) quietSince = clock.now().getTime();
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
