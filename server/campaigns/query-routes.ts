import { Type } from 'typebox';
import type { Routes } from '../http/api.ts';
import { ApiError } from '../http/errors.ts';
import { rowId } from '../http/schemas.ts';
import { findCampaign } from './campaign.ts';
import { campaignAnswer, campaignsAsAnswers, statesBehind } from './campaign-answer.ts';
import { readCampaigns } from './campaign-page.sql.ts';

const page = {
  page: Type.Optional(Type.Integer({ minimum: 1, description: 'From 1' })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: '20 unless told' })),
  sort: Type.Optional(
    Type.String({ description: 'id, name, createdAt, updatedAt or startAt; - before it turns the order' }),
  ),
};

const pageAnswer = Type.Object({
  campaigns: Type.Array(campaignAnswer),
  nextPageUrl: Type.Optional(Type.String()),
  previousPageUrl: Type.Optional(Type.String()),
  totalCampaignsCount: Type.Integer(),
});

const sortColumns = {
  id: 'id',
  name: 'name',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  startAt: 'start_at',
} as const;

/** Lists campaigns and shows one, in Iterable's shape. */
export const campaignQueryRoutes: Routes = (api, context) => {
  api.get(
    '/api/campaigns',
    {
      schema: {
        tags: ['Campaigns'],
        summary: 'Campaigns of the project, a page at a time',
        querystring: Type.Object({
          ...page,
          campaignState: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])),
          ofJourneys: Type.Optional(
            Type.Boolean({
              description:
                'true: only those by which journeys’ tiles send; false: without them; all unless told',
            }),
          ),
        }),
        response: { 200: pageAnswer },
      },
    },
    async (request) => {
      const { page = 1, pageSize = 20, sort, campaignState, ofJourneys } = request.query;
      const { campaigns, count } = await readCampaigns(context.db, {
        projectId: request.caller.project.id,
        states: campaignState === undefined ? undefined : statesNamed([campaignState].flat()),
        ofJourneys,
        sort: readSort(sort),
        ...{ limit: pageSize, offset: (page - 1) * pageSize },
      });
      const pageUrl = (number: number) => {
        const query = new URLSearchParams({ page: String(number), pageSize: String(pageSize) });
        if (sort) query.set('sort', sort);
        if (ofJourneys !== undefined) query.set('ofJourneys', String(ofJourneys));
        for (const state of [campaignState ?? []].flat()) query.append('campaignState', state);
        return `/api/campaigns?${query}`;
      };
      return {
        campaigns: await campaignsAsAnswers(context.db, campaigns),
        ...(page * pageSize < count && { nextPageUrl: pageUrl(page + 1) }),
        ...(page > 1 && { previousPageUrl: pageUrl(page - 1) }),
        totalCampaignsCount: count,
      };
    },
  );

  api.get(
    '/api/campaigns/:id',
    {
      schema: {
        tags: ['Campaigns'],
        summary: 'One campaign',
        params: Type.Object({ id: rowId }),
        response: { 200: campaignAnswer },
      },
    },
    async (request) => {
      const row = await findCampaign(context.db, request.caller.project.id, request.params.id);
      const [answer] = await campaignsAsAnswers(context.db, [row]);
      if (!answer) throw new Error('a campaign has no answer');
      return answer;
    },
  );

  api.get(
    '/api/campaigns/recurring/:id/childCampaigns',
    {
      schema: {
        tags: ['Campaigns'],
        summary:
          'Children of a recurring campaign: none, as each send here is a request of the same campaign',
        params: Type.Object({ id: rowId }),
        querystring: Type.Object(page),
        response: { 200: pageAnswer },
      },
    },
    async (request) => {
      await findCampaign(context.db, request.caller.project.id, request.params.id);
      return { campaigns: [], totalCampaignsCount: 0 };
    },
  );
};

function readSort(sort = 'id') {
  const name = sort.replace(/^[-+]/, '');
  if (!isSortField(name))
    throw new ApiError(
      'BadParams',
      `sort: ${JSON.stringify(sort)} is none of ${Object.keys(sortColumns).join(', ')}`,
      { sort },
    );
  return { column: sortColumns[name], direction: sort.startsWith('-') ? 'desc' : 'asc' } as const;
}

function isSortField(name: string): name is keyof typeof sortColumns {
  return Object.hasOwn(sortColumns, name);
}

function statesNamed(names: readonly string[]) {
  return names.flatMap((name) => {
    const states = Object.hasOwn(statesBehind, name) ? statesBehind[name] : undefined;
    if (!states)
      throw new ApiError(
        'BadParams',
        `campaignState: ${JSON.stringify(name)} is none of ${Object.keys(statesBehind).join(', ')}`,
        { campaignState: name },
      );
    return states;
  });
}
