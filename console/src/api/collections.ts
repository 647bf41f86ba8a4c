import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { type Answer, answerOf, server } from './request.ts';

/** A saved search over a catalog, which templates show. */
export type Collection = Answer<'/api/catalogCollections'>['collections'][number];
/** What of a collection is written, beside its name. */
export interface CollectionDraft {
  catalogName: string;
  /** Conditions on an item; null for any. */
  where: unknown;
  orderBy: string | null;
  sortAscending: boolean;
  limit: number;
}

const one = (name: string) => ({ params: { path: { name } } });

/** The collections of a catalog. */
export const collectionsQuery = (catalogName: string) =>
  queryOptions({
    queryKey: ['collections'],
    queryFn: async () => (await answerOf(server.GET('/api/catalogCollections'))).collections,
    select: (all) => all.filter((each) => each.catalogName.toLowerCase() === catalogName.toLowerCase()),
  });

/** What a collection would find for somebody with these fields, and which of them it asks for. */
export const foundQuery = (draft: CollectionDraft, dataFields: Record<string, unknown>) =>
  queryOptions({
    queryKey: ['collections', 'preview', draft, dataFields],
    queryFn: ({ signal }) =>
      answerOf(server.POST('/api/catalogCollections/preview', { body: { ...draft, dataFields }, signal })),
    placeholderData: keepPreviousData,
    retry: false,
  });

/** What shows a collection. */
export const collectionUses = (name: string) =>
  answerOf(server.GET('/api/catalogCollections/{name}/uses', one(name)));

export const putCollection = (name: string, body: CollectionDraft) =>
  answerOf(server.PUT('/api/catalogCollections/{name}', { ...one(name), body }));

export const deleteCollection = (name: string) => server.DELETE('/api/catalogCollections/{name}', one(name));
