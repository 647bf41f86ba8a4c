import { Type } from 'typebox';
import type { Api, Routes } from '../http/api.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { medium, purpose } from '../http/media.ts';
import { rowId, success, successAnswer } from '../http/schemas.ts';
import { requireSameKind, sharedKind } from './pool-rules.ts';
import {
  changingPools,
  deletePool,
  findPool,
  insertPool,
  isNameOfOther,
  listPools,
  type Pool,
  sendersAmong,
  updatePool,
} from './pools.sql.ts';

const tags = ['Senders'];
const id = Type.Object({ id: rowId });
const name = Type.String({ minLength: 1, maxLength: 100 });
const senderIds = Type.Array(rowId, { minItems: 1, maxItems: 1000 });

const poolSchema = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  medium,
  purpose,
  senderIds: Type.Array(Type.Integer()),
  createdAt: Type.String(),
});

/** Pools: senders of one medium and purpose that share the work, each user keeping the one they know. */
export const senderPoolRoutes: Routes = (api, context) => {
  readingRoutes(api, context);
  savingRoutes(api, context);
  deleteRoute(api, context);
};

function readingRoutes(api: Api, context: Context): void {
  const list = Type.Object({ senderPools: Type.Array(poolSchema) });
  api.get(
    '/api/senderPools',
    { schema: { tags, summary: 'All pools', response: { 200: list } } },
    async ({ caller }) => {
      const pools = await listPools(context.db, caller.project.id);
      return { senderPools: pools.map(poolView) };
    },
  );
  api.get(
    '/api/senderPools/:id',
    { schema: { tags, summary: 'A pool', params: id, response: { 200: poolSchema } } },
    async ({ caller, params }) => poolView(await requirePool(context, caller.project.id, params.id)),
  );
}

function savingRoutes(api: Api, context: Context): void {
  api.post(
    '/api/senderPools',
    {
      schema: {
        tags,
        summary: 'Make a pool',
        body: Type.Object({ name, senderIds }),
        response: { 200: poolSchema },
      },
    },
    async ({ caller, body }) => {
      const senders = await sendersAmong(context.db, caller.project.id, body.senderIds);
      const pool = await changingPools(context.db, caller.project.id, (transaction) =>
        insertPool(transaction, {
          project_id: caller.project.id,
          name: body.name,
          ...sharedKind(body.senderIds, senders),
          sender_ids: [...new Set(body.senderIds)],
          created_at: context.clock.now(),
        }),
      );
      if (!pool) throw nameTaken(body.name);
      return poolView(pool);
    },
  );

  const change = Type.Object({ name: Type.Optional(name), senderIds: Type.Optional(senderIds) });
  api.patch(
    '/api/senderPools/:id',
    {
      schema: {
        tags,
        summary: 'Rename a pool or change its senders',
        params: id,
        body: change,
        response: { 200: poolSchema },
      },
    },
    ({ caller, params, body }) =>
      changingPools(context.db, caller.project.id, async (db) => {
        const pool = await requirePool({ db }, caller.project.id, params.id);
        const { name = pool.name, senderIds = pool.sender_ids } = body;
        const senders = await sendersAmong(db, caller.project.id, senderIds);
        requireSameKind(pool, sharedKind(senderIds, senders));
        if (await isNameOfOther(db, pool, name)) throw nameTaken(name);
        return poolView(await updatePool(db, pool, { name, sender_ids: [...new Set(senderIds)] }));
      }),
  );
}

function deleteRoute(api: Api, context: Context): void {
  api.delete(
    '/api/senderPools/:id',
    {
      schema: {
        tags,
        summary: 'Delete a pool no campaign names',
        params: id,
        response: { 200: successAnswer },
      },
    },
    ({ caller, params }) =>
      changingPools(context.db, caller.project.id, async (db) => {
        const pool = await requirePool({ db }, caller.project.id, params.id);
        const uses = await context.findUses(db, caller.project.id, 'pool', params.id);
        if (uses.length > 0)
          throw new ApiError(
            'Conflict',
            `The pool is named by ${uses.map(({ words }) => words).join(', ')}`,
            {
              campaignIds: uses.flatMap(({ campaignId }) => campaignId ?? []),
            },
          );
        await deletePool(db, pool);
        return success('Pool deleted');
      }),
  );
}

async function requirePool({ db }: Pick<Context, 'db'>, projectId: number, id: number): Promise<Pool> {
  const pool = await findPool(db, projectId, id);
  if (pool) return pool;
  throw new ApiError('NotFound', `There is no pool ${id} in this project; see GET /api/senderPools`);
}

function nameTaken(wanted: string): ApiError {
  return new ApiError('Conflict', `name ${JSON.stringify(wanted)} is taken by another pool; choose another`, {
    field: 'name',
  });
}

function poolView(row: Pool) {
  return {
    id: row.id,
    name: row.name,
    medium: row.medium,
    purpose: row.purpose,
    senderIds: row.sender_ids,
    createdAt: row.created_at.toISOString(),
  };
}
