import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestApi, type TestApi } from '../../../testing/api.ts';
import { catalogRoutes } from '../catalog-routes.ts';

let server: TestApi;
before(async () => {
  server = await startTestApi([catalogRoutes]);
  await server.call('POST', '/api/catalogs/goods');
});
after(() => server.close());

async function send(path: string, content: string, options?: object) {
  const form = new FormData();
  if (options) form.set('options', JSON.stringify(options));
  form.set('file', new Blob([content]), 'goods.csv');
  const answer = await fetch(`${server.url}/api/catalogs/goods/files${path}`, {
    ...{ method: 'POST', headers: { 'Api-Key': server.key }, body: form },
  });
  const text = await answer.text();
  return { status: answer.status, text, body: JSON.parse(text) as Record<string, unknown> };
}

const file = [
  'sku;name;price;stock;ean;since;colour',
  'a-1;Cup;4.5;yes;0401;2026-01-02;',
  'a-2;"Tea; green";12;no;0402;2026-02-30;red',
  'a b;Nothing;1;yes;0403;2026-01-02;red',
  ';;;;;;',
  'a-3;Pot;dear;yes;0404;2026-01-02;red',
  'a-1;Mug;5;no;0405;2026-01-03;blue',
].join('\r\n');

test('the columns of a file are told before it is taken, with the types that are in doubt', async () => {
  const { body } = await send('/preview', file);
  assert.equal(body.idColumn, 'sku');
  const columns = body.columns as { header: string; type: string; inDoubt: boolean; samples: string[] }[];
  assert.deepEqual(
    columns.map(({ header, type, inDoubt }) => [header, type, inDoubt]),
    [
      ['sku', 'string', false],
      ['name', 'string', false],
      ['price', 'string', false],
      ['stock', 'boolean', false],
      ['ean', 'string', true],
      ['since', 'string', false],
      ['colour', 'string', false],
    ],
  );
  assert.deepEqual(columns[1]?.samples, ['Cup', 'Tea; green', 'Nothing']);
});

test('of a long file the beginning is enough', async () => {
  const lines = Array.from({ length: 30_000 }, (_, index) => `s-${index},${'x'.repeat(50)}`);
  const { body } = await send('/preview', ['id,name', ...lines].join('\n'));
  assert.equal(body.idColumn, 'id');
});

test('each row that cannot be kept says why and can be had as a file, and the others are there', async () => {
  const columns = {
    name: { field: 'name', type: 'string' },
    price: { field: 'price', type: 'double' },
    stock: { field: 'inStock', type: 'boolean' },
    since: { field: 'since', type: 'date' },
    colour: { field: 'colour', type: 'string' },
  };
  await server.call('PUT', '/api/catalogs/goods/items/a-1', { value: { kept: 1 } });
  const { status, body, text } = await send('', file, { idColumn: 'sku', columns });
  assert.equal(status, 200, text);
  assert.partialDeepStrictEqual(body, { state: 'finished', rowsRead: 5, taken: 2, refused: 3 });
  assert.deepEqual(body.faults, [
    { row: 3, fault: 'its since is no date; write 2026-11-23 or 2026-11-23T17:00:00Z' },
    { row: 4, fault: 'its id "a b" has other signs than letters, digits and dashes' },
    { row: 6, fault: 'its price is no number; write 1234.5' },
  ]);
  const { value } = (await server.call('GET', '/api/catalogs/goods/items/a-1')).body as { value: object };
  assert.deepEqual(value, {
    ...{ kept: 1, name: 'Mug', price: 5, inStock: false, since: '2026-01-03', colour: 'blue' },
  });
  const faults = await server.call('GET', `/api/catalogs/goods/files/${body.id}/faults.csv`);
  assert.match(faults.text, /^sku,name,price,stock,ean,since,colour,row,fault\r\n/);
  assert.match(faults.text, /a-3,Pot,dear,yes,0404,2026-01-02,red,6,its price is no number/);
  const { files } = (await server.call('GET', '/api/catalogs/goods/files')).body as {
    files: { state: string }[];
  };
  assert.deepEqual(
    files.map(({ state }) => state),
    ['finished'],
  );
});

test('a column may be called as nothing else is, and what stands in wide rows is kept as far as there is room', async () => {
  const columns = { __proto__: null, name: { field: 'name', type: 'string' } };
  const odd = JSON.parse('{"__proto__":{"field":"__proto__","type":"string"}}') as object;
  const both = Object.fromEntries(
    [...Object.entries(columns), ...Object.entries(odd)].filter(([, to]) => to),
  );
  await send('', 'sku,name,__proto__\nodd-1,Odd,kept', { idColumn: 'sku', columns: both });
  const { text } = await server.call('GET', '/api/catalogs/goods/items/odd-1');
  assert.match(text, /"__proto__":"kept"/);
  const wide = Array.from({ length: 200 }, (_, row) => `no id ${row},${'x'.repeat(30_000)}`);
  const { body } = await send('', ['sku,name', ...wide].join('\n'), {
    ...{ idColumn: 'sku', columns: { name: { field: 'name', type: 'string' } } },
  });
  assert.equal(body.refused, 200);
  const told = (body.faults as object[]).length;
  assert.ok(told > 100 && told < 200, `${told} of them are told`);
  const file = await server.call('GET', `/api/catalogs/goods/files/${body.id}/faults.csv`);
  assert.equal(file.text.split('\r\n').filter((line) => line.startsWith('no id')).length, told);
});

test('what is wrong with a whole file is told, and nothing of it is taken', async () => {
  const columns = { name: { field: 'name', type: 'string' } };
  const refusals: [string, object, RegExp][] = [
    ['', { idColumn: 'sku', columns }, /the file is empty/],
    [
      `sku,name${'x'.repeat(1_100_000)}`,
      { idColumn: 'sku', columns },
      /a line of the file has more than 1000000/,
    ],
    ['sku,name\na,b', { idColumn: 'id', columns }, /no column “id”; it has “sku”, “name”/],
    ['sku,name\na,b', { idColumn: 'sku', columns: { name: { field: 'a.b', type: 'string' } } }, /has a dot/],
    ['sku,name\na,b', { idColumn: 'sku', columns: { name: { field: 'name', type: 'text' } } }, /options/],
    [
      'sku,name\na,b',
      { idColumn: 'sku', columns: { name: { field: 'price', type: 'string' } } },
      /price is a double/,
    ],
  ];
  for (const [content, options, words] of refusals) {
    const { status, text } = await send('', content, options);
    assert.equal(status, 400, text);
    assert.match(text, words);
  }
});
