import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { say } from './progress.ts';

const root = resolve(import.meta.dirname, '..');
const startWithinMs = 60_000;
const stopWithinMs = 30_000;

/** A program of the repository that runs as a process of its own. */
export interface Running {
  url: string;
  pid: number;
  /** Asks it to end and waits until it has. Safe to call again. */
  stop(): Promise<void>;
}

/** A port of the loopback address that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  server.close();
  await once(server, 'close');
  return port;
}

/** A new folder for one run; other users may walk into it, as the embedded database does when run as root. */
export async function newFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'carillon-bench-'));
  await chmod(path, 0o755);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Starts the carrier simulator alone, with an empty ledger. */
export async function startSimulatorProcess(folder: string): Promise<Running> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = { SIMULATOR_PORT: String(port), SIMULATOR_SMTP_PORT: '0', DATA_DIR: folder };
  return start('simulator', [], settings, url, '/healthz');
}

/** What the program is started with. */
export interface ProgramSettings {
  folder: string;
  databaseUrl: string;
  simulatorUrl: string;
  apiKey: string;
  /** A folder for CPU profiles of every thread, or null for none. */
  profile: string | null;
  /** Where it listens: where it did before, or a free port when nothing is told. */
  port?: number;
}

/** Starts the whole program: API and worker in one process, the database and the simulator apart; `more` are settings besides. */
export async function startProgramProcess(
  settings: ProgramSettings,
  more: Record<string, string> = {},
): Promise<Running> {
  const port = settings.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const flags = settings.profile ? ['--cpu-prof', `--cpu-prof-dir=${settings.profile}`] : [];
  const environment = {
    PORT: String(port),
    PUBLIC_URL: url,
    DATA_DIR: settings.folder,
    DATABASE_URL: settings.databaseUrl,
    SIMULATOR_URL: settings.simulatorUrl,
    CARILLON_API_KEY: settings.apiKey,
    ...more,
  };
  return start('server', flags, environment, url, '/readyz');
}

/** Runs `main.ts` in the folder of a workspace and waits until it answers at `readyPath`. */
async function start(
  name: 'server' | 'simulator',
  flags: string[],
  settings: Record<string, string>,
  url: string,
  readyPath: string,
): Promise<Running> {
  const child = spawn(process.execPath, [...flags, 'main.ts'], {
    cwd: join(root, name),
    env: { ...process.env, HOST: '127.0.0.1', LOG_LEVEL: 'warn', ...settings },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`the ${name} could not be started`);
  let stopping = false;
  child.once('exit', (code, signal) => {
    if (!stopping) say(`the ${name} (process ${pid}) ended by itself: ${signal ?? `code ${code}`}`);
  });
  const stop = () => {
    stopping = true;
    return stopChild(child);
  };
  const running = { url, pid, stop };
  try {
    await untilReady(name, child, `${url}${readyPath}`);
  } catch (error) {
    await running.stop();
    throw error;
  }
  return running;
}

async function untilReady(name: string, child: ChildProcess, address: string): Promise<void> {
  const until = performance.now() + startWithinMs;
  while (performance.now() < until) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the ${name} ended while it started; its own words stand above`);
    const answer = await request(address).catch(() => null);
    await answer?.body.dump();
    if (answer?.statusCode === 200) return;
    await sleep(50);
  }
  throw new Error(`the ${name} was not ready within ${startWithinMs / 1000} s at ${address}`);
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
  await gone;
  clearTimeout(late);
}
