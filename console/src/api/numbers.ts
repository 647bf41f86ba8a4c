import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { SendTime } from './campaigns.ts';
import { type Answer, answerOf, type Query, server } from './request.ts';

/** A campaign at this moment. Instants in milliseconds. */
export type Live = Answer<'/api/campaigns/{id}/live'>;
/** A campaign's numbers: audience = sends + skips + pending; sends = delivered + bounced + awaiting receipt. */
export type Totals = Live['totals'];
/** Somebody a launch would skip or keep waiting. */
export type ForecastPerson = Answer<'/api/campaigns/{id}/forecast/people'>['people'][number];
/** Clicks on one of a campaign's links: by people (all, and how many people), by previews and by bots. */
export type ClickedLink = Answer<'/api/campaigns/{id}/links'>['links'][number];
/** What somebody answered to a campaign. */
export type Reply = Answer<'/api/campaigns/{id}/replies'>['replies'][number];

/** Why somebody would be skipped, or `delayed`. */
export type ForecastReason = Query<'/api/campaigns/{id}/forecast/people'>['reason'];
type ForecastAnswer = Answer<'/api/campaigns/{id}/forecast'>;

/** What a launch would come to; segments, price and part of the skips are projected from a sample unless `exact`. */
export type Forecast = Omit<ForecastAnswer, 'expectedSkips'> & {
  skips: number;
  /** Of the reasons, those that only filling in the text tells: projected unless `exact`. */
  textReasons: readonly string[];
};

export const liveQuery = (campaignId: number, moving: boolean) =>
  queryOptions({
    queryKey: ['campaigns', campaignId, 'live'],
    queryFn: () => answerOf(server.GET('/api/campaigns/{id}/live', { params: { path: { id: campaignId } } })),
    refetchInterval: moving ? 1_500 : 15_000,
  });

/** A launch at a time as calls name it; null is as the campaign stands: at its own time, if it has one. */
export function launchAt(time: SendTime | null): Omit<Query<'/api/campaigns/{id}/forecast'>, 'dataFields'> {
  if (time === null) return {};
  if (time.kind === 'now') return { sendNow: true };
  const { kind, ...rest } = time;
  return { ...rest, ...(kind === 'inUserZone' ? { inUserZone: true } : {}) };
}

/** What a launch comes to at a time; null is a scheduled campaign's own. The figures stay while another time is asked. */
export const forecastQuery = (campaignId: number, time: SendTime | null) =>
  queryOptions({
    queryKey: ['campaigns', campaignId, 'forecast', launchAt(time)],
    queryFn: async ({ signal }): Promise<Forecast> => {
      const params = { path: { id: campaignId }, query: launchAt(time) };
      const { expectedSkips, ...answer } = await answerOf(
        server.GET('/api/campaigns/{id}/forecast', { params, signal }),
      );
      const skipsByReason = addUp(answer.skipsByReason, expectedSkips);
      const skips = Object.values(skipsByReason).reduce((sum, number) => sum + number, 0);
      return { ...answer, skipsByReason, skips, textReasons: Object.keys(expectedSkips) };
    },
    staleTime: 0,
    // A large audience is judged while one looks.
    refetchInterval: ({ state }) => (state.data?.isCounted === false ? 2_000 : false),
    placeholderData: (before) => before,
  });

/** Who is behind a figure of a forecast: those a reason would skip, or `delayed`; a page after another. */
export const forecastPeopleQuery = (campaignId: number, time: SendTime | null, reason: ForecastReason) =>
  infiniteQueryOptions({
    queryKey: ['campaigns', campaignId, 'forecast', launchAt(time), 'people', reason],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        server.GET('/api/campaigns/{id}/forecast/people', {
          params: {
            path: { id: campaignId },
            query: { ...launchAt(time), reason, limit: 50, after: pageParam },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextAfter,
  });

export const linksQuery = (campaignId: number) =>
  queryOptions({
    queryKey: ['campaigns', campaignId, 'links'],
    queryFn: async () =>
      (await answerOf(server.GET('/api/campaigns/{id}/links', { params: { path: { id: campaignId } } })))
        .links,
    refetchInterval: 10_000,
  });

export const repliesQuery = (campaignId: number) =>
  infiniteQueryOptions({
    queryKey: ['campaigns', campaignId, 'replies'],
    queryFn: ({ pageParam }) =>
      answerOf(
        server.GET('/api/campaigns/{id}/replies', {
          params: { path: { id: campaignId }, query: { limit: 25, after: pageParam } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextAfter,
    refetchInterval: 10_000,
  });

function addUp(counted: Record<string, number>, expected: Record<string, number>): Record<string, number> {
  const sums = { ...counted };
  for (const [reason, number] of Object.entries(expected)) sums[reason] = (sums[reason] ?? 0) + number;
  return sums;
}
