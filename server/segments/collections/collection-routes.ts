import { Type } from 'typebox';
import { catalogName } from '../../content/catalogs/catalog-rules.ts';
import { requireCatalog } from '../../content/catalogs/catalog-schemas.ts';
import { pending } from '../../content/lookups/lookup.ts';
import { valuesOfFields } from '../../content/lookups/values-of-fields.ts';
import type { Routes } from '../../http/api.ts';
import { ApiError } from '../../http/errors.ts';
import { nullable, success, successAnswer } from '../../http/schemas.ts';
import { collectionSource } from './collection-source.ts';
import { type Collection, deleteCollection, findCollections, putCollection } from './collections.sql.ts';
import { fieldsOfPerson } from './person-fields.ts';
import { checkItemConditions } from './read-collection.ts';

const tags = ['Catalogs'];
/** Iterable's limit of items in a collection. */
const mostItems = 50;

const ofCollection = Type.Object({
  name: Type.String({
    pattern: '^[A-Za-z0-9 _-]{1,100}$',
    description: 'As templates name it; letters, digits, spaces, - and _',
  }),
});

const collectionAnswer = Type.Object({
  name: Type.String(),
  catalogName: Type.String(),
  where: Type.Unknown({ description: 'Conditions on an item; null for any' }),
  personFields: Type.Array(Type.String(), { description: 'Fields of the person that it compares with' }),
  orderBy: nullable(Type.String()),
  sortAscending: Type.Boolean(),
  limit: Type.Integer(),
});

/** Collections: saved searches over a catalog, which templates show by `catalogCollection`. */
export const collectionRoutes: Routes = (api, context) => {
  const { db, clock } = context;
  api.get(
    '/api/catalogCollections',
    {
      schema: {
        tags,
        summary: 'The collections of the project by name',
        response: { 200: Type.Object({ collections: Type.Array(collectionAnswer) }) },
      },
    },
    async ({ caller }) => ({ collections: (await findCollections(db, caller.project.id)).map(shown) }),
  );
  api.put(
    '/api/catalogCollections/:name',
    {
      schema: {
        tags,
        summary: 'Make a collection, or replace the one of this name',
        params: ofCollection,
        body: Type.Object({
          catalogName: Type.String({ pattern: catalogName }),
          where: Type.Optional(
            Type.Unknown({
              description:
                'Conditions on an item, as in segments; where a value stands, {"field": "city"} is a field of the person',
            }),
          ),
          orderBy: Type.Optional(nullable(Type.String({ description: 'A field that has a type' }))),
          sortAscending: Type.Optional(Type.Boolean({ description: 'true unless told' })),
          limit: Type.Optional(
            Type.Integer({ minimum: 1, maximum: mostItems, description: '50 unless told' }),
          ),
        }),
        response: { 200: collectionAnswer },
      },
    },
    async ({ caller, params, body }) => {
      const { project } = caller;
      const catalog = await requireCatalog(context, project.id, body.catalogName);
      const { where = null, orderBy = null, sortAscending = true, limit = mostItems } = body;
      if (where !== null) checkItemConditions(where, project.timeZone);
      if (orderBy !== null && !catalog.fields.get(orderBy))
        throw new ApiError(
          'BadParams',
          `orderBy: the field ${orderBy} of ${catalog.name} has no type; give it one with PUT /api/catalogs/${catalog.name}/fieldMappings`,
          { field: 'orderBy', value: orderBy },
        );
      const row = {
        ...{ project_id: project.id, name: params.name, catalog_id: catalog.id, conditions: where },
        ...{ order_by: orderBy, ascending: sortAscending, most: limit },
        ...{ time_zone: project.timeZone, updated_at: clock.now() },
      };
      await putCollection(db, row);
      return shown({ ...row, catalog: catalog.name });
    },
  );
  api.delete(
    '/api/catalogCollections/:name',
    {
      schema: {
        tags,
        summary: 'Delete a collection',
        params: ofCollection,
        response: { 200: successAnswer },
      },
    },
    async ({ caller, params }) => {
      if (!(await deleteCollection(db, caller.project.id, params.name))) throw notThere(params.name);
      return success(`Deleted collection: ${params.name}`);
    },
  );
  api.post(
    '/api/catalogCollections/:name/preview',
    {
      schema: {
        tags,
        summary: 'The items that a collection finds for these fields of a person',
        params: ofCollection,
        body: Type.Object({ dataFields: Type.Optional(Type.Record(Type.String(), Type.Unknown())) }),
        response: { 200: Type.Object({ items: Type.Array(Type.Record(Type.String(), Type.Unknown())) }) },
      },
    },
    async ({ caller, params: { name: collection }, body }) => {
      const [known] = await findCollections(db, caller.project.id, [collection]);
      if (!known) throw notThere(collection);
      const values = valuesOfFields(fieldsOfPerson(known.conditions), body.dataFields ?? {});
      const wanted = { of: 'catalogCollection', collection, values } as const;
      const name = collectionSource.nameOf(wanted);
      const ground = { projectId: caller.project.id, now: clock.now() };
      const found =
        name === null
          ? pending
          : (await collectionSource.readAll(db, ground, new Map([[name, wanted]]))).get(name);
      return { items: Array.isArray(found) ? found : [] };
    },
  );
};

const notThere = (name: string) =>
  new ApiError(
    'NotFound',
    `There is no collection ${name} in this project; GET /api/catalogCollections lists them`,
    {
      field: 'name',
      value: name,
    },
  );

function shown({
  name,
  catalog,
  conditions,
  order_by,
  ascending,
  most,
}: Omit<Collection, 'id' | 'orderType' | 'time_zone'>) {
  return {
    ...{ name, catalogName: catalog, where: conditions, personFields: fieldsOfPerson(conditions) },
    ...{ orderBy: order_by, sortAscending: ascending, limit: most },
  };
}
