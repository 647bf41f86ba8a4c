import { Type } from 'typebox';
import type { Database } from '../database/connect.ts';
import type { Routes } from '../http/api.ts';
import { ApiError } from '../http/errors.ts';
import { nullable, rowId, success, successAnswer } from '../http/schemas.ts';
import { insertKey, newKey } from './api-key.ts';

const kind = Type.Union([Type.Literal('server'), Type.Literal('readOnly')]);

const keyAnswer = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  kind,
  /** The key's first characters, by which one knows it again. */
  prefix: Type.String(),
  createdAt: Type.Integer(),
  lastUsedAt: nullable(Type.Integer()),
});

/** The project's API keys. A key itself is shown once, when it is made. */
export const keyRoutes: Routes = (api, context) => {
  api.get(
    '/api/keys',
    {
      schema: {
        tags: ['Project'],
        summary: 'API keys of the project that are not revoked',
        response: { 200: Type.Object({ keys: Type.Array(keyAnswer) }) },
      },
    },
    async (request) => {
      const rows = await context.db
        .selectFrom('api_key')
        .selectAll()
        .where('project_id', '=', request.caller.project.id)
        .where('revoked_at', 'is', null)
        .orderBy('id')
        .execute();
      return {
        keys: rows.map((row) => ({
          id: row.id,
          name: row.name,
          kind: row.kind,
          prefix: row.prefix,
          createdAt: row.created_at.getTime(),
          lastUsedAt: row.last_used_at?.getTime() ?? null,
        })),
      };
    },
  );

  api.post(
    '/api/keys',
    {
      schema: {
        tags: ['Project'],
        summary: 'Make an API key; the answer is the only place that ever shows it',
        body: Type.Object({ name: Type.String({ minLength: 1, maxLength: 100 }), kind }),
        response: { 200: Type.Object({ id: Type.Integer(), name: Type.String(), kind, key: Type.String() }) },
      },
    },
    async (request) => {
      const key = newKey();
      const { name, kind } = request.body;
      const id = await insertKey(context.db, {
        projectId: request.caller.project.id,
        name,
        kind,
        key,
        at: context.clock.now(),
      });
      return { id, name, kind, key };
    },
  );

  api.delete(
    '/api/keys/:id',
    {
      schema: {
        tags: ['Project'],
        summary:
          'Revoke an API key; it stops working everywhere within five seconds. The last server-side key stays',
        params: Type.Object({ id: rowId }),
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      const { id } = request.params;
      await context.db
        .transaction()
        .execute((transaction) => revokeKey(transaction, request.caller.project.id, id, context.clock.now()));
      return success(`Key ${id} is revoked`, { keyId: id });
    },
  );
};

/** Two at once would each leave the other's key: the locks on the project's keys put one behind the other. */
async function revokeKey(transaction: Database, projectId: number, id: number, at: Date): Promise<void> {
  const keys = await transaction
    .selectFrom('api_key')
    .select(['id', 'kind'])
    .where('project_id', '=', projectId)
    .where('revoked_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  const key = keys.find((each) => each.id === id);
  if (!key)
    throw new ApiError('NotFound', `No key ${id} in this project that is not revoked already`, { keyId: id });
  if (key.kind === 'server' && !keys.some((other) => other.id !== id && other.kind === 'server'))
    throw new ApiError(
      'InvalidState',
      `Key ${id} is the last server-side key, and without one nothing can be changed; make another with POST /api/keys first`,
      { keyId: id },
    );
  await transaction.updateTable('api_key').set({ revoked_at: at }).where('id', '=', id).execute();
}
