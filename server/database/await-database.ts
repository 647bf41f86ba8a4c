import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { isDatabaseAway } from './database-away.ts';

const betweenTriesMs = 100;

/**
 * Waits until the database at `url` answers: it may still be starting, or replaying its log after a crash.
 * Rejects with the last error after `patienceMs`, and at once for an error that waiting does not mend.
 */
export async function awaitDatabase(url: string, patienceMs: number): Promise<void> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const fault = await tryDatabase(url);
    if (!fault) return;
    if (performance.now() > end || !isDatabaseAway(fault)) throw fault;
    await sleep(betweenTriesMs);
  }
}

/** One connection and one query; the error when that did not work. */
async function tryDatabase(url: string): Promise<Error | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // An error after the connection broke is the query's error as well.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    await client.end().catch(() => undefined);
  }
}
