import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { SendTime } from './campaigns.ts';
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
  /** Emails that were opened; null where nothing tells of it. */
  opens: { total: number; unique: number; byPeople: { total: number; unique: number } } | null;
  optOuts: { total: number; unique: number };
  replies: { total: number; unique: number };
  /** What people bought, as their purchases name the campaign; revenue in the shop's own currency. */
  purchases: { total: number; unique: number; revenue: number };
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
  /** Messages a second over the last minute, or since the first one left where that is less. */
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
  /** When the first and the last would leave; null for none. */
  firstAt: number | null;
  lastAt: number | null;
  skips: number;
  skipsByReason: Record<string, number>;
  /** Of the reasons, those that only filling in the text tells: projected unless `exact`. */
  textReasons: readonly string[];
  /** False when segments, price and part of the skips are projected from a sample of `sampled` people. */
  exact: boolean;
  sampled: number;
  segments: number;
  /** US dollars. */
  price: number;
}

type ForecastAnswer = Omit<Forecast, 'skips' | 'textReasons'> & { expectedSkips: Record<string, number> };

export const liveQuery = (campaignId: number, moving: boolean) =>
  queryOptions({
    queryKey: ['campaigns', campaignId, 'live'],
    queryFn: () => get<Live>(`/api/campaigns/${campaignId}/live`),
    refetchInterval: moving ? 1_500 : 15_000,
  });

/** A launch at a time as queries name it; nothing for one now, or at a campaign's own time. */
function launchAt(time: SendTime | null): Record<string, string | boolean> {
  if (time === null || time.kind === 'now') return {};
  const { kind, ...rest } = time;
  return { ...rest, ...(kind === 'inUserZone' ? { inUserZone: true } : {}) };
}

/** What a launch comes to at a time; null is a scheduled campaign's own. The figures stay while another time is asked. */
export const forecastQuery = (campaignId: number, time: SendTime | null) =>
  queryOptions({
    queryKey: ['campaigns', campaignId, 'forecast', launchAt(time)],
    queryFn: async ({ signal }): Promise<Forecast> => {
      const { expectedSkips, ...answer } = await get<ForecastAnswer>(
        `/api/campaigns/${campaignId}/forecast`,
        launchAt(time),
        signal,
      );
      const skipsByReason = addUp(answer.skipsByReason, expectedSkips);
      const skips = Object.values(skipsByReason).reduce((sum, number) => sum + number, 0);
      return { ...answer, skipsByReason, skips, textReasons: Object.keys(expectedSkips) };
    },
    staleTime: 0,
    placeholderData: (before) => before,
  });

/** Somebody a launch would skip or keep waiting. */
export interface ForecastPerson {
  userRef: string;
  email: string | null;
  userId: string | null;
  phoneNumber: string | null;
  detail: string | null;
  dueAt: number | null;
}

/** Who is behind a figure of a forecast: those a reason would skip, or `delayed`; a page after another. */
export const forecastPeopleQuery = (campaignId: number, time: SendTime | null, reason: string) =>
  infiniteQueryOptions({
    queryKey: ['campaigns', campaignId, 'forecast', launchAt(time), 'people', reason],
    queryFn: ({ pageParam, signal }) =>
      get<{ people: ForecastPerson[]; nextAfter?: string }>(
        `/api/campaigns/${campaignId}/forecast/people`,
        { ...launchAt(time), reason, limit: 50, after: pageParam },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextAfter,
  });

/** Clicks on one of a campaign's links: by people (all, and how many people), by previews and by bots. */
export interface ClickedLink {
  url: string;
  total: number;
  unique: number;
  previews: number;
  bots: number;
}

export const linksQuery = (campaignId: number) =>
  queryOptions({
    queryKey: ['campaigns', campaignId, 'links'],
    queryFn: async () => (await get<{ links: ClickedLink[] }>(`/api/campaigns/${campaignId}/links`)).links,
    refetchInterval: 10_000,
  });

/** What somebody answered to a campaign. */
export interface Reply {
  replyId: string;
  userRef: string;
  fromAddress: string;
  body: string;
  meaning: string;
  receivedAt: number;
}

export const repliesQuery = (campaignId: number) =>
  infiniteQueryOptions({
    queryKey: ['campaigns', campaignId, 'replies'],
    queryFn: ({ pageParam }) =>
      get<{ replies: Reply[]; nextAfter?: string }>(`/api/campaigns/${campaignId}/replies`, {
        ...{ limit: 25, after: pageParam },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextAfter,
    refetchInterval: 10_000,
  });

function addUp(counted: Record<string, number>, expected: Record<string, number>): Record<string, number> {
  const sums = { ...counted };
  for (const [reason, number] of Object.entries(expected)) sums[reason] = (sums[reason] ?? 0) + number;
  return sums;
}
