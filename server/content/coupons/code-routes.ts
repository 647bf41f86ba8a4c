import multipart from '@fastify/multipart';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Api, Routes } from '../../http/api.ts';
import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { partsOfForm, readForm } from '../../http/form.ts';
import { refuseIdempotencyKey } from '../../http/idempotency.ts';
import { nullable, rowId } from '../../http/schemas.ts';
import { addCodes } from './add-codes.sql.ts';
import { addFile } from './add-file.ts';
import type { CouponPool } from './coupon-pools.sql.ts';
import { demandsOn } from './pool-uses.sql.ts';
import { requirePool } from './require-pool.ts';
import { listUploads } from './uploads.sql.ts';

const tags = ['Coupons'];
const params = Type.Object({ id: rowId });
/** Bytes: a million codes of 64 characters with room beside them. */
const largestFile = 256 * 1024 ** 2;
const mostCodes = 10_000;
/** An upload that was not heard of for so long was left by a process that died. */
const goneAfterMs = 60_000;

const rowFault = Type.Object({
  row: Type.Integer({ description: 'As a spreadsheet counts' }),
  code: Type.String(),
  fault: Type.String(),
});

const uploadAnswer = Type.Object({
  id: Type.Integer(),
  fileName: Type.String(),
  state: Type.Enum(['running', 'finished', 'failed']),
  rowsRead: Type.Integer(),
  added: Type.Integer(),
  refused: Type.Integer(),
  faults: Type.Array(rowFault, {
    description: 'The first thousand rows that were refused, or were added and should be looked at',
  }),
  error: nullable(Type.String()),
  startedAt: Type.String(),
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
      const rows = await listUploads(db, pool);
      return {
        files: rows.map((row) => {
          const isGone =
            row.state === 'running' && clock.now().getTime() - row.seen_at.getTime() > goneAfterMs;
          return {
            ...{ id: row.id, fileName: row.file_name, state: isGone ? ('failed' as const) : row.state },
            ...{ rowsRead: row.rows_read, added: row.added, refused: row.refused },
            faults: row.faults as { row: number; code: string; fault: string }[],
            error: isGone ? 'it broke off; send the file again, what it has added is passed over' : row.fault,
            startedAt: row.started_at.toISOString(),
          };
        }),
      };
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
        response: {
          200: Type.Object({
            fileId: Type.Integer(),
            rowsRead: Type.Integer(),
            added: Type.Integer(),
            refused: Type.Integer(),
            faults: Type.Array(rowFault),
          }),
        },
      },
    },
    async (request) => {
      const pool = await requirePool(context.db, request.caller.project.id, request.params.id);
      const { uploadId, ...progress } = await receiveFile(context, request, pool, request.query.column);
      return { fileId: uploadId, ...progress, faults: [...progress.faults] };
    },
  );
}

async function receiveFile(
  context: Context,
  request: FastifyRequest,
  pool: CouponPool,
  column: string | undefined,
): ReturnType<typeof addFile> {
  const demands = await demandsOn(context.db, pool);
  let result: Awaited<ReturnType<typeof addFile>> | null = null;
  await readForm(request, async () => {
    for await (const part of request.parts())
      if (part.type === 'file') {
        const file = { name: part.filename || 'codes.csv', content: part.file, column };
        result = await addFile(context, pool, file, demands);
      }
  });
  if (result) return result;
  throw new ApiError('BadParams', 'file is missing; send it as the part `file`', { field: 'file' });
}
