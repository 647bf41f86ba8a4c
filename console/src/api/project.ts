import { queryOptions } from '@tanstack/react-query';
import { type Answer, answerOf, type Body, server } from './request.ts';

/** The signed-in person's project. */
export type Project = Answer<'/api/project'>;
/** The project's own limit: at most so many messages in a rolling time, of one medium or all. */
export type FrequencyCap = Project['frequencyCaps'][number];
export type ApiKey = Answer<'/api/keys'>['keys'][number];

export const projectQuery = queryOptions({
  queryKey: ['project'],
  queryFn: () => answerOf(server.GET('/api/project')),
  staleTime: 60_000,
});

export const changeProject = (changes: Body<'/api/project', 'patch'>) =>
  answerOf(server.PATCH('/api/project', { body: changes }));

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: async () => (await answerOf(server.GET('/api/keys'))).keys,
});

export const makeKey = (key: Body<'/api/keys'>) => answerOf(server.POST('/api/keys', { body: key }));
export const revokeKey = (id: number) => server.DELETE('/api/keys/{id}', { params: { path: { id } } });
