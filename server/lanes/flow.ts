import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../clock/clock.ts';
import type { Bell } from './bell.ts';
import type { Courtesy } from './courtesy.ts';
import type { Due, LaneQueue, LaneTask } from './lane-queue.ts';
import { type LaneConnection, openLaneConnection } from './lane-work.ts';
import type { Wake } from './wake.ts';

/** One kind of work in lanes, as a capability brings it: how it is found and how it is done. */
export interface FlowPlan<Work> {
  name: string;
  /**
   * Who waits for a `prompt` one holds something in the hand: while wakes tell of it the `patient` ones rest between their turns. A `steady` one neither
   * makes others rest nor rests: it may lead to something prompt.
   */
  rank: 'prompt' | 'steady' | 'patient';
  /** Lanes worked on at once. */
  runners: number;
  queue: LaneQueue<Work>;
  /** Looks over all lanes for what is due; never for what grows with the number of messages. */
  look(): Promise<Due<Work>[]>;
  /** How long to wait for a wake before the next look, in milliseconds, while there is something to do now and then. */
  restMs(): number;
  /** When something that is known is to be done next, in milliseconds from now; null when nothing is known. */
  untilKnownMs?(): number | null;
  /** The work that a wake names by this number; null when it is not known here yet, and only a look finds it. */
  wokenFor?(due: number): Work | null;
  /** Done besides by who runs this flow, at its start and once a second while anything happens; each by itself. */
  everySecond?: readonly (() => Promise<void>)[];
  /** Does what is due in a lane. A failure ends this turn only: a look finds it again. */
  work(connection: LaneConnection, task: LaneTask<Work>): Promise<Turn<Work>>;
}

/** What came of a turn in a lane. */
export interface Turn<Work> {
  /** What is to come up again at once. */
  left: Work[];
  /** Milliseconds of it that were spent waiting and kept nobody from working. */
  waitedMs?: number;
}

/** A flow whose kind of work is nobody's affair but its own. */
export interface Flow {
  name: string;
  rank: FlowPlan<unknown>['rank'];
  /** Queues what a wake names; false when only a look can find it. */
  hear(wake: Wake): boolean;
  everySecond: readonly (() => Promise<void>)[];
  /** Runs until `signal` aborts. Rejects when the database is lost. */
  run(ground: FlowGround, signal: AbortSignal): Promise<void>;
  /** For a flow that is not run here: what is queued for it is forgotten. */
  close(): void;
}

/** What all flows of a worker run on. */
export interface FlowGround {
  databaseUrl: string;
  clock: Clock;
  log: FastifyBaseLogger;
  bell: Bell;
  /** Rung where something is found to do. */
  stir: Bell;
  courtesy: Courtesy;
}

/** The flow of a plan. */
export function flowOf<Work>(plan: FlowPlan<Work>): Flow {
  const { name, rank, queue } = plan;
  return {
    ...{ name, rank },
    hear: ({ lane, due }) => {
      const work = plan.wokenFor?.(due) ?? null;
      if (work !== null) queue.add(lane, work);
      return work !== null;
    },
    everySecond: plan.everySecond ?? [],
    run: (ground, signal) => runFlow(plan, ground, signal),
    close: () => queue.close(),
  };
}

/** After a failure, so that a lane that cannot be worked does not keep the database busy. */
const failureRestMs = 200;

/** One looks for lanes with something due, the flow's runners work them off, each on a connection of its own. */
async function runFlow<Work>(plan: FlowPlan<Work>, ground: FlowGround, signal: AbortSignal): Promise<void> {
  const stop = () => plan.queue.close();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const looking = keepLooking(plan, ground, signal);
  const runners = Array.from({ length: plan.runners }, () => runRunner(plan, ground));
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
 * makes due leaves so much later at most. A look at 64 lanes costs two milliseconds of processor time, day and night.
 */
const idleRestMs = 4_000;

/** Looks until `signal` aborts, often while there is something to do, and ever less often while there is not. */
export async function keepLooking<Work>(
  plan: Pick<FlowPlan<Work>, 'queue' | 'look' | 'runners' | 'restMs' | 'untilKnownMs'>,
  { clock, bell, stir }: Pick<FlowGround, 'clock' | 'bell' | 'stir'>,
  signal: AbortSignal,
): Promise<void> {
  const { queue } = plan;
  let quietSince = clock.now().getTime();
  while (!signal.aborted) {
    const [rings, additions] = [bell.rings(), queue.added.rings()];
    const found = await plan.look();
    if (found.length > 0) stir.ring();
    for (const { lane, due } of shuffled(found)) queue.add(lane, due);
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
  { databaseUrl, clock, log, courtesy }: FlowGround,
): Promise<void> {
  let connection = await openLaneConnection(databaseUrl, plan.name);
  try {
    for (let task = await plan.queue.take(); task; task = await plan.queue.take()) {
      const { lane } = task;
      try {
        const begunAt = performance.now();
        const { left, waitedMs = 0 } = await plan.work(connection, task);
        if (plan.rank === 'patient') await courtesy.rest(performance.now() - begunAt - waitedMs);
        for (const due of left) plan.queue.add(lane, due);
      } catch (error) {
        log.error(
          { err: error, lane, flow: plan.name },
          'a lane could not be worked; it will be tried again',
        );
        // It may hold the lane, or a transaction: both end with it.
        await connection.end();
        await clock.sleep(failureRestMs);
        connection = await openLaneConnection(databaseUrl, plan.name);
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
