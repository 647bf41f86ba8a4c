import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { awaitDatabase } from '../database/await-database.ts';
import { startTestDatabase } from './database.ts';

/** The database of a program that runs as a process of its own, which a test can kill under it. */
export interface KillableDatabase {
  /** DATABASE_URL for the program; null where the program brings its own. */
  outsideUrl: string | null;
  /** Ends it as roughly as this kind of database can be ended; the program has to find its way back. */
  kill(): Promise<void>;
  /** Rows of a query, as soon as the database answers again. */
  query<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

const recoveryPatienceMs = 60_000;

/**
 * The embedded database of the program whose DATA_DIR this is: kill -9 of its postmaster and of every process
 * beneath it.
 */
export function embeddedDatabase(dataDir: string): KillableDatabase {
  const pidFile = join(dataDir, 'database/postmaster.pid');
  const kill = async () => {
    const postmaster = Number((await readFile(pidFile, 'utf8')).split('\n')[0]);
    // The file may be an older kill's, and its number another process's by now.
    const command = await readFile(`/proc/${postmaster}/cmdline`, 'utf8').catch(() => '');
    if (!command.includes(dataDir)) return;
    const children = await childrenOf(postmaster);
    for (const pid of [postmaster, ...children]) killProcess(pid);
  };
  return {
    outsideUrl: null,
    kill,
    query: (text, values) =>
      oneQuery(
        async () => {
          const password = (await readFile(join(dataDir, 'database.password'), 'utf8')).trim();
          const port = Number((await readFile(pidFile, 'utf8')).split('\n')[3]);
          return `postgres://carillon:${password}@127.0.0.1:${port}/postgres`;
        },
        text,
        values,
      ),
    // A program that ended well has stopped it and removed the file.
    close: () => kill().catch(() => undefined),
  };
}

/** A database of its own on an outside server, which others use too: every connection to it is ended. */
export async function outsideDatabase(): Promise<KillableDatabase> {
  const database = await startTestDatabase();
  const name = new URL(database.url).pathname.slice(1);
  return {
    outsideUrl: database.url,
    kill: async () => {
      await database.pool.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()',
        [name],
      );
    },
    query: (text, values) => oneQuery(async () => database.url, text, values),
    close: () => database.close(),
  };
}

async function oneQuery<Row extends pg.QueryResultRow>(
  address: () => Promise<string>,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  const end = Date.now() + recoveryPatienceMs;
  for (;;) {
    try {
      const url = await address();
      await awaitDatabase(url, 1_000);
      const client = new pg.Client({ connectionString: url });
      client.on('error', () => undefined);
      await client.connect();
      try {
        return (await client.query<Row>(text, values)).rows;
      } finally {
        await client.end().catch(() => undefined);
      }
    } catch (error) {
      // The pid file is missing or names the dead one until the new one has started.
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function childrenOf(parent: number): Promise<number[]> {
  const processes = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const found = await Promise.all(
    processes.map(async (pid) => {
      const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      // The name stands in brackets and may hold anything; state and parent follow it.
      const [, ppid] = line.slice(line.lastIndexOf(')') + 2).split(' ');
      return Number(ppid) === parent ? pid : null;
    }),
  );
  return found.filter((pid) => pid !== null);
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
