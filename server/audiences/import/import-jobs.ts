import type { PgBoss } from 'pg-boss';
import type { ImportContext } from './run.ts';
import { failImport, runImport } from './run-import.ts';
import { undoImport } from './undo-import.ts';

const queue = 'import';
/** With growing pauses, about a minute and a half: what has not passed by then will not pass by itself. */
const tries = 5;
/** So that a large file does not keep a small one waiting. */
const atOnce = 2;
/** An import is given this long before it is begun again elsewhere. */
const longestRunSeconds = 6 * 3600;

/** A process that says nothing for so long is taken for dead, and its imports go on elsewhere at the next look, within a minute. */
const deadAfterSeconds = 30;
/** A job is told of as it comes; one looks besides for what is to be tried again, and what no word came of. */
const missedEverySeconds = 10;

/** Where uploads leave word that an import waits. */
export interface ImportJobs {
  enqueue(importId: number): Promise<void>;
}

/** Makes the queue of imports on a started pg-boss; for every process that takes uploads or runs them. */
export async function importJobs(boss: PgBoss): Promise<ImportJobs> {
  await boss.createQueue(queue, {
    retryLimit: tries - 1,
    retryDelay: 5,
    retryBackoff: true,
    notify: true,
    expireInSeconds: longestRunSeconds,
    heartbeatSeconds: deadAfterSeconds,
  });
  return {
    enqueue: async (importId) => {
      await boss.send(queue, { importId });
    },
  };
}

/**
 * Runs imports, two at a time in this process. One that fails is tried again, and after a few tries it ends as
 * failed with the reason; another's are not held up meanwhile. Imports that were left in the middle by a process that died, or
 * whose word was lost, are taken up at once: running one twice is harmless.
 */
export async function workImports(boss: PgBoss, jobs: ImportJobs, context: ImportContext): Promise<void> {
  const open = await context.db
    .selectFrom('import')
    .select('id')
    .where('state', 'in', ['waiting', 'running', 'undoing'])
    .execute();
  for (const { id } of open) await jobs.enqueue(id);
  const options = {
    batchSize: 1,
    localConcurrency: atOnce,
    pollingIntervalSeconds: 1,
    notifyPollingIntervalSeconds: missedEverySeconds,
    includeMetadata: true,
  } as const;
  await boss.work<{ importId: number }>(queue, options, async (batch) => {
    for (const { data, retryCount } of batch) await tryImport(context, data.importId, retryCount + 1);
  });
}

/** Runs an import or its undoing; throws so that it is tried again, until the last try, of which the import itself tells. */
export async function tryImport(context: ImportContext, importId: number, attempt: number): Promise<void> {
  try {
    await runImport(context, importId);
    await undoImport(context, importId);
  } catch (error) {
    context.log.error({ err: error, importId, attempt }, 'an import failed');
    if (attempt < tries) throw error;
    const why = error instanceof Error ? error.message : String(error);
    await failImport(
      context,
      importId,
      `it failed ${tries} times, at last with: ${why}; send the file again`,
    );
  }
}
