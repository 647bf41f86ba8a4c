import { queryOptions } from '@tanstack/react-query';
import { get, post } from './request.ts';

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

/** The one identity by which consent calls name a person. */
export function identityOf(
  user: UserCard,
): { email: string } | { userId: string } | { phone: string } | { whatsAppUserId: string } {
  if (user.userId) return { userId: user.userId };
  if (user.email) return { email: user.email };
  if (user.phoneNumber) return { phone: user.phoneNumber };
  return { whatsAppUserId: user.whatsAppUserId ?? '' };
}

/** How somebody may stand with a message type. */
export const standings = ['subscribed', 'pending', 'unsubscribed'] as const;
export type StandingFilter = (typeof standings)[number];

/** Whom to look for, in which order; what is left out does not narrow. */
export interface PeopleFilter {
  query?: string;
  listId?: number;
  messageTypeId?: number;
  standing?: StandingFilter;
  sort?: string;
  page?: number;
}

/** How many people stand on a page. */
export const peoplePageSize = 50;

/** A page of people, and how many match in all. */
export const peopleQuery = (filter: PeopleFilter) =>
  queryOptions({
    queryKey: ['users', 'search', filter],
    queryFn: () =>
      get<{ users: UserCard[]; total: number }>('/api/users', { ...filter, pageSize: peoplePageSize }),
    placeholderData: (before) => before,
  });

/** What is known of somebody who is added or mended by hand; null takes a field out. */
export interface PersonByHand {
  email?: string;
  userId?: string;
  dataFields: Record<string, unknown>;
}

/** Makes somebody, or changes who has this email or user id. Tells what could not be taken. */
export async function savePerson(person: PersonByHand): Promise<void> {
  await post<unknown>('/api/users/update', { ...person, mergeNestedObjects: false });
}

/** Gives a person another email. */
export const changeEmail = (user: UserCard, newEmail: string) =>
  post<unknown>('/api/users/updateEmail', {
    ...(user.userId ? { currentUserId: user.userId } : { currentEmail: user.email }),
    newEmail,
  });

/** The lists somebody is on. */
export const listsOfQuery = (ref: string) =>
  queryOptions({
    queryKey: ['users', ref, 'lists'],
    queryFn: async () =>
      (await get<{ lists: { id: number; name: string }[] }>(`/api/users/${encodeURIComponent(ref)}/lists`))
        .lists,
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
