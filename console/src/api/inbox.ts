import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { type Answer, answerOf, type Body, type Query, server } from './request.ts';

/** A thread as the list shows it. */
export type Thread = Answer<'/api/inbox/threads'>['threads'][number];
export type ThreadState = Thread['state'];
/** Where the person can be answered in plain words, and until when. */
export type Ability = ThreadRead['can'][number];
/** Something that was said or done. */
export type Entry = ThreadRead['entries'][number];
type ThreadRead = Answer<'/api/inbox/threads/{id}'>;
export type Agent = Answer<'/api/inbox/agents'>['agents'][number];
export type InboxSettings = Answer<'/api/inbox/settings'>;
/** Who has a thread open. */
export type Present = ThreadRead['present'][number];

/** Which threads are listed; what is left out does not narrow. */
export type ThreadFilter = Pick<
  Query<'/api/inbox/threads'>,
  'state' | 'assignee' | 'unread' | 'mentions' | 'medium' | 'tag' | 'query'
>;
export const threadStates: readonly ThreadState[] = ['open', 'waiting', 'snoozed', 'resolved', 'spam'];

const of = (id: string) => ({ params: { path: { id } } });

/** Everything of the inbox that news may make old. */
export const inboxKey = ['inbox'] as const;
export const threadsKey = ['inbox', 'threads'] as const;
export const countsKey = ['inbox', 'counts'] as const;
export const threadKey = (id: string) => ['inbox', 'thread', id] as const;
export const presenceKey = (id: string) => ['inbox', 'present', id] as const;

/** Threads, those with the newest message first. */
export const threadsQuery = (filter: ThreadFilter) =>
  infiniteQueryOptions({
    queryKey: [...threadsKey, filter],
    queryFn: ({ pageParam }) =>
      answerOf(
        server.GET('/api/inbox/threads', {
          params: { query: { ...filter, limit: 50, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
  });

export const countsQuery = queryOptions({
  queryKey: countsKey,
  queryFn: () => answerOf(server.GET('/api/inbox/counts')),
});

/** A thread with what was said, the newest page first. */
export const threadQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: threadKey(id),
    queryFn: ({ pageParam }) =>
      answerOf(
        server.GET('/api/inbox/threads/{id}', {
          params: { path: { id }, query: pageParam ? { before: pageParam } : {} },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ before }) => before,
  });

export const agentsQuery = queryOptions({
  queryKey: ['inbox', 'agents'],
  queryFn: () => answerOf(server.GET('/api/inbox/agents')),
  staleTime: 60_000,
});

export const cannedQuery = queryOptions({
  queryKey: ['inbox', 'canned'],
  queryFn: async () => (await answerOf(server.GET('/api/inbox/canned'))).replies,
  staleTime: 60_000,
});

export const inboxSettingsQuery = queryOptions({
  queryKey: ['inbox', 'settings'],
  queryFn: () => answerOf(server.GET('/api/inbox/settings')),
});

export const measuresQuery = queryOptions({
  queryKey: ['inbox', 'measures'],
  queryFn: () => answerOf(server.GET('/api/inbox/measures')),
});

export type Reply = Body<'/api/inbox/threads/{id}/reply'>;

export const sendReply = (id: string, body: Reply) =>
  answerOf(server.POST('/api/inbox/threads/{id}/reply', { ...of(id), body }));
export const takeBack = (id: string, scheduledId: string) =>
  server.DELETE('/api/inbox/threads/{id}/scheduled/{scheduledId}', {
    params: { path: { id, scheduledId } },
  });
export const writeNote = (id: string, body: Body<'/api/inbox/threads/{id}/notes'>) =>
  answerOf(server.POST('/api/inbox/threads/{id}/notes', { ...of(id), body }));
export const assign = (id: string, to: string | null) =>
  answerOf(server.POST('/api/inbox/threads/{id}/assign', { ...of(id), body: { to } }));
export const setThreadState = (id: string, body: Body<'/api/inbox/threads/{id}/state'>) =>
  answerOf(server.POST('/api/inbox/threads/{id}/state', { ...of(id), body }));
export const setTags = (id: string, tags: string[]) =>
  answerOf(server.POST('/api/inbox/threads/{id}/tags', { ...of(id), body: { tags } }));
export const setRead = (id: string, read: boolean) =>
  answerOf(server.POST('/api/inbox/threads/{id}/read', { ...of(id), body: { read } }));
export const fillCanned = (id: string, code: string) =>
  answerOf(server.POST('/api/inbox/threads/{id}/canned/{code}', { params: { path: { id, code } } }));
export const saveCanned = (body: Body<'/api/inbox/canned'>) =>
  answerOf(server.POST('/api/inbox/canned', { body }));
export const deleteCanned = (code: string) =>
  server.DELETE('/api/inbox/canned/{code}', { params: { path: { code } } });
export const changeInboxSettings = (body: Body<'/api/inbox/settings', 'patch'>) =>
  answerOf(server.PATCH('/api/inbox/settings', { body }));
export const setAway = (isAway: boolean) => server.POST('/api/inbox/agents/me', { body: { isAway } });

/** A file that somebody sent. */
export type InboundFile = Answer<'/api/inboundFiles/{id}/fetch', 'post'>['file'];

export const fetchFileAgain = (id: string) => answerOf(server.POST('/api/inboundFiles/{id}/fetch', of(id)));

/** What is being written in a thread. */
export type DraftKind = 'answer' | 'note';
/** Keeps a draft; it goes out even as the page is left. */
export const keepDraft = (id: string, kind: DraftKind, body: string) =>
  server.POST('/api/inbox/threads/{id}/draft', { ...of(id), body: { body, kind }, keepalive: true });

/** A sign of life of this window, which goes out even as the page is left. */
export const giveSign = (body: Body<'/api/inbox/presence'>) =>
  server.POST('/api/inbox/presence', { body, keepalive: true });
