import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { type Answer, answerOf, type Body, server } from './request.ts';

/** What a rehearsal of a journey has come to. */
export type JourneyRehearsal = Answer<'/api/journeys/{id}/rehearsals/{rehearsalId}'>;
/** A rehearsal as the list of them shows it. */
export type RehearsalSummary = Answer<'/api/journeys/{id}/rehearsals'>['rehearsals'][number];
/** How many are at each tile as the virtual time goes by. */
export type Standings = Answer<'/api/journeys/{id}/rehearsals/{rehearsalId}/standings'>;
/** What may be asked of a rehearsal before it begins, and what it supposes unless told. */
export type RehearsalDefaults = Answer<'/api/journeys/{id}/rehearsals/defaults'>;
/** Something of which it may be said how many do it. */
export type Occurrence = RehearsalDefaults['occurrences'][number];
/** Somebody with the ways that are imagined for them. */
export type ImaginedPerson = Answer<'/api/journeys/{id}/rehearsals/{rehearsalId}/people'>['people'][number];
export type ImaginedPassage = ImaginedPerson['passages'][number];
/** What a rehearsal is asked for. */
export type AskedRehearsal = Body<'/api/journeys/{id}/rehearsals'>;

/** Whose ways are looked at: those who come to a tile, go on from it by a way, or leave or are skipped for a reason. */
export interface WhoIsAsked {
  tile?: string;
  way?: string;
  reason?: string;
}

const one = (id: number, rehearsalId: number) => ({ params: { path: { id, rehearsalId } } });

/** The last rehearsals of a journey, the newest first. */
export const rehearsalsQuery = (id: number) =>
  queryOptions({
    queryKey: ['journeys', id, 'rehearsals'],
    queryFn: async () =>
      (await answerOf(server.GET('/api/journeys/{id}/rehearsals', { params: { path: { id } } }))).rehearsals,
    refetchInterval: ({ state }) => (state.data?.some((each) => each.state === 'running') ? 3_000 : false),
  });

/** One, asked anew each second while it is worked on; what really becomes of people beside it every ten. */
export const journeyRehearsalQuery = (id: number, rehearsalId: number) =>
  queryOptions({
    queryKey: ['journeys', id, 'rehearsals', rehearsalId],
    queryFn: () => answerOf(server.GET('/api/journeys/{id}/rehearsals/{rehearsalId}', one(id, rehearsalId))),
    refetchInterval: ({ state: { data } }) =>
      data?.state === 'running' ? 1_000 : data?.actual ? 10_000 : false,
  });

/** How many are where in its time; asked anew whenever more of it is gone through. */
export const standingsQuery = (id: number, { rehearsalId, progress: { share } }: JourneyRehearsal) =>
  queryOptions({
    queryKey: ['journeys', id, 'rehearsals', rehearsalId, 'standings', share],
    queryFn: () =>
      answerOf(server.GET('/api/journeys/{id}/rehearsals/{rehearsalId}/standings', one(id, rehearsalId))),
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** What may be asked of the draft, or of a version. */
export const rehearsalDefaultsQuery = (id: number, version: number | null) =>
  queryOptions({
    queryKey: ['journeys', id, 'rehearsals', 'defaults', version],
    queryFn: () =>
      answerOf(
        server.GET('/api/journeys/{id}/rehearsals/defaults', {
          params: { path: { id }, query: version === null ? {} : { version } },
        }),
      ),
    staleTime: 0,
    retry: false,
  });

export const beginRehearsal = (id: number, body: AskedRehearsal) =>
  answerOf(server.POST('/api/journeys/{id}/rehearsals', { params: { path: { id } }, body }));

export const cancelRehearsal = (id: number, rehearsalId: number) =>
  server.POST('/api/journeys/{id}/rehearsals/{rehearsalId}/cancel', one(id, rehearsalId));

/** People of a rehearsal, a page after another. */
export const imaginedPeopleQuery = (id: number, rehearsalId: number, who: WhoIsAsked) =>
  infiniteQueryOptions({
    queryKey: ['journeys', id, 'rehearsals', rehearsalId, 'people', who],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        server.GET('/api/journeys/{id}/rehearsals/{rehearsalId}/people', {
          params: { path: { id, rehearsalId }, query: { ...who, limit: 10, after: pageParam } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextAfter,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
