import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Pool } from 'undici';
import { unlessInterrupted } from './interrupt.ts';
import { campaignText, type Person } from './people.ts';
import { newFolder, startSimulatorProcess } from './process.ts';
import { processorSeconds } from './process-tree.ts';
import { startBar } from './progress.ts';

/** What one run of the bare wire came to. */
export interface RawWireRun {
  messages: number;
  /** From the first post to the last receipt. */
  seconds: number;
  perSecond: number;
  /** Processor time of one message, of this process and the simulator together. */
  microseconds: number;
  /** Bytes of the mean posted form. */
  bytes: number;
}

const account = `AC${'5'.repeat(32)}`;
const authToken = 'raw-wire';
const sender = '+12025550110';
/** Connections to the simulator; on two cores more of them are slower. */
const connections = 64;
/** The simulator tells `sent` and `delivered` of every message. */
const receiptsPerMessage = 2;
/** As long as a link code and a message reference of the program. */
const linkCode = 'AbCdEfGhI';

/**
 * The wire with nothing behind it: this process posts the messages with undici and takes their receipts with a
 * bare HTTP server that reads and answers 204, as the program must do both. A simulator of its own is started.
 */
export async function runRawWire(people: readonly Person[]): Promise<RawWireRun> {
  const folder = await newFolder();
  const simulator = await startSimulatorProcess(folder.path);
  const receipts = await startReceiver(people.length * receiptsPerMessage);
  const pool = new Pool(simulator.url, { connections, pipelining: 1 });
  const bar = startBar('raw wire', people.length);
  const timer = setInterval(() => bar.at(receipts.count() / receiptsPerMessage), 250);
  try {
    const forms = people.map((person, index) => formOf(person, receipts.url, index));
    // The simulator is a child of this process.
    const used = await processorSeconds([process.pid]);
    const begin = performance.now();
    await unlessInterrupted(Promise.all([postAll(pool, forms), receipts.all]));
    const seconds = (performance.now() - begin) / 1000;
    const microseconds = (((await processorSeconds([process.pid])) - used) * 1e6) / people.length;
    bar.at(people.length);
    const bytes = forms.reduce((sum, form) => sum + form.length, 0) / forms.length;
    return { messages: people.length, seconds, perSecond: people.length / seconds, microseconds, bytes };
  } finally {
    clearInterval(timer);
    bar.end();
    await pool.destroy();
    await receipts.close();
    await simulator.stop();
    await folder.remove();
  }
}

/** The form that posts the campaign's text to a person, as the program writes it. */
function formOf(person: Person, callbackOrigin: string, index: number): string {
  const fields = {
    To: person.phone,
    From: sender,
    Body: campaignText(person, `${callbackOrigin}/l/${linkCode}`),
    StatusCallback: `${callbackOrigin}/callbacks/twilio/1/A${(index + 46_656).toString(36)}`,
  };
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}

/** Keeps every connection busy until all forms are posted; rejects at the first that is not taken. */
function postAll(pool: Pool, forms: readonly string[]): Promise<void> {
  const headers = [
    'authorization',
    `Basic ${Buffer.from(`${account}:${authToken}`).toString('base64')}`,
    'content-type',
    'application/x-www-form-urlencoded',
    'accept',
    'application/json',
  ];
  const path = `/2010-04-01/Accounts/${account}/Messages.json`;
  let next = 0;
  let answered = 0;
  return new Promise((resolve, reject) => {
    const post = () => {
      const body = forms[next];
      if (body === undefined) return;
      next += 1;
      let status = 0;
      let text = '';
      pool.dispatch(
        { path, method: 'POST', headers, body },
        {
          onRequestStart() {},
          onResponseStart(_controller, code) {
            status = code;
          },
          onResponseData(_controller, chunk) {
            text += chunk.toString();
          },
          onResponseEnd() {
            if (status !== 201) reject(new Error(`the simulator answered ${status}: ${text}`));
            answered += 1;
            if (answered === forms.length) resolve();
            else post();
          },
          onResponseError(_controller, error) {
            reject(error);
          },
        },
      );
    };
    for (let index = 0; index < connections; index += 1) post();
  });
}

interface Receiver {
  url: string;
  count(): number;
  /** Resolves when as many receipts as were awaited have come. */
  all: Promise<void>;
  close(): Promise<void>;
}

async function startReceiver(awaited: number): Promise<Receiver> {
  const { promise: all, resolve } = Promise.withResolvers<void>();
  let count = 0;
  const take = (request: IncomingMessage, response: ServerResponse) => {
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    request.on('end', () => {
      response.writeHead(204).end();
      if (bytes > 0) count += 1;
      if (count === awaited) resolve();
    });
  };
  const server = createServer(take);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: addressOf(server), count: () => count, all, close: () => closeServer(server) };
}

function addressOf(server: Server): string {
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
