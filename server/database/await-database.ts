import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const betweenTriesMs = 100;

/** Starting up, shutting down or recovering from a crash (PostgreSQL's cannot_connect_now and its like). */
const notYet = ['57P03', '57P01', '57P02', '53300', 'ECONNREFUSED', 'ECONNRESET'];

/**
 * Waits until the database at `url` answers: it may still be starting, or replaying its log after a crash.
 * Rejects with the last error after `patienceMs`, and at once for an error that waiting does not mend.
 */
export async function awaitDatabase(url: string, patienceMs: number): Promise<void> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const fault = await tryDatabase(url);
    if (!fault) return;
    if (performance.now() > end || !isPassing(fault)) throw fault;
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

function isPassing(fault: Error): boolean {
  const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : '';
  return notYet.includes(code) || fault.message.includes('Connection terminated');
}
