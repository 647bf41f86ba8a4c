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
import { inspectCsv, readRows } from './read-csv.ts';
import { importReportRoutes } from './report-routes.ts';

const tags = ['Import'];
const largestFile = 4 * 1024 ** 3;
const previewedBytes = 2 * 1024 * 1024;

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
          response: { 202: Type.Object({ importId: Type.Integer(), listId: Type.Optional(Type.Integer()) }) },
        },
      },
      async (request, reply) => {
        const { project } = request.caller;
        const importId = await insertImport(db, project.id, clock.now());
        try {
          const { fileName, options } = await receive(request, (content) => storeFile(db, importId, content));
          await checkFile(db, project.id, importId, options);
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
          response: { 200: previewSchema },
        },
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
        return previewRows(
          db,
          id,
          head,
          whole,
          { ...options, defaultCountry: options.defaultCountry ?? defaultCountry },
          clock.now(),
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
  const { value: header } = await readRows(firstPart, await inspectCsv(firstPart)).next();
  requireStatedConsent(options, mapColumns(header?.cells ?? [], options.mapping));
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
