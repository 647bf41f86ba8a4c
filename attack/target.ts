import { startProgramProcess } from '../bench/process.ts';
import { startCarillon } from '../bench/start-carillon.ts';
import { type Answer, at, call } from './call.ts';
import type { Settings } from './settings.ts';

/** The Carillon that is attacked. */
export interface Target {
  url: string;
  key: string;
  simulatorUrl: string | null;
  /** Its database; null for one that was not started here. */
  databaseUrl: string | null;
  /** The folder of its data; null likewise. */
  folder: string | null;
  /** Calls its API with the key, or with the headers given in place of it. */
  ask(method: string, path: string, json?: unknown, headers?: Record<string, string>): Promise<Answer>;
  stop(): Promise<void>;
}

/** The Carillon of the settings, or one of its own with database and simulator, in a folder that goes with it. */
export async function openTarget({ url, key, simulatorUrl }: Settings): Promise<Target> {
  if (url !== null && key !== null)
    return targetAt({ url, key, simulatorUrl, databaseUrl: null, folder: null }, async () => undefined);
  const stack = new AsyncDisposableStack();
  try {
    const { database, simulator, program, apiKey, folder } = await startCarillon(stack);
    const place = {
      ...{ url: program.url, key: apiKey, folder },
      ...{ simulatorUrl: simulator.url, databaseUrl: database.url },
    };
    const target = targetAt(place, () => stack.disposeAsync());
    await untilSimulatorKnows(simulator.url);
    return target;
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

/** A second process of the target that takes this machine's word on who calls; null where the first was not started here. */
export async function startBehindProxy({ folder, databaseUrl, simulatorUrl, key }: Target) {
  if (folder === null || databaseUrl === null || simulatorUrl === null) return null;
  const settings = { folder, databaseUrl, simulatorUrl, apiKey: key, profile: null };
  return startProgramProcess(settings, { TRUST_PROXY: 'loopback' });
}

type Place = Omit<Target, 'ask' | 'stop'>;

function targetAt(place: Place, stop: () => Promise<void>): Target {
  return {
    ...place,
    ask: (method, path, json, headers = { 'api-key': place.key }) =>
      call({ method, url: place.url + path, json, headers }),
    stop,
  };
}

/** Waits until the program has told its simulator of the first senders. */
async function untilSimulatorKnows(url: string): Promise<void> {
  for (;;) {
    const numbers = at(await call({ method: 'GET', url: `${url}/numbers` }), 'numbers');
    if (Array.isArray(numbers) && numbers.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
