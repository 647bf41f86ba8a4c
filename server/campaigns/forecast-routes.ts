import { Type } from 'typebox';
import type { Routes } from '../http/api.ts';
import { ApiError } from '../http/errors.ts';
import { rowId } from '../http/schemas.ts';
import { findCampaign } from './campaign.ts';
import { forecastCampaign } from './forecast.ts';
import { requireLists } from './launch-checks.ts';

const counts = Type.Record(Type.String(), Type.Integer());

/** The sum before launch. */
export const campaignForecastRoutes: Routes = (api, context) => {
  api.get(
    '/api/campaigns/:id/forecast',
    {
      schema: {
        tags: ['Campaigns'],
        summary: 'What a campaign would reach, skip and cost',
        description:
          'Reasons of consent and address are counted; segments, price and other reasons are projected from up to some 500 people whose messages are rendered, unless exact is true. A triggered campaign needs listIds.',
        params: Type.Object({ id: rowId }),
        querystring: Type.Object({
          listIds: Type.Optional(Type.Union([rowId, Type.Array(rowId)])),
        }),
        response: {
          200: Type.Object({
            audience: Type.Integer(),
            skipsByReason: counts,
            reachable: Type.Integer(),
            sampled: Type.Integer(),
            exact: Type.Boolean(),
            expectedSkips: counts,
            sends: Type.Integer(),
            delayed: Type.Integer(),
            segments: Type.Integer(),
            segmentsEach: Type.Number(),
            price: Type.Number({ description: 'US dollars' }),
          }),
        },
      },
    },
    async (request) => {
      const projectId = request.caller.project.id;
      const campaign = await findCampaign(context.db, projectId, request.params.id);
      const { listIds = campaign.list_ids } = request.query;
      const lists = [listIds].flat();
      if (!lists.length)
        throw new ApiError('BadParams', 'listIds: say which lists a triggered campaign would go to');
      await requireLists(context.db, projectId, lists, 'listIds');
      return forecastCampaign(context, campaign, lists);
    },
  );
};
