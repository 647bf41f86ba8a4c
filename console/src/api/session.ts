import { queryOptions } from '@tanstack/react-query';
import { get, post, request } from './request.ts';

/** Who is signed in. */
export interface Session {
  user: { id: string; name: string; email: string };
}

export interface Account {
  id: string;
  name: string;
  email: string;
  createdAt: string;
}

export interface NewAccount {
  name: string;
  email: string;
  password: string;
}

/** The session of this browser, null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => (await get<Session | null | ''>('/auth/get-session')) || null,
  staleTime: 60_000,
});

/** Whether the installation still waits for its first account. */
export const signInStateQuery = queryOptions({
  queryKey: ['signInState'],
  queryFn: () => get<{ firstAccountNeeded: boolean }>('/auth/state'),
});

export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: async () => (await get<{ accounts: Account[] }>('/auth/accounts')).accounts,
});

export const signIn = (email: string, password: string) =>
  post<unknown>('/auth/sign-in/email', { email, password });
export const signOut = () => post<unknown>('/auth/sign-out');
export const makeFirstAccount = (account: NewAccount & { key: string; brand: string; helpContact: string }) =>
  post<unknown>('/auth/first-account', account);
export const addAccount = (account: NewAccount) => post<unknown>('/auth/accounts', account);
export const removeAccount = (id: string) =>
  request<unknown>('DELETE', `/auth/accounts/${encodeURIComponent(id)}`);
export const changePassword = (currentPassword: string, newPassword: string) =>
  post<unknown>('/auth/change-password', { currentPassword, newPassword, revokeOtherSessions: true });
/** Sets a forgotten password; the key proves that whoever does runs the project. */
export const resetPassword = (reset: { key: string; email: string; password: string }) =>
  post<unknown>('/auth/reset-password', reset);
/** Gives somebody else another password to begin with. */
export const setPassword = (id: string, password: string) =>
  post<unknown>(`/auth/accounts/${encodeURIComponent(id)}/password`, { password });
