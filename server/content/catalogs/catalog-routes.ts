import { Type } from 'typebox';
import type { Api, Routes } from '../../http/api.ts';
import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { success, successAnswer, successWith } from '../../http/schemas.ts';
import { alertRoutes } from './alerts/alert-routes.ts';
import { deleteAlerts, listAlerts } from './alerts/alerts.sql.ts';
import { ofCatalog, pageQuery, pagesAround, pageUrls, requireCatalog, tags } from './catalog-schemas.ts';
import { deleteCatalog, insertCatalog, listCatalogs } from './catalogs.sql.ts';
import { fileRoutes } from './files/file-routes.ts';
import { definedTypes } from './item-field-types.ts';
import { itemRoutes } from './item-routes.ts';
import { haveItemsAlone } from './items.sql.ts';
import { addFields } from './write-items.ts';

const names = successWith({
  catalogNames: Type.Array(
    Type.Object({ name: Type.String(), itemCount: Type.Integer(), createdAt: Type.Integer() }),
  ),
  totalCatalogsCount: Type.Integer(),
  ...pageUrls,
});

const made = successWith({ id: Type.Integer(), name: Type.String(), url: Type.String() });

const mappings = successWith({
  definedMappings: Type.Record(Type.String(), Type.String(), {
    description: 'Types by field; a field of an object by its path, address.city',
  }),
  undefinedFields: Type.Array(Type.String(), { description: 'Fields that items have, of no type yet' }),
});

const definition = Type.Object({
  fieldName: Type.String(),
  fieldType: Type.String({ description: 'boolean, date, double, geo_location, long, object or string' }),
  children: Type.Optional(
    Type.Array(Type.Record(Type.String(), Type.Unknown()), {
      description: 'Of an object: its fields, each said in the same way',
    }),
  ),
});

/** Iterable's catalogs: reference data by item, for templates and segments. */
export const catalogRoutes: Routes = async (api, context) => {
  ofCatalogs(api, context);
  ofFields(api, context);
  itemRoutes(api, context);
  await alertRoutes(api, context);
  await fileRoutes(api, context);
};

function ofCatalogs(api: Api, context: Context): void {
  const { db, clock } = context;
  api.get(
    '/api/catalogs',
    {
      schema: {
        tags,
        summary: 'The catalogs of the project by name, a page at a time',
        querystring: Type.Object(pageQuery),
        response: { 200: names },
      },
    },
    async ({ caller, query }) => {
      const { page = 1, pageSize = 10 } = query;
      const { catalogs, count } = await listCatalogs(db, caller.project.id, {
        ...{ limit: pageSize, offset: (page - 1) * pageSize },
      });
      return success('', {
        catalogNames: catalogs.map((each) => ({
          name: each.name,
          itemCount: Number(each.item_count),
          createdAt: each.created_at.getTime(),
        })),
        totalCatalogsCount: count,
        ...pagesAround('/api/catalogs', { page, pageSize, count }),
      });
    },
  );
  api.post(
    '/api/catalogs/:catalogName',
    { schema: { tags, summary: 'Make a catalog', params: ofCatalog, response: { 201: made } } },
    async ({ caller, params: { catalogName: name } }, reply) => {
      const catalog = await insertCatalog(db, caller.project.id, name, clock.now());
      if (!catalog)
        throw new ApiError(
          'BadParams',
          `catalogName: there is a catalog ${name} already; choose another name, or put items into it`,
          { field: 'catalogName', value: name },
        );
      reply.status(201);
      return success('', { id: catalog.id, name, url: `/api/catalogs/${name}` });
    },
  );
  api.get(
    '/api/catalogs/:catalogName/uses',
    {
      schema: {
        tags,
        summary: 'What shows a catalog’s items or asks about them',
        params: ofCatalog,
        response: {
          200: Type.Object({
            itemCount: Type.Integer(),
            usedBy: Type.Array(Type.String({ description: 'template 7 (Autumn), segment 2 (Lookers) …' })),
          }),
        },
      },
    },
    async ({ caller, params }) => {
      const catalog = await requireCatalog(context, caller.project.id, params.catalogName);
      const uses = await context.findUses(db, caller.project.id, 'catalog', catalog.id);
      return { itemCount: Number(catalog.item_count), usedBy: uses.map(({ words }) => words) };
    },
  );
  api.delete(
    '/api/catalogs/:catalogName',
    {
      schema: {
        tags,
        summary: 'Delete a catalog with all its items',
        params: ofCatalog,
        response: { 200: successAnswer },
      },
    },
    async ({ caller, params }) => {
      const catalog = await requireCatalog(context, caller.project.id, params.catalogName);
      const alerts = await listAlerts(db, catalog.id);
      await deleteAlerts(
        db,
        alerts.map(({ id }) => id),
      );
      await db.transaction().execute(async (transaction) => {
        await haveItemsAlone(transaction, catalog.id);
        await deleteCatalog(transaction, catalog);
      });
      return success(`Deleted catalog: ${catalog.name}`);
    },
  );
}

function ofFields(api: Api, context: Context): void {
  api.get(
    '/api/catalogs/:catalogName/fieldMappings',
    { schema: { tags, summary: 'The fields of a catalog', params: ofCatalog, response: { 200: mappings } } },
    async ({ caller, params }) => {
      const { fields } = await requireCatalog(context, caller.project.id, params.catalogName);
      return success('', {
        definedMappings: Object.fromEntries(
          [...fields].flatMap(([path, type]) => (type === null ? [] : [[path, type]])),
        ),
        undefinedFields: [...fields].flatMap(([path, type]) => (type === null ? [path] : [])),
      });
    },
  );
  api.put(
    '/api/catalogs/:catalogName/fieldMappings',
    {
      schema: {
        tags,
        summary: 'Give fields of a catalog their types, which stay',
        params: ofCatalog,
        body: Type.Object({ mappingsUpdates: Type.Array(definition, { maxItems: 1000 }) }),
        response: { 200: successAnswer },
      },
    },
    async ({ caller, params, body }) => {
      const catalog = await requireCatalog(context, caller.project.id, params.catalogName);
      const types = definedTypes(body.mappingsUpdates);
      await context.db.transaction().execute((transaction) => addFields(transaction, catalog, types));
      return success(`Field mappings of ${catalog.name} are set`);
    },
  );
}
