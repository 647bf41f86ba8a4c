import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { type AllowedPlace, readAllowedPlaces } from './allowed-places.ts';

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
  /** Addresses and networks of proxies whose word on a caller's address and scheme (`X-Forwarded-…`) is taken. */
  readonly trustProxy: readonly string[];
  /** What shows figures at `/metrics` to those who call from elsewhere; null for this machine alone. */
  readonly metricsToken: string | null;
  readonly logLevel: LogLevel;
  readonly simulatorPort: number;
  /** The address that the simulator started with the program listens on. */
  readonly simulatorHost: string;
  /** Names by which that simulator may be called beside those of its machine. */
  readonly simulatorHosts: readonly string[];
  /** A simulator that already runs; null to start one with the program. */
  readonly simulatorUrl: string | null;
  /** Where calls out may go besides the public Internet and the simulator. */
  readonly outboundAllow: readonly AllowedPlace[];
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

  const allowedPlaces = (name: string): AllowedPlace[] => {
    try {
      return readAllowedPlaces(value(name) ?? '');
    } catch (error) {
      faults.push(`${name} ${error instanceof Error ? error.message : error}`);
      return [];
    }
  };

  const settings: Settings = {
    port: port('PORT', 4000),
    host: value('HOST') ?? '127.0.0.1',
    dataDir: resolve(value('DATA_DIR') ?? './data'),
    databaseUrl: url('DATABASE_URL', ['postgres', 'postgresql']),
    apiKey: value('CARILLON_API_KEY'),
    publicUrl:
      url('PUBLIC_URL', ['https', 'http']) ?? `http://${publicHost(value('HOST'))}:${port('PORT', 4000)}`,
    trustProxy: readTrustProxy(value('TRUST_PROXY'), (text) => fault('TRUST_PROXY', text)),
    metricsToken: value('METRICS_TOKEN'),
    logLevel: (value('LOG_LEVEL') ?? 'info') as LogLevel,
    simulatorPort: port('SIMULATOR_PORT', 4010),
    simulatorHost: value('SIMULATOR_HOST') ?? '127.0.0.1',
    simulatorHosts: (value('SIMULATOR_HOSTS') ?? '').split(',').flatMap((name) => name.trim() || []),
    simulatorUrl: url('SIMULATOR_URL', ['http', 'https']),
    outboundAllow: allowedPlaces('OUTBOUND_ALLOW'),
  };
  if (!logLevels.includes(settings.logLevel))
    fault('LOG_LEVEL', `is not a level; give one of ${logLevels.join(', ')}`);
  if (settings.apiKey !== null && settings.apiKey.length < 16)
    faults.push(
      'CARILLON_API_KEY is too short to be safe; give at least 16 characters, or leave it out to have one made',
    );
  if (settings.metricsToken !== null && settings.metricsToken.length < 16)
    faults.push('METRICS_TOKEN is too short to be safe; give at least 16 characters, or leave it out');
  if (faults.length > 0)
    throw new SettingsError(`Carillon cannot start:\n  ${[...new Set(faults)].join('\n  ')}`);
  return Object.freeze(settings);
}

/** Networks by name, as proxy-addr has them. */
const namedNetworks = new Set(['loopback', 'linklocal', 'uniquelocal']);

function readTrustProxy(text: string | null, fault: (text: string) => void): string[] {
  const places = text?.split(',').map((each) => each.trim()) ?? [];
  if (places.every(isNetwork)) return places;
  fault(
    'does not say which proxies; give their addresses or networks, with commas between (10.0.0.7, 10.1.0.0/16, loopback). A number of proxies is not taken: whoever reaches Carillon past them could write any address',
  );
  return [];
}

function isNetwork(place: string): boolean {
  if (namedNetworks.has(place)) return true;
  const [address = '', bits, ...more] = place.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  // A network of all addresses would let every caller say who it is.
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

/** A wildcard address is no place a browser can go to. */
function publicHost(host: string | null): string {
  return host === null || host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}
