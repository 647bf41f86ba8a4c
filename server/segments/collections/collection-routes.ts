import { type Static, Type } from 'typebox';
import { catalogName } from '../../content/catalogs/catalog-rules.ts';
import { requireCatalog } from '../../content/catalogs/catalog-schemas.ts';
import { shownItem } from '../../content/catalogs/shown-item.ts';
import { valuesOfFields } from '../../content/lookups/values-of-fields.ts';
import type { Routes } from '../../http/api.ts';
import type { CallerProject, Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { nullable, success, successAnswer } from '../../http/schemas.ts';
import { searchFor } from './collection-source.ts';
import {
  type Collection,
  deleteCollection,
  findCollections,
  putCollection,
  searchItems,
  templatesWithCollection,
} from './collections.sql.ts';
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

/** What a collection is. */
const collectionBody = Type.Object({
  catalogName: Type.String({ pattern: catalogName }),
  where: Type.Optional(
    Type.Unknown({
      description:
        'Conditions on an item, as in segments; where a value stands, {"field": "city"} is a field of the person',
    }),
  ),
  orderBy: Type.Optional(nullable(Type.String({ description: 'A field that has a type' }))),
  sortAscending: Type.Optional(Type.Boolean({ description: 'true unless told' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: mostItems, description: '50 unless told' })),
});

const dataFields = Type.Optional(
  Type.Record(Type.String(), Type.Unknown(), { description: 'Fields of a person' }),
);
const foundItems = Type.Array(Type.Record(Type.String(), Type.Unknown()));

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
  const { db } = context;
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
        body: collectionBody,
        response: { 200: collectionAnswer },
      },
    },
    async ({ caller, params, body }) => {
      const collection = await readCollection(context, caller.project, params.name, body);
      await putCollection(db, collection);
      return shown(collection);
    },
  );
  api.get(
    '/api/catalogCollections/:name/uses',
    {
      schema: {
        tags,
        summary: 'What shows a collection',
        params: ofCollection,
        response: {
          200: Type.Object({
            usedBy: Type.Array(Type.String({ description: 'template 7 (Autumn), snippet picks …' })),
          }),
        },
      },
    },
    async ({ caller, params }) => {
      const [known] = await findCollections(db, caller.project.id, [params.name]);
      if (!known) throw notThere(params.name);
      return { usedBy: await templatesWithCollection(db, caller.project.id, params.name) };
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
        body: Type.Object({ dataFields }),
        response: { 200: Type.Object({ items: foundItems }) },
      },
    },
    async ({ caller, params: { name: collection }, body }) => {
      const [known] = await findCollections(db, caller.project.id, [collection]);
      if (!known) throw notThere(collection);
      return { items: await itemsFor(context, known, body.dataFields) };
    },
  );
  api.post(
    '/api/catalogCollections/preview',
    {
      schema: {
        tags,
        summary: 'The same for a collection that is not kept',
        body: Type.Object({ ...collectionBody.properties, dataFields }),
        response: {
          200: Type.Object({ items: foundItems, personFields: collectionAnswer.properties.personFields }),
        },
      },
    },
    async ({ caller, body: { dataFields: fields, ...body } }) => {
      const collection = await readCollection(context, caller.project, '', body);
      return {
        items: await itemsFor(context, collection, fields),
        personFields: fieldsOfPerson(collection.conditions),
      };
    },
  );
};

/** A collection as a call states it. @throws ApiError for what cannot be read, or a field without an order. */
async function readCollection(
  context: Context,
  project: CallerProject,
  name: string,
  {
    catalogName: catalog,
    where = null,
    orderBy = null,
    sortAscending = true,
    limit = mostItems,
  }: Static<typeof collectionBody>,
): Promise<Omit<Collection, 'id'>> {
  const known = await requireCatalog(context, project.id, catalog);
  if (where !== null) checkItemConditions(where, project.timeZone);
  const orderType = orderBy === null ? null : (known.fields.get(orderBy) ?? null);
  if (orderBy !== null && orderType === null)
    throw new ApiError(
      'BadParams',
      `orderBy: the field ${orderBy} of ${known.name} has no type; give it one with PUT /api/catalogs/${known.name}/fieldMappings`,
      { field: 'orderBy', value: orderBy },
    );
  return {
    ...{ project_id: project.id, name, catalog_id: known.id, catalog: known.name, conditions: where },
    ...{ order_by: orderBy, orderType, ascending: sortAscending, most: limit },
    ...{ time_zone: project.timeZone, updated_at: context.clock.now() },
  };
}

/** What a collection finds for somebody with these fields. */
async function itemsFor(
  { db, clock }: Context,
  collection: Omit<Collection, 'id'>,
  fields: Readonly<Record<string, unknown>> = {},
) {
  const search = searchFor(collection, valuesOfFields(fieldsOfPerson(collection.conditions), fields));
  if (search === null) return [];
  const [found = []] = await searchItems(db, collection.project_id, clock.now(), [search]);
  return found.map(({ itemId, value }) => shownItem(itemId, value));
}

const notThere = (name: string) =>
  new ApiError(
    'NotFound',
    `There is no collection ${name} in this project; GET /api/catalogCollections lists them`,
    {
      field: 'name',
      value: name,
    },
  );

function shown({ name, catalog, conditions, order_by, ascending, most }: Omit<Collection, 'id'>) {
  return {
    ...{ name, catalogName: catalog, where: conditions, personFields: fieldsOfPerson(conditions) },
    ...{ orderBy: order_by, sortAscending: ascending, limit: most },
  };
}
