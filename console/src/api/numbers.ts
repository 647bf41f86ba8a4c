import { queryOptions } from '@tanstack/react-query';
import { get } from './request.ts';

/** A campaign's numbers: audience = sends + skips + pending; sends = delivered + bounced + awaiting receipt. */
export interface Totals {
  audience: number;
  sends: number;
  delivered: number;
  read: number;
  bounced: number;
  awaitingReceipt: number;
  inDoubt: number;
  pending: number;
  skips: number;
  skipsByReason: Record<string, number>;
  clicks: { total: number; unique: number; previews: number; bots: number };
  optOuts: number;
  replies: { total: number; unique: number };
  segments: number;
  /** US dollars. */
  price: number;
}

/** A campaign at this moment. Instants in milliseconds. */
export interface Live {
  /** The true state, with Paused and Cancelled. */
  state: string;
  startAt: number | null;
  endedAt: number | null;
  totals: Totals;
  /** Oldest first; minutes in which something left or was delivered. */
  minutes: { at: number; sends: number; delivered: number }[];
  /** Of the pending, those that may not leave yet: they wait for lawful hours, a limit or their time. */
  waiting: number;
  /** Messages a second over the last minute. */
  rate: number;
  /** When all that may leave now has left at this rate. */
  eta: number | null;
}

/** What a launch would come to. */
export interface Forecast {
  audience: number;
  sends: number;
  /** Of the sends, those that will wait for lawful hours or a limit. */
  delayed: number;
  skips: number;
  skipsByReason: Record<string, number>;
  /** False when segments, price and part of the skips are projected from a sample of `sampled` people. */
  exact: boolean;
  sampled: number;
  segments: number;
  /** US dollars. */
  price: number;
}

type ForecastAnswer = Omit<Forecast, 'skips'> & { expectedSkips: Record<string, number> };

export const liveQuery = (campaignId: number, moving: boolean) =>
  queryOptions({
    queryKey: ['campaigns', campaignId, 'live'],
    queryFn: () => get<Live>(`/api/campaigns/${campaignId}/live`),
    refetchInterval: moving ? 1_500 : 15_000,
  });

export const forecastQuery = (campaignId: number) =>
  queryOptions({
    queryKey: ['campaigns', campaignId, 'forecast'],
    queryFn: async (): Promise<Forecast> => {
      const { expectedSkips, ...answer } = await get<ForecastAnswer>(`/api/campaigns/${campaignId}/forecast`);
      const skipsByReason = addUp(answer.skipsByReason, expectedSkips);
      const skips = Object.values(skipsByReason).reduce((sum, number) => sum + number, 0);
      return { ...answer, skipsByReason, skips };
    },
    staleTime: 0,
  });

function addUp(counted: Record<string, number>, expected: Record<string, number>): Record<string, number> {
  const sums = { ...counted };
  for (const [reason, number] of Object.entries(expected)) sums[reason] = (sums[reason] ?? 0) + number;
  return sums;
}
