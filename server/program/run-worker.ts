import { repairCampaigns } from '../campaigns/change-state.ts';
import type { Clock } from '../clock/clock.ts';
import { openSecrets } from '../config/secrets.ts';
import type { Settings } from '../config/settings.ts';
import { connect } from '../database/connect.ts';
import { wakeWorkers } from '../delivery/worker/wake.ts';
import { startWorker } from '../delivery/worker/worker.ts';
import type { Context } from '../http/context.ts';
import { closeWires } from '../providers/wires.ts';
import { deliverWebhooks } from '../webhooks/deliver-webhooks.ts';
import { tellWebhooks } from '../webhooks/tell-message-events.ts';
import { announceTo } from './announce.ts';
import { startJobs } from './jobs.ts';
import { openLog } from './log.ts';

/** Connections a worker keeps: one for each lane it works on, and some for what runs beside. */
const poolSize = 16;

/** Runs a worker with all that runs beside it: outgoing webhooks, imports, exports. */
export async function runWorker(
  settings: Settings,
  databaseUrl: string,
  clock: Clock,
): Promise<{ stop(): Promise<void> }> {
  const log = openLog(settings.logLevel, 'worker');
  const secrets = await openSecrets(settings.dataDir);
  const connection = connect(databaseUrl, poolSize);
  const answers = connect(databaseUrl, 2, 'relaxed');
  const context: Context = {
    db: connection.db,
    clock,
    secrets,
    publicUrl: settings.publicUrl,
    log,
    wake: wakeWorkers(connection.pool),
    announce: announceTo(settings.publicUrl),
  };
  const stopping = new AbortController();
  const worker = startWorker({ ...context, answers: answers.db, databaseUrl, tell: tellWebhooks });
  const webhooks = deliverWebhooks(context, stopping.signal);
  const repairs = keepRepairing(context, stopping.signal);
  const jobs = await startJobs(context, databaseUrl);
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all([worker.stop(), webhooks, repairs, jobs.stop()]);
      await closeWires();
      await answers.close();
      await connection.close();
    },
  };
}

const repairEveryMs = 10 * 60_000;

/** Sets right, at start and now and then, what a process that died left half done to a campaign. */
async function keepRepairing(context: Context, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await repairCampaigns(context).catch((error: unknown) => {
      context.log.warn({ err: error }, 'campaigns could not be looked over; it will be tried again');
    });
    await context.clock.sleep(repairEveryMs, signal);
  }
}
