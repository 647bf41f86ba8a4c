import { Type } from 'typebox';
import type { Routes } from '../../http/api.ts';
import { ApiError } from '../../http/errors.ts';
import { rowId } from '../../http/schemas.ts';
import type { ImportJobs } from './import-jobs.ts';
import { beginUndoing } from './imports.sql.ts';
import { requireImport } from './report-routes.ts';
import { countUndo, undoneImport } from './undo-import.ts';

const tags = ['Import'];
const params = Type.Object({ id: rowId });
const countsSchema = Type.Object({
  usersRemoved: Type.Integer({ description: 'Made by the import and touched by nobody else since' }),
  usersKept: Type.Integer({
    description: 'Known before, or changed, written to or put on another list since',
  }),
  membershipsEnded: Type.Integer({ description: 'Of those who are kept' }),
  consentsEnded: Type.Integer({ description: 'Of those who are kept' }),
  optOutsKept: Type.Integer({ description: 'Opt-outs that the import recorded: they stay' }),
});

/** Undoing an import: what it would do, and doing it. */
export const undoRoutes =
  (jobs: ImportJobs): Routes =>
  (api, context) => {
    const { db, people } = context;
    api.get(
      '/api/import/:id/undo',
      {
        schema: { tags, summary: 'What undoing an import would do', params, response: { 200: countsSchema } },
      },
      async (request) => {
        const row = await requireImport(db, request.caller.project.id, request.params.id);
        return countUndo(people, await undoneImport(db, row));
      },
    );
    api.post(
      '/api/import/:id/undo',
      {
        schema: {
          tags,
          summary: 'Undo an import; runs in the background',
          params,
          response: { 202: Type.Object({ state: Type.String() }) },
        },
      },
      async (request, reply) => {
        const { id, state } = await requireImport(db, request.caller.project.id, request.params.id);
        if (!(await beginUndoing(db, id)))
          throw new ApiError(
            'InvalidState',
            `Import ${id} is ${state}; only one that has ended can be undone`,
            {
              field: 'id',
              value: id,
            },
          );
        await jobs.enqueue(id);
        return reply.status(202).send({ state: 'undoing' });
      },
    );
  };
