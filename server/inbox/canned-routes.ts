import { type Static, Type } from 'typebox';
import type { Routes } from '../http/api.ts';
import { success, successAnswer } from '../http/schemas.ts';
import { type CannedReply, deleteCanned, listCanned, saveCanned } from './canned.sql.ts';

const tags = ['Inbox'];
const cannedSchema = Type.Object({
  code: Type.String({ description: 'Called by `/code` where an answer is written' }),
  body: Type.String(),
  uses: Type.Integer(),
  updatedAt: Type.String(),
});

/** Canned replies: answers that are written once. */
export const cannedRoutes: Routes = (api, { db, clock }) => {
  api.get(
    '/api/inbox/canned',
    {
      schema: {
        tags,
        summary: 'Canned replies, by code',
        response: { 200: Type.Object({ replies: Type.Array(cannedSchema) }) },
      },
    },
    async ({ caller: { project } }) => ({ replies: (await listCanned(db, project.id)).map(shown) }),
  );
  api.post(
    '/api/inbox/canned',
    {
      schema: {
        tags,
        summary: 'Make a canned reply, or write the one of this code anew',
        body: Type.Object({
          code: Type.String({ pattern: '^[\\p{L}\\p{N}][\\p{L}\\p{N}_-]{0,39}$' }),
          body: Type.String({
            minLength: 1,
            maxLength: 4_096,
            description:
              '`{{firstName}}` stands for a field, `{{firstName|there}}` with words for who has none',
          }),
        }),
        response: { 200: cannedSchema },
      },
    },
    async ({ body, caller: { project } }) => shown(await saveCanned(db, project.id, body, clock.now())),
  );
  api.delete(
    '/api/inbox/canned/:code',
    {
      schema: {
        tags,
        summary: 'Delete a canned reply',
        params: Type.Object({ code: Type.String({ maxLength: 40 }) }),
        response: { 200: successAnswer },
      },
    },
    async ({ params: { code }, caller: { project } }) => {
      await deleteCanned(db, project.id, code);
      return success('Deleted');
    },
  );
};

const shown = ({ code, body, uses, updated_at }: CannedReply): Static<typeof cannedSchema> => ({
  ...{ code, body, uses },
  updatedAt: updated_at.toISOString(),
});
