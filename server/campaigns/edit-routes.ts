import { type Static, Type } from 'typebox';
import type { Database } from '../database/connect.ts';
import { readOptions } from '../delivery/admission/send-options.ts';
import type { Routes } from '../http/api.ts';
import { ApiError } from '../http/errors.ts';
import { nullable, rowId, success, successWith } from '../http/schemas.ts';
import { type Campaign, lockCampaign, requireState, storeCampaign } from './campaign.ts';
import { campaignAnswer, campaignsAsAnswers } from './campaign-answer.ts';
import { noContent } from './campaign-content.ts';
import { audienceOf, findCampaignTemplate, requireAudience, requireFittingSender } from './launch-checks.ts';
import { removeCampaign } from './removal.ts';
import { campaignFields, withChanges } from './settings.ts';

const changes = Type.Object({
  ...campaignFields,
  name: Type.Optional(Type.String({ minLength: 1 })),
  templateId: Type.Optional(rowId),
  senderId: Type.Optional(nullable(rowId)),
  poolId: Type.Optional(nullable(rowId)),
  dataFields: Type.Optional(Type.Unknown({ description: 'Refused: they are given when a campaign is made' })),
  spreadHours: Type.Optional(nullable(Type.Number({ exclusiveMinimum: 0, maximum: 168 }))),
});

const params = Type.Object({ id: rowId });

/** Changes and removes campaigns that are not under way. */
export const campaignEditRoutes: Routes = (api, context) => {
  api.patch(
    '/api/campaigns/:id',
    {
      schema: {
        tags: ['Campaigns'],
        summary: 'Change a campaign that is not under way; its name may be changed at any time',
        params,
        body: changes,
        response: { 200: campaignAnswer },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const at = context.clock.now();
      return context.db.transaction().execute(async (transaction) => {
        const row = await changeCampaign(transaction, project.id, request.params.id, request.body, at);
        const [answer] = await campaignsAsAnswers(transaction, [row]);
        if (!answer) throw new Error('a campaign has no answer');
        return answer;
      });
    },
  );

  api.delete(
    '/api/campaigns/:id',
    {
      schema: {
        tags: ['Campaigns'],
        summary: 'Delete a campaign that never sent anything; one that did is archived, with its numbers',
        params,
        response: {
          200: successWith({ campaignId: Type.Integer(), done: Type.Enum(['deleted', 'archived']) }),
        },
      },
    },
    async (request) => {
      const { project, name: by } = request.caller;
      const campaignId = request.params.id;
      const done = await removeCampaign(context, { projectId: project.id, campaignId, by });
      return success(`Campaign ${campaignId} is ${done}`, { campaignId, done });
    },
  );
};

async function changeCampaign(
  transaction: Database,
  projectId: number,
  id: number,
  asked: Static<typeof changes>,
  at: Date,
): Promise<Campaign> {
  const campaign = await lockCampaign(transaction, projectId, id, 'NotFound');
  const { name = campaign.name, dataFields, ...rest } = asked;
  if (dataFields !== undefined)
    throw new ApiError(
      'BadParams',
      'dataFields are filled in when a campaign is made and cannot be changed; make another campaign, or change campaignDataFields',
      { field: 'dataFields' },
    );
  if (Object.keys(rest).length > 0)
    requireState(campaign, ['Draft', 'Ready', 'Finished', 'Cancelled'], 'changed');
  const next = {
    template_id: rest.templateId ?? campaign.template_id,
    list_ids: rest.listIds ? [...new Set(rest.listIds)] : campaign.list_ids,
    suppression_list_ids: rest.suppressionListIds
      ? [...new Set(rest.suppressionListIds)]
      : campaign.suppression_list_ids,
    segment_ids: rest.segmentIds ? [...new Set(rest.segmentIds)] : campaign.segment_ids,
    suppression_segment_ids: rest.suppressionSegmentIds
      ? [...new Set(rest.suppressionSegmentIds)]
      : campaign.suppression_segment_ids,
    sender_id: rest.senderId === undefined ? campaign.sender_id : rest.senderId,
    pool_id: rest.poolId === undefined ? campaign.pool_id : rest.poolId,
  };
  const goesTo = next.list_ids.length + next.segment_ids.length;
  if (campaign.kind === 'Blast' && goesTo === 0)
    throw new ApiError('BadParams', 'listIds: a blast needs at least one list or segment (segmentIds)');
  if (campaign.kind === 'Triggered' && goesTo > 0)
    throw new ApiError(
      'BadParams',
      'listIds: a triggered campaign gets its lists and segments with each trigger',
    );
  if (Object.keys(rest).length === 0) return storeCampaign(transaction, campaign, { name }, at);
  const template = await findCampaignTemplate(transaction, projectId, next.template_id);
  await requireAudience(transaction, projectId, audienceOf(next));
  await requireFittingSender(transaction, projectId, template, next);
  const options = JSON.stringify(withChanges(readOptions(campaign.options), rest));
  const isOther = next.template_id !== campaign.template_id;
  const change = { ...next, name, medium: template.medium, options, ...(isOther ? noContent : {}) };
  return storeCampaign(transaction, campaign, change, at);
}
