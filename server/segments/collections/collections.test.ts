import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { catalogRoutes } from '../../content/catalogs/catalog-routes.ts';
import { eachWithLookups } from '../../content/lookups/each-with-lookups.ts';
import { compileTemplate, fill } from '../../content/rendering/compile-template.ts';
import { UnsendableMessage } from '../../content/unsendable.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { collectionRoutes } from './collection-routes.ts';
import { collectionSource } from './collection-source.ts';

let server: TestApi;
before(async () => {
  server = await startTestApi([catalogRoutes, collectionRoutes]);
  await call('POST', 'catalogs/shop');
  await call('PUT', 'catalogs/shop/fieldMappings', {
    mappingsUpdates: [{ fieldName: 'price', fieldType: 'double' }],
  });
  const documents = {
    a: { kind: 'tea', price: 9, tags: ['green', 'loose'] },
    b: { kind: 'tea', price: 3, tags: ['black'] },
    c: { kind: ['tea', 'gift'], price: 5 },
    d: { kind: 'cup', price: 4 },
    e: { kind: 'Tea' },
  };
  await call('POST', 'catalogs/shop/items', { documents });
});
after(() => server.close());

async function call(method: 'PUT' | 'POST', path: string, body?: unknown) {
  const answer = await server.call(method, `/api/${path}`, body);
  assert.ok(answer.status < 300, answer.text);
  return answer.body as Record<string, unknown>;
}

/** What a template shows each of these people, counting statements. */
async function rendered(source: string, people: readonly Record<string, unknown>[]) {
  let statements = 0;
  const db = server.database.db.withPlugin({
    transformQuery: ({ node }) => {
      statements++;
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  const template = compileTemplate(source);
  const ground = { projectId: server.projectId, now: server.clock.now() };
  const texts = await eachWithLookups(db, ground, [collectionSource], people, (lookUp) => (person) => {
    try {
      return fill(template, person, { now: ground.now, lookUp }).text;
    } catch (error) {
      if (error instanceof UnsendableMessage) return `${error.reason}: ${error.message}`;
      throw error;
    }
  });
  return { texts, statements };
}

const list = (name: string) =>
  `{{#catalogCollection "${name}" as |found|}}{{#each found}}{{itemId}}{{/each}}{{/catalogCollection}}`;

test('each person gets what the collection finds with their fields, all of a batch in as many statements as one', async () => {
  await call('PUT', 'catalogCollections/Own kind', {
    catalogName: 'SHOP',
    where: {
      all: [
        { path: 'kind', is: { field: 'likes.kind' } },
        { path: 'price', atMost: { field: 'budget' } },
      ],
    },
    ...{ orderBy: 'price', limit: 2 },
  });
  const people = Array.from({ length: 50 }, (_, index) => ({
    likes: { kind: index % 2 === 0 ? 'tea' : 'cup' },
    budget: index < 2 ? 100 : '4',
  }));
  const some = await rendered(list('Own kind'), people);
  assert.deepEqual(some.texts.slice(0, 4), ['bc', 'd', 'b', 'd']);
  const one = await rendered(list('Own kind'), people.slice(0, 1));
  assert.equal(some.statements, one.statements);
  const odd = [
    {},
    { likes: { kind: 'tea' } },
    { likes: { kind: {} }, budget: 1 },
    { likes: { kind: 'tea' }, budget: 'x' },
  ];
  for (const text of (await rendered(list('Own kind'), odd)).texts)
    assert.equal(text, 'missingCatalogItem: collection Own kind');
  assert.deepEqual((await rendered(list('nowhere'), [{}])).texts, ['missingCatalogItem: collection nowhere']);
});

test('conditions are those of segments, and what cannot be read of them is refused by its place', async () => {
  await call('PUT', 'catalogCollections/Any', { catalogName: 'shop', sortAscending: false, limit: 3 });
  assert.deepEqual((await rendered(list('Any'), [{}])).texts, ['edc']);
  await call('PUT', 'catalogCollections/Any', {
    catalogName: 'shop',
    where: {
      any: [
        { path: 'tags', isAnyOf: { field: 'tags' } },
        { path: 'kind', is: 'tea', ignoringCase: true },
      ],
    },
  });
  assert.deepEqual((await rendered(list('Any'), [{ tags: ['loose'] }])).texts, ['abce']);
  const { items } = await call('POST', 'catalogCollections/Any/preview', { dataFields: { tags: 'black' } });
  assert.deepEqual(
    (items as { itemId: string }[]).map(({ itemId }) => itemId),
    ['a', 'b', 'c', 'e'],
  );
  const refusals: [object, RegExp][] = [
    [{ catalogName: 'none' }, /no catalog none/],
    [{ catalogName: 'shop', orderBy: 'kind' }, /kind of shop has no type/],
    [{ catalogName: 'shop', where: { path: 'price', below: 3 } }, /where/],
    [{ catalogName: 'shop', where: { path: 'at', on: '2026-01-01', zone: 'person' } }, /zone of the person/],
  ];
  for (const [body, words] of refusals) {
    const { status, text } = await server.call('PUT', '/api/catalogCollections/Bad', body);
    assert.ok(status >= 400 && status < 500, text);
    assert.match(text, words);
  }
});
