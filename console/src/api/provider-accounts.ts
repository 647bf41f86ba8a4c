import { queryOptions } from '@tanstack/react-query';
import { type Answer, answerOf, type Body, server } from './request.ts';

/** An account with a provider, without its secrets. */
export type ProviderAccount = Answer<'/api/providerAccounts'>['providerAccounts'][number];

export const providerAccountsQuery = queryOptions({
  queryKey: ['providerAccounts'],
  queryFn: async () => (await answerOf(server.GET('/api/providerAccounts'))).providerAccounts,
});

/** Changes an account; what is left out stays, null takes a secret out. */
export const changeProviderAccount = (id: number, change: Body<'/api/providerAccounts/{id}', 'patch'>) =>
  answerOf(server.PATCH('/api/providerAccounts/{id}', { params: { path: { id } }, body: change }));
