import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../clock/clock.ts';
import { type Bell, openBell } from './bell.ts';
import { type Courtesy, openCourtesy } from './courtesy.ts';
import type { Flow } from './flow.ts';
import { beginLife, type Life } from './life.ts';
import { listenForWakes, type Wake } from './wake.ts';

/** What a worker is given. */
export interface WorkerOptions {
  /** Names of the flows that this worker runs; others may run the rest. */
  flows: readonly string[];
  /** What capabilities bring; each flow that is named is brought by one of them. */
  brought: readonly FlowBringer[];
  /** For connections of its own: its sign of life, the wake-up channel and one for each runner. */
  databaseUrl: string;
  clock: Clock;
  log: FastifyBaseLogger;
}

/** Brings a capability's flows to a worker; what it keeps in mind beyond one life of the worker is its own. */
export interface FlowBringer {
  /** Its flows for a new life of the worker, with empty queues. Rejects when the database is lost. */
  begin(life: Life): Promise<Brought>;
  /** Resolves when what its flows have begun outside of lanes has ended: until then the sign of life must stand. */
  drained?(): Promise<void>;
}

/** The flows of one capability, which may share what they know. */
export interface Brought {
  flows: readonly Flow[];
  /** What they need done once a second while anything happens, whichever of them run here; each by itself, since one may wait long. */
  everySecond?: readonly (() => Promise<void>)[];
}

/** A worker at work. */
export interface Worker {
  /** Stops taking up work, and resolves when what was begun is finished and its answers are kept. */
  stop(): Promise<void>;
}

const everySecondMs = 1_000;
/** While nothing happens, what is done once a second is done this seldom: a wake says sooner that something has changed. */
const seldomMs = 5_000;

/** What a worker hears: wakes that name what is due, and a bell for those that do not. */
interface Ears {
  bell: Bell;
  /** Rings with every wake, and where a look finds something to do. */
  stir: Bell;
  courtesy: Courtesy;
  /** Takes in what a wake names; false when it takes a look. */
  hear(wakes: readonly Wake[]): boolean;
}

/**
 * Runs a worker until it is stopped: in each flow it looks for lanes with something due, takes them one by one,
 * and does in each what is due. Any number of workers share the work; the database's locks keep them out of each
 * other's lanes. When the database is away it waits for it, with a new number, so that what it had begun
 * can be told from what it begins.
 */
export function startWorker(options: WorkerOptions): Worker {
  const stopping = new AbortController();
  const { signal } = stopping;
  const courtesy = openCourtesy(options.clock);
  const ears: Ears = { bell: openBell(), stir: openBell(), courtesy, hear: () => false };
  const { bell, stir } = ears;
  const drained = async () => {
    for (const bringer of options.brought) await bringer.drained?.();
  };
  const live = async () => {
    while (!signal.aborted) {
      let life: Life | null = null;
      try {
        life = await beginLife(options.databaseUrl, options.clock, options.flows);
        await liveOnce(options, life, ears, signal);
      } catch (error) {
        options.log.warn({ err: error }, 'the worker lost the database and tries again');
        await options.clock.sleep(500, signal);
      } finally {
        // What it has begun may still be under way: the lock must stand until it is answered.
        if (life?.stands) await drained();
        await life?.end();
      }
    }
  };
  const done = Promise.all([
    live(),
    listenForWakes(options.databaseUrl, options.clock, signal, (wakes) => {
      if (!wakes || !ears.hear(wakes)) bell.ring();
      stir.ring();
    }),
  ]);
  return {
    stop: async () => {
      stopping.abort();
      bell.ring();
      await done;
      await drained();
    },
  };
}

/** Works until stopped, or throws when the database is lost. */
async function liveOnce(options: WorkerOptions, life: Life, ears: Ears, signal: AbortSignal): Promise<void> {
  const ending = new AbortController();
  const end = AbortSignal.any([signal, ending.signal]);
  const brought: Brought[] = [];
  for (const bringer of options.brought) brought.push(await bringer.begin(life));
  const flows = brought.flatMap((each) => each.flows);
  const here = flowsHere(flows, options.flows);
  ears.hear = (wakes) => hearWakes(flows, here, ears.courtesy, wakes);
  const repeated = (deed: () => Promise<void>) => repeat(options, life, ears.stir, end, deed);
  const parts = [
    repeated(() => life.lookAround()),
    ...brought.flatMap(({ everySecond = [] }) => everySecond.map(repeated)),
    ...here
      .flatMap((flow) => flow.everySecond)
      .map(async (deed) => {
        await deed();
        await repeated(deed);
      }),
    ...here.map((flow) => flow.run({ ...options, ...ears }, end)),
  ];
  try {
    await Promise.all(parts);
  } finally {
    ending.abort();
    ears.hear = () => false;
    ears.bell.ring();
    await Promise.allSettled(parts);
  }
}

/** The flows that are run here; the others are closed. */
function flowsHere(flows: readonly Flow[], names: readonly string[]): Flow[] {
  const here = names.map((name) => {
    const flow = flows.find((each) => each.name === name);
    if (!flow) throw new Error(`nobody brings the flow ${name}`);
    return flow;
  });
  for (const flow of flows) if (!here.includes(flow)) flow.close();
  return here;
}

/** Queues what wakes name for the flows that are run here; false when one of these has to look for it. */
function hearWakes(
  flows: readonly Flow[],
  here: readonly Flow[],
  courtesy: Courtesy,
  wakes: readonly Wake[],
): boolean {
  let heard = true;
  for (const wake of wakes) {
    if (flows.some((flow) => flow.name === wake.flow && flow.rank === 'prompt')) courtesy.heard();
    for (const flow of here) if (flow.name === wake.flow && !flow.hear(wake)) heard = false;
  }
  return heard;
}

async function repeat(
  { clock }: WorkerOptions,
  life: Life,
  stir: Bell,
  signal: AbortSignal,
  deed: () => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    const rings = stir.rings();
    await clock.sleep(everySecondMs, signal);
    await stir.rungSince(rings, clock.sleep(seldomMs - everySecondMs, signal));
    if (!life.stands) throw new Error('the sign of life was lost');
    await deed();
  }
}
