import { request } from 'undici';
import type { Settings } from '../config/settings.ts';
import { createGuard, type Guard } from '../outbound/guard.ts';
import { type Place, placeOfMailServer, placeOfUrl } from '../outbound/place.ts';
import type { SimulatorPlace } from '../providers/simulated.ts';

const usualSmtpPort = 4025;

/** The simulator of another process: the one named by SIMULATOR_URL, else the one beside `npm start`. */
export async function simulatorElsewhere(settings: Settings): Promise<SimulatorPlace> {
  const url = settings.simulatorUrl ?? `http://127.0.0.1:${settings.simulatorPort}`;
  return { url, smtp: { host: hostOf(url), port: await mailPortOf(url) } };
}

/** The simulator that was started with the program. */
export function simulatorHere({ url, smtpPort }: { url: string; smtpPort: number }): SimulatorPlace {
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

/** Says where calls out may go: to the public Internet, the simulator, and what the operator allows. */
export function guardOf({ outboundAllow }: Settings, { url, smtp }: SimulatorPlace): Guard {
  const places = [placeOfUrl(url), placeOfMailServer(smtp.host, smtp.port)];
  return createGuard({
    allow: outboundAllow,
    simulator: places.filter((place): place is Place => !('fault' in place)),
  });
}
