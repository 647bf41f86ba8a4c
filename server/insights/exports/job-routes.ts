import { type Static, Type } from 'typebox';
import type { Routes } from '../../http/api.ts';
import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { instantInput, rowId, success, successAnswer, textAnswer } from '../../http/schemas.ts';
import { readInstant } from '../../users/instant.ts';
import {
  cancelJob,
  type ExportJob,
  filesOf,
  findJob,
  insertJob,
  type JobState,
  newestJobs,
  readFile,
} from './export-jobs.sql.ts';
import { fieldList, optionsFrom, rehearsedLaunch } from './export-request.ts';
import { requireDataType, rowsOfSegment } from './export-rows.sql.ts';
import { launchOfExport, rehearsalType } from './rehearsal-rows.ts';
import type { ExportJobData } from './run-export.ts';

const jobAnswer = Type.Object({
  id: Type.Integer(),
  dataTypeName: Type.String(),
  jobState: Type.String(),
  scheduledStartTime: Type.String(),
  endTime: Type.Optional(Type.String()),
  bytesExported: Type.Integer(),
  rowsExported: Type.Integer({ description: 'Worked on so far' }),
  rowsExpected: Type.Optional(Type.Integer({ description: 'About, where it is known before' })),
  /** Ours: Iterable's word for a cancelled job is cancelling, for good. */
  cancelled: Type.Optional(Type.Boolean()),
  error: Type.Optional(Type.String()),
});

const filesPerAnswer = 1000;
const jobParams = Type.Object({ jobId: rowId });

/** Export jobs in the background, Iterable's calls. `enqueue` hands a job to whoever runs it. */
export function exportJobRoutes(enqueue: (data: ExportJobData) => Promise<unknown>): Routes {
  return async (api, context) => {
    api.post(
      '/api/export/start',
      {
        schema: {
          tags: ['Export'],
          summary: 'Start an export in the background',
          body: Type.Object({
            dataTypeName: Type.String(),
            outputFormat: Type.Union([Type.Literal('text/csv'), Type.Literal('application/x-json-stream')]),
            startDateTime: Type.Optional(instantInput),
            endDateTime: Type.Optional(instantInput),
            campaignId: Type.Optional(rowId),
            segmentId: Type.Optional(
              Type.Integer({
                ...{ minimum: 1, maximum: 2_147_483_647 },
                description: 'Only rows of people who are of this segment as they are read',
              }),
            ),
            launch: Type.Optional(rehearsedLaunch),
            delimiter: Type.Optional(Type.String()),
            omitFields: Type.Optional(fieldList),
            onlyFields: Type.Optional(fieldList),
          }),
          response: { 200: Type.Object({ jobId: Type.Integer(), message: Type.String() }) },
        },
      },
      async (request) => {
        const { dataTypeName, outputFormat, startDateTime, endDateTime, ...rest } = request.body;
        const { project } = request.caller;
        const isRehearsal = dataTypeName === rehearsalType;
        if (!isRehearsal) requireDataType(dataTypeName);
        const options = optionsFrom({
          ...rest,
          from: startDateTime === undefined ? null : readInstant('startDateTime', startDateTime),
          to: endDateTime === undefined ? null : readInstant('endDateTime', endDateTime),
        });
        const at = context.clock.now();
        // What cannot be rehearsed, or is of no segment, is refused at once.
        if (isRehearsal) await launchOfExport(context, project, options, at);
        if (options.segmentId !== undefined) await rowsOfSegment(context, project.id, options.segmentId);
        const id = await insertJob(context.db, {
          ...{ projectId: project.id, dataTypeName, outputFormat, options, at },
        });
        await enqueue({ jobId: id });
        return { jobId: id, message: `Export of ${dataTypeName} is enqueued` };
      },
    );

    api.get(
      '/api/export/jobs',
      {
        schema: {
          tags: ['Export'],
          summary: 'The newest hundred export jobs',
          querystring: Type.Object({ jobState: Type.Optional(Type.String()) }),
          response: { 200: Type.Object({ jobs: Type.Array(jobAnswer) }) },
        },
      },
      async (request) => {
        const { jobState } = request.query;
        const states = jobState ? statesNamed(jobState) : null;
        const jobs = await newestJobs(context.db, request.caller.project.id, states);
        return { jobs: jobs.map(jobAsAnswer) };
      },
    );

    api.get(
      '/api/export/:jobId/files',
      {
        schema: {
          tags: ['Export'],
          summary: 'Files that an export has written so far; each is fetched with the API key',
          params: jobParams,
          querystring: Type.Object({ startAfter: Type.Optional(Type.String()) }),
          response: {
            200: Type.Object({
              exportTruncated: Type.Boolean(),
              files: Type.Array(Type.Object({ file: Type.String(), url: Type.String() })),
              jobId: Type.Integer(),
              jobState: Type.String(),
            }),
          },
        },
      },
      async (request) => {
        const job = await requireJob(context, request.caller.project.id, request.params.jobId);
        const files = await filesOf(context.db, job.id, request.query.startAfter ?? '', filesPerAnswer);
        return {
          exportTruncated: files.length === filesPerAnswer,
          files: files.map(({ number, name }) => ({
            file: name,
            url: `${context.publicUrl}/api/export/${job.id}/files/${number}`,
          })),
          jobId: job.id,
          jobState: stateShown(job.state),
        };
      },
    );

    api.get(
      '/api/export/:jobId/files/:number',
      {
        schema: {
          tags: ['Export'],
          summary: 'One file of an export',
          params: Type.Object({ jobId: Type.Integer(), number: Type.Integer() }),
          response: {
            200: textAnswer('text/csv', 'CSV, or one JSON object a line, as the export was asked for'),
          },
        },
      },
      async (request, reply) => {
        const { jobId, number } = request.params;
        const job = await requireJob(context, request.caller.project.id, jobId);
        const file = await readFile(context.db, job.id, number);
        if (!file) throw new ApiError('NotFound', `Export ${jobId} has no file ${number}`, { jobId, number });
        return reply
          .type(job.output_format === 'text/csv' ? 'text/csv; charset=utf-8' : job.output_format)
          .header('Content-Disposition', `attachment; filename="${job.data_type_name}-${jobId}-${file.name}"`)
          .send(file.content);
      },
    );

    api.delete(
      '/api/export/:jobId',
      {
        schema: {
          tags: ['Export'],
          summary: 'Cancel an export',
          params: jobParams,
          response: { 200: successAnswer },
        },
      },
      async (request) => {
        const job = await requireJob(context, request.caller.project.id, request.params.jobId);
        if (!(await cancelJob(context.db, job.id)))
          throw new ApiError('InvalidState', `Export ${job.id} is ${job.state} and cannot be cancelled`, {
            jobId: job.id,
            state: job.state,
          });
        return success(`Export ${job.id} is being cancelled`, { jobId: job.id });
      },
    );
  };
}

async function requireJob({ db }: Context, projectId: number, jobId: number): Promise<ExportJob> {
  const job = await findJob(db, projectId, jobId);
  if (!job) throw new ApiError('NotFound', `No export ${jobId} in this project`, { jobId });
  return job;
}

/** Iterable's client knows no state cancelled. */
function stateShown(state: JobState): string {
  return state === 'cancelled' ? 'cancelling' : state;
}

const jobStates: Readonly<Record<string, readonly JobState[]>> = {
  enqueued: ['enqueued'],
  queued: ['enqueued'],
  running: ['running'],
  completed: ['completed'],
  failed: ['failed'],
  cancelling: ['cancelling', 'cancelled'],
  cancelled: ['cancelled'],
};

function statesNamed(name: string): readonly JobState[] {
  const states = Object.hasOwn(jobStates, name) ? jobStates[name] : undefined;
  if (states) return states;
  throw new ApiError(
    'BadParams',
    `jobState: ${JSON.stringify(name)} is none of ${Object.keys(jobStates).join(', ')}`,
    { jobState: name },
  );
}

function jobAsAnswer(job: ExportJob): Static<typeof jobAnswer> {
  return {
    id: job.id,
    dataTypeName: job.data_type_name,
    jobState: stateShown(job.state),
    scheduledStartTime: job.created_at.toISOString(),
    ...(job.ended_at && { endTime: job.ended_at.toISOString() }),
    bytesExported: job.bytes,
    rowsExported: job.rows,
    ...(job.rows_expected !== null && { rowsExpected: job.rows_expected }),
    ...(job.state === 'cancelled' && { cancelled: true }),
    ...(job.error && { error: job.error }),
  };
}
