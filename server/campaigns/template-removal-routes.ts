import { Type } from 'typebox';
import { requireTemplate } from '../content/templates/require-template.ts';
import type { Routes } from '../http/api.ts';
import { rowId } from '../http/schemas.ts';
import { campaignsWith, removeTemplates, type TemplateRemoval } from './template-removal.ts';

const tags = ['Templates'];

/** Deleting templates, and what stands in its way. */
export const templateRemovalRoutes: Routes = (api, context) => {
  api.get(
    '/api/templates/:templateId/campaigns',
    {
      schema: {
        tags,
        summary: 'The campaigns that name a template; those that still need it stand against deleting it',
        params: Type.Object({ templateId: rowId }),
        response: {
          200: Type.Object({
            campaigns: Type.Array(
              Type.Object({
                templateId: Type.Integer(),
                campaignId: Type.Integer(),
                name: Type.String(),
                state: Type.String(),
                needsTemplate: Type.Boolean(),
              }),
            ),
          }),
        },
      },
    },
    async ({ caller, params }) => {
      const { id } = await requireTemplate(context.db, caller.project.id, params.templateId);
      return { campaigns: await campaignsWith(context.db, caller.project.id, [id]) };
    },
  );
  api.post(
    '/api/templates/bulkDelete',
    {
      schema: {
        tags,
        summary: 'Delete templates that no campaign needs; what was sent with them keeps naming them',
        body: Type.Object({ ids: Type.Array(rowId, { maxItems: 1000 }) }),
        response: {
          200: Type.Object({
            success: Type.Array(Type.Integer()),
            failed: Type.Array(Type.Integer()),
            failureReason: Type.Optional(Type.String()),
          }),
        },
      },
    },
    async ({ caller, body }) => {
      const ids = [...new Set(body.ids)];
      const removal = await removeTemplates(context, caller.project.id, ids);
      const failed = ids.filter((id) => !removal.deleted.includes(id));
      return {
        success: removal.deleted,
        failed,
        ...(failed.length > 0 ? { failureReason: reasonOf(removal) } : {}),
      };
    },
  );
};

/** Why some were not deleted, with what to do about it. */
function reasonOf({ unknown, needed }: TemplateRemoval): string {
  const uses = needed.map(
    ({ templateId, campaignId, name, state }) =>
      `${templateId} (campaign ${campaignId} “${name}” is ${state})`,
  );
  return [
    ...(unknown.length > 0 ? [`not templates of this project: ${unknown.join(', ')}`] : []),
    ...(uses.length > 0
      ? [
          `needed by campaigns that have no content of their own yet: ${uses.join(', ')}; give these another template or delete them first`,
        ]
      : []),
  ].join('; ');
}
