import { queryOptions } from '@tanstack/react-query';
import { get, post } from './request.ts';

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
    spreadHours?: number;
    quietHours?: DelayOrSkip;
    caps?: DelayOrSkip;
  };
}

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

/** When a campaign goes out. */
export type SendTime =
  | { kind: 'now' }
  | { kind: 'at'; sendAt: string }
  | { kind: 'inUserZone'; sendAt: string; startTimeZone: string; defaultTimeZone: string };

/** The state as people see it: Iterable's word, or Paused. */
export const campaignState = (campaign: Pick<Campaign, 'campaignState' | 'paused'>) =>
  campaign.paused ? 'Paused' : campaign.campaignState;

export const campaignsQuery = (page: number, pageSize = 20) =>
  queryOptions({
    queryKey: ['campaigns', 'page', page, pageSize],
    queryFn: () =>
      get<{ campaigns: Campaign[]; totalCampaignsCount: number }>('/api/campaigns', {
        page,
        pageSize,
        sort: '-id',
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
  const { sendAt, startTimeZone, defaultTimeZone } = time;
  const recipientTimeZone = { startTimeZone, defaultTimeZone };
  return post<unknown>(path, { sendAt, recipientTimeZone, again }, key);
}

export const pauseCampaign = (id: number) => post<unknown>(`/api/campaigns/${id}/pause`);
export const resumeCampaign = (id: number) => post<unknown>(`/api/campaigns/${id}/resume`);
export const abortCampaign = (id: number) => post<unknown>('/api/campaigns/abort', { campaignId: id });
export const cancelCampaign = (id: number) => post<unknown>('/api/campaigns/cancel', { campaignId: id });
