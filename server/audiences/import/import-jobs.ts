import type { PgBoss } from 'pg-boss';
import { type ImportContext, runImport } from './run-import.ts';

const queue = 'import';
/** An import is given this long before it is taken for dead and goes on elsewhere. */
const longestRunSeconds = 6 * 3600;

/** Where uploads leave word that an import waits. */
export interface ImportJobs {
  enqueue(importId: number): Promise<void>;
}

/** Makes the queue of imports on a started pg-boss; for every process that takes uploads or runs them. */
export async function importJobs(boss: PgBoss): Promise<ImportJobs> {
  await boss.createQueue(queue, {
    retryLimit: 20,
    retryDelay: 5,
    retryBackoff: true,
    notify: true,
    expireInSeconds: longestRunSeconds,
  });
  return {
    enqueue: async (importId) => {
      await boss.send(queue, { importId });
    },
  };
}

/**
 * Runs imports one at a time in this process. Imports that were left in the middle by a process that died, or
 * whose word was lost, are taken up at once: running one twice is harmless.
 */
export async function workImports(boss: PgBoss, jobs: ImportJobs, context: ImportContext): Promise<void> {
  const open = await context.db
    .selectFrom('import')
    .select('id')
    .where('state', 'in', ['waiting', 'running'])
    .execute();
  for (const { id } of open) await jobs.enqueue(id);
  await boss.work<{ importId: number }>(queue, { batchSize: 1, pollingIntervalSeconds: 1 }, async (batch) => {
    for (const job of batch) await runImport(context, job.data.importId);
  });
}
