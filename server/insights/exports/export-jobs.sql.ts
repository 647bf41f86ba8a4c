import type { Selectable } from 'kysely';
import type { Database } from '../../database/connect.ts';
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
