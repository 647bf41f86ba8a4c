import { resolve } from 'node:path';

/** What the operator set, read once at start from the environment and never again. */
export interface Settings {
  /** Port of the API, callbacks, short links and console. */
  readonly port: number;
  readonly host: string;
  /** Folder of the embedded database, the key that encrypts secrets, and the simulator's ledger. */
  readonly dataDir: string;
  /** An outside PostgreSQL 15 or newer; null for the embedded one. */
  readonly databaseUrl: string | null;
  /** The first project's server-side key; null to have one generated. */
  readonly apiKey: string | null;
  /** Where people and providers reach us: callbacks and short links start with it. No slash at the end. */
  readonly publicUrl: string;
  readonly logLevel: LogLevel;
  readonly simulatorPort: number;
  /** The address that the simulator started with the program listens on. */
  readonly simulatorHost: string;
  /** Names by which that simulator may be called beside those of its machine. */
  readonly simulatorHosts: readonly string[];
  /** A simulator that already runs; null to start one with the program. */
  readonly simulatorUrl: string | null;
}

const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof logLevels)[number];

/** A setting that cannot be used; the message names the variable, its fault and the remedy. */
export class SettingsError extends Error {}

/** Reads and checks the settings; throws one `SettingsError` that lists every fault. */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const faults: string[] = [];
  const value = (name: string) => environment[name]?.trim() || null;
  const fault = (name: string, text: string) => {
    faults.push(`${name}=${JSON.stringify(value(name))} ${text}`);
  };
  const port = (name: string, otherwise: number) => {
    const text = value(name);
    if (text === null) return otherwise;
    const number = Number(text);
    if (Number.isInteger(number) && number >= 0 && number <= 65_535) return number;
    fault(name, `is not a port; give a whole number from 0 to 65535, or leave it out for ${otherwise}`);
    return otherwise;
  };
  const url = (name: string, schemes: string[]) => {
    const text = value(name);
    if (text === null) return null;
    const scheme = URL.canParse(text) ? new URL(text).protocol.slice(0, -1) : '';
    if (schemes.includes(scheme)) return text.replace(/\/+$/, '');
    // The value may hold a password, so it is not repeated.
    faults.push(
      `${name} is not a ${schemes.join(' or ')} address; give one like ${schemes[0]}://host:port/…`,
    );
    return null;
  };

  const settings: Settings = {
    port: port('PORT', 4000),
    host: value('HOST') ?? '127.0.0.1',
    dataDir: resolve(value('DATA_DIR') ?? './data'),
    databaseUrl: url('DATABASE_URL', ['postgres', 'postgresql']),
    apiKey: value('CARILLON_API_KEY'),
    publicUrl:
      url('PUBLIC_URL', ['https', 'http']) ?? `http://${publicHost(value('HOST'))}:${port('PORT', 4000)}`,
    logLevel: (value('LOG_LEVEL') ?? 'info') as LogLevel,
    simulatorPort: port('SIMULATOR_PORT', 4010),
    simulatorHost: value('SIMULATOR_HOST') ?? '127.0.0.1',
    simulatorHosts: (value('SIMULATOR_HOSTS') ?? '').split(',').flatMap((name) => name.trim() || []),
    simulatorUrl: url('SIMULATOR_URL', ['http', 'https']),
  };
  if (!logLevels.includes(settings.logLevel))
    fault('LOG_LEVEL', `is not a level; give one of ${logLevels.join(', ')}`);
  if (settings.apiKey !== null && settings.apiKey.length < 16)
    faults.push(
      'CARILLON_API_KEY is too short to be safe; give at least 16 characters, or leave it out to have one made',
    );
  if (faults.length > 0)
    throw new SettingsError(`Carillon cannot start:\n  ${[...new Set(faults)].join('\n  ')}`);
  return Object.freeze(settings);
}

/** A wildcard address is no place a browser can go to. */
function publicHost(host: string | null): string {
  return host === null || host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}
