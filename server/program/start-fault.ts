import type { Settings } from '../config/settings.ts';
import { ClusterFault } from '../database/cluster.ts';

/** As much of an error as tells which setting is at fault. */
interface SystemFault {
  code: string;
  /** Of a listener that could not be opened. */
  port?: unknown;
  address?: unknown;
  /** Of a name that could not be looked up. */
  hostname?: unknown;
  /** Of a file or folder. */
  path?: unknown;
  syscall?: unknown;
}

/**
 * What the operator can do about a start that failed after the settings were read: which variable is at fault, why,
 * and the remedy. Null when it is none of these, so that the error itself is to be shown.
 */
export function startFault(error: unknown, settings: Settings): string | null {
  if (error instanceof ClusterFault) return `Carillon cannot start:\n  ${error.message}`;
  if (!(error instanceof Error)) return null;
  // pg gives no code for a connection that was taken and not answered.
  const code = error.message === 'timeout expired' ? 'ETIMEDOUT' : 'code' in error ? error.code : null;
  if (typeof code !== 'string') return null;
  const fault: SystemFault = { ...error, code };
  const said = listenFault(fault, settings) ?? folderFault(fault, settings) ?? databaseFault(fault, settings);
  return said && `Carillon cannot start:\n  ${said}`;
}

function listenFault(
  { code, port, address, hostname, syscall }: SystemFault,
  settings: Settings,
): string | null {
  const { host, simulatorHost, simulatorPort } = settings;
  if (code === 'EADDRINUSE' || (code === 'EACCES' && syscall === 'listen')) {
    const isSimulator = port === simulatorPort || port === simulatorPort + 15;
    const name = isSimulator ? `SIMULATOR_PORT=${simulatorPort}` : `PORT=${settings.port}`;
    const why = code === 'EACCES' ? 'this user may not open it' : 'another program listens there';
    const also = isSimulator && port !== simulatorPort ? ' (its mail server is 15 higher)' : '';
    return `${name}: port ${port} of ${address} cannot be opened, for ${why}; give another port${also}, or stop that program`;
  }
  const hosts = { HOST: host, SIMULATOR_HOST: simulatorHost };
  const [name, at] = Object.entries(hosts).find(([, each]) => each === hostname || each === address) ?? [];
  if (name && ['ENOTFOUND', 'EAI_AGAIN', 'EADDRNOTAVAIL'].includes(code))
    return `${name}=${JSON.stringify(at)} is no address of this machine; give 127.0.0.1, or 0.0.0.0 for all of its addresses`;
  return null;
}

function folderFault({ code, path }: SystemFault, { dataDir }: Settings): string | null {
  const faults: Record<string, string> = {
    EEXIST: 'is a file',
    ENOTDIR: 'lies below a file',
    EACCES: 'may not be written by this user',
    EPERM: 'may not be written by this user',
    EROFS: 'is on a file system that cannot be written',
    ENOSPC: 'is on a file system that is full',
  };
  const fault = faults[code];
  if (!fault || typeof path !== 'string') return null;
  return `DATA_DIR=${JSON.stringify(dataDir)} cannot be used, for ${path} ${fault}; give a folder that this user may write`;
}

/** The value may hold a password, so it is not repeated. */
function databaseFault(
  { code, hostname, address, port }: SystemFault,
  { databaseUrl }: Settings,
): string | null {
  if (databaseUrl === null) return null;
  const { host, pathname, username } = new URL(databaseUrl);
  const place = hostname ?? (address === undefined ? host : `${address}:${port}`);
  const faults: Record<string, string> = {
    ECONNREFUSED: `nothing listens at ${place}; start PostgreSQL there, or mend host and port`,
    ETIMEDOUT: `${place} does not answer; mend host and port, or open the way to it`,
    EHOSTUNREACH: `${place} cannot be reached; mend the host, or open the way to it`,
    ENOTFOUND: `no machine is called ${place}; mend the host`,
    EAI_AGAIN: `the name ${place} cannot be looked up; mend the host`,
    '28P01': `the password of ${username} is wrong; mend it`,
    '28000': `the server does not let ${username} in; mend the user, or the server's pg_hba.conf`,
    '3D000': `there is no database ${pathname.slice(1)}; make it with CREATE DATABASE, or mend the name`,
    '42501': `${username} may not make tables there; make it the owner of the database`,
  };
  const fault = faults[code];
  return fault ? `DATABASE_URL: ${fault}` : null;
}
