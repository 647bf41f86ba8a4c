import { Type } from 'typebox';
import type { Routes } from '../http/api.ts';
import { nullable, rowId, success, successAnswer } from '../http/schemas.ts';
import { insertKey, newKey } from './api-key.ts';
import { listKeys } from './keys.sql.ts';
import { revokeKey } from './revoke-key.ts';

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
      const rows = await listKeys(context.db, request.caller.project.id);
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
