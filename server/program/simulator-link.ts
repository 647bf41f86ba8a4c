import type { FastifyBaseLogger } from 'fastify';
import { request } from 'undici';
import type { Clock } from '../clock/clock.ts';
import type { Secrets } from '../config/secrets.ts';
import type { Database } from '../database/connect.ts';
import type { SimulatorPlace } from '../providers/simulated.ts';
import type { Wires } from '../providers/wires.ts';
import { callbacksOf, tryAccount } from '../senders/account.ts';
import { pointSimulatedAccounts } from '../senders/simulated-accounts.ts';

/** How often changed senders are looked for: one made now can be written to by then. */
const lookMs = 2_000;
/** How long the simulator may take to say which start of it this is. */
const patienceMs = 5_000;

/**
 * Keeps the simulator told who its customers are, as an operator does in a provider's own console: the accounts
 * that belong to it, their secrets, their numbers and where to call. One that was started anew is told again,
 * since it may have forgotten. Accounts follow the simulator when its address has changed. Resolves when `signal`
 * aborts.
 */
export async function linkSimulator(
  db: Database,
  wires: Wires,
  secrets: Secrets,
  clock: Clock,
  publicUrl: string,
  simulator: SimulatorPlace,
  log: FastifyBaseLogger,
  signal: AbortSignal,
): Promise<void> {
  let pointed = false;
  let told = '';
  let warned = false;
  while (!signal.aborted) {
    try {
      if (!pointed) await pointSimulatedAccounts(db, wires, simulator);
      pointed = true;
      const senders = await db
        .selectFrom('sender')
        .select(['id', 'address', 'provider_account_id'])
        .orderBy('id')
        .execute();
      const now = JSON.stringify([await startOf(simulator.url), senders]);
      if (now !== told) await registerAccounts(db, wires, secrets, publicUrl, simulator.url);
      told = now;
      warned = false;
    } catch (error) {
      if (!warned)
        log.warn(
          { err: error, simulator: simulator.url },
          'the simulator could not be told of the senders; trying on',
        );
      warned = true;
    }
    await clock.sleep(lookMs, signal);
  }
}

/** Which start of the simulator this is, as it says itself; throws while it is away. */
async function startOf(url: string): Promise<unknown> {
  const { body } = await request(`${url}/healthz`, { headersTimeout: patienceMs, bodyTimeout: patienceMs });
  return ((await body.json()) as { start?: unknown }).start;
}

async function registerAccounts(
  db: Database,
  wires: Wires,
  secrets: Secrets,
  publicUrl: string,
  url: string,
): Promise<void> {
  const rows = await db.selectFrom('provider_account').selectAll().where('simulated', '=', true).execute();
  for (const row of rows) {
    const side = wires.named(row.wire)?.simulated;
    if (!side) continue;
    const senders = await db
      .selectFrom('sender')
      .select(['address', 'wire_address as wireAddress', 'kind'])
      .where('provider_account_id', '=', row.id)
      .execute();
    const opened = tryAccount(row, secrets, wires);
    // The worker's log tells of it; the others' numbers are told all the same.
    if ('fault' in opened) continue;
    const { account } = opened;
    for (const { path, body } of side.registrations(account, senders, callbacksOf(publicUrl, account)))
      await put(url + path, body);
  }
}

async function put(url: string, body: object): Promise<void> {
  const answer = await request(url, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 300)
    throw new Error(`the simulator answered ${answer.statusCode} to ${url}: ${text}`);
}
