import { queryOptions } from '@tanstack/react-query';
import { type Answer, answerOf, RequestError, server } from './request.ts';
import { identityOf, type UserCard } from './users.ts';

/** A static set of users. */
export type List = Answer<'/api/lists'>['lists'][number];

/** All lists, with how many people are on each. */
export const listsQuery = queryOptions({
  queryKey: ['lists'],
  queryFn: async () =>
    (await answerOf(server.GET('/api/lists', { params: { query: { sizes: true } } }))).lists,
});

export const createList = async (name: string, description: string) => {
  const body = { name, ...(description ? { description } : {}) };
  return (await answerOf(server.POST('/api/lists', { body }))).listId;
};

export const deleteList = (listId: number) =>
  server.DELETE('/api/lists/{listId}', { params: { path: { listId } } });

/** Puts somebody on a list or takes them off it; throws what was refused. */
export async function setMembership(user: UserCard, listId: number, isMember: boolean): Promise<void> {
  const { phone, ...identity } = { phone: undefined, ...identityOf(user) };
  const subscriber = phone === undefined ? identity : { phoneNumber: phone };
  const body = { listId, subscribers: [subscriber] };
  const { failCount } = await answerOf(
    isMember
      ? server.POST('/api/lists/subscribe', { body })
      : server.POST('/api/lists/unsubscribe', { body }),
  );
  if (failCount > 0) throw new RequestError(400, 'BadParams', 'The list did not take this person');
}
