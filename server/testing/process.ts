import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = join(import.meta.dirname, '../..');
/** A start may wait for a database that replays its log, on a machine that runs other tests beside. */
const startPatienceMs = 120_000;
const betweenTriesMs = 25;

/** A program of the repository that runs as a process of its own. */
export interface TestProcess {
  pid: number;
  /** The last of what it wrote to its standard error. */
  lastWords(): string;
  /** kill -9; resolves when it is gone. */
  kill(): Promise<void>;
  /** Asks it to end as an operator does, and waits; throws when it did not end well. Nothing after a kill. */
  stop(): Promise<void>;
}

/**
 * Starts a file of the repository under Node with these settings and nothing else of the test's own
 * environment, and waits until `readyUrl` answers 200. Throws, with what it wrote, when it ends before.
 */
export async function startTestProcess(
  file: string,
  args: readonly string[],
  settings: Record<string, string>,
  readyUrl: string,
): Promise<TestProcess> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [join(root, file), ...args], {
    cwd: root,
    env: { PATH, HOME, LOG_LEVEL: process.env.LOG_LEVEL ?? 'fatal', ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const words: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words.push(text);
    if (words.length > 200) words.shift();
  });
  const running: TestProcess = {
    pid: child.pid ?? 0,
    lastWords: () => words.join(''),
    kill: () => end(child, 'SIGKILL'),
    stop: async () => {
      if (child.signalCode === 'SIGKILL') return;
      await end(child, 'SIGTERM');
      if (child.exitCode !== 0)
        throw new Error(`${file} ended with ${child.exitCode ?? child.signalCode}: ${words.join('')}`);
    },
  };
  try {
    await untilReady(file, child, readyUrl);
    return running;
  } catch (error) {
    await running.kill();
    throw new Error(`${error instanceof Error ? error.message : error}: ${words.join('')}`);
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (hasEnded(child)) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

async function untilReady(file: string, child: ChildProcess, readyUrl: string): Promise<void> {
  const until = Date.now() + startPatienceMs;
  while (Date.now() < until) {
    if (hasEnded(child)) throw new Error(`${file} ended while it started`);
    const answer = await fetch(readyUrl).catch(() => null);
    await answer?.arrayBuffer().catch(() => null);
    if (answer?.status === 200) return;
    await sleep(betweenTriesMs);
  }
  throw new Error(`${file} was not ready in time`);
}
