import { resolve } from 'node:path';

/** The simulator's settings, from the environment. */
export interface Settings {
  port: number;
  host: string;
  /** Names it may be called by beside those of this machine. */
  hosts: string[];
  dataDir: string;
  smtpPort: number;
  logLevel: string;
}

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

function portOf(environment: NodeJS.ProcessEnv, name: string, usual: number): number {
  const text = environment[name];
  if (text === undefined || text === '') return usual;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`${name}: "${text}" is not a port; give a number from 0 to 65535`);
  return port;
}

/** Reads the settings; an error names the variable that is wrong. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const logLevel = environment.LOG_LEVEL || 'info';
  if (!levels.includes(logLevel)) throw new Error(`LOG_LEVEL: "${logLevel}" is none of ${levels.join(', ')}`);
  return {
    port: portOf(environment, 'SIMULATOR_PORT', 4010),
    host: environment.SIMULATOR_HOST || '127.0.0.1',
    hosts: (environment.SIMULATOR_HOSTS ?? '').split(',').flatMap((name) => name.trim() || []),
    dataDir: resolve(environment.DATA_DIR || './data'),
    smtpPort: portOf(environment, 'SIMULATOR_SMTP_PORT', 4025),
    logLevel,
  };
}
