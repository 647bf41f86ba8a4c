import { queryOptions } from '@tanstack/react-query';
import { type Answer, answerOf, type Body, server } from './request.ts';

/** An account with a provider, without its secrets. */
export type ProviderAccount = Answer<'/api/providerAccounts'>['providerAccounts'][number];

/** A way to send, with what its accounts are made of. */
export type Wire = Answer<'/api/wires'>['wires'][number];

export const providerAccountsQuery = queryOptions({
  queryKey: ['providerAccounts'],
  queryFn: async () => (await answerOf(server.GET('/api/providerAccounts'))).providerAccounts,
});

export const wiresQuery = queryOptions({
  queryKey: ['wires'],
  queryFn: async () => (await answerOf(server.GET('/api/wires'))).wires,
  // What the program is made of.
  staleTime: Number.POSITIVE_INFINITY,
});

/** Adds an account. */
export const addProviderAccount = (account: Body<'/api/providerAccounts', 'post'>) =>
  answerOf(server.POST('/api/providerAccounts', { body: account }));

/** Changes an account; what is left out stays, null takes a secret out. */
export const changeProviderAccount = (id: number, change: Body<'/api/providerAccounts/{id}', 'patch'>) =>
  answerOf(server.PATCH('/api/providerAccounts/{id}', { params: { path: { id } }, body: change }));
