import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Database } from '../../database/connect.ts';
import type { Routes } from '../../http/api.ts';
import { ApiError } from '../../http/errors.ts';
import { refuseIdempotencyKey } from '../../http/idempotency.ts';
import { insertList, requireList } from '../list-members.ts';
import { mapColumns } from './columns.ts';
import { storedFile, storeFile } from './import-file.ts';
import type { ImportJobs } from './import-jobs.ts';
import { type ImportOptions, readOptions, requireStatedConsent } from './options.ts';
import { previewRows, previewSchema } from './preview.ts';
import { fileFault, inspectCsv, readRows, takeHeader } from './read-csv.ts';
import { importReportRoutes } from './report-routes.ts';

const tags = ['Import'];
const largestFile = 4 * 1024 ** 3;
/** Rows looked at before an upload is accepted: a file that is no CSV shows it among them. */
const checkedRows = 1000;
const previewedBytes = 2 * 1024 * 1024;

/** What an upload is made of, for the documentation: its parts are read as they come (`receive`). */
const uploadForm = Type.Object({
  file: Type.String({ format: 'binary', description: 'The CSV, its first row naming the columns' }),
  options: Type.Optional(
    Type.String({ description: 'JSON: mapping, defaultCountry, listId or newListName, consent' }),
  ),
});
const asDocumented = () => () => true;

/** Importing a CSV file: upload, preview, progress and the report row by row. */
export const importRoutes =
  (jobs: ImportJobs): Routes =>
  async (api, context) => {
    const { db, clock } = context;
    await api.register(multipart, { limits: { fileSize: largestFile, files: 1 } });
    api.post(
      '/api/import',
      {
        onRequest: refuseIdempotencyKey,
        schema: {
          tags,
          summary: 'Import a CSV file: multipart with `file` and `options` (JSON); runs in the background',
          consumes: ['multipart/form-data'],
          body: uploadForm,
          response: { 202: Type.Object({ importId: Type.Integer(), listId: Type.Optional(Type.Integer()) }) },
        },
        validatorCompiler: asDocumented,
      },
      async (request, reply) => {
        const { project } = request.caller;
        const importId = await insertImport(db, project.id, clock.now());
        try {
          const { fileName, options } = await receive(request, (content) => storeFile(db, importId, content));
          await ofCsv(() => checkFile(db, project.id, importId, options));
          const listId = await listFor(db, project.id, options, clock.now());
          const stored = JSON.stringify({ ...options, listId });
          await db
            .updateTable('import')
            .set({ file_name: fileName, options: stored, state: 'waiting', error: null })
            .where('id', '=', importId)
            .execute();
          await jobs.enqueue(importId);
          return reply.status(202).send({ importId, listId });
        } catch (error) {
          await db.deleteFrom('import').where('id', '=', importId).where('state', '=', 'failed').execute();
          throw error;
        }
      },
    );
    api.post(
      '/api/import/preview',
      {
        schema: {
          tags,
          summary: 'The first rows of a file as they would be taken, with what each column is read as',
          consumes: ['multipart/form-data'],
          body: uploadForm,
          response: { 200: previewSchema },
        },
        validatorCompiler: asDocumented,
      },
      async (request) => {
        const head: Uint8Array[] = [];
        let size = 0;
        const { options } = await receive(request, async (content) => {
          for await (const chunk of content) {
            if (size < previewedBytes) head.push(chunk);
            size += chunk.length;
          }
          return size;
        });
        const { defaultCountry, id } = request.caller.project;
        const whole = size < previewedBytes;
        const country = options.defaultCountry ?? defaultCountry;
        return ofCsv(() =>
          previewRows(db, id, head, whole, { ...options, defaultCountry: country }, clock.now()),
        );
      },
    );
    await importReportRoutes(api, context);
  };

/** An import begins as failed: should the upload break off, that is what it stays. */
async function insertImport(db: Database, projectId: number, at: Date): Promise<number> {
  const error = 'the upload broke off; send the file again';
  const values = {
    project_id: projectId,
    file_name: '',
    options: '{}',
    state: 'failed' as const,
    error,
    created_at: at,
  };
  return (await db.insertInto('import').values(values).returning('id').executeTakeFirstOrThrow()).id;
}

async function receive(
  request: FastifyRequest,
  take: (content: AsyncIterable<Uint8Array>) => Promise<number>,
): Promise<{ fileName: string; options: ImportOptions }> {
  if (!request.isMultipart())
    throw new ApiError('BadParams', 'The body is not multipart/form-data; send the CSV as its part `file`', {
      field: 'file',
    });
  let fileName: string | null = null;
  let size = 0;
  let options: string | undefined;
  for await (const part of request.parts()) {
    if (part.type === 'file') {
      fileName = part.filename || 'file.csv';
      size = await take(part.file);
    } else if (part.fieldname === 'options') options = String(part.value);
  }
  if (fileName === null || size === 0)
    throw new ApiError('BadParams', 'file is missing or empty; send the CSV as the part `file`', {
      field: 'file',
    });
  return { fileName, options: readOptions(options) };
}

/** Reads of a file. @throws ApiError BadParams when it is no CSV. */
async function ofCsv<Read>(read: () => Promise<Read>): Promise<Read> {
  try {
    return await read();
  } catch (error) {
    const fault = fileFault(error);
    if (fault === null) throw error;
    throw new ApiError('BadParams', `file: ${fault}`, { field: 'file' });
  }
}

async function checkFile(
  db: Database,
  projectId: number,
  importId: number,
  options: ImportOptions,
): Promise<void> {
  const file = storedFile(db, importId);
  const firstPart = async function* () {
    for await (const part of file()) {
      yield part;
      return;
    }
  };
  const rows = readRows(file, await inspectCsv(firstPart));
  requireStatedConsent(options, mapColumns(await takeHeader(rows), options.mapping));
  for await (const row of rows) if (row.number > checkedRows) break;
  const wanted = options.consent?.messageTypeIds ?? [];
  if (wanted.length === 0) return;
  const known = await db
    .selectFrom('message_type')
    .select('id')
    .where('project_id', '=', projectId)
    .where('id', 'in', wanted)
    .execute();
  const unknown = wanted.find((id) => !known.some((row) => row.id === id));
  if (unknown !== undefined)
    throw new ApiError(
      'NotFound',
      `options.consent.messageTypeIds: no message type ${unknown} in this project`,
      {
        field: 'options.consent.messageTypeIds',
        value: unknown,
      },
    );
}

async function listFor(
  db: Database,
  projectId: number,
  options: ImportOptions,
  at: Date,
): Promise<number | undefined> {
  if (options.listId !== undefined) await requireList(db, projectId, options.listId);
  else if (options.newListName !== undefined) return insertList(db, projectId, options.newListName, null, at);
  return options.listId;
}
