import type { Job } from 'pg-boss';
import type { Database } from '../../database/connect.ts';
import type { Context } from '../../http/context.ts';
import {
  beginJob,
  endJob,
  noteExpectedRows,
  noteRows,
  storeFile,
  unfinishedJobs,
  withJob,
} from './export-jobs.sql.ts';
import { readExportOptions } from './export-request.ts';
import { type ExportText, openExport } from './export-text.ts';

/** A file is closed when it has grown to this; Iterable's are up to 10 MB. */
const fileBytes = 8 * 1024 * 1024;

/** What a queue's job carries. */
export interface ExportJobData {
  jobId: number;
}

/**
 * The background work for pg-boss 12: `boss.createQueue(exportJobs.queue, exportJobs.options)`, then
 * `boss.work(exportJobs.queue, exportJobs.working, exportJobs.handler(context))`; `exportRoutes` is given a function that sends to
 * the queue, and `requeueExports` sends again what was lost on the way.
 */
export const exportJobs = {
  queue: 'export',
  /**
   * A process that says nothing for half a minute is taken for dead: its exports begin again elsewhere. One that goes on is
   * let go on: a rehearsal of millions beside a blast takes hours.
   */
  options: { retryLimit: 3, retryDelay: 1, expireInSeconds: 86_400, heartbeatSeconds: 30 },
  /**
   * Several at once in each process: nobody waits for another's. A job is told of as it comes; one looks besides for what
   * is to be tried again, and what no word came of.
   */
  working: { batchSize: 1, localConcurrency: 3, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 10 },
  handler: (context: Context) => async (jobs: Job<ExportJobData>[]) => {
    for (const job of jobs) await runExport(context, job.data.jobId, job.signal);
  },
};

/**
 * Sends every job to the queue again that is not done: to be called once at start, before the queue is worked. One that
 * another process is running by then is waited for, and begun anew only if that process dies (`runExport`).
 */
export async function requeueExports(
  context: Context,
  enqueue: (data: ExportJobData) => Promise<unknown>,
): Promise<void> {
  for (const jobId of await unfinishedJobs(context.db)) await enqueue({ jobId });
}

/** How often one looks whether another process has let go of an export. */
const lockLookMs = 1_000;

/**
 * Writes a job's files. A job that was begun before starts over; one that is done or cancelled is left alone. A
 * fault is kept with the job, which is then failed. A wish to cancel is heeded between pages.
 *
 * The lock on the job and all that is written of it share one connection: when that breaks this run can write no more,
 * another may begin, and the error is the queue's to try again. While another process has the job it is waited for.
 */
export async function runExport(context: Context, jobId: number, signal?: AbortSignal): Promise<void> {
  for (;;) {
    const had = await context.db
      .connection()
      .execute((own) =>
        withJob(own, jobId, () => runAlone({ ...context, db: own }, context.db, jobId, signal)),
      );
    if (had) return;
    await context.clock.sleep(lockLookMs, signal);
    signal?.throwIfAborted();
  }
}

/** Runs a job that this process has to itself: writes by `context.db` and reads by another connection. */
async function runAlone(
  context: Context,
  reading: Database,
  jobId: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const job = await beginJob(context.db, jobId, context.clock.now());
  if (!job) return;
  try {
    const text = await openExport(
      { ...context, db: reading },
      {
        projectId: job.project_id,
        dataTypeName: job.data_type_name,
        format: job.output_format === 'text/csv' ? 'csv' : 'json',
        options: readExportOptions(job.options),
        askedAt: job.created_at,
      },
    );
    await noteExpectedRows(context.db, jobId, text.expected);
    const extension = job.output_format === 'text/csv' ? 'csv' : 'json';
    const cancelled = await writeFiles(context, jobId, extension, text, signal);
    await endJob(context.db, jobId, {
      ...{ state: cancelled ? 'cancelled' : 'completed', error: null, at: context.clock.now() },
    });
  } catch (error) {
    // The queue takes its job back from a process that is told to stop: it stays running and starts over.
    if (signal?.aborted) throw error;
    context.log.error({ err: error, jobId }, 'an export failed');
    const fault = error instanceof Error ? error.message : String(error);
    await endJob(context.db, jobId, { state: 'failed', error: fault, at: context.clock.now() });
  }
}

/** Returns whether the job was cancelled on the way. */
async function writeFiles(
  context: Context,
  jobId: number,
  extension: string,
  text: ExportText,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  let number = 1;
  let waiting: Buffer[] = [];
  let size = 0;
  const close = async () => {
    await storeFile(
      context.db,
      jobId,
      number,
      `file-${String(number).padStart(6, '0')}.${extension}`,
      Buffer.concat([Buffer.from(text.heading), ...waiting]),
    );
    number += 1;
    waiting = [];
    size = 0;
  };
  for await (const page of text.pages) {
    signal?.throwIfAborted();
    if (!(await noteRows(context.db, jobId, page.rows))) return true;
    const bytes = Buffer.from(page.text);
    waiting.push(bytes);
    size += bytes.length;
    if (size >= fileBytes) await close();
  }
  if (size > 0 || number === 1) await close();
  return false;
}
