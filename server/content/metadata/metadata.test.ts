import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { insertProject } from '../../consent/new-project.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { readMetadata } from './metadata.sql.ts';
import { metadataRoutes } from './metadata-routes.ts';

let server: TestApi;
before(async () => {
  server = await startTestApi([metadataRoutes]);
});
after(() => server.close());

const put = (path: string, value: unknown) => server.call('PUT', `/api/metadata/${path}`, { value });
const get = async (path: string) => (await server.call('GET', `/api/metadata${path}`)).body;

test('a value is kept by table and key, replaced, listed and deleted', async () => {
  assert.equal((await put('Shops/Main', { city: 'Bonn', open: [9, 18] })).status, 200);
  assert.equal((await put('shops/Main', { city: 'Köln' })).status, 200);
  assert.equal((await put('shops/main', 'another key')).status, 200);
  assert.equal((await put('prices/a-1', 12.5)).status, 200);
  const lastModified = server.clock.now().getTime();
  assert.deepEqual(await get('/SHOPS/Main'), {
    ...{ table: 'shops', key: 'Main', value: { city: 'Köln' }, size: 16, lastModified },
  });
  assert.deepEqual(await get(''), { results: [{ name: 'prices' }, { name: 'shops' }] });
  const { results } = (await get('/shops')) as { results: { key: string }[] };
  assert.deepEqual(
    results.map(({ key }) => key),
    ['Main', 'main'],
  );
  await server.call('DELETE', '/api/metadata/shops/Main');
  assert.equal((await server.call('GET', '/api/metadata/shops/Main')).status, 404);
  await server.call('DELETE', '/api/metadata/Shops');
  assert.deepEqual(await get(''), { results: [{ name: 'prices' }] });
});

test('a table of many keys is read page by page', async () => {
  const { db } = server.database;
  const row = { project_id: server.projectId, table_name: 'many', value: '1', bytes: 1 };
  await db
    .insertInto('metadata')
    .values(
      Array.from({ length: 1500 }, (_, index) => ({
        ...{ ...row, key: `k${index}`, updated_at: server.clock.now() },
      })),
    )
    .execute();
  const keys: string[] = [];
  let marker: string | undefined;
  do {
    const page = (await get(`/many${marker === undefined ? '' : `?nextMarker=${marker}`}`)) as {
      results: { key: string }[];
      nextMarker?: string;
    };
    keys.push(...page.results.map(({ key }) => key));
    marker = page.nextMarker;
  } while (marker !== undefined);
  assert.deepEqual([keys.length, new Set(keys).size], [1500, 1500]);
});

test('what is too large, unnamed or missing is refused', async () => {
  const large = await put('shops/large', 'x'.repeat(31_000));
  assert.equal(large.status, 400);
  assert.match(large.text, /value has 31002 bytes/);
  assert.equal((await put('shops/a%20b', 1)).status, 400);
  assert.equal((await server.call('PUT', '/api/metadata/shops/none', {})).status, 400);
});

test('a template finds its own project’s value, and of another project nothing', async () => {
  const { db } = server.database;
  await put('towns/one', { name: 'Bonn' });
  assert.deepEqual((await readMetadata(db, server.projectId, 'Towns', 'one'))?.value, { name: 'Bonn' });
  const other = await insertProject(db, { name: 'Other', brand: 'Other', at: server.clock.now() });
  assert.equal(await readMetadata(db, other, 'towns', 'one'), null);
});
