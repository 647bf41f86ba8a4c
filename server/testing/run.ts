import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '../database/embedded.ts';
import { dropClusterDatabase, makeClusterTemplate, nodesOf, onServer } from './cluster.ts';
import { makeTemplate, spareTheDisk } from './template.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
/** A test that takes longer than this hangs; the crash tests, the slowest, need a few minutes. `RUNS_TIMES`: properties are run so many times as often. A timer of Node has 31 bits. */
const testTimeoutMs = Math.min(15 * 60_000 * Number(process.env.RUNS_TIMES ?? 1), 2 ** 31 - 1);
/** Each test file runs in a process with databases and pools of its own, and one PostgreSQL serves them all. */
const filesAtOnce = Math.min(availableParallelism(), 4);

/** The PostgreSQL that all test files share; each makes databases of its own on it. */
interface TestServer {
  url: string;
  /** Whether it is one that `DATABASE_URL` names: tests of the program as a process then use it as well. */
  outside: boolean;
  /** Whether it is the coordinator of a Citus cluster. */
  isCluster: boolean;
  /** The database that those of test files are copied from. */
  template: string;
  stop(): Promise<void>;
}
/** The database that those of test files are copied from: a name that no other run has. */
const templateName = `template_${process.pid}`;

process.exitCode = await runTests(process.argv.slice(2));

/**
 * Runs the named test files; with `--fast` those of rules, SQL and routes; else these and then those that drive the whole
 * program, kill it or open a browser, so that the first minutes say what most faults are; `--other-database` leaves out the
 * browser's, which look alike on any database, and those that kill the program again and again, which is the same program on any; with `--citus` on the cluster whose coordinator `CITUS_URL` names. Resolves to the exit code.
 */
async function runTests(orders: string[]): Promise<number> {
  const isFast = orders.includes('--fast');
  const isOnCluster = orders.includes('--citus');
  const named = orders
    .filter((order) => !order.startsWith('--'))
    .map((file) => relative(root, resolve(file)));
  const { fast, slow } = testFiles();
  const whole = orders.includes('--other-database') ? slow.filter(dependsOnDatabase) : slow;
  const rounds = named.length > 0 ? [named] : isFast ? [fast] : [fast, whole];
  let runner: ChildProcess | null = null;
  let interrupted = false;
  const interrupt = () => {
    interrupted = true;
    if (runner) endGroup(runner, 'SIGTERM');
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  const server = isOnCluster ? await openCluster() : await openServer();
  try {
    let worst = 0;
    for (const files of rounds) {
      if (interrupted) break;
      runner = startRunner(files, server);
      const [code] = await once(runner, 'exit');
      worst = Math.max(worst, Number(code ?? 1));
      // What a test file started and left behind would disturb the next round.
      endGroup(runner, 'SIGKILL');
    }
    return interrupted ? 130 : worst;
  } finally {
    // What a test file started and left behind would keep the database from stopping.
    if (runner) endGroup(runner, 'SIGKILL');
    await server.stop();
  }
}

function dependsOnDatabase(file: string): boolean {
  return !/^console|(chaos|crash|under-kill)\.test\.ts$/.test(basename(file));
}

/** All test files: the slow ones are those in a folder `acceptance`. */
function testFiles(): { fast: string[]; slow: string[] } {
  const pattern = '{server,simulator,bench,attack}/**/*.test.ts';
  const all = globSync(pattern, { cwd: root, exclude: ['**/node_modules/**'] }).sort();
  const { fast = [], slow = [] } = Object.groupBy(all, (file) =>
    dirname(file).endsWith('/acceptance') ? 'slow' : 'fast',
  );
  return { fast, slow };
}

/** The server named by `DATABASE_URL`, or an embedded one in a folder that goes with it. */
async function openServer(): Promise<TestServer> {
  const outside = process.env.DATABASE_URL?.trim();
  if (outside) {
    await makeTemplate(outside, templateName);
    return {
      ...{ url: outside, outside: true, isCluster: false, template: templateName },
      stop: () =>
        onServer(outside, async (client) => void (await client.query(`DROP DATABASE ${templateName}`))),
    };
  }
  const folder = await mkdtemp(join(tmpdir(), 'carillon-tests-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    // As root the server runs as another user, who must be able to walk into the folder.
    await chmod(folder, 0o755);
    const embedded = await startEmbeddedPostgres(join(folder, 'database'));
    await spareTheDisk(embedded.url);
    await makeTemplate(embedded.url, templateName);
    return {
      ...{ url: embedded.url, outside: false, isCluster: false, template: templateName },
      stop: async () => {
        await embedded.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** The cluster whose coordinator `CITUS_URL` names. */
async function openCluster(): Promise<TestServer> {
  const url = process.env.CITUS_URL?.trim();
  if (!url || (await nodesOf(url)).length === 0)
    throw new Error(
      'CITUS_URL names no Citus cluster; give the coordinator, in a database where it knows its nodes (docs/guides/cluster.md)',
    );
  await makeClusterTemplate(url, templateName);
  return {
    ...{ url, outside: true, isCluster: true, template: templateName },
    stop: () => dropClusterDatabase(url, templateName),
  };
}

/** Node's own runner in a process group of its own, so that all that tests start can be ended with it. */
function startRunner(files: string[], server: TestServer): ChildProcess {
  const runner = join(import.meta.dirname, 'run-files.ts');
  const { DATABASE_URL: _outside, ...environment } = process.env;
  return spawn(process.execPath, [runner, String(filesAtOnce), String(testTimeoutMs), ...files], {
    cwd: root,
    env: {
      ...environment,
      // Every test file compiles most of the program: what one has compiled the next ones read.
      NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/carillon'),
      TEST_DATABASE_URL: server.url,
      TEST_DATABASE_OUTSIDE: server.outside ? 'yes' : 'no',
      TEST_DATABASE_CLUSTER: server.isCluster ? 'yes' : 'no',
      TEST_DATABASE_TEMPLATE: server.template,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
}

function endGroup(runner: ChildProcess, signal: NodeJS.Signals): void {
  if (!runner.pid) return;
  try {
    process.kill(-runner.pid, signal);
  } catch (error) {
    // All of the group have ended already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
