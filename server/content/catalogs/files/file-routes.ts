import multipart from '@fastify/multipart';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import { Check } from 'typebox/value';
import type { Api, Routes } from '../../../http/api.ts';
import type { Context } from '../../../http/context.ts';
import { csvText } from '../../../http/csv.ts';
import { ApiError } from '../../../http/errors.ts';
import { partsOfForm } from '../../../http/form.ts';
import { refuseIdempotencyKey } from '../../../http/idempotency.ts';
import { nullable, rowId, textAnswer } from '../../../http/schemas.ts';
import { faultsOf, refusalOf } from '../../../http/validate.ts';
import { receiveFile } from '../../uploads/receive-file.ts';
import { cellsOfFaults, findUpload, listUploads, type Upload } from '../../uploads/upload.sql.ts';
import { shownUpload, uploadShape } from '../../uploads/upload-answer.ts';
import { requireFieldNames } from '../catalog-rules.ts';
import { ofCatalog, requireCatalog, tags } from '../catalog-schemas.ts';
import { previewFile } from './preview-file.ts';
import { takeFile } from './take-file.ts';

/** Bytes: a million items of a kilobyte. */
const largestFile = 1024 ** 3;

const type = Type.Enum(['boolean', 'date', 'double', 'geo_location', 'long', 'object', 'string']);

const optionsSchema = Type.Object({
  idColumn: Type.String({ description: 'The column that holds the items’ ids' }),
  columns: Type.Record(Type.String(), Type.Object({ field: Type.String(), type })),
  replace: Type.Optional(Type.Boolean()),
});

const uploadAnswer = Type.Object({
  ...uploadShape,
  taken: Type.Integer({ description: 'Items made or changed' }),
  faults: Type.Array(Type.Object({ row: Type.Integer(), fault: Type.String() }), {
    description: 'The first thousand rows that were refused',
  }),
});

/** Items from CSV files. */
export const fileRoutes: Routes = async (api, context) => {
  const { db, clock } = context;
  api.get(
    '/api/catalogs/:catalogName/files',
    {
      schema: {
        tags,
        summary: 'Files of items, newest first: how far they have come, and their faults by row',
        params: ofCatalog,
        response: { 200: Type.Object({ files: Type.Array(uploadAnswer) }) },
      },
    },
    async ({ caller, params }) => {
      const { id } = await requireCatalog(context, caller.project.id, params.catalogName);
      const uploads = await listUploads(db, caller.project.id, { catalogId: id });
      return { files: uploads.map((upload) => shown(upload, clock.now())) };
    },
  );
  api.get(
    '/api/catalogs/:catalogName/files/:id/faults.csv',
    {
      schema: {
        tags,
        summary: 'The refused rows of a file as a CSV: as they came, with what was wrong',
        params: Type.Object({ ...ofCatalog.properties, id: rowId }),
        response: { 200: textAnswer('text/csv; charset=utf-8') },
      },
    },
    async ({ caller, params }, reply) => {
      const catalog = await requireCatalog(context, caller.project.id, params.catalogName);
      const upload = await findUpload(db, caller.project.id, { catalogId: catalog.id }, params.id);
      if (!upload)
        throw new ApiError('NotFound', `There is no file ${params.id} of the catalog ${catalog.name}`, {
          field: 'id',
        });
      const headers = upload.headers as string[];
      const cells = await cellsOfFaults(db, upload);
      const rows = upload.faults.map(({ row, fault }, place) => [
        ...headers.map((_, at) => cells[place]?.[at] ?? ''),
        ...[row, fault],
      ]);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${catalog.name}-${upload.id}-faults.csv"`)
        .send(csvText([[...headers, 'row', 'fault'], ...rows]));
    },
  );
  // In a scope of its own: each upload has its own limits.
  await api.register(async (scope) => {
    await scope.register(multipart, { limits: { ...partsOfForm, fileSize: largestFile } });
    uploadRoutes(scope.withTypeProvider<TypeBoxTypeProvider>(), context);
  });
};

function uploadRoutes(api: Api, context: Context): void {
  api.post(
    '/api/catalogs/:catalogName/files/preview',
    {
      config: { upload: true },
      schema: {
        tags,
        summary: 'What the columns of a CSV (multipart, part `file`; its beginning is enough) would become',
        consumes: ['multipart/form-data'],
        params: ofCatalog,
        response: {
          200: Type.Object({
            columns: Type.Array(
              Type.Object({
                header: Type.String(),
                field: Type.String(),
                type,
                isKnown: Type.Boolean({ description: 'The catalog has this type, and it stays' }),
                inDoubt: Type.Boolean({ description: 'Another type would do as well: say which is meant' }),
                samples: Type.Array(Type.String()),
              }),
            ),
            idColumn: nullable(Type.String()),
          }),
        },
      },
    },
    async (request) => {
      const { params, caller } = request;
      const { fields } = await requireCatalog(context, caller.project.id, params.catalogName);
      return receiveFile(request, (file) => previewFile(file.content, fields));
    },
  );
  api.post(
    '/api/catalogs/:catalogName/files',
    {
      onRequest: refuseIdempotencyKey,
      config: { upload: true },
      schema: {
        tags,
        summary:
          'Make and change items by a CSV (multipart: `options` as JSON, then `file`): idColumn, columns with field and type, replace',
        consumes: ['multipart/form-data'],
        params: ofCatalog,
        response: { 200: uploadAnswer },
      },
    },
    async (request) => {
      const { params, caller } = request;
      const catalog = await requireCatalog(context, caller.project.id, params.catalogName);
      const id = await receiveFile(request, (file, options) =>
        takeFile(context, catalog, file, readOptions(options)),
      );
      const upload = await findUpload(context.db, caller.project.id, { catalogId: catalog.id }, id);
      if (!upload) throw new Error('an upload that was taken is not there');
      return shown(upload, context.clock.now());
    },
  );
}

/** @throws ApiError BadParams for options that are missing, come after the file, or do not fit. */
function readOptions(text: string | null) {
  if (text === null)
    throw new ApiError('BadParams', 'options is missing; send it as JSON before the part `file`', {
      field: 'options',
    });
  const value = parsed(text);
  if (!Check(optionsSchema, value)) throw refusalOf(faultsOf(optionsSchema, value, 'options'));
  const options: Static<typeof optionsSchema> = value;
  const fields = Object.values(options.columns).map(({ field }) => field);
  requireFieldNames(Object.fromEntries(fields.map((field) => [field, null])), 'options.columns');
  const twice = fields.find((field, index) => fields.indexOf(field) !== index);
  if (twice !== undefined)
    throw new ApiError(
      'BadParams',
      `options.columns: two columns would be the field ${twice}; leave one out`,
      {
        field: 'options.columns',
        value: twice,
      },
    );
  return { ...options, replace: options.replace ?? false };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError('BadParams', 'options is no JSON', { field: 'options' });
  }
}

const shown = (upload: Upload, now: Date) => ({
  ...shownUpload(upload, now),
  taken: upload.taken,
  faults: upload.faults.map(({ row, fault }) => ({ row, fault })),
});
