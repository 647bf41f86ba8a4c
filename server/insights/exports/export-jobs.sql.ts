import { type Selectable, sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { lockClasses } from '../../database/lock-classes.ts';
import type { ExportJobTable } from '../../database/tables/insights.ts';
import type { ExportOptions } from './export-request.ts';

/** An export in the background, as its row says it. */
export type ExportJob = Selectable<ExportJobTable>;
/** Where such an export stands. */
export type JobState = ExportJob['state'];

/** Stores an export that is to be run. Returns its id. */
export async function insertJob(
  db: Database,
  job: {
    projectId: number;
    dataTypeName: string;
    outputFormat: ExportJob['output_format'];
    options: ExportOptions;
    at: Date;
  },
): Promise<number> {
  const { id } = await db
    .insertInto('export_job')
    .values({
      ...{ project_id: job.projectId, data_type_name: job.dataTypeName, output_format: job.outputFormat },
      ...{ options: JSON.stringify(job.options), state: 'enqueued', created_at: job.at },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The newest hundred exports of a project, in all states or in some. */
export function newestJobs(
  db: Database,
  projectId: number,
  states: readonly JobState[] | null,
): Promise<ExportJob[]> {
  let jobs = db.selectFrom('export_job').where('project_id', '=', projectId);
  if (states) jobs = jobs.where('state', 'in', states);
  return jobs.selectAll().orderBy('id', 'desc').limit(100).execute();
}

/** An export of the project; undefined where there is none. */
export function findJob(db: Database, projectId: number, jobId: number): Promise<ExportJob | undefined> {
  return db
    .selectFrom('export_job')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', jobId)
    .executeTakeFirst();
}

/** The names of the files that an export has written, after the one of this name. */
export function filesOf(
  db: Database,
  jobId: number,
  after: string,
  limit: number,
): Promise<{ number: number; name: string }[]> {
  return db
    .selectFrom('export_file')
    .select(['number', 'name'])
    .where('job_id', '=', jobId)
    .where('name', '>', after)
    .orderBy('number')
    .limit(limit)
    .execute();
}

/** One file of an export; undefined where there is none of this number. */
export function readFile(
  db: Database,
  jobId: number,
  number: number,
): Promise<{ name: string; content: Buffer } | undefined> {
  return db
    .selectFrom('export_file')
    .select(['name', 'content'])
    .where('job_id', '=', jobId)
    .where('number', '=', number)
    .executeTakeFirst();
}

/** Has an export stop that is not through. False when it is. */
export async function cancelJob(db: Database, jobId: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('export_job')
    .set({ state: 'cancelling' })
    .where('id', '=', jobId)
    .where('state', 'in', ['enqueued', 'running', 'cancelling'])
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Jobs that are not through. */
export async function unfinishedJobs(db: Database): Promise<number[]> {
  const rows = await db
    .selectFrom('export_job')
    .select('id')
    .where('state', 'in', ['enqueued', 'running', 'cancelling'])
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

/**
 * Does the work on a job, on the connection whose lock on it keeps others away; false where another has it, and then
 * nothing is done.
 */
export async function withJob(
  connection: Database,
  jobId: number,
  work: () => Promise<void>,
): Promise<boolean> {
  const lock = sql`${lockClasses.export}::int, ${jobId}::int`;
  const { rows } = await sql<{ taken: boolean }>`SELECT pg_try_advisory_lock(${lock}) AS taken`.execute(
    connection,
  );
  if (!rows[0]?.taken) return false;
  try {
    await work();
  } finally {
    // A connection that broke has let go of it.
    await sql`SELECT pg_advisory_unlock(${lock})`.execute(connection).catch(() => undefined);
  }
  return true;
}

/**
 * Takes a job that waits, or broke off: it starts over. Null for one that is done, or that was cancelled, which then it is.
 */
export async function beginJob(db: Database, jobId: number, now: Date): Promise<ExportJob | null> {
  return db.transaction().execute(async (transaction) => {
    const job = await transaction
      .selectFrom('export_job')
      .selectAll()
      .where('id', '=', jobId)
      .forUpdate()
      .executeTakeFirst();
    if (!job) return null;
    if (job.state === 'cancelling')
      await transaction
        .updateTable('export_job')
        .set({ state: 'cancelled', ended_at: now })
        .where('id', '=', jobId)
        .execute();
    if (job.state !== 'enqueued' && job.state !== 'running') return null;
    await transaction.deleteFrom('export_file').where('job_id', '=', jobId).execute();
    await transaction
      .updateTable('export_job')
      .set({ state: 'running', started_at: now, bytes: 0, rows: 0 })
      .where('id', '=', jobId)
      .execute();
    return job;
  });
}

/** Stores a file that is full, and counts its bytes. */
export async function storeFile(
  db: Database,
  jobId: number,
  number: number,
  name: string,
  content: Buffer,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction.insertInto('export_file').values({ job_id: jobId, number, name, content }).execute();
    await transaction
      .updateTable('export_job')
      .set(({ eb }) => ({ bytes: eb('bytes', '+', content.length) }))
      .where('id', '=', jobId)
      .execute();
  });
}

/** Notes about how many rows a job will come to; null where that is not known. */
export async function noteExpectedRows(db: Database, jobId: number, expected: number | null): Promise<void> {
  await db.updateTable('export_job').set({ rows_expected: expected }).where('id', '=', jobId).execute();
}

/** Notes how far a job is. False when it is to be cancelled. */
export async function noteRows(db: Database, jobId: number, rows: number): Promise<boolean> {
  const job = await db
    .updateTable('export_job')
    .set(({ eb }) => ({ rows: eb('rows', '+', rows) }))
    .where('id', '=', jobId)
    .where('state', '=', 'running')
    .returning('id')
    .executeTakeFirst();
  return job !== undefined;
}

/** Ends a job, with the fault of one that failed. */
export async function endJob(
  db: Database,
  jobId: number,
  { state, error, at }: { state: 'completed' | 'failed' | 'cancelled'; error: string | null; at: Date },
): Promise<void> {
  await db.updateTable('export_job').set({ state, error, ended_at: at }).where('id', '=', jobId).execute();
}
