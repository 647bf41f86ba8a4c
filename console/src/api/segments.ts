import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { type Answer, answerOf, type Body, server } from './request.ts';
import type { Identity } from './users.ts';

/** People by a question to the data. */
export type Segment = Answer<'/api/segments'>['segments'][number];
/** What a definition comes to. */
export type SegmentPreview = Answer<'/api/segments/preview', 'post'>;
/** Why somebody is of a segment, or not. */
export type Why = Answer<'/api/segments/{id}/why'>;
/** The fields and events that conditions may name. */
export type KnownNames = Answer<'/api/segments/names'>;

const one = (id: number) => ({ params: { path: { id } } });

export const segmentsQuery = queryOptions({
  queryKey: ['segments'],
  queryFn: async () => (await answerOf(server.GET('/api/segments'))).segments,
});

export const segmentQuery = (id: number) =>
  queryOptions({
    queryKey: ['segments', id],
    queryFn: () => answerOf(server.GET('/api/segments/{id}', one(id))),
    // While it is filled, its size and how far that is move.
    refetchInterval: ({ state }) => (state.data?.filling ? 1_500 : state.data?.live ? 10_000 : false),
  });

export const namesQuery = queryOptions({
  queryKey: ['segments', 'names'],
  queryFn: () => answerOf(server.GET('/api/segments/names')),
  staleTime: 60_000,
});

/** The counts of a definition; of many people they become exact while one looks. What was told stays while another is asked. */
export const previewQuery = (definition: unknown) =>
  queryOptions({
    queryKey: ['segments', 'preview', definition],
    queryFn: ({ signal }) => answerOf(server.POST('/api/segments/preview', { body: { definition }, signal })),
    refetchInterval: ({ state }) => (state.data?.isCounted === false ? 1_500 : false),
    placeholderData: (before) => before,
    retry: false,
  });

export const membersQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: ['segments', id, 'members'],
    queryFn: ({ pageParam }) =>
      answerOf(
        server.GET('/api/segments/{id}/members', {
          params: { path: { id }, query: { limit: 50, ...(pageParam === null ? {} : { after: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextAfter ?? null,
  });

/** The identity that somebody is named by: an email, a phone number with its country's code, else a user id. */
export function identityIn(text: string): Identity {
  if (text.includes('@')) return { email: text };
  return /^\+[\d ().-]+$/.test(text) ? { phone: text } : { userId: text };
}

/** Why somebody is of a segment or not. */
export const whyOf = (id: number, who: Identity) =>
  answerOf(server.GET('/api/segments/{id}/why', { params: { path: { id }, query: who } }));

/** What of a segment is written. */
export interface SegmentDraft {
  name: string;
  description: string;
  definition: unknown;
  /** Whether who is of it is kept as it changes, and told. */
  live: boolean;
}

export const createSegment = async ({ name, description, definition, live }: SegmentDraft) => {
  const body = { name, definition, live, ...(description === '' ? {} : { description }) };
  return (await answerOf(server.POST('/api/segments', { body }))).id;
};

/** Changes a segment; `announce`: whom another definition brings into live segments, or out of them, enters or leaves. */
export const changeSegment = async (
  id: number,
  { name, description, definition, live }: SegmentDraft,
  announce = false,
) => {
  const body = { name, definition, live, announce, description: description === '' ? null : description };
  return (await answerOf(server.PATCH('/api/segments/{id}', { ...one(id), body }))).id;
};

/** How many would enter live segments and leave them by another definition of one. */
export type ChangeCount = Answer<'/api/segments/{id}/preview-change', 'post'>;

export const changeCountOf = (id: number, definition: unknown): Promise<ChangeCount> =>
  answerOf(server.POST('/api/segments/{id}/preview-change', { ...one(id), body: { definition } }));

/** The same, which becomes exact while one looks. */
export const changeCountQuery = (id: number, definition: unknown) =>
  queryOptions({
    queryKey: ['segments', id, 'change', definition],
    queryFn: () => changeCountOf(id, definition),
    refetchInterval: ({ state }) => (state.data?.isCounted === false ? 1_500 : false),
  });

/** How many were of a live segment, hour by hour in the last 30 days. */
export const segmentSizesQuery = (id: number) =>
  queryOptions({
    queryKey: ['segments', id, 'size'],
    queryFn: async () => (await answerOf(server.GET('/api/segments/{id}/size', one(id)))).points,
    refetchInterval: 60_000,
  });

export const deleteSegment = (id: number) => server.DELETE('/api/segments/{id}', one(id));

/** Makes a list of those who are of a segment now. */
export const listOfSegment = (id: number, name: string) =>
  answerOf(server.POST('/api/segments/{id}/list', { ...one(id), body: { name } }));

/** Where a segment is to be had as a file, with the names of what it refers to. */
export const segmentFile = (id: number) => `/api/segments/${id}/file`;

/** Makes a segment of such a file; what it names is looked for by name. */
export async function importSegment(file: File): Promise<number> {
  const body = readFile(await file.text());
  return (await answerOf(server.POST('/api/segments/import', { body }))).id;
}

function readFile(text: string): Body<'/api/segments/import'> {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('The file is no JSON. Take one that “Download as a file” of a segment gave.');
  }
}
