import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings, type Settings } from '../config/settings.ts';
import { type Program, startProgram } from '../program/program.ts';
import { builtInWires } from '../providers/built-in.ts';
import type { Wires } from '../providers/wires.ts';
import { runningClock, type TestClock } from './clock.ts';
import { startTestDatabase, type TestDatabase } from './database.ts';

/** The whole program with its simulator, in this process, over real HTTP, on a database of its own. */
export interface TestProgram {
  url: string;
  simulatorUrl: string;
  key: string;
  settings: Settings;
  clock: TestClock;
  database: TestDatabase;
  program: Program;
  /** Calls the API with the first project's key; throws with the answer when it is not a 2xx. */
  call<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>;
  /** Calls the simulator's control API. */
  simulator<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>;
  /** Waits until `probe` gives something other than null; the program does its work meanwhile. */
  until<T>(what: string, probe: () => Promise<T | null>): Promise<T>;
  close(): Promise<void>;
}

/** Monday noon in New York: promotional texts may go to all of the United States but for late risers. */
const mondayNoon = '2026-11-23T17:00:00Z';
const patienceMs = 120_000;

/**
 * Starts everything in one process at the instant given; the clock runs on from there and can be moved. Sender
 * 1 is the promotional long code, 2 the transactional one, as at every first start. `more` are settings besides, `wires` what it is made with.
 */
export async function startTestProgram(
  at: string = mondayNoon,
  more: Record<string, string> = {},
  wires: Wires = builtInWires,
): Promise<TestProgram> {
  const database = await startTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'carillon-program-'));
  const key = 'a-key-for-tests-only-0123456789';
  const clock = runningClock(at);
  const settings = readSettings({
    PORT: String(await freePort()),
    SIMULATOR_PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    CARILLON_API_KEY: key,
    // Tests' own servers are on this machine.
    OUTBOUND_ALLOW: 'localhost',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'fatal',
    ...more,
  });
  const program = await startProgram(settings, 'all', { threads: 'one', clock, wires });
  const url = settings.publicUrl;
  const simulatorUrl = program.simulatorUrl ?? '';
  const test: TestProgram = {
    url,
    simulatorUrl,
    key,
    settings,
    clock,
    database,
    program,
    call: (method, path, body) => exchange(method, url + path, { 'Api-Key': key }, body),
    simulator: (method, path, body) => exchange(method, simulatorUrl + path, {}, body),
    until,
    close: async () => {
      await program.stop();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  // The simulator knows our numbers as soon as it has been told of the senders.
  await until('the simulator to know the senders', async () => {
    const { numbers } = await test.simulator<{ numbers: unknown[] }>('GET', '/numbers');
    return numbers.length > 0 ? numbers : null;
  });
  return test;
}

/** One HTTP exchange in JSON; throws on anything but a 2xx. */
export async function exchange<T>(
  method: string,
  url: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<T> {
  const answer = await fetch(url, {
    method,
    headers: body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${text}`);
  try {
    return JSON.parse(text) as T;
  } catch {
    return text as T;
  }
}

/** Asks again and again until there is something; gives up with an error that says what was waited for. */
export async function until<T>(what: string, probe: () => Promise<T | null>): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const found = await probe();
    if (found !== null) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A loopback port that is free at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
