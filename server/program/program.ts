import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../clock/clock.ts';
import { openSecrets } from '../config/secrets.ts';
import type { Settings } from '../config/settings.ts';
import { openFeeds } from '../content/feeds/feed-reader.ts';
import { compilePatterns } from '../conversations/keywords/classify-reply.ts';
import { openOutbox } from '../happenings/outbox.ts';
import { buildApi } from '../http/api.ts';
import type { Context } from '../http/context.ts';
import type { Readiness } from '../http/health-routes.ts';
import { openNewsDesk } from '../inbox/news.ts';
import { openJourneys } from '../journeys/definition/published.ts';
import { openWebhookCalls } from '../journeys/webhook-calls/webhook-calls.ts';
import { wakeWorkers } from '../lanes/wake.ts';
import { builtInWires } from '../providers/built-in.ts';
import type { SimulatorPlace } from '../providers/simulated.ts';
import { openProviders, type Wires } from '../providers/wires.ts';
import { openMeanings } from '../segments/live/meanings.ts';
import { keepDatabaseTime } from './database-time.ts';
import { documentation } from './documentation.ts';
import { findUses } from './find-uses.ts';
import { firstStart } from './first-start.ts';
import { openJobQueue } from './jobs.ts';
import { keepEmbedded } from './keep-embedded.ts';
import { listenersOf } from './listeners.ts';
import { openLog } from './log.ts';
import { openDatabase } from './open-database.ts';
import { peopleOf } from './personal-data.ts';
import { apiRoutes, openRoutes } from './routes.ts';
import { runWorker, type WorkerGround } from './run-worker.ts';
import { segmentKinds } from './segment-leaves.ts';
import { guardOf, simulatorElsewhere, simulatorHere } from './simulator-address.ts';
import { linkSimulator } from './simulator-link.ts';
import { type LoadingThread, loadThread } from './thread.ts';
import type { WorkerPart } from './worker-flows.ts';
import type { WorkerThreadData } from './worker-thread.ts';

/** Which part of the program this process is. */
export type Role = 'all' | 'api' | 'worker' | 'migrate';

/** A running program. */
export interface Program {
  /** Where the API, console and callbacks are; null for a worker. */
  url: string | null;
  /** The simulator's page; null where this process started none and knows of none. */
  simulatorUrl: string | null;
  /** The first project's key when it was made at this start, else null. */
  newKey: string | null;
  databaseUrl: string;
  /** Takes no more, finishes what was begun, loses nothing. */
  stop(): Promise<void>;
}

const apiPoolSize = 24;

/**
 * What a program is made of and where it runs. On threads of their own the worker and the simulator do not hold up those
 * who call the API; they have the built-in parts, since none can be handed to a thread. With an injected clock, or other
 * parts, everything stays on one. Unless one is injected, all go by the clock of the database: those of machines may be set apart.
 */
export type Composition = { threads: 'own' } | { threads: 'one'; clock: Clock; wires: Wires };

/** Starts the program in one role. */
export async function startProgram(
  settings: Settings,
  role: Role,
  composition: Composition = { threads: 'own' },
): Promise<Program> {
  const { threads } = composition;
  const wires = composition.threads === 'one' ? composition.wires : builtInWires;
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  const log = openLog(settings.logLevel, role === 'all' ? 'api' : role);
  // They load while the rest of the program starts.
  const workers = hasWorkers(role) && threads === 'own' ? loadWorkers(log) : null;
  try {
    const poolSize = role === 'worker' ? 2 : apiPoolSize;
    const { embedded, databaseUrl, connection } = await openDatabase(settings, poolSize, stops);
    const clock =
      composition.threads === 'one' ? composition.clock : await keepDatabaseTime(connection.db, stops);
    const none = { url: null, simulatorUrl: null, newKey: null, databaseUrl, stop };
    if (role === 'migrate') return none;
    const secrets = await openSecrets(settings.dataDir);
    if (embedded) {
      const leaving = new AbortController();
      const kept = keepEmbedded(embedded, clock, log, leaving.signal);
      stops.push(async () => {
        leaving.abort();
        await kept;
      });
    }
    if (role === 'worker') {
      const simulator = await simulatorElsewhere(settings);
      stops.push(...(await startWorkers({ settings, databaseUrl, simulator }, clock, wires, workers)));
      return none;
    }

    const simulator = await findSimulator(settings, role, clock, threads, stops);
    const newKey = await firstStart({ db: connection.db, secrets, clock, simulator, wires }, settings);
    const live = {
      clock,
      meanings: openMeanings(segmentKinds),
      journeys: openJourneys({ segmentKinds, log }),
    };
    const outbox = openOutbox(listenersOf(settings.publicUrl, clock, live), clock);
    const outbound = guardOf(settings, simulator);
    const providers = openProviders(outbound, wires);
    const feeds = openFeeds(outbound, secrets, clock);
    const wake = wakeWorkers(connection.pool);
    const webhookCalls = openWebhookCalls({ db: connection.db, clock, feeds, wake, log });
    stops.push(providers.close, feeds.close);
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
    const readiness: Readiness = { ready: false };
    const queue = await openJobQueue(context, databaseUrl);
    stops.push(queue.close);
    const open = openRoutes(readiness, settings.metricsToken);
    const openDesk = () => openNewsDesk(databaseUrl, clock);
    const api = await buildApi(context, apiRoutes(queue, openDesk), open, documentation, settings);
    compilePatterns();
    await api.ready();
    // Made at the first question after it, it would keep everybody else waiting for a tenth of a second.
    api.swagger();
    await api.listen({ port: settings.port, host: settings.host });
    stops.push(() => api.close());

    const ending = new AbortController();
    const link = linkSimulator(
      connection.db,
      wires,
      secrets,
      clock,
      settings.publicUrl,
      simulator,
      log,
      ending.signal,
    );
    stops.push(async () => {
      ending.abort();
      await link;
    });
    if (hasWorkers(role))
      stops.push(...(await startWorkers({ settings, databaseUrl, simulator }, clock, wires, workers)));
    readiness.ready = true;
    stops.push(async () => {
      readiness.ready = false;
    });
    return { url: settings.publicUrl, simulatorUrl: simulator.url, newKey, databaseUrl, stop };
  } catch (error) {
    for (const { thread } of workers ?? []) await thread.discard();
    await stop();
    throw error;
  }
}

const hasWorkers = (role: Role) => role === 'all' || role === 'worker';
const parts: readonly WorkerPart[] = ['rest', 'transactional'];

/** A part of a worker with the thread that it will run on. */
interface LoadingWorker {
  part: WorkerPart;
  thread: LoadingThread;
}

function loadWorkers(log: FastifyBaseLogger): LoadingWorker[] {
  return parts.map((part) => ({
    part,
    thread: loadThread(part, new URL('./worker-thread.ts', import.meta.url), (error) => {
      log.fatal({ err: error, part }, 'the worker died');
      process.exit(1);
    }),
  }));
}

/** Starts both parts of a worker, each on its own thread where these are loaded, or all on this one; how each is stopped. */
async function startWorkers(
  ground: WorkerGround,
  clock: Clock,
  wires: Wires,
  loaded: readonly LoadingWorker[] | null,
): Promise<(() => Promise<void>)[]> {
  if (loaded === null) return [(await runWorker(ground, clock, parts, wires)).stop];
  const begun = await Promise.allSettled(
    loaded.map(({ part, thread }) => thread.begin({ ground, part } satisfies WorkerThreadData)),
  );
  const stops = begun.flatMap((each) => (each.status === 'fulfilled' ? [each.value.stop] : []));
  const failed = begun.find((each) => each.status === 'rejected');
  if (!failed) return stops;
  for (const each of stops) await each();
  throw failed.reason;
}

/** The simulator that runs apart (SIMULATOR_URL), or one started with the program. */
async function findSimulator(
  settings: Settings,
  role: Role,
  clock: Clock,
  threads: 'own' | 'one',
  stops: (() => Promise<void>)[],
): Promise<SimulatorPlace> {
  if (settings.simulatorUrl || role !== 'all') return simulatorElsewhere(settings);
  const options = {
    port: settings.simulatorPort,
    host: settings.simulatorHost,
    hosts: settings.simulatorHosts,
    dataDir: settings.dataDir,
    smtpPort: settings.simulatorPort === 0 ? 0 : settings.simulatorPort + 15,
  };
  if (threads === 'one') {
    const { startSimulator } = await import('../../simulator/index.ts');
    const simulator = await startSimulator({ ...options, now: () => clock.now().getTime() });
    stops.push(simulator.close);
    return simulatorHere(simulator);
  }
  const file = new URL('./simulator-thread.ts', import.meta.url);
  const thread = await loadThread('simulator', file, () => process.exit(1)).begin(options);
  stops.push(thread.stop);
  return simulatorHere(thread.ready as { url: string; smtpPort: number });
}
