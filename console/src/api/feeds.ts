import { queryOptions } from '@tanstack/react-query';
import { type Answer, answerOf, type Body, server } from './request.ts';

/** An address that is asked for data as messages are made. */
export type DataFeed = Answer<'/api/dataFeeds'>['dataFeeds'][number];
/** What asking one came to. */
export type FeedLook = Answer<'/api/dataFeeds/{id}/fetch', 'post'>;

const one = (id: number) => ({ params: { path: { id } } });

export const feedsQuery = queryOptions({
  queryKey: ['dataFeeds'],
  queryFn: async () => (await answerOf(server.GET('/api/dataFeeds'))).dataFeeds,
});

export const createFeed = (body: Body<'/api/dataFeeds'>) => answerOf(server.POST('/api/dataFeeds', { body }));

export const changeFeed = (id: number, body: Body<'/api/dataFeeds/{id}', 'patch'>) =>
  answerOf(server.PATCH('/api/dataFeeds/{id}', { ...one(id), body }));

export const deleteFeed = (id: number) => server.DELETE('/api/dataFeeds/{id}', one(id));

/** Asks a feed at once, as for a person of these fields. */
export const fetchFeed = (id: number, dataFields: Record<string, string>) =>
  answerOf(server.POST('/api/dataFeeds/{id}/fetch', { ...one(id), body: { dataFields } }));
