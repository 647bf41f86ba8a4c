import { queryOptions } from '@tanstack/react-query';
import { get, post, RequestError, request } from './request.ts';
import { identityOf, type UserCard } from './users.ts';

/** A static set of users. */
export interface List {
  id: number;
  name: string;
  description?: string;
  createdAt: number;
  size?: number;
}

/** All lists, with how many people are on each. */
export const listsQuery = queryOptions({
  queryKey: ['lists'],
  queryFn: async () => (await get<{ lists: List[] }>('/api/lists', { sizes: true })).lists,
});

export const createList = async (name: string, description: string) =>
  (await post<{ listId: number }>('/api/lists', { name, ...(description ? { description } : {}) })).listId;

export const deleteList = (id: number) => request<unknown>('DELETE', `/api/lists/${id}`);

/** Puts somebody on a list or takes them off it; throws what was refused. */
export async function setMembership(user: UserCard, listId: number, isMember: boolean): Promise<void> {
  const { phone, ...identity } = { phone: undefined, ...identityOf(user) };
  const subscriber = phone === undefined ? identity : { phoneNumber: phone };
  const { failCount } = await post<{ failCount: number }>(
    `/api/lists/${isMember ? 'subscribe' : 'unsubscribe'}`,
    { listId, subscribers: [subscriber] },
  );
  if (failCount > 0) throw new RequestError(400, 'BadParams', 'The list did not take this person');
}
