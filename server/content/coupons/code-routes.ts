import multipart from '@fastify/multipart';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Api, Routes } from '../../http/api.ts';
import type { Context } from '../../http/context.ts';
import { partsOfForm } from '../../http/form.ts';
import { refuseIdempotencyKey } from '../../http/idempotency.ts';
import { rowId } from '../../http/schemas.ts';
import { receiveFile } from '../uploads/receive-file.ts';
import { findUpload, listUploads, type Upload } from '../uploads/upload.sql.ts';
import { shownUpload, uploadShape } from '../uploads/upload-answer.ts';
import { addCodes } from './add-codes.sql.ts';
import { addFile } from './add-file.ts';
import { demandsOn } from './pool-uses.sql.ts';
import { requirePool } from './require-pool.ts';

const tags = ['Coupons'];
const params = Type.Object({ id: rowId });
/** Bytes: a million codes of 64 characters with room beside them. */
const largestFile = 256 * 1024 ** 2;
const mostCodes = 10_000;

const uploadAnswer = Type.Object({
  ...uploadShape,
  added: Type.Integer(),
  faults: Type.Array(
    Type.Object({
      row: Type.Integer({ description: 'As a spreadsheet counts' }),
      code: Type.String(),
      fault: Type.String(),
    }),
    { description: 'The first thousand rows that were refused, or were added and should be looked at' },
  ),
});

/** Adding codes to a pool. */
export const codeRoutes: Routes = async (api, context) => {
  const { db, clock } = context;
  api.post(
    '/api/coupons/pools/:id/codes',
    {
      schema: {
        tags,
        summary: 'Add codes to a coupon pool',
        params,
        body: Type.Object({
          codes: Type.Array(Type.String({ maxLength: 1_000 }), { minItems: 1, maxItems: mostCodes }),
        }),
        response: {
          200: Type.Object({
            added: Type.Integer(),
            refused: Type.Integer(),
            faults: Type.Array(
              Type.Object({
                index: Type.Integer({ description: 'In `codes`, from 0' }),
                code: Type.String(),
                fault: Type.String(),
              }),
              { description: 'Codes that were refused, or were added and should be looked at' },
            ),
          }),
        },
      },
    },
    async (request) => {
      const pool = await requirePool(db, request.caller.project.id, request.params.id);
      const offered = request.body.codes.map((code, place) => ({ place, code: code.trim() }));
      const { added, faults } = await addCodes(db, pool, offered, await demandsOn(db, pool));
      return {
        added,
        refused: faults.filter(({ isAdded }) => !isAdded).length,
        faults: faults.map(({ place, code, fault }) => ({ index: place, code, fault })),
      };
    },
  );
  api.get(
    '/api/coupons/pools/:id/files',
    {
      schema: {
        tags,
        summary: 'Files of codes of a pool, newest first: how far they have come, and their faults by row',
        params,
        response: { 200: Type.Object({ files: Type.Array(uploadAnswer) }) },
      },
    },
    async (request) => {
      const pool = await requirePool(db, request.caller.project.id, request.params.id);
      const uploads = await listUploads(db, pool.project_id, { poolId: pool.id });
      return { files: uploads.map((upload) => shown(upload, clock.now())) };
    },
  );
  // In a scope of its own: each upload has its own limits.
  await api.register(async (scope) => {
    await scope.register(multipart, { limits: { ...partsOfForm, fileSize: largestFile } });
    fileRoute(scope.withTypeProvider<TypeBoxTypeProvider>(), context);
  });
};

function fileRoute(api: Api, context: Context): void {
  api.post(
    '/api/coupons/pools/:id/files',
    {
      onRequest: refuseIdempotencyKey,
      config: { upload: true },
      schema: {
        tags,
        summary:
          'Add the codes of a file (multipart, part `file`): a code a line, or CSV with a column of codes',
        consumes: ['multipart/form-data'],
        params,
        querystring: Type.Object({
          column: Type.Optional(
            Type.String({
              minLength: 1,
              maxLength: 200,
              description:
                'Which column holds the codes, its name or its number from 1; without it one called code',
            }),
          ),
        }),
        response: { 200: uploadAnswer },
      },
    },
    async (request) => {
      const { db, clock } = context;
      const pool = await requirePool(db, request.caller.project.id, request.params.id);
      const demands = await demandsOn(db, pool);
      const id = await receiveFile(request, (file) =>
        addFile(context, pool, file, request.query.column, demands),
      );
      const upload = await findUpload(db, pool.project_id, { poolId: pool.id }, id);
      if (!upload) throw new Error('an upload that was taken is not there');
      return shown(upload, clock.now());
    },
  );
}

const shown = (upload: Upload, now: Date) => ({
  ...shownUpload(upload, now),
  added: upload.taken,
  faults: upload.faults.map(({ row, fault, code = '' }) => ({ row, code, fault })),
});
