import { queryOptions } from '@tanstack/react-query';
import { type Answer, answerOf, type Body, server } from './request.ts';

export type Account = Answer<'/auth/accounts'>['accounts'][number];
export type NewAccount = Body<'/auth/accounts'>;

/** The session of this browser, null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => (await answerOf(server.GET('/auth/get-session'))) ?? null,
  staleTime: 60_000,
});

/** Whether the installation still waits for its first account. */
export const signInStateQuery = queryOptions({
  queryKey: ['signInState'],
  queryFn: () => answerOf(server.GET('/auth/state')),
});

export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: async () => (await answerOf(server.GET('/auth/accounts'))).accounts,
});

export const signIn = (email: string, password: string) =>
  server.POST('/auth/sign-in/email', { body: { email, password } });
export const signOut = () => server.POST('/auth/sign-out', { body: {} });
export const makeFirstAccount = (account: Body<'/auth/first-account'>) =>
  server.POST('/auth/first-account', { body: account });
export const addAccount = (account: NewAccount) => server.POST('/auth/accounts', { body: account });
export const removeAccount = (id: string) =>
  server.DELETE('/auth/accounts/{id}', { params: { path: { id } } });
export const changePassword = (currentPassword: string, newPassword: string) =>
  server.POST('/auth/change-password', { body: { currentPassword, newPassword, revokeOtherSessions: true } });
/** Sets a forgotten password; the key proves that whoever does runs the project. */
export const resetPassword = (reset: Body<'/auth/reset-password'>) =>
  server.POST('/auth/reset-password', { body: reset });
/** Gives somebody else another password to begin with. */
export const setPassword = (id: string, password: string) =>
  server.POST('/auth/accounts/{id}/password', { params: { path: { id } }, body: { password } });
