import type { Selectable } from 'kysely';
import { type Static, Type } from 'typebox';
import type { ExportJobTable } from '../../database/tables/insights.ts';
import type { Routes } from '../../http/api.ts';
import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { instantInput, rowId, success, successAnswer, textAnswer } from '../../http/schemas.ts';
import { readInstant } from '../../users/instant.ts';
import { fieldList, optionsFrom } from './export-request.ts';
import { requireDataType } from './export-rows.sql.ts';
import type { ExportJobData } from './run-export.ts';

const jobAnswer = Type.Object({
  id: Type.Integer(),
  dataTypeName: Type.String(),
  jobState: Type.String(),
  scheduledStartTime: Type.String(),
  endTime: Type.Optional(Type.String()),
  bytesExported: Type.Integer(),
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
            delimiter: Type.Optional(Type.String()),
            omitFields: Type.Optional(fieldList),
            onlyFields: Type.Optional(fieldList),
          }),
          response: { 200: Type.Object({ jobId: Type.Integer(), message: Type.String() }) },
        },
      },
      async (request) => {
        const { dataTypeName, outputFormat, startDateTime, endDateTime, ...rest } = request.body;
        requireDataType(dataTypeName);
        const options = optionsFrom({
          ...rest,
          from: startDateTime === undefined ? null : readInstant('startDateTime', startDateTime),
          to: endDateTime === undefined ? null : readInstant('endDateTime', endDateTime),
        });
        const { id } = await context.db
          .insertInto('export_job')
          .values({
            project_id: request.caller.project.id,
            data_type_name: dataTypeName,
            output_format: outputFormat,
            options: JSON.stringify(options),
            state: 'enqueued',
            created_at: context.clock.now(),
          })
          .returning('id')
          .executeTakeFirstOrThrow();
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
        let jobs = context.db.selectFrom('export_job').where('project_id', '=', request.caller.project.id);
        if (jobState) jobs = jobs.where('state', 'in', statesNamed(jobState));
        const rows = await jobs.selectAll().orderBy('id', 'desc').limit(100).execute();
        return { jobs: rows.map(jobAsAnswer) };
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
        const job = await findJob(context, request.caller.project.id, request.params.jobId);
        const files = await context.db
          .selectFrom('export_file')
          .select(['number', 'name'])
          .where('job_id', '=', job.id)
          .where('name', '>', request.query.startAfter ?? '')
          .orderBy('number')
          .limit(filesPerAnswer)
          .execute();
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
        const job = await findJob(context, request.caller.project.id, jobId);
        const file = await context.db
          .selectFrom('export_file')
          .select(['name', 'content'])
          .where('job_id', '=', job.id)
          .where('number', '=', number)
          .executeTakeFirst();
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
        const job = await findJob(context, request.caller.project.id, request.params.jobId);
        const { numUpdatedRows } = await context.db
          .updateTable('export_job')
          .set({ state: 'cancelling' })
          .where('id', '=', job.id)
          .where('state', 'in', ['enqueued', 'running', 'cancelling'])
          .executeTakeFirst();
        if (!numUpdatedRows)
          throw new ApiError('InvalidState', `Export ${job.id} is ${job.state} and cannot be cancelled`, {
            jobId: job.id,
            state: job.state,
          });
        return success(`Export ${job.id} is being cancelled`, { jobId: job.id });
      },
    );
  };
}

async function findJob(context: Context, projectId: number, jobId: number) {
  const job = await context.db
    .selectFrom('export_job')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', jobId)
    .executeTakeFirst();
  if (!job) throw new ApiError('NotFound', `No export ${jobId} in this project`, { jobId });
  return job;
}

type JobState = ExportJobTable['state'];

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

function jobAsAnswer(job: Selectable<ExportJobTable>): Static<typeof jobAnswer> {
  return {
    id: job.id,
    dataTypeName: job.data_type_name,
    jobState: stateShown(job.state),
    scheduledStartTime: job.created_at.toISOString(),
    ...(job.ended_at && { endTime: job.ended_at.toISOString() }),
    bytesExported: job.bytes,
    ...(job.state === 'cancelled' && { cancelled: true }),
    ...(job.error && { error: job.error }),
  };
}
