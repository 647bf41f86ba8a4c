import { sql } from 'kysely';
import pg from 'pg';
import type { Clock } from '../../clock/clock.ts';
import type { Database } from '../../database/connect.ts';

const channel = 'carillon_wake';

/** Tells every worker, on whatever machine, that something is due now. Several in one turn become one. */
export function wakeWorkers(pool: pg.Pool): () => void {
  let told = false;
  return () => {
    if (told) return;
    told = true;
    setImmediate(() => {
      told = false;
      // A wake that is lost costs one sweep's delay, no more.
      pool.query(`NOTIFY ${channel}`).catch(() => undefined);
    });
  };
}

/** The same from within a transaction: workers hear of it when it is committed, and not at all otherwise. */
export async function wakeWorkersOnCommit(transaction: Database): Promise<void> {
  await sql`SELECT pg_notify(${channel}, '')`.execute(transaction);
}

/**
 * Calls `onWake` at each call for workers, on a connection of its own that is made anew whenever it breaks.
 * Resolves when `signal` aborts.
 */
export async function listenForWakes(
  url: string,
  clock: Clock,
  signal: AbortSignal,
  onWake: () => void,
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
      client.on('notification', onWake);
      await client.query(`LISTEN ${channel}`);
      await broken;
    } catch {
      await clock.sleep(500, signal);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
