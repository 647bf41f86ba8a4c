import { request } from 'undici';
import type { Settings } from '../config/settings.ts';

/** Where the simulator listens. */
export interface SimulatorAddress {
  url: string;
  smtp: { host: string; port: number };
}

const usualSmtpPort = 4025;

/** The simulator of another process: the one named by SIMULATOR_URL, else the one beside `npm start`. */
export async function simulatorElsewhere(settings: Settings): Promise<SimulatorAddress> {
  const url = settings.simulatorUrl ?? `http://127.0.0.1:${settings.simulatorPort}`;
  return { url, smtp: { host: hostOf(url), port: await mailPortOf(url) } };
}

/** The simulator that was started with the program. */
export function simulatorHere({ url, smtpPort }: { url: string; smtpPort: number }): SimulatorAddress {
  return { url, smtp: { host: hostOf(url), port: smtpPort } };
}

/** The host of an address, without the brackets of IPv6. */
function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, '');
}

/** Where the mail server of a simulator that runs apart listens, as it says itself; its usual port while it is away. */
async function mailPortOf(simulatorUrl: string): Promise<number> {
  try {
    const { body } = await request(`${simulatorUrl}/healthz`, { headersTimeout: 2_000 });
    const { smtpPort } = (await body.json()) as { smtpPort?: number };
    return smtpPort ?? usualSmtpPort;
  } catch {
    return usualSmtpPort;
  }
}
