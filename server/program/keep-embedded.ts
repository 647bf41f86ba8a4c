import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../clock/clock.ts';
import type { EmbeddedPostgres } from '../database/embedded.ts';

/** How often the embedded database is looked at: reading one small file. */
const lookMs = 500;

/**
 * Starts the embedded database again whenever it has died while the program lives: nobody else would. Whoever
 * lost a connection takes a new one at the same address. Resolves when `signal` aborts.
 */
export async function keepEmbedded(
  embedded: EmbeddedPostgres,
  clock: Clock,
  log: FastifyBaseLogger,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      if (await embedded.revive()) log.warn('the embedded database had died and was started again');
    } catch (error) {
      log.error({ err: error }, 'the embedded database has died and does not start; it will be tried again');
    }
    await clock.sleep(lookMs, signal);
  }
}
