import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { insertProject } from '../../consent/new-project.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { seededRandom } from '../../testing/seeded-random.ts';
import { catalogRoutes } from './catalog-routes.ts';
import { findCatalog, insertCatalog } from './catalogs.sql.ts';

let server: TestApi;
before(async () => {
  server = await startTestApi([catalogRoutes]);
});
after(() => server.close());

const call = async (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown) => {
  const answer = await server.call(method, `/api/catalogs/${path}`, body);
  assert.ok(answer.status < 300, `${answer.status} ${answer.text}`);
  return answer.body as Record<string, unknown>;
};

test('calls for the same items at once take effect one after another, and the kept count is what is there', async () => {
  await call('POST', 'busy');
  const ids = Array.from({ length: 40 }, (_, index) => `i-${index}`);
  const random = seededRandom(7);
  const calls = Array.from({ length: 60 }, (_, round) => {
    const itemIds = ['i-0', ...ids.filter((id) => id !== 'i-0' && random() < 0.3)].toReversed();
    if (round % 3 === 2) return call('DELETE', 'busy/items', { itemIds });
    const fields = { [`f${round % 5}`]: round, round };
    const documents = Object.fromEntries(itemIds.map((id) => [id, fields]));
    return call('POST', 'busy/items', { documents, replaceUploadedFieldsOnly: round % 2 === 0 });
  });
  await Promise.all(calls);
  const catalog = await findCatalog(server.database.db, server.projectId, 'BUSY');
  const { rows } = await sql<{ count: number; bytes: boolean }>`
    SELECT count(*)::int AS count, bool_and(bytes > 0) AS bytes FROM catalog_item
    WHERE catalog_id = ${catalog?.id}`.execute(server.database.db);
  assert.equal(Number(catalog?.item_count), rows[0]?.count);
});

test('fields that are not given are kept by a merge and dropped by a replacement, and a merge is measured whole', async () => {
  await call('POST', 'kept');
  await call('PUT', 'kept/items/one', {
    value: { name: 'One', nested: { a: 1, b: 2 }, big: 'x'.repeat(20_000) },
  });
  await call('PATCH', 'kept/items/one', { update: { nested: { c: 3 }, name: null } });
  const read = async () => (await call('GET', 'kept/items/one')).value as Record<string, unknown>;
  const { big, ...rest } = await read();
  assert.deepEqual(rest, { name: null, nested: { c: 3 } });
  const tooLarge = await server.call('PATCH', '/api/catalogs/kept/items/one', {
    update: { more: 'y'.repeat(15_000) },
  });
  assert.deepEqual([tooLarge.status, (await read()).big], [400, big]);
  await call('PUT', 'kept/items/one', { value: { name: 'Two' } });
  assert.deepEqual(await read(), { name: 'Two' });
});

test('a type holds what comes after it, as values, texts of values and lists of them', async () => {
  await call('POST', 'typed');
  const types = {
    d: 'double',
    l: 'long',
    b: 'boolean',
    t: 'date',
    s: 'string',
    g: 'geo_location',
    o: 'object',
  };
  const mappingsUpdates = Object.entries(types).map(([fieldName, fieldType]) => ({ fieldName, fieldType }));
  await call('PUT', 'typed/fieldMappings', { mappingsUpdates });
  const put = (value: object) => server.call('PUT', '/api/catalogs/typed/items/x', { value });
  const fitting = [
    ...[
      { d: 1.5 },
      { d: '1.5' },
      { d: [1, '2'] },
      { d: null },
      { l: 7 },
      { l: '7' },
      { b: 'true' },
      { b: false },
    ],
    ...[
      { t: '2026-01-02' },
      { t: '2026-01-02 10:00:00 +00:00' },
      { t: 1_800_000_000_000 },
      { s: 'x' },
      { s: 5 },
    ],
    ...[{ g: { lat: 50.7, lon: 7.1 } }, { o: { a: 1 } }, { o: [{ a: 1 }] }, { other: [[1]] }],
  ];
  for (const value of fitting) assert.equal((await put(value)).status, 202, JSON.stringify(value));
  const unfit = [
    { d: 'x' },
    { l: 1.5 },
    { b: 1 },
    { t: '30 February' },
    { s: {} },
    { g: { lat: 99, lon: 0 } },
    { o: 1 },
  ];
  for (const value of unfit) {
    const { status, body } = await put(value);
    const [field] = Object.keys(value);
    assert.deepEqual([status, (body as { params: { field: string } }).params.field], [400, `value.${field}`]);
  }
});

test('a project sees no catalog of another', async () => {
  const { db } = server.database;
  const other = await insertProject(db, { name: 'Other', brand: 'Other', at: server.clock.now() });
  await insertCatalog(db, other, 'theirs', server.clock.now());
  assert.equal((await server.call('GET', '/api/catalogs/theirs/items')).status, 404);
  assert.equal((await server.call('POST', '/api/catalogs/theirs')).status, 201);
});

test('a search finds ids by how they begin, page by page', async () => {
  await call('POST', 'sought');
  const documents = Object.fromEntries(['a-1', 'a-2', 'a', 'b-1', 'A-1'].map((id) => [id, {}]));
  await call('POST', 'sought/items', { documents });
  const { params } = (await call('GET', 'sought/items?search=a&pageSize=2')) as {
    params: {
      totalItemsCount: number;
      nextPageUrl: string;
      catalogItemsWithProperties: { itemId: string }[];
    };
  };
  assert.equal(params.totalItemsCount, 3);
  assert.deepEqual(
    params.catalogItemsWithProperties.map(({ itemId }) => itemId),
    ['a', 'a-1'],
  );
  assert.match(params.nextPageUrl, /search=a/);
});
