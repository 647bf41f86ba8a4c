import { queryOptions } from '@tanstack/react-query';
import { type Answer, answerOf, type Body, type Query, server } from './request.ts';

/** A person as the console shows one; `ref` names them in addresses. */
export type UserCard = Answer<'/api/users'>['users'][number];
/** One thing that happened to or by a user. */
export type HistoryEntry = Answer<'/api/users/{ref}/history'>['history'][number];

/** What to call somebody: name, else what they are known by. */
export function nameOf(user: UserCard): string {
  const { firstName, lastName, name } = user.dataFields;
  const full = [firstName, lastName].filter((part) => typeof part === 'string' && part !== '').join(' ');
  const given = full || (typeof name === 'string' ? name : '');
  return given || user.email || user.userId || user.phoneNumber || user.whatsAppUserId || user.ref;
}

/** The one identity by which calls name a person. */
export type Identity =
  | { email: string }
  | { userId: string }
  | { phone: string }
  | { whatsAppUserId: string };

/** The one that somebody is surest known by. */
export function identityOf(user: UserCard): Identity {
  if (user.userId) return { userId: user.userId };
  if (user.email) return { email: user.email };
  if (user.phoneNumber) return { phone: user.phoneNumber };
  return { whatsAppUserId: user.whatsAppUserId ?? '' };
}

/** Whom to look for, in which order; what is left out does not narrow. */
export type PeopleFilter = Omit<Query<'/api/users'>, 'pageSize'>;
/** How somebody may stand with a message type. */
export type StandingFilter = NonNullable<PeopleFilter['standing']>;
export const standings: readonly StandingFilter[] = ['subscribed', 'pending', 'unsubscribed'];

/** In which order people may stand. */
export const peopleOrders: readonly NonNullable<PeopleFilter['sort']>[] = [
  ...(['name', '-name', 'since', '-since', 'changed', '-changed'] as const),
];

/** How many people stand on a page. */
const peoplePageSize = 50;

/** A page of people, and how many match in all. */
export const peopleQuery = (filter: PeopleFilter) =>
  queryOptions({
    queryKey: ['users', 'search', filter],
    queryFn: () =>
      answerOf(server.GET('/api/users', { params: { query: { ...filter, pageSize: peoplePageSize } } })),
    placeholderData: (before) => before,
  });

/** What is known of somebody who is added or mended by hand; null takes a field out. */
export type PersonByHand = Pick<Body<'/api/users/update'>, 'email' | 'userId' | 'dataFields'>;

/** Makes somebody, or changes who has this email or user id. Tells what could not be taken. */
export async function savePerson(person: PersonByHand): Promise<void> {
  await server.POST('/api/users/update', { body: { ...person, mergeNestedObjects: false } });
}

/** Gives a person another email. */
export const changeEmail = (user: UserCard, newEmail: string) =>
  server.POST('/api/users/updateEmail', {
    body: {
      ...(user.userId ? { currentUserId: user.userId } : { currentEmail: user.email }),
      newEmail,
    },
  });

/** The lists somebody is on. */
export const listsOfQuery = (ref: string) =>
  queryOptions({
    queryKey: ['users', ref, 'lists'],
    queryFn: async () =>
      (await answerOf(server.GET('/api/users/{ref}/lists', { params: { path: { ref } } }))).lists,
  });

export const historyQuery = (ref: string) =>
  queryOptions({
    queryKey: ['users', ref, 'history'],
    queryFn: () => answerOf(server.GET('/api/users/{ref}/history', { params: { path: { ref } } })),
    refetchInterval: 10_000,
  });

/** The fields seen in profiles with their types. */
export const fieldsQuery = queryOptions({
  queryKey: ['users', 'fields'],
  queryFn: async () => (await answerOf(server.GET('/api/users/getFields'))).fields,
  staleTime: 60_000,
});
