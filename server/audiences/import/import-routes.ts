import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Database } from '../../database/connect.ts';
import type { Routes } from '../../http/api.ts';
import { ApiError } from '../../http/errors.ts';
import { partsOfForm, readForm } from '../../http/form.ts';
import { refuseIdempotencyKey } from '../../http/idempotency.ts';
import { insertList, requireList } from '../list-members.ts';
import { fileFault } from './file/unreadable-file.ts';
import { isZip, largestWorkbook } from './file/workbook.ts';
import { storedFile, storeFile, storeText, textOf } from './import-file.ts';
import type { ImportJobs } from './import-jobs.ts';
import { dropRefusedImport, insertImport, knownMessageTypes, letImportWait } from './imports.sql.ts';
import { lookAtFile } from './look-at-file.ts';
import { type ImportOptions, readOptions } from './options.ts';
import { previewRows, previewSchema } from './preview.ts';
import { refuseOpenQuestions } from './questions.ts';
import { importReportRoutes } from './report-routes.ts';
import { undoRoutes } from './undo-routes.ts';

const tags = ['Import'];
const largestFile = 4 * 1024 ** 3;
const previewedBytes = 2 * 1024 * 1024;

/** What an upload is made of, for the documentation: its parts are read as they come (`receive`). */
const uploadForm = Type.Object({
  file: Type.String({
    format: 'binary',
    description: 'A CSV or an Excel workbook (XLSX), a row naming the columns',
  }),
  options: Type.Optional(
    Type.String({
      description:
        'JSON: mapping, defaultCountry, listId or newListName, consent, consentColumns, dateOrder, sheet',
    }),
  ),
});
const asDocumented = () => () => true;

/** Importing a file: upload, preview, progress and the report row by row. */
export const importRoutes =
  (jobs: ImportJobs): Routes =>
  async (api, context) => {
    const { db, clock } = context;
    await api.register(multipart, { limits: { ...partsOfForm, fileSize: largestFile } });
    api.post(
      '/api/import',
      {
        onRequest: refuseIdempotencyKey,
        config: { upload: true },
        schema: {
          tags,
          summary:
            'Import a CSV or XLSX file: multipart with `file` and `options` (JSON); runs in the background',
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
          const take = (content: AsyncIterable<Uint8Array>) => storeFile(db, importId, content);
          const { fileName, options } = await receive(request, clock.now(), take);
          await ofFile(() => checkFile(db, project, importId, options));
          const listId = await listFor(db, project.id, options, clock.now());
          await letImportWait(db, importId, fileName, { ...options, listId });
          await jobs.enqueue(importId);
          return reply.status(202).send({ importId, listId });
        } catch (error) {
          await dropRefusedImport(db, importId);
          throw error;
        }
      },
    );
    api.post(
      '/api/import/preview',
      {
        config: { upload: true },
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
        const { options } = await receive(request, clock.now(), async (content) => {
          for await (const chunk of content) {
            const isBook = head[0] !== undefined && isZip(head[0]) && size < largestWorkbook;
            if (size < previewedBytes || isBook) head.push(chunk);
            size += chunk.length;
          }
          return size;
        });
        const { project } = request.caller;
        return ofFile(async () => {
          const chunks = async function* () {
            yield* head;
          };
          const text = await textOf(chunks, options.sheet);
          const isWhole = text !== null || size < previewedBytes;
          return previewRows(db, project, text ?? chunks, isWhole, options, clock.now());
        });
      },
    );
    await importReportRoutes(api, context);
    await undoRoutes(jobs)(api, context);
  };

async function receive(
  request: FastifyRequest,
  now: Date,
  take: (content: AsyncIterable<Uint8Array>) => Promise<number>,
): Promise<{ fileName: string; options: ImportOptions }> {
  let fileName: string | null = null;
  let size = 0;
  let options: string | undefined;
  await readForm(request, async () => {
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        fileName = part.filename || 'file.csv';
        size = await take(part.file);
      } else if (part.fieldname === 'options') options = String(part.value);
    }
  });
  if (fileName === null || size === 0)
    throw new ApiError('BadParams', 'file is missing or empty; send it as the part `file`', {
      field: 'file',
    });
  return { fileName, options: readOptions(options, now) };
}

/** Reads of a file. @throws ApiError BadParams when it is no table. */
async function ofFile<Read>(read: () => Promise<Read>): Promise<Read> {
  try {
    return await read();
  } catch (error) {
    const fault = fileFault(error);
    if (fault === null) throw error;
    throw new ApiError('BadParams', `file: ${fault}`, { field: 'file' });
  }
}

/** Looks through the whole of an upload before it is accepted. @throws ApiError when something is to be asked first. */
async function checkFile(
  db: Database,
  project: { id: number; defaultCountry: string },
  importId: number,
  options: ImportOptions,
): Promise<void> {
  const columns = Object.entries(options.consentColumns ?? {});
  await requireTypes(db, project.id, 'options.consent.messageTypeIds', options.consent?.messageTypeIds ?? []);
  for (const [header, { messageTypeIds }] of columns)
    await requireTypes(db, project.id, `options.consentColumns.${header}.messageTypeIds`, messageTypeIds);
  await storeText(db, importId, options.sheet);
  const { questions, refusal } = await lookAtFile(db, project, storedFile(db, importId), options);
  if (refusal) throw refusal;
  refuseOpenQuestions(questions);
}

async function requireTypes(db: Database, projectId: number, field: string, wanted: number[]): Promise<void> {
  if (wanted.length === 0) return;
  const known = await knownMessageTypes(db, projectId, wanted);
  const unknown = wanted.find((id) => !known.has(id));
  if (unknown !== undefined)
    throw new ApiError('NotFound', `${field}: no message type ${unknown} in this project`, {
      field,
      value: unknown,
    });
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
