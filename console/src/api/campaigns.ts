import { queryOptions } from '@tanstack/react-query';
import { type Answer, answerOf, type Body, server } from './request.ts';

/** A campaign as the API tells of it; instants in milliseconds. */
export type Campaign = Answer<'/api/campaigns/{id}'>;
/** What becomes of a message when hours or caps stand against it. */
export type DelayOrSkip = NonNullable<Campaign['options']['quietHours']>;

/** What can be said of a campaign. */
export type NewCampaign = Required<
  Pick<
    Body<'/api/campaigns/create'>,
    | 'name'
    | 'templateId'
    | 'listIds'
    | 'suppressionListIds'
    | 'segmentIds'
    | 'suppressionSegmentIds'
    | 'quietHours'
    | 'caps'
  >
> &
  Pick<Body<'/api/campaigns/create'>, 'senderId' | 'poolId' | 'spreadHours'>;

/** What holds where a campaign says nothing of it, here as in the API. */
export const unlessTold = { quietHours: 'delay', caps: 'skip' } as const satisfies Partial<NewCampaign>;

/** When a campaign goes out. */
export type SendTime =
  | { kind: 'now' }
  | { kind: 'at'; sendAt: string }
  /** Each at that hour of their own place: what the project's clock shows at `sendAt`. */
  | { kind: 'inUserZone'; sendAt: string; defaultTimeZone: string };

/** The state as people see it: Iterable's word, or Paused. */
export const campaignState = (campaign: Pick<Campaign, 'campaignState' | 'paused'>) =>
  campaign.paused ? 'Paused' : campaign.campaignState;

/** The same, but that a finished one of which nobody got anything says so. */
export const stateShown = (campaign: Pick<Campaign, 'campaignState' | 'paused' | 'nothingSent'>) =>
  campaign.nothingSent ? 'NothingSent' : campaignState(campaign);

const unarchived = ['Draft', 'Ready', 'Scheduled', 'Running', 'Finished', 'Aborted'];

/** Which campaigns are listed: what people made, what journeys' tiles send by, or what was put away. */
export type WhichCampaigns = 'current' | 'ofJourneys' | 'archived';

export const campaignsQuery = (page: number, pageSize = 20, which: WhichCampaigns = 'current') =>
  queryOptions({
    queryKey: ['campaigns', 'page', page, pageSize, which],
    queryFn: () => {
      const chosen =
        which === 'archived'
          ? { campaignState: ['Archived'] }
          : { campaignState: unarchived, ofJourneys: which === 'ofJourneys' };
      const query = { page, pageSize, sort: '-id', ...chosen };
      return answerOf(server.GET('/api/campaigns', { params: { query } }));
    },
    refetchInterval: 5_000,
  });

/** The newest thousand campaigns by name, archived ones too, for choosing among them. */
export const campaignNamesQuery = queryOptions({
  queryKey: ['campaigns', 'names'],
  queryFn: async () => {
    const campaignState = [...unarchived, 'Archived'];
    const { campaigns } = await answerOf(
      server.GET('/api/campaigns', { params: { query: { pageSize: 1_000, sort: '-id', campaignState } } }),
    );
    return campaigns.map(({ id, name }) => ({ id, name }));
  },
  staleTime: 60_000,
});

export const campaignQuery = (id: number) =>
  queryOptions({
    queryKey: ['campaigns', id],
    queryFn: () => answerOf(server.GET('/api/campaigns/{id}', one(id))),
    refetchInterval: (query) => (isOver(query.state.data) ? false : 2_000),
  });

/** True when nothing about the campaign will change by itself any more, but for late receipts. */
export const isOver = (campaign?: Campaign) =>
  campaign !== undefined && ['Aborted', 'Archived'].includes(campaign.campaignState);

/** Whether more than the name of a campaign can be changed: it is not under way. */
export const isEditable = ({ campaignState }: Pick<Campaign, 'campaignState'>) =>
  ['Draft', 'Ready', 'Finished'].includes(campaignState);

/** One campaign in a path. */
const one = (id: number) => ({ params: { path: { id } } });
/** The same, in a call that a repeated one with the same key finds. */
const once = (id: number, key: string) => ({ params: { path: { id }, header: { 'idempotency-key': key } } });

/** Makes a campaign and sends nothing yet; `key` makes a repeated call find the first one. */
export const createCampaign = async (campaign: NewCampaign, key: string) => {
  const params = { header: { 'idempotency-key': key } };
  const body = { ...campaign, scheduleSend: false };
  return (await answerOf(server.POST('/api/campaigns/create', { params, body }))).campaignId;
};

/**
 * Sends now, or schedules; `key` makes a retried call find the first one. `again`: everybody may get it once more.
 */
export function launchCampaign(id: number, time: SendTime, again: boolean, key: string) {
  if (time.kind === 'now')
    return answerOf(server.POST('/api/campaigns/{id}/send', { ...once(id, key), body: { again } }));
  const { sendAt } = time;
  const zone = time.kind === 'at' ? {} : { recipientTimeZone: { defaultTimeZone: time.defaultTimeZone } };
  const body = { sendAt, ...zone, again };
  return answerOf(server.POST('/api/campaigns/{id}/schedule', { ...once(id, key), body }));
}

/** Changes a campaign that is not under way. */
export const changeCampaign = (id: number, { senderId, poolId, spreadHours, ...rest }: NewCampaign) =>
  answerOf(
    server.PATCH('/api/campaigns/{id}', {
      ...one(id),
      body: {
        ...rest,
        senderId: senderId ?? null,
        poolId: poolId ?? null,
        spreadHours: spreadHours ?? null,
      },
    }),
  );

/** Makes another campaign of the same settings; gives its id. */
export const cloneCampaign = async (id: number, key: string) =>
  (await answerOf(server.POST('/api/campaigns/{id}/clone', { ...once(id, key), body: {} }))).campaignId;

/** Deletes a campaign that never sent anything; archives another. */
export const removeCampaign = async (id: number) =>
  (await answerOf(server.DELETE('/api/campaigns/{id}', one(id)))).params.done;

export const activateCampaign = (campaignId: number) =>
  server.POST('/api/campaigns/activateTriggered', { body: { campaignId } });
export const deactivateCampaign = (campaignId: number) =>
  server.POST('/api/campaigns/deactivateTriggered', { body: { campaignId } });
/** Takes over what the template says now. */
export const takeNewContent = (id: number) => server.POST('/api/campaigns/{id}/takeNewContent', one(id));
export const pauseCampaign = (id: number) => server.POST('/api/campaigns/{id}/pause', one(id));
export const resumeCampaign = (id: number) => server.POST('/api/campaigns/{id}/resume', one(id));
export const abortCampaign = (campaignId: number) =>
  server.POST('/api/campaigns/abort', { body: { campaignId } });
export const cancelCampaign = (campaignId: number) =>
  server.POST('/api/campaigns/cancel', { body: { campaignId } });
