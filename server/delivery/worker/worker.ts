import type { Purpose } from '../../database/schema.ts';
import { closeAdmittedRequests } from '../../requests/audience-request.sql.ts';
import { openPaces } from '../../senders/pace/sender-pace.ts';
import { loadActiveSenders } from '../dispatch/active-senders.ts';
import { paceOf } from '../dispatch/dispatch-lane.ts';
import { type InFlight, openInFlight } from '../dispatch/in-flight.ts';
import { openStranded, type StrandedMessages } from '../dispatch/stranded.ts';
import { type Bell, openBell } from './bell.ts';
import { type FlowPlan, runFlow } from './flow.ts';
import { beginLife, type Life } from './life.ts';
import { type Hear, planFlows } from './plan-flows.ts';
import type { Known } from './task.ts';
import { listenForWakes } from './wake.ts';
import type { WorkerOptions } from './worker-options.ts';

/** A worker at work. */
export interface Worker {
  /** Stops taking up work, and resolves when what was begun is finished and its answers are kept. */
  stop(): Promise<void>;
}

/** Most posts under way at once to an account in each flow: together as many as the wires open connections to it. */
const mostInFlight = { transactional: 64, promotional: 192 };
const housekeepingMs = 1_000;

/** What a worker hears: wakes that name messages, and a bell for those that do not. */
interface Ears {
  bell: Bell;
  hear: Hear;
}

/**
 * Runs a worker until it is stopped: in each flow it looks for lanes with something due, takes them one by one,
 * and does in each what is due. Any number of workers share the work; the database's locks keep them out of each
 * other's lanes. When the database is away it waits for it, with a new number, so that what it had on the wire
 * is settled as in doubt.
 */
export function startWorker(options: WorkerOptions): Worker {
  const stopping = new AbortController();
  const { signal } = stopping;
  const ears: Ears = { bell: openBell(), hear: () => false };
  const { bell } = ears;
  const inFlight = {
    transactional: openInFlight(mostInFlight.transactional),
    promotional: openInFlight(mostInFlight.promotional),
  };
  const stranded = openStranded();
  const purposes = options.flows.filter((flow) => flow === 'transactional' || flow === 'promotional');
  const drained = async () => {
    await inFlight.transactional.drained();
    await inFlight.promotional.drained();
  };
  const live = async () => {
    while (!signal.aborted) {
      let life: Life | null = null;
      try {
        life = await beginLife(options.databaseUrl, options.clock, purposes);
        await liveOnce(options, life, inFlight, stranded, ears, signal);
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
  const done = Promise.all([
    live(),
    listenForWakes(options.databaseUrl, options.clock, signal, (due) => {
      if (!due || !ears.hear(due)) bell.ring();
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
async function liveOnce(
  options: WorkerOptions,
  life: Life,
  inFlight: Record<Purpose, InFlight>,
  stranded: StrandedMessages,
  ears: Ears,
  signal: AbortSignal,
): Promise<void> {
  const known: Known = { senders: new Map(), rests: new Map(), plans: new Map(), paced: new Set() };
  const ending = new AbortController();
  const end = AbortSignal.any([signal, ending.signal]);
  await keepHouse(options, life, known);
  const { sending, admission, settlement, hear } = planFlows(options, life, known, inFlight, stranded);
  ears.hear = hear;
  const run = async <Work>(plan: FlowPlan<Work>) => {
    if (options.flows.includes(plan.flow)) await runFlow(plan, options, ears.bell, end);
  };
  const parts = [
    repeat(options, life, end, () => keepHouse(options, life, known)),
    // By itself, since it may have to wait for a lane.
    repeat(options, life, end, () => stranded.giveBack(options.db)),
    run(sending.transactional),
    run(sending.promotional),
    run(admission),
    run(settlement),
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
  known.rests.clear();
  await openPaces(
    db,
    senders.filter((sender) => !known.paced.has(sender.id)).map((sender) => paceOf(sender, now)),
  );
  for (const { id } of senders) known.paced.add(id);
  await life.lookAround();
  if (!options.flows.includes('admission')) return;
  await closeAdmittedRequests(db, now);
  await options.keepOrigins(db, now);
}
