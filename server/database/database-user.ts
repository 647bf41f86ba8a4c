import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isOpenToOthers } from './open-folders.ts';

const execute = promisify(execFile);

/** The user that the embedded PostgreSQL runs as. */
export interface DatabaseUser {
  /** Ids that its files must belong to; absent when the program itself is no root. */
  owner?: { uid: number; gid: number };
  /** Runs one of PostgreSQL's programs as that user; rejects with its standard error when it fails. */
  run(binary: string, parameters: readonly string[]): Promise<{ stdout: string; stderr: string }>;
}

/** What lets a user walk into folders that belong to root alone, and nothing else of root's power. */
const passage = '+dac_override,+dac_read_search';

/**
 * Finds the user for a data folder. As root that is `postgres`, made when missing, because PostgreSQL refuses to
 * run as root. Where a folder above the data is closed to others (a clone in /root or a temporary folder), the
 * user is given the one capability to pass through (`setpriv`, of util-linux).
 */
export async function databaseUser(dataFolder: string): Promise<DatabaseUser> {
  if (process.getuid?.() !== 0)
    return { run: (binary, parameters) => execute(binary, parameters, { cwd: '/' }) };
  const owner = await postgresIds();
  if (await isOpenToOthers(dataFolder))
    return { owner, run: (binary, parameters) => execute(binary, parameters, { ...owner, cwd: '/' }) };
  const as = ['--reuid', String(owner.uid), '--regid', String(owner.gid), '--clear-groups'];
  const may = ['--inh-caps', passage, '--ambient-caps', passage];
  return {
    owner,
    run: (binary, parameters) =>
      execute('setpriv', [...as, ...may, '--', binary, ...parameters], { cwd: '/' }),
  };
}

async function postgresIds(): Promise<{ uid: number; gid: number }> {
  const ids = async () => ({
    uid: Number((await execute('id', ['-u', 'postgres'])).stdout),
    gid: Number((await execute('id', ['-g', 'postgres'])).stdout),
  });
  try {
    return await ids();
  } catch {
    await execute('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
    return ids();
  }
}
