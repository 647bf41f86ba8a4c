import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { createControlApp } from './control/app.ts';
import { createLiveNews } from './control/events.ts';
import { openLedger } from './ledger/ledger.ts';
import { startMailServer } from './mail/server.ts';
import { openMediaStore } from './meta/media.ts';
import { createPeople } from './meta/people.ts';
import { createMetaWire, metaPath } from './meta/routes.ts';
import { resumeReviews } from './meta/templates.ts';
import { createAttempts } from './network/attempts.ts';
import { createBehaviours } from './network/behaviour.ts';
import { createCallbacks } from './network/callbacks.ts';
import { createCallerCheck } from './network/callers.ts';
import { answerJson, closeAfter } from './network/http.ts';
import type { Network } from './network/network.ts';
import { createPace } from './network/pace.ts';
import { openRegistry } from './network/registry.ts';
import { createSchedule } from './network/schedule.ts';
import { productPath } from './twilio/products/routes.ts';
import { createTwilioWire, twilioPrefix } from './twilio/routes.ts';
import { resumeScheduled } from './twilio/send.ts';
import { followLink, shortLinkPrefix } from './twilio/short-links.ts';

/** How to start a simulator. Ports may be 0 for any free one. */
export interface SimulatorOptions {
  port: number;
  /** The address to listen on; whoever can reach it can do anything here, so that loopback is the one to take. */
  host: string;
  /** Names by which it may be called beside those of this machine and `host`. */
  hosts?: readonly string[];
  /** The ledger is kept in the folder `simulator` of this. */
  dataDir: string;
  smtpPort: number;
  log?: Logger;
  /** Milliseconds in which a request, or a mail, has to be here in full; half a minute by default. */
  patienceMs?: number;
  /** The present instant in milliseconds since 1970; the machine's clock by default. */
  now?: () => number;
  /** A number from 0 up to 1 by which shares are drawn; `Math.random` by default. */
  random?: () => number;
}

/** A running simulator. */
export interface Simulator {
  url: string;
  port: number;
  smtpPort: number;
  close(): Promise<void>;
}

/** Large files come over loopback within this, too. */
const usualPatienceMs = 30_000;
/** Far more than a worker keeps open, and few enough for the machine. */
const mostConnections = 2_000;

/** Ids of 32 hexadecimal digits: the twenty of `start`, twelve that count. */
function createIds(start: string): (prefix: string) => string {
  let count = 0;
  return (prefix) => {
    count += 1;
    return prefix + start + count.toString(16).padStart(12, '0');
  };
}

async function openNetwork(options: SimulatorOptions): Promise<Network> {
  const now = options.now ?? Date.now;
  const directory = join(options.dataDir, 'simulator');
  const log = options.log ?? pino({ level: 'warn' });
  const receipts = createSchedule(log);
  const start = randomBytes(10).toString('hex');
  return {
    start,
    ledger: await openLedger(join(directory, 'ledger.ndjson'), now),
    registry: openRegistry(directory),
    behaviours: createBehaviours(),
    attempts: createAttempts(),
    pace: createPace(),
    receipts,
    callbacks: createCallbacks(receipts, now, log),
    schedule: createSchedule(log),
    newId: createIds(start),
    smtpPort: options.smtpPort,
    now,
    random: options.random ?? Math.random,
    log,
  };
}

/** The host to call where this is listened on; one that stands for all addresses is no place to go to. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}

/**
 * Starts the carrier network: Twilio's and Meta's wires, the control API and the page of handsets on one port,
 * the mail server on another. The wires have the plain HTTP server to themselves, since a framework in front
 * of them would cost a third of their speed.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const network = await openNetwork(options);
  const people = createPeople(network);
  const media = openMediaStore(join(options.dataDir, 'simulator', 'media'));
  const news = createLiveNews(network.ledger);
  const app = await createControlApp(network, people, media, news);
  const onTwilio = createTwilioWire(network);
  const onMeta = createMetaWire(network, people, media);
  const mayNot = createCallerCheck(options.host, options.hosts ?? []);
  const { patienceMs = usualPatienceMs } = options;
  const limits = {
    keepAliveTimeout: 65_000,
    headersTimeout: patienceMs,
    requestTimeout: patienceMs,
    connectionsCheckingInterval: patienceMs / 10,
  };
  const server = createServer(limits, (request, response) => {
    const url = request.url ?? '';
    const refusal = mayNot(request);
    if (refusal) {
      closeAfter(response);
      answerJson(response, 403, JSON.stringify({ error: 'Forbidden', message: refusal }));
    } else if (url.startsWith(twilioPrefix) || productPath.test(url)) onTwilio(request, response);
    else if (metaPath.test(url)) onMeta(request, response);
    else if (url.startsWith(shortLinkPrefix)) followLink(network, request, response);
    else app.routing(request, response);
  });
  server.maxConnections = mostConnections;
  const port = await listen(server, options.port, options.host);
  const mail = await startMailServer(network, options.host, options.smtpPort, patienceMs);
  network.smtpPort = mail.port;
  resumeReviews(network);
  resumeScheduled(network);
  return {
    url: `http://${reachable(options.host)}:${port}`,
    port,
    smtpPort: mail.port,
    async close() {
      news.close();
      network.receipts.clear();
      network.schedule.clear();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await mail.close();
      await app.close();
      await network.callbacks.close();
      network.ledger.close();
    },
  };
}
