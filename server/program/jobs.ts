import { PgBoss } from 'pg-boss';
import { type ImportJobs, importJobs, workImports } from '../audiences/import/import-jobs.ts';
import type { Context } from '../http/context.ts';
import { type ExportJobData, exportJobs, requeueExports } from '../insights/exports/run-export.ts';

/** Hands background work to whichever worker is free. */
export interface JobQueue {
  imports: ImportJobs;
  enqueueExport(data: ExportJobData): Promise<unknown>;
  close(): Promise<void>;
}

const schema = 'pgboss';

function openBoss(context: Context, databaseUrl: string, supervise: boolean): PgBoss {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: 'carillon jobs',
    schema,
    max: 3,
    supervise,
    schedule: false,
    useListenNotify: supervise,
    // No job here waits for another.
    flowIntervalSeconds: 3_600,
  });
  boss.on('error', (error) => context.log.warn({ err: error }, 'background jobs met an error'));
  return boss;
}

async function createQueues(boss: PgBoss): Promise<ImportJobs> {
  await boss.createQueue(exportJobs.queue, { ...exportJobs.options, notify: true });
  return importJobs(boss);
}

/** Opens the side that asks for background work. */
export async function openJobQueue(context: Context, databaseUrl: string): Promise<JobQueue> {
  const boss = openBoss(context, databaseUrl, false);
  await boss.start();
  const imports = await createQueues(boss);
  return {
    imports,
    enqueueExport: (data) => boss.send(exportJobs.queue, data),
    close: () => boss.stop({ graceful: false }),
  };
}

/** Runs background work: imports and exports. What was lost on the way is taken up again. */
export async function startJobs(context: Context, databaseUrl: string): Promise<{ stop(): Promise<void> }> {
  const boss = openBoss(context, databaseUrl, true);
  await boss.start();
  const imports = await createQueues(boss);
  await workImports(boss, imports, context);
  await requeueExports(context, (data) => boss.send(exportJobs.queue, data));
  await boss.work(exportJobs.queue, exportJobs.working, exportJobs.handler(context));
  return { stop: () => boss.stop({ graceful: true }) };
}
