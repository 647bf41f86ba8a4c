import { queryOptions } from '@tanstack/react-query';
import { get, post, request } from './request.ts';

/** What becomes of a message when hours or caps stand against it. */
export type DelayOrSkip = 'delay' | 'skip';

/** A campaign as the API tells of it; instants in milliseconds. */
export interface Campaign {
  id: number;
  name: string;
  type: 'Blast' | 'Triggered';
  campaignState: string;
  paused?: boolean;
  messageMedium: string;
  templateId: number;
  createdAt: number;
  startAt?: number;
  endedAt?: number;
  createdByUserId: string;
  listIds: number[];
  suppressionListIds: number[];
  senderId?: number;
  poolId?: number;
  options: {
    sendAt?: string;
    inUserZone?: boolean;
    startTimeZone?: string;
    defaultTimeZone?: string;
    spreadHours?: number;
    quietHours?: DelayOrSkip;
    caps?: DelayOrSkip;
  };
  /** Since when and by whose word it keeps its text; absent before its launch. */
  contentAt?: number;
  contentBy?: string;
  /** Its template says something else by now than what it keeps. */
  templateChanged: boolean;
}

/** What can be said of a campaign. */
export interface NewCampaign {
  name: string;
  templateId: number;
  listIds: number[];
  suppressionListIds: number[];
  senderId?: number;
  poolId?: number;
  spreadHours?: number;
  quietHours: DelayOrSkip;
  caps: DelayOrSkip;
}

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

const unarchived = ['Draft', 'Ready', 'Scheduled', 'Running', 'Finished', 'Aborted'];

export const campaignsQuery = (page: number, pageSize = 20, archived = false) =>
  queryOptions({
    queryKey: ['campaigns', 'page', page, pageSize, archived],
    queryFn: () =>
      get<{ campaigns: Campaign[]; totalCampaignsCount: number }>('/api/campaigns', {
        ...{ page, pageSize, sort: '-id', campaignState: archived ? ['Archived'] : unarchived },
      }),
    refetchInterval: 5_000,
  });

export const campaignQuery = (id: number) =>
  queryOptions({
    queryKey: ['campaigns', id],
    queryFn: () => get<Campaign>(`/api/campaigns/${id}`),
    refetchInterval: (query) => (isOver(query.state.data) ? false : 2_000),
  });

/** True when nothing about the campaign will change by itself any more, but for late receipts. */
export const isOver = (campaign?: Campaign) =>
  campaign !== undefined && ['Aborted', 'Archived'].includes(campaign.campaignState);

/** Whether more than the name of a campaign can be changed: it is not under way. */
export const isEditable = ({ campaignState }: Pick<Campaign, 'campaignState'>) =>
  ['Draft', 'Ready', 'Finished'].includes(campaignState);

/** Makes a campaign and sends nothing yet; `key` makes a repeated call find the first one. */
export const createCampaign = async (campaign: NewCampaign, key: string) =>
  (await post<{ campaignId: number }>('/api/campaigns/create', { ...campaign, scheduleSend: false }, key))
    .campaignId;

/**
 * Sends now, or schedules; `key` makes a retried call find the first one. `again`: everybody may get it once more.
 */
export function launchCampaign(id: number, time: SendTime, again: boolean, key: string) {
  if (time.kind === 'now') return post<unknown>(`/api/campaigns/${id}/send`, { again }, key);
  const path = `/api/campaigns/${id}/schedule`;
  if (time.kind === 'at') return post<unknown>(path, { sendAt: time.sendAt, again }, key);
  const { sendAt, defaultTimeZone } = time;
  return post<unknown>(path, { sendAt, recipientTimeZone: { defaultTimeZone }, again }, key);
}

/** Changes a campaign that is not under way. */
export const changeCampaign = (id: number, { senderId, poolId, spreadHours, ...rest }: NewCampaign) =>
  request<Campaign>('PATCH', `/api/campaigns/${id}`, {
    body: {
      ...rest,
      senderId: senderId ?? null,
      poolId: poolId ?? null,
      spreadHours: spreadHours ?? null,
    },
  });

/** Makes another campaign of the same settings; gives its id. */
export const cloneCampaign = async (id: number, key: string) =>
  (await post<{ campaignId: number }>(`/api/campaigns/${id}/clone`, {}, key)).campaignId;

/** Deletes a campaign that never sent anything; archives another. */
export const removeCampaign = async (id: number) =>
  (await request<{ params: { done: 'deleted' | 'archived' } }>('DELETE', `/api/campaigns/${id}`)).params.done;

export const activateCampaign = (id: number) =>
  post<unknown>('/api/campaigns/activateTriggered', { campaignId: id });
export const deactivateCampaign = (id: number) =>
  post<unknown>('/api/campaigns/deactivateTriggered', { campaignId: id });
/** Takes over what the template says now. */
export const takeNewContent = (id: number) => post<unknown>(`/api/campaigns/${id}/takeNewContent`);
export const pauseCampaign = (id: number) => post<unknown>(`/api/campaigns/${id}/pause`);
export const resumeCampaign = (id: number) => post<unknown>(`/api/campaigns/${id}/resume`);
export const abortCampaign = (id: number) => post<unknown>('/api/campaigns/abort', { campaignId: id });
export const cancelCampaign = (id: number) => post<unknown>('/api/campaigns/cancel', { campaignId: id });
