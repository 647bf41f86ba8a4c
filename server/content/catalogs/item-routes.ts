import { Type } from 'typebox';
import type { Api } from '../../http/api.ts';
import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { success, successAnswer, successWith } from '../../http/schemas.ts';
import { type ItemValue, requireItemCount, requireItemId } from './catalog-rules.ts';
import {
  ofCatalog,
  ofItem,
  pageQuery,
  pagesAround,
  pageUrls,
  requireCatalog,
  tags,
} from './catalog-schemas.ts';
import type { Catalog, CatalogWithFields } from './catalogs.sql.ts';
import { countItems, findItem, type Item, type ItemPage, listItems } from './items.sql.ts';
import { deleteItems, writeItems } from './write-items.ts';

const fieldsOfItem = Type.Record(Type.String(), Type.Unknown(), {
  description: 'Fields of the item, up to 30 KB as JSON; no dots in their names',
});

const item = Type.Object({
  catalogName: Type.String(),
  itemId: Type.String(),
  lastModified: Type.Integer({ description: 'Milliseconds since 1970' }),
  size: Type.Integer({ description: 'Bytes of the value' }),
  value: Type.Record(Type.String(), Type.Unknown()),
});

const pageOfItems = successWith({
  catalogItemsWithProperties: Type.Array(item),
  totalItemsCount: Type.Integer(),
  ...pageUrls,
});

/** The items of catalogs, one by one and up to a thousand in a call. */
export function itemRoutes(api: Api, context: Context): void {
  readingRoutes(api, context);
  ofOneItem(api, context);
  ofManyItems(api, context);
}

function readingRoutes(api: Api, context: Context): void {
  const { db } = context;
  api.get(
    '/api/catalogs/:catalogName/items',
    {
      schema: {
        tags,
        summary: 'The items of a catalog, a page at a time',
        params: ofCatalog,
        querystring: Type.Object({
          ...pageQuery,
          orderBy: Type.Optional(
            Type.String({ description: 'A field that has a type; without it they come by their ids' }),
          ),
          sortAscending: Type.Optional(
            Type.Boolean({ description: 'false unless told; by ids true unless told' }),
          ),
          search: Type.Optional(
            Type.String({ maxLength: 255, description: 'Items whose ids begin so; Carillon’s own' }),
          ),
        }),
        response: { 200: pageOfItems },
      },
    },
    async ({ caller, params, query }) => {
      const catalog = await requireCatalog(context, caller.project.id, params.catalogName);
      const { page = 1, pageSize = 10, orderBy, search = '' } = query;
      const order = orderBy === undefined ? null : orderOf(catalog, orderBy);
      const ascending = query.sortAscending ?? order === null;
      const items = await listItems(db, catalog.id, {
        ...{ limit: pageSize, offset: (page - 1) * pageSize },
        ...{ orderBy: order, ascending, idPrefix: search },
      });
      const count = search === '' ? Number(catalog.item_count) : await countItems(db, catalog.id, search);
      const more = {
        ...(orderBy !== undefined && { orderBy }),
        ...(query.sortAscending !== undefined && { sortAscending: String(ascending) }),
        ...(search !== '' && { search }),
      };
      return success('', {
        catalogItemsWithProperties: items.map((each) => shown(catalog, each)),
        totalItemsCount: count,
        ...pagesAround(`/api/catalogs/${catalog.name}/items`, { page, pageSize, count }, more),
      });
    },
  );
  api.get(
    '/api/catalogs/:catalogName/items/:itemId',
    { schema: { tags, summary: 'One item', params: ofItem, response: { 200: item } } },
    async ({ caller, params }) => {
      const catalog = await requireCatalog(context, caller.project.id, params.catalogName);
      const found = await findItem(db, catalog.id, params.itemId);
      if (found) return shown(catalog, found);
      throw new ApiError('NotFound', `There is no item ${params.itemId} in the catalog ${catalog.name}`, {
        field: 'itemId',
        value: params.itemId,
      });
    },
  );
}

function ofOneItem(api: Api, context: Context): void {
  const { db, clock } = context;
  const accepted = successWith({ url: Type.String() });
  const answer = ({ name }: Catalog, itemId: string) => {
    const url = `/api/catalogs/${name}/items/${itemId}`;
    return success(`The item ${itemId} of ${name} is accepted`, { url });
  };
  api.put(
    '/api/catalogs/:catalogName/items/:itemId',
    {
      schema: {
        tags,
        summary: 'Make an item, or replace all of it',
        params: ofItem,
        body: Type.Object({ value: fieldsOfItem }),
        response: { 202: accepted },
      },
    },
    async ({ caller, params, body }, reply) => {
      const catalog = await requireCatalog(context, caller.project.id, params.catalogName);
      const given = { itemId: params.itemId, value: body.value, field: 'value' };
      await writeItems(db, catalog, [given], 'replace', clock.now());
      reply.status(202);
      return answer(catalog, params.itemId);
    },
  );
  api.patch(
    '/api/catalogs/:catalogName/items/:itemId',
    {
      schema: {
        tags,
        summary: 'Make an item, or change some of its fields',
        params: ofItem,
        body: Type.Object({ update: fieldsOfItem }),
        response: { 202: accepted },
      },
    },
    async ({ caller, params, body }, reply) => {
      const catalog = await requireCatalog(context, caller.project.id, params.catalogName);
      const given = { itemId: params.itemId, value: body.update, field: 'update' };
      await writeItems(db, catalog, [given], 'merge', clock.now());
      reply.status(202);
      return answer(catalog, params.itemId);
    },
  );
  api.delete(
    '/api/catalogs/:catalogName/items/:itemId',
    { schema: { tags, summary: 'Delete an item', params: ofItem, response: { 202: successAnswer } } },
    async ({ caller, params }, reply) => {
      const catalog = await requireCatalog(context, caller.project.id, params.catalogName);
      await deleteItems(db, catalog, [params.itemId]);
      reply.status(202);
      return success(`The deletion of item ${params.itemId} of ${catalog.name} is accepted`);
    },
  );
}

function ofManyItems(api: Api, context: Context): void {
  const { db, clock } = context;
  api.post(
    '/api/catalogs/:catalogName/items',
    {
      schema: {
        tags,
        summary: 'Make up to 1,000 items, or replace or change those that are there',
        params: ofCatalog,
        body: Type.Object({
          documents: Type.Record(Type.String(), fieldsOfItem, { description: 'Items by their ids' }),
          replaceUploadedFieldsOnly: Type.Optional(
            Type.Boolean({ description: 'true: fields that are not given stay. false unless told' }),
          ),
        }),
        response: { 202: successAnswer },
      },
    },
    async ({ caller, params, body }, reply) => {
      const given = itemsOf(body.documents);
      const catalog = await requireCatalog(context, caller.project.id, params.catalogName);
      const keeping = body.replaceUploadedFieldsOnly ? 'merge' : 'replace';
      await writeItems(db, catalog, given, keeping, clock.now());
      reply.status(202);
      return success(`${given.length} items for ${catalog.name} are accepted`);
    },
  );
  api.delete(
    '/api/catalogs/:catalogName/items',
    {
      schema: {
        tags,
        summary: 'Delete up to 1,000 items',
        params: ofCatalog,
        body: Type.Object({ itemIds: Type.Array(Type.String()) }),
        response: { 202: successAnswer },
      },
    },
    async ({ caller, params, body: { itemIds } }, reply) => {
      requireItemCount(itemIds.length, 'itemIds');
      for (const [index, itemId] of itemIds.entries()) requireItemId(itemId, `itemIds.${index}`);
      const catalog = await requireCatalog(context, caller.project.id, params.catalogName);
      await deleteItems(db, catalog, itemIds);
      reply.status(202);
      return success(`The deletion of ${itemIds.length} items of ${catalog.name} is accepted`);
    },
  );
}

function itemsOf(documents: Readonly<Record<string, ItemValue>>) {
  const given = Object.entries(documents);
  requireItemCount(given.length, 'documents');
  return given.map(([itemId, value]) => {
    requireItemId(itemId, 'documents');
    return { itemId, value, field: `documents.${itemId}` };
  });
}

/** @throws ApiError BadParams for a field that has no type: Iterable puts items in order by those that have one. */
function orderOf({ name, fields }: CatalogWithFields, path: string): ItemPage['orderBy'] {
  const type = fields.get(path);
  if (type && type !== 'object' && type !== 'geo_location') return { path, type };
  throw new ApiError(
    'BadParams',
    `orderBy: the field ${path} of ${name} ${type ? `is a ${type}, which has no order` : `has no type; give it one with PUT /api/catalogs/${name}/fieldMappings`}`,
    { field: 'orderBy', value: path },
  );
}

const shown = ({ name }: Catalog, { itemId, value, size, lastModified }: Item) => ({
  ...{ catalogName: name, itemId, lastModified: lastModified.getTime(), size, value },
});
