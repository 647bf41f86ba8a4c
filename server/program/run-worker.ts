import type { Clock } from '../clock/clock.ts';
import { openSecrets } from '../config/secrets.ts';
import type { Settings } from '../config/settings.ts';
import { openFeeds } from '../content/feeds/feed-reader.ts';
import { connect } from '../database/connect.ts';
import { openOutbox } from '../happenings/outbox.ts';
import type { Context } from '../http/context.ts';
import { openJourneys } from '../journeys/definition/published.ts';
import { openWebhookCalls } from '../journeys/webhook-calls/webhook-calls.ts';
import { type Bell, openBell } from '../lanes/bell.ts';
import { wakeWorkers } from '../lanes/wake.ts';
import { startWorker } from '../lanes/worker.ts';
import type { SimulatorPlace } from '../providers/simulated.ts';
import { openProviders, type Wires } from '../providers/wires.ts';
import { openMeanings } from '../segments/live/meanings.ts';
import { deliverWebhooks } from '../webhooks/deliver-webhooks.ts';
import { keepDatabaseTime } from './database-time.ts';
import { findUses } from './find-uses.ts';
import { startJobs } from './jobs.ts';
import { listenersOf } from './listeners.ts';
import { openLog } from './log.ts';
import { peopleOf } from './personal-data.ts';
import { segmentKinds } from './segment-leaves.ts';
import { guardOf } from './simulator-address.ts';
import { bringFlows, flowsOf, type WorkerPart } from './worker-flows.ts';

/** Connections of a worker besides those that its runners keep for themselves. */
const poolSize = 10;

/** What a worker stands on; plain data, so that it can be handed to a thread. */
export interface WorkerGround {
  settings: Settings;
  databaseUrl: string;
  /** Where messages of simulated accounts go. */
  simulator: SimulatorPlace;
}

/** Runs parts of a worker on this thread, by a clock, or by the database's where none is given. */
export async function runWorker(
  { settings, databaseUrl, simulator }: WorkerGround,
  given: Clock | null,
  parts: readonly WorkerPart[],
  wires: Wires,
): Promise<{ stop(): Promise<void> }> {
  const log = openLog(settings.logLevel, 'worker');
  const secrets = await openSecrets(settings.dataDir);
  const connection = connect(databaseUrl, poolSize);
  const stops: (() => Promise<void>)[] = [];
  const clock = given ?? (await keepDatabaseTime(connection.db, stops));
  const answers = connect(databaseUrl, 2, 'relaxed');
  const queued = openBell();
  const live = { clock, meanings: openMeanings(segmentKinds), journeys: openJourneys({ segmentKinds, log }) };
  const outbox = openOutbox(listenersOf(settings.publicUrl, clock, live, queued.ring), clock);
  const outbound = guardOf(settings, simulator);
  const providers = openProviders(outbound, wires);
  const feeds = openFeeds(outbound, secrets, clock);
  const wake = wakeWorkers(connection.pool);
  const webhookCalls = openWebhookCalls({ db: connection.db, clock, feeds, wake, log });
  const context: Context = {
    db: connection.db,
    people: peopleOf(connection.db, outbox),
    findUses,
    segmentKinds,
    journeys: live.journeys,
    clock,
    secrets,
    outbound,
    providers,
    feeds,
    publicUrl: settings.publicUrl,
    log,
    webhookCalls,
    wake,
    ...outbox,
  };
  const stopping = new AbortController();
  const flows = parts.flatMap((part) => flowsOf[part]);
  const brought = bringFlows({ ...context, ...live }, answers.db, outbox);
  const worker = startWorker({ flows, brought, databaseUrl, clock, log });
  const beside = parts.includes('rest')
    ? await runBeside(context, databaseUrl, queued, stopping.signal)
    : null;
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all([worker.stop(), beside?.stopped()]);
      webhookCalls.close();
      await Promise.all([providers.close(), feeds.close()]);
      await webhookCalls.idle();
      for (const each of stops) await each();
      await answers.close();
      await connection.close();
    },
  };
}

/** Runs what needs no lane until `signal` aborts: outgoing webhooks, imports and exports. */
async function runBeside(
  context: Context,
  databaseUrl: string,
  queued: Bell,
  signal: AbortSignal,
): Promise<{ stopped(): Promise<unknown> }> {
  const webhooks = deliverWebhooks(context, queued, signal);
  const jobs = await startJobs(context, databaseUrl);
  return { stopped: () => Promise.all([webhooks, jobs.stop()]) };
}
