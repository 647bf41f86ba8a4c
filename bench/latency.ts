import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from './api.ts';
import { messagesTo } from './ledger.ts';
import type { Person } from './people.ts';

/** How long single sends took, in milliseconds from the call to the arrival at the carrier. */
export interface LatencyRun {
  p50: number;
  p99: number;
  sends: number;
  /** Sends that never arrived. */
  lost: number;
}

/** One send every 50 ms. */
const everyMs = 50;
const arrivesWithinMs = 15_000;
let codes = 100_000;

interface Sent {
  person: Person;
  text: string;
  /** By the clock that the simulator's ledger goes by too, in milliseconds since 1970. */
  at: number;
}

/** Sends a code by a triggered campaign. */
export const byCampaign =
  (api: Api, campaignId: number) =>
  ({ email }: Person, code: string): Promise<unknown> =>
    api.call('POST', '/api/sms/target', { campaignId, recipientEmail: email, dataFields: { code } });

/**
 * Sends codes to `people` one at a time, twenty a second, until all have one or `signal` aborts; then looks up
 * in the simulator's ledger when each arrived. The ledger counts whole milliseconds. `sendCode` resolves when the call that has one sent is answered; its
 * message says “Your code is” and the code.
 */
export async function measureLatency(
  sendCode: (person: Person, code: string) => Promise<unknown>,
  simulatorUrl: string,
  people: readonly Person[],
  signal?: AbortSignal,
): Promise<LatencyRun> {
  const sent: Sent[] = [];
  const begin = performance.now();
  for (const [index, person] of people.entries()) {
    const rest = begin + index * everyMs - performance.now();
    if (rest > 0) await sleep(rest);
    if (signal?.aborted) break;
    codes += 1;
    const at = Date.now();
    await sendCode(person, String(codes));
    sent.push({ person, text: `Your code is ${codes}`, at });
  }
  const until = performance.now() + arrivesWithinMs;
  const times: number[] = [];
  for (const each of sent) {
    const arrived = await arrivalOf(simulatorUrl, each, until);
    if (arrived !== null) times.push(Math.max(0, arrived - each.at));
  }
  return { ...percentiles(times), sends: sent.length, lost: sent.length - times.length };
}

async function arrivalOf(
  simulatorUrl: string,
  { person, text }: Sent,
  until: number,
): Promise<number | null> {
  for (;;) {
    const messages = await messagesTo(simulatorUrl, person.phone);
    const found = messages.find(({ body }) => body.includes(text));
    if (found) return found.at;
    if (performance.now() > until) return null;
    await sleep(100);
  }
}

/** Nearest-rank percentiles. */
function percentiles(times: number[]): { p50: number; p99: number } {
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.max(0, Math.ceil(share * times.length) - 1)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}
