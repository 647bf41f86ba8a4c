import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { SendTime } from './campaigns.ts';
import { launchAt } from './numbers.ts';
import { type Answer, answerOf, type Query, server } from './request.ts';

/** What would become of one person at a launch. */
export type RehearsedPerson = Answer<'/api/campaigns/{id}/rehearsal'>['people'][number];
/** A fate by which people are looked for. */
export type AskedFate = NonNullable<Query<'/api/campaigns/{id}/rehearsal'>['fate']>;

/** A launch gone through person by person, a page after another; with a fate, those of whom it is true. */
export const rehearsalQuery = (campaignId: number, time: SendTime | null, fate: AskedFate | null) =>
  infiniteQueryOptions({
    queryKey: ['campaigns', campaignId, 'rehearsal', launchAt(time), fate],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        server.GET('/api/campaigns/{id}/rehearsal', {
          params: {
            path: { id: campaignId },
            query: { ...launchAt(time), limit: 25, after: pageParam, ...(fate === null ? {} : { fate }) },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextAfter,
    // Who looks through it reads of one launch.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

/** Has all of it written as a file; gives the job's id. */
export const exportRehearsal = async (campaignId: number, time: SendTime | null) =>
  (
    await answerOf(
      server.POST('/api/export/start', {
        body: {
          ...{ dataTypeName: 'campaignRehearsal', outputFormat: 'text/csv', campaignId },
          launch: launchAt(time),
        },
      }),
    )
  ).jobId;

const isUnderWay = (state: string | undefined) => state === 'enqueued' || state === 'running';

/** How far an export is; null where it is none of the newest any more. */
export const exportJobQuery = (jobId: number) =>
  queryOptions({
    queryKey: ['exports', jobId],
    queryFn: async () => {
      const { jobs } = await answerOf(server.GET('/api/export/jobs'));
      return jobs.find(({ id }) => id === jobId) ?? null;
    },
    refetchInterval: ({ state }) =>
      state.data === undefined || isUnderWay(state.data?.jobState) ? 1_000 : false,
  });

/** The files of an export that is through, each with its address here. */
export const exportFilesQuery = (jobId: number) =>
  queryOptions({
    queryKey: ['exports', jobId, 'files'],
    queryFn: async () => {
      const params = { path: { jobId } };
      const { files } = await answerOf(server.GET('/api/export/{jobId}/files', { params }));
      return files.map(({ file }, place) => ({ file, href: `/api/export/${jobId}/files/${place + 1}` }));
    },
  });
