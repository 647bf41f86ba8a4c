import { sql } from 'kysely';
import pg from 'pg';
import type { Clock } from '../clock/clock.ts';
import type { Database } from '../database/connect.ts';

/** Something that is due now: where, and what, by the number that its flow knows it by. */
export interface Wake {
  flow: string;
  lane: number;
  due: number;
}

const channel = 'carillon_wake';
/** PostgreSQL takes 8,000 bytes with a notification; what does not fit is found by a look. */
const mostCharacters = 7_900;

/**
 * Tells every worker, on whatever machine, that something is due now: what is named, or anything when nothing
 * is. Several calls in one turn become one notification.
 */
export function wakeWorkers(pool: pg.Pool): (wakes?: readonly Wake[]) => void {
  let names = new Set<string>();
  let anything = false;
  let told = false;
  return (wakes) => {
    if (!wakes) anything = true;
    for (const wake of wakes ?? []) names.add(nameOf(wake));
    if (told) return;
    told = true;
    setImmediate(() => {
      const payload = anything ? '' : payloadOf(names);
      names = new Set();
      anything = false;
      told = false;
      // A wake that is lost costs the time to the next look, no more.
      pool.query('SELECT pg_notify($1, $2)', [channel, payload]).catch(() => undefined);
    });
  };
}

/** The same from within a transaction: workers hear of it when it is committed, and not at all otherwise. */
export async function wakeWorkersOnCommit(transaction: Database, wakes?: readonly Wake[]): Promise<void> {
  await sql`SELECT pg_notify(${channel}, ${payloadOf(new Set(wakes?.map(nameOf)))})`.execute(transaction);
}

const nameOf = ({ flow, lane, due }: Wake): string => `${flow}:${lane}:${due}`;

/** What is named, in one notification; nothing, which means anything, where there is too much to name or nothing to. */
function payloadOf(names: ReadonlySet<string>): string {
  const text = [...names].join(' ');
  return text.length > mostCharacters ? '' : text;
}

/** What a notification names; null when it names none, which means that anything may be due. */
function readWake(payload: string): Wake[] | null {
  if (payload === '') return null;
  return payload.split(' ').map((name) => {
    const [flow = '', lane, due] = name.split(':');
    return { flow, lane: Number(lane), due: Number(due) };
  });
}

/**
 * Calls `onWake` at each call for workers, on a connection of its own that is made anew whenever it breaks.
 * Resolves when `signal` aborts.
 */
export async function listenForWakes(
  url: string,
  clock: Clock,
  signal: AbortSignal,
  onWake: (wakes: Wake[] | null) => void,
): Promise<void> {
  while (!signal.aborted) {
    const client = new pg.Client({ connectionString: url, application_name: 'carillon wake' });
    const broken = new Promise<void>((resolve) => {
      client.on('error', () => resolve());
      client.on('end', () => resolve());
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    try {
      await client.connect();
      client.on('notification', ({ payload }) => onWake(readWake(payload ?? '')));
      await client.query(`LISTEN ${channel}`);
      await broken;
    } catch {
      await clock.sleep(500, signal);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
