import { queryOptions } from '@tanstack/react-query';
import { type Answer, answerOf, RequestError, server } from './request.ts';

/** Reference data by item. */
export type Catalog = Answer<'/api/catalogs'>['params']['catalogNames'][number];
/** An item with its fields. */
export type CatalogItem =
  Answer<'/api/catalogs/{catalogName}/items'>['params']['catalogItemsWithProperties'][number];
/** A column of a file as it would be taken. */
export type SeenColumn = Answer<'/api/catalogs/{catalogName}/files/preview', 'post'>['columns'][number];
export type FieldType = SeenColumn['type'];

/** Types that fields may have. */
export const fieldTypes: readonly FieldType[] = [
  ...(['string', 'double', 'long', 'boolean', 'date', 'geo_location', 'object'] as const),
];

const one = (catalogName: string) => ({ path: { catalogName } });
const ofItem = (catalogName: string, itemId: string) => ({ path: { catalogName, itemId } });

/** All catalogs; a project has few. */
export const catalogsQuery = queryOptions({
  queryKey: ['catalogs'],
  queryFn: async () => {
    const query = { pageSize: 1000 };
    return (await answerOf(server.GET('/api/catalogs', { params: { query } }))).params.catalogNames;
  },
});

/** How many items a catalog has, and what shows them or asks about them. */
export const usesQuery = (name: string) =>
  queryOptions({
    queryKey: ['catalogs', name, 'uses'],
    queryFn: () => answerOf(server.GET('/api/catalogs/{catalogName}/uses', { params: one(name) })),
  });

export const fieldsQuery = (name: string) =>
  queryOptions({
    queryKey: ['catalogs', name, 'fields'],
    queryFn: async () =>
      (await answerOf(server.GET('/api/catalogs/{catalogName}/fieldMappings', { params: one(name) }))).params,
  });

export const itemsPageSize = 50;

export const itemsQuery = (name: string, search: string, page: number) =>
  queryOptions({
    queryKey: ['catalogs', name, 'items', search, page],
    queryFn: async () => {
      const query = { page, pageSize: itemsPageSize, search };
      const answer = server.GET('/api/catalogs/{catalogName}/items', { params: { ...one(name), query } });
      return (await answerOf(answer)).params;
    },
    placeholderData: (before) => before,
  });

/** The files of a catalog; asked each second while one is being taken. */
export const filesQuery = (name: string, isComing: boolean) =>
  queryOptions({
    queryKey: ['catalogs', name, 'files'],
    queryFn: async () =>
      (await answerOf(server.GET('/api/catalogs/{catalogName}/files', { params: one(name) }))).files,
    refetchInterval: ({ state }) =>
      isComing || state.data?.some((file) => file.state === 'running') ? 1_000 : false,
  });

export const createCatalog = (name: string) =>
  answerOf(server.POST('/api/catalogs/{catalogName}', { params: one(name) }));

export const deleteCatalog = (name: string) =>
  server.DELETE('/api/catalogs/{catalogName}', { params: one(name) });

/** Gives one field its type, which stays. */
export const setType = (name: string, fieldName: string, fieldType: FieldType) =>
  answerOf(
    server.PUT('/api/catalogs/{catalogName}/fieldMappings', {
      params: one(name),
      body: { mappingsUpdates: [{ fieldName, fieldType }] },
    }),
  );

/** What is written of an item: fields with their new values, null for those that are to go. */
export type ItemChanges = Readonly<Record<string, unknown>>;

/** Makes an item. @throws RequestError where one of this id is there. */
export async function createItem(name: string, itemId: string, value: ItemChanges): Promise<void> {
  if (await findItem(name, itemId))
    throw new RequestError(
      ...([
        409,
        'ItemExists',
        `There is an item “${itemId}” already; find it in the table and open it`,
      ] as const),
    );
  await replaceItem(name, itemId, value);
}

/** Changes fields of an item; what else it holds, which may have changed meanwhile, stays as it is. */
export async function changeItem(name: string, itemId: string, changes: ItemChanges): Promise<void> {
  if (!Object.values(changes).includes(null)) {
    const params = ofItem(name, itemId);
    const body = { update: changes };
    await server.PATCH('/api/catalogs/{catalogName}/items/{itemId}', { params, body });
    return;
  }
  // A field goes only where the item is written anew.
  const before = await findItem(name, itemId);
  const merged = Object.entries({ ...before?.value, ...changes }).filter(
    ([field, value]) => !(value === null && field in changes),
  );
  await replaceItem(name, itemId, Object.fromEntries(merged));
}

/** An item as it is now; null for none. */
async function findItem(name: string, itemId: string): Promise<{ value: ItemChanges } | null> {
  const params = ofItem(name, itemId);
  try {
    return await answerOf(server.GET('/api/catalogs/{catalogName}/items/{itemId}', { params }));
  } catch (error) {
    if (error instanceof RequestError && error.status === 404) return null;
    throw error;
  }
}

const replaceItem = (name: string, itemId: string, value: ItemChanges) =>
  server.PUT('/api/catalogs/{catalogName}/items/{itemId}', { params: ofItem(name, itemId), body: { value } });

export const deleteItem = (name: string, itemId: string) =>
  server.DELETE('/api/catalogs/{catalogName}/items/{itemId}', { params: ofItem(name, itemId) });

/** How a file is taken. */
export interface FileOptions {
  idColumn: string;
  columns: Record<string, { field: string; type: FieldType }>;
  replace: boolean;
}

const previewedBytes = 512 * 1024;

/** What a file's columns would become, by its beginning. */
export function previewFile(name: string, file: File) {
  const form = new FormData();
  form.append('file', file.slice(0, previewedBytes), file.name);
  return answerOf(
    server.POST('/api/catalogs/{catalogName}/files/preview', {
      ...{ params: one(name), body: form as never, bodySerializer: () => form },
    }),
  );
}

/** Takes the items of a file; the options first, so that they are known when the file comes. */
export function takeFile(name: string, file: File, options: FileOptions) {
  const form = new FormData();
  form.append('options', JSON.stringify(options));
  form.append('file', file, file.name);
  return answerOf(
    server.POST('/api/catalogs/{catalogName}/files', {
      ...{ params: one(name), body: form as never, bodySerializer: () => form },
    }),
  );
}

/** Where the refused rows of a file are to be had. */
export const faultsFile = (name: string, id: number) => `/api/catalogs/${name}/files/${id}/faults.csv`;

/** An alert: which change of a catalog's items is told to whom. */
export type ItemAlert = Answer<'/api/catalogs/{catalogName}/alerts'>['alerts'][number];
/** What of an alert is written. */
export type AlertDraft = Pick<ItemAlert, 'name' | 'when' | 'who' | 'fields'>;

const ofAlert = (catalogName: string, id: number) => ({ path: { catalogName, id } });

/** The alerts of a catalog; asked often while people are being told. */
export const alertsQuery = (name: string) =>
  queryOptions({
    queryKey: ['catalogs', name, 'alerts'],
    queryFn: async () =>
      (await answerOf(server.GET('/api/catalogs/{catalogName}/alerts', { params: one(name) }))).alerts,
    refetchInterval: ({ state }) =>
      state.data?.some(({ underWay }) => underWay > 0) ? 2_000 : state.data?.length ? 15_000 : false,
  });

export const createAlert = (name: string, body: AlertDraft) =>
  answerOf(server.POST('/api/catalogs/{catalogName}/alerts', { params: one(name), body }));

export const changeAlert = (name: string, id: number, body: AlertDraft) =>
  answerOf(server.PUT('/api/catalogs/{catalogName}/alerts/{id}', { params: ofAlert(name, id), body }));

export const deleteAlert = (name: string, id: number) =>
  server.DELETE('/api/catalogs/{catalogName}/alerts/{id}', { params: ofAlert(name, id) });
