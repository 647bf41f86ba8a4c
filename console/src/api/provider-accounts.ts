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

/** Something that was looked at in an account with its provider. */
export type Finding = Answer<'/api/providerAccounts/{id}/check'>['findings'][number];
/** A number that an account has at its provider. */
export type FoundNumber = Answer<'/api/providerAccounts/{id}/numbers'>['numbers'][number];
/** A sender that is made with its account. */
export type NewSender = NonNullable<Body<'/api/providerAccounts'>['senders']>[number];

/** Looks with the provider at an account that is being connected; nothing is kept. */
export const checkDraft = (draft: Body<'/api/providerAccounts/check'>) =>
  answerOf(server.POST('/api/providerAccounts/check', { body: draft }));

/** An account looked over with its provider. Each look asks the provider, so that one is kept for five minutes. */
export const accountCheckQuery = (id: number) =>
  queryOptions({
    queryKey: ['providerAccounts', id, 'check'],
    queryFn: () => answerOf(server.GET('/api/providerAccounts/{id}/check', { params: { path: { id } } })),
    staleTime: 5 * 60_000,
    retry: false,
  });

/** What an account has at its provider that may be a sender. */
export const accountNumbersQuery = (id: number) =>
  queryOptions({
    queryKey: ['providerAccounts', id, 'numbers'],
    queryFn: async () =>
      (await answerOf(server.GET('/api/providerAccounts/{id}/numbers', { params: { path: { id } } })))
        .numbers,
    staleTime: 5 * 60_000,
    retry: false,
  });

/** Has the provider call Carillon. */
export const setWebhooks = (id: number) =>
  answerOf(server.POST('/api/providerAccounts/{id}/webhooks', { params: { path: { id } } }));
