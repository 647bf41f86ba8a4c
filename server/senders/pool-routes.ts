import type { Selectable } from 'kysely';
import { Type } from 'typebox';
import type { SenderPoolTable } from '../database/schema.ts';
import type { Api, Routes } from '../http/api.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { medium, purpose } from '../http/media.ts';
import { rowId, success, successAnswer } from '../http/schemas.ts';

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
      const rows = await context.db
        .selectFrom('sender_pool')
        .selectAll()
        .where('project_id', '=', caller.project.id)
        .orderBy('id')
        .execute();
      return { senderPools: rows.map(poolView) };
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
      const shared = await sharedKind(context, caller.project.id, body.senderIds);
      const row = await context.db
        .insertInto('sender_pool')
        .values({
          project_id: caller.project.id,
          name: body.name,
          ...shared,
          sender_ids: [...new Set(body.senderIds)],
          created_at: context.clock.now(),
        })
        .onConflict((conflict) => conflict.columns(['project_id', 'name']).doNothing())
        .returningAll()
        .executeTakeFirst();
      if (!row) throw nameTaken(body.name);
      return poolView(row);
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
    async ({ caller, params, body }) => {
      const pool = await requirePool(context, caller.project.id, params.id);
      const shared = await sharedKind(context, caller.project.id, body.senderIds ?? pool.sender_ids);
      if (shared.medium !== pool.medium || shared.purpose !== pool.purpose)
        throw new ApiError(
          'SenderRefused',
          `The pool is of ${pool.purpose} ${pool.medium} senders; make another for ${shared.purpose} ${shared.medium}`,
          { field: 'senderIds' },
        );
      await requireFreeName(context, caller.project.id, params.id, body.name);
      const row = await context.db
        .updateTable('sender_pool')
        .set({ name: body.name ?? pool.name, sender_ids: [...new Set(body.senderIds ?? pool.sender_ids)] })
        .where('project_id', '=', caller.project.id)
        .where('id', '=', params.id)
        .returningAll()
        .executeTakeFirstOrThrow();
      return poolView(row);
    },
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
    async ({ caller, params }) => {
      await requirePool(context, caller.project.id, params.id);
      const uses = await context.findUses(context.db, caller.project.id, 'pool', params.id);
      if (uses.length > 0)
        throw new ApiError('Conflict', `The pool is named by ${uses.map(({ words }) => words).join(', ')}`, {
          campaignIds: uses.flatMap(({ campaignId }) => campaignId ?? []),
        });
      await context.db
        .deleteFrom('sender_pool')
        .where('project_id', '=', caller.project.id)
        .where('id', '=', params.id)
        .execute();
      return success('Pool deleted');
    },
  );
}

async function requirePool(
  context: Context,
  projectId: number,
  poolId: number,
): Promise<Selectable<SenderPoolTable>> {
  const row = await context.db
    .selectFrom('sender_pool')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', poolId)
    .executeTakeFirst();
  if (!row)
    throw new ApiError('NotFound', `There is no pool ${poolId} in this project; see GET /api/senderPools`);
  return row;
}

async function requireFreeName(
  context: Context,
  projectId: number,
  poolId: number,
  wanted: string | undefined,
): Promise<void> {
  if (wanted === undefined) return;
  const other = await context.db
    .selectFrom('sender_pool')
    .select('id')
    .where('project_id', '=', projectId)
    .where('name', '=', wanted)
    .where('id', '<>', poolId)
    .executeTakeFirst();
  if (other) throw nameTaken(wanted);
}

function nameTaken(wanted: string): ApiError {
  return new ApiError('Conflict', `name ${JSON.stringify(wanted)} is taken by another pool; choose another`, {
    field: 'name',
  });
}

/** The one medium and purpose these senders share; throws when they are not the project's or share none. */
async function sharedKind(context: Context, projectId: number, ids: readonly number[]) {
  const senders = await context.db
    .selectFrom('sender')
    .select(['id', 'medium', 'purpose'])
    .where('project_id', '=', projectId)
    .where('id', 'in', ids)
    .execute();
  const missing = ids.filter((one) => !senders.some((sender) => sender.id === one));
  const [first] = senders;
  if (missing.length > 0 || !first)
    throw new ApiError(
      'NotFound',
      `senderIds ${missing.join(', ')} are not senders of this project; see GET /api/senders`,
      {
        missing,
      },
    );
  const odd = senders.find((sender) => sender.medium !== first.medium || sender.purpose !== first.purpose);
  if (odd)
    throw new ApiError(
      'SenderRefused',
      `A pool has senders of one medium and purpose: ${first.id} is ${first.purpose} ${first.medium}, ${odd.id} is ${odd.purpose} ${odd.medium}`,
      { field: 'senderIds' },
    );
  return { medium: first.medium, purpose: first.purpose };
}

function poolView(row: Selectable<SenderPoolTable>) {
  return {
    id: row.id,
    name: row.name,
    medium: row.medium,
    purpose: row.purpose,
    senderIds: row.sender_ids,
    createdAt: row.created_at.toISOString(),
  };
}
