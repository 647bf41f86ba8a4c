import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IterableApiError } from '@iterable/api';
import { client } from './ground-fixtures.ts';

const catalogName = 'Shop-Drinks';
const idsOf = (page: { catalogItemsWithProperties: { itemId: string }[] }) =>
  page.catalogItemsWithProperties.map(({ itemId }) => itemId);

test('a catalog is made, filled, read in pages and by order, changed and deleted', async () => {
  await client.createCatalog({ catalogName });
  const mappingsUpdates = [
    { fieldName: 'name', fieldType: 'string' },
    { fieldName: 'price', fieldType: 'double' },
    { fieldName: 'shop', fieldType: 'object', children: [{ fieldName: 'city', fieldType: 'string' }] },
  ];
  await client.updateCatalogFieldMappings({ catalogName, mappingsUpdates });
  const many = Object.fromEntries(
    Array.from({ length: 25 }, (_, index) => [
      `d-${index + 10}`,
      { name: `Drink ${index}`, price: 25 - index },
    ]),
  );
  await client.replaceCatalogItems({ catalogName, documents: many });
  await client.replaceCatalogItem({ catalogName, itemId: 'mocha', value: { name: 'Mocha', price: 100 } });
  await client.partialUpdateCatalogItem({ catalogName, itemId: 'mocha', update: { inStock: true } });
  await client.partialUpdateCatalogItems({
    catalogName,
    documents: { mocha: { price: 90 }, tea: { name: 'Tea', shop: { city: 'Bonn' } } },
  });
  const mocha = await client.getCatalogItem({ catalogName, itemId: 'mocha' });
  assert.deepEqual(mocha.value, { name: 'Mocha', price: 90, inStock: true });
  assert.equal(mocha.catalogName, catalogName);
  assert.equal(mocha.size, JSON.stringify(mocha.value).length);

  const first = await client.getCatalogItems({ catalogName });
  assert.equal(first.totalItemsCount, 27);
  assert.deepEqual(idsOf(first).slice(0, 2), ['d-10', 'd-11']);
  assert.match(first.nextPageUrl ?? '', /page=2/);
  const last = await client.getCatalogItems({ catalogName: 'shop-DRINKS', page: 3, pageSize: 10 });
  assert.deepEqual(idsOf(last).slice(-2), ['mocha', 'tea']);
  assert.equal(last.nextPageUrl, undefined);
  const dear = await client.getCatalogItems({ catalogName, orderBy: 'price', pageSize: 2 });
  assert.deepEqual(idsOf(dear), ['mocha', 'd-10']);
  const cheap = { catalogName, orderBy: 'price', sortAscending: true, pageSize: 2 };
  assert.deepEqual(idsOf(await client.getCatalogItems(cheap)), ['d-34', 'd-33']);

  const { definedMappings, undefinedFields } = await client.getCatalogFieldMappings({ catalogName });
  assert.deepEqual(definedMappings, {
    ...{ name: 'string', price: 'double', shop: 'object', 'shop.city': 'string' },
  });
  assert.deepEqual(undefinedFields, ['inStock']);

  await client.deleteCatalogItem({ catalogName, itemId: 'tea' });
  await client.bulkDeleteCatalogItems({ catalogName, itemIds: ['d-10', 'd-11', 'never-there'] });
  assert.equal((await client.getCatalogItems({ catalogName })).totalItemsCount, 24);
  const { catalogNames, totalCatalogsCount } = await client.getCatalogs({ page: 1, pageSize: 10 });
  assert.deepEqual([catalogNames.map(({ name }) => name), totalCatalogsCount], [[catalogName], 1]);
  await client.deleteCatalog({ catalogName });
  assert.equal((await client.getCatalogs()).totalCatalogsCount, 0);
});

test('what a catalog cannot keep is refused with field, fault and remedy, and nothing of it is kept', async () => {
  await client.createCatalog({ catalogName });
  const typed = (fieldType: string) =>
    client.updateCatalogFieldMappings({ catalogName, mappingsUpdates: [{ fieldName: 'price', fieldType }] });
  await typed('double');
  const put = (documents: Record<string, Record<string, unknown>>) =>
    client.replaceCatalogItems({ catalogName, documents });
  const refusals: [() => Promise<unknown>, number, RegExp][] = [
    [() => client.createCatalog({ catalogName: catalogName.toUpperCase() }), 400, /is a catalog .* already/],
    [() => client.createCatalog({ catalogName: 'two words' }), 400, /catalogName/],
    [() => client.getCatalogItem({ catalogName, itemId: 'none' }), 404, /no item none/],
    [() => client.getCatalogItems({ catalogName: 'none' }), 404, /no catalog none/],
    [() => client.getCatalogItems({ catalogName, orderBy: 'name' }), 400, /name of .* has no type/],
    [() => typed('string'), 400, /price is a double, and a field's type stays/],
    [() => typed('colour'), 400, /colour/],
    [() => put({ good: { price: 1 }, bad: { price: 'dear' } }), 400, /documents\.bad\.price is no double/],
    [() => put({ good: { price: 1 }, 'a b': {} }), 400, /"a b" cannot be an item's id/],
    [() => put({ good: { 'a.b': 1 } }), 400, /"a\.b" has a dot/],
    [() => put({ good: { text: 'x'.repeat(31_000) } }), 400, /30720/],
    [
      () => put(Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [`i${at}`, {}]))),
      400,
      /1001 items/,
    ],
  ];
  for (const [call, status, words] of refusals)
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof IterableApiError, String(error));
      assert.equal(error.statusCode, status, error.message);
      assert.match(error.message, words);
      return true;
    });
  assert.equal((await client.getCatalogItems({ catalogName })).totalItemsCount, 0);
});
