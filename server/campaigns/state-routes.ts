import { Type } from 'typebox';
import type { Routes } from '../http/api.ts';
import type { Caller, Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { rowId, success, successAnswer } from '../http/schemas.ts';
import type { CampaignCall } from './campaign.ts';
import { takeNewContent } from './campaign-content.ts';
import {
  abortCampaign,
  activateTriggered,
  archiveCampaign,
  cancelCampaign,
  deactivateTriggered,
  pauseCampaign,
  resumeCampaign,
} from './change-state.ts';

type Deed = (context: Context, call: CampaignCall) => Promise<void>;

/** Iterable's calls, which name the campaign in the body. */
const deedsByBody: readonly { path: string; summary: string; done: string; deed: Deed }[] = [
  {
    path: '/api/campaigns/abort',
    summary:
      'Stop a campaign for good, begun or not; what is queued is skipped, what failed is not tried again',
    done: 'aborted',
    deed: abortCampaign,
  },
  {
    path: '/api/campaigns/cancel',
    summary: 'Take a scheduled campaign back',
    done: 'cancelled',
    deed: cancelCampaign,
  },
  {
    path: '/api/campaigns/activateTriggered',
    summary: 'Make a triggered campaign ready for triggers',
    done: 'active',
    deed: activateTriggered,
  },
  {
    path: '/api/campaigns/deactivateTriggered',
    summary: 'Take a triggered campaign out of use',
    done: 'inactive',
    deed: deactivateTriggered,
  },
];

/** Ours, which name it in the address. */
const deedsByAddress: readonly { path: string; summary: string; done: string; deed: Deed }[] = [
  {
    path: '/api/campaigns/:id/pause',
    summary: 'Hold a running campaign: nothing of it leaves until it is resumed',
    done: 'paused',
    deed: pauseCampaign,
  },
  {
    path: '/api/campaigns/:id/resume',
    summary: 'Let a paused campaign go on',
    done: 'running',
    deed: resumeCampaign,
  },
  {
    path: '/api/campaigns/:id/takeNewContent',
    summary:
      'Take over what the template says now into a scheduled, running or active campaign; what is queued keeps the old text',
    done: 'sending what its template says now',
    deed: takeNewContent,
  },
];

/** A deed of this caller. */
const callOf = ({ project, name }: Caller, campaignId: number): CampaignCall => ({
  ...{ projectId: project.id, campaignId, by: name },
});

/** Changes of a campaign's state. */
export const campaignStateRoutes: Routes = async (api, context) => {
  for (const { path, summary, done, deed } of deedsByBody)
    api.post(
      path,
      {
        schema: {
          tags: ['Campaigns'],
          summary,
          body: Type.Object({ campaignId: rowId }),
          response: { 200: successAnswer },
        },
      },
      async (request) => {
        const { campaignId } = request.body;
        await deed(context, callOf(request.caller, campaignId));
        return success(`Campaign ${campaignId} is ${done}`, { campaignId });
      },
    );

  for (const { path, summary, done, deed } of deedsByAddress)
    api.post(
      path,
      {
        schema: {
          tags: ['Campaigns'],
          summary,
          params: Type.Object({ id: rowId }),
          response: { 200: successAnswer },
        },
      },
      async (request) => {
        const campaignId = request.params.id;
        await deed(context, callOf(request.caller, campaignId));
        return success(`Campaign ${campaignId} is ${done}`, { campaignId });
      },
    );

  api.post(
    '/api/campaigns/archive',
    {
      schema: {
        tags: ['Campaigns'],
        summary:
          'Archive campaigns: scheduled ones are cancelled; one that is under way is to be stopped first',
        body: Type.Object({ campaignIds: Type.Array(rowId, { minItems: 1, maxItems: 1000 }) }),
        response: {
          200: Type.Object({
            success: Type.Array(Type.Integer()),
            failed: Type.Array(
              Type.Object({ campaignId: Type.Integer(), code: Type.String(), reason: Type.String() }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const succeeded: number[] = [];
      const failed: { campaignId: number; code: string; reason: string }[] = [];
      for (const campaignId of new Set(request.body.campaignIds))
        try {
          await archiveCampaign(context, callOf(request.caller, campaignId));
          succeeded.push(campaignId);
        } catch (error) {
          if (!(error instanceof ApiError)) throw error;
          failed.push({ campaignId, code: error.code, reason: error.message });
        }
      return { success: succeeded, failed };
    },
  );
};
