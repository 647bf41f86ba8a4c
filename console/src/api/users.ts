import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { get } from './request.ts';

/** A person as the console shows one; `ref` names them in addresses. */
export interface UserCard {
  ref: string;
  /** Empty for who has none. */
  email: string;
  userId?: string;
  phoneNumber?: string;
  whatsAppUserId?: string;
  dataFields: Record<string, unknown>;
  /** Each as "US-CA@America/Los_Angeles". */
  places: string[];
  placeCertainty: string;
  signedUpAt: string;
  profileUpdatedAt: string;
}

/** One thing that happened to or by a user. */
export interface HistoryEntry {
  at: string;
  kind: string;
  what: string;
  medium: string | null;
  text: string | null;
  skipReason: string | null;
  details: Record<string, unknown>;
}

/** What to call somebody: name, else what they are known by. */
export function nameOf(user: UserCard): string {
  const { firstName, lastName, name } = user.dataFields;
  const full = [firstName, lastName].filter((part) => typeof part === 'string' && part !== '').join(' ');
  const given = full || (typeof name === 'string' ? name : '');
  return given || user.email || user.userId || user.phoneNumber || user.whatsAppUserId || user.ref;
}

export const usersQuery = (query: string) =>
  infiniteQueryOptions({
    queryKey: ['users', 'search', query],
    queryFn: ({ pageParam }) =>
      get<{ users: UserCard[]; after: string | null }>('/api/users', {
        query,
        limit: 50,
        ...(pageParam ? { after: pageParam } : {}),
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.after ?? undefined,
    placeholderData: (before) => before,
  });

export const historyQuery = (ref: string) =>
  queryOptions({
    queryKey: ['users', ref, 'history'],
    queryFn: () =>
      get<{ user: UserCard; history: HistoryEntry[] }>(`/api/users/${encodeURIComponent(ref)}/history`),
    refetchInterval: 10_000,
  });

/** The fields seen in profiles with their types. */
export const fieldsQuery = queryOptions({
  queryKey: ['users', 'fields'],
  queryFn: async () => (await get<{ fields: Record<string, string> }>('/api/users/getFields')).fields,
  staleTime: 60_000,
});
