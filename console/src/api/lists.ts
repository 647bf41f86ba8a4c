import { queryOptions } from '@tanstack/react-query';
import { get, post, request } from './request.ts';

/** A static set of users. */
export interface List {
  id: number;
  name: string;
  description?: string;
  listType: string;
  createdAt: number;
  size?: number;
}

export const listsQuery = queryOptions({
  queryKey: ['lists'],
  queryFn: async () => (await get<{ lists: List[] }>('/api/lists')).lists,
});

/** How many of a list's people its page shows. */
export const membersShown = 200;

/** The first people of a list, each by email, else user id, else number. */
export const listMembersQuery = (listId: number) =>
  queryOptions({
    queryKey: ['lists', listId, 'members'],
    queryFn: async () => {
      // A list of one number comes as text all the same: the answer is no JSON.
      const text = await get<string>('/api/lists/previewUsers', { listId, size: membersShown });
      return text.split('\n').filter((name) => name !== '');
    },
  });

/** How many users a list holds. */
export const listSizeQuery = (id: number) =>
  queryOptions({
    queryKey: ['lists', id, 'size'],
    queryFn: async () => Number(await get<string | number>(`/api/lists/${id}/size`)),
  });

export const createList = async (name: string, description: string) =>
  (await post<{ listId: number }>('/api/lists', { name, ...(description ? { description } : {}) })).listId;

export const deleteList = (id: number) => request<unknown>('DELETE', `/api/lists/${id}`);
