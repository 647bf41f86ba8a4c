import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openConsole } from '../testing/console-tab.ts';
import { assertPageRules, type WatchedPage } from '../testing/page-rules.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';
import type { Tab } from '../testing/tab.ts';

let program: TestProgram;
let browser: Browser;
let watched: WatchedPage;
let tab: Tab;
before(async () => {
  program = await startTestProgram();
  ({ browser, watched, tab } = await openConsole(program, 'Kim'));
});
after(async () => {
  await browser?.close();
  await program?.close();
});

test('a catalog is made, filled from a file whose doubtful columns are asked about, searched and changed', async () => {
  const { page } = watched;
  await page.goto(`${program.url}/catalogs`);
  await tab.heading('Catalogs').waitFor();
  await tab.button('New catalog').click();
  await tab.field('Name').fill('Drinks');
  await assertPageRules(watched, 'catalogs-new');
  await tab.button('Make catalog').click();
  await tab.heading('Drinks').waitFor();
  await page.locator('input[type=file]').setInputFiles({
    ...{ name: 'drinks.csv', mimeType: 'text/csv' },
    buffer: Buffer.from(
      'sku,Name,Price,ean\nmocha,Mocha,4.8,0401\ntea,Tea,3.5,0402\nhot milk,Milk,2.5,0403\n',
    ),
  });
  await page.getByText('Say what “ean” may be: a type stays.').waitFor();
  await assertPageRules(watched, 'catalog-file');
  await page.getByRole('combobox', { name: 'Type of ean' }).click();
  await page.getByRole('option', { name: 'string' }).click();
  await tab.button('Take its items').click();
  await page.getByText('3 rows read, 2 items taken, 1 refused').waitFor();
  await page.getByText('Rows to look at').click();
  await page.getByText(/its id "hot milk" has other signs/).waitFor();
  await page.getByText('Items: 2').waitFor();
  await page.getByRole('button', { name: 'mocha', exact: true }).click();
  await tab.field('Price').fill('5');
  await tab.field('ean').fill('');
  await tab.button('Add a field').click();
  await tab.field('Name of the field').fill('kind');
  await tab.field('Value').fill('hot');
  await assertPageRules(watched, 'catalog-item');
  await tab.button('Save item').click();
  await page.getByRole('cell', { name: 'hot', exact: true }).waitFor();
  await page.getByLabel('Find an item').fill('te');
  await page.getByText('Items: 1').waitFor();
  await assertPageRules(watched, 'catalog');
  const { value } = await program.call<{ value: object }>('GET', '/api/catalogs/drinks/items/mocha');
  assert.deepEqual(value, { Name: 'Mocha', Price: 5, kind: 'hot' });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.reload();
  await page.getByText('Items: 2').waitFor();
  await assertPageRules(watched, 'catalog-dark');
});

test('collections and alerts of a catalog are made, tried and changed by people who write no JSON', async () => {
  const { page } = watched;
  await page.emulateMedia({ colorScheme: 'light' });
  await program.call('POST', '/api/catalogs/shop');
  await program.call('PUT', '/api/catalogs/shop/fieldMappings', {
    mappingsUpdates: [
      { fieldName: 'price', fieldType: 'double' },
      { fieldName: 'inStock', fieldType: 'boolean' },
    ],
  });
  await program.call('POST', '/api/catalogs/shop/items', {
    documents: {
      cup: { name: 'Cup', price: 4, inStock: true },
      pot: { name: 'Pot', price: 30, inStock: true },
      jar: { name: 'Jar', price: 3, inStock: false },
    },
  });
  await program.call('POST', '/api/users/update', { email: 'ann@example.com', dataFields: { budget: 10 } });
  await page.goto(`${program.url}/catalogs/shop`);
  await tab.button('New collection').click();
  const form = page.getByRole('dialog');
  await tab.field('Name').fill('Within budget');
  await form.getByRole('cell', { name: 'pot', exact: true }).waitFor();
  await tab.button('Only those where …').click();
  await form.getByText('Name the field to see what somebody would be shown.').waitFor();
  await form.getByRole('combobox', { name: 'Its field' }).fill('price');
  await tab.choose('How', 'is at most');
  await tab.choose('Compared with', 'a field of the person');
  await form.getByRole('combobox', { name: 'Their field' }).fill('budget');
  await form.getByText('Nothing is found').waitFor();
  await form.getByLabel('Their budget').fill('10');
  await form.getByRole('cell', { name: 'cup', exact: true }).waitFor();
  assert.equal(await form.getByRole('cell', { name: 'pot', exact: true }).count(), 0);
  await assertPageRules(watched, 'catalog-collection');
  await tab.button('Make collection').click();
  await page.getByText('{{#catalogCollection "Within budget" as |items|}}').waitFor();
  const { collections } = await program.call<{ collections: object[] }>('GET', '/api/catalogCollections');
  assert.partialDeepStrictEqual(collections[0], {
    ...{ name: 'Within budget', catalogName: 'shop', personFields: ['budget'], limit: 3 },
    where: { all: [{ path: 'price', atMost: { field: 'budget' } }] },
  });

  await tab.button('New alert').click();
  await tab.field('Name').fill('Price down');
  await form.getByRole('combobox', { name: 'Its field' }).first().fill('price');
  await tab.choose('How', 'falls');
  await tab.field('By at least').fill('15');
  await tab.button('Or who did something else').click();
  await form.getByRole('combobox', { name: 'Event', exact: true }).fill('productViewed');
  await form.getByRole('combobox', { name: 'Field with the item’s id' }).fill('sku');
  await assertPageRules(watched, 'catalog-alert');
  await tab.button('Make alert').click();
  await page
    .getByText(
      'When price falls by at least 15 %: whoever put it in the cart within 30 days, where it still is, or did productViewed with its id in sku within 30 days',
    )
    .waitFor();
  await page.getByText('Nobody is told yet').waitFor();
  await assertPageRules(watched, 'catalog-with-alerts');
  await page.getByRole('button', { name: 'Change alert Price down' }).click();
  await tab.choose('How', 'becomes more than');
  await tab.field('Number').fill('5');
  await tab.button('Save').click();
  await page.getByText(/^When price becomes more than 5: whoever/).waitFor();
  await page.getByRole('button', { name: 'Delete alert Price down' }).click();
  await tab.button('Delete the alert').click();
  await page.getByText('No alert yet.').waitFor();
  await page.getByRole('button', { name: 'Delete collection Within budget' }).click();
  await page.getByText('No template shows it.').waitFor();
  await tab.button('Delete the collection').click();
  await page.getByText('No collection yet.').waitFor();
});

test('a segment asks about the item whose id an event holds', async () => {
  const { page } = watched;
  await program.call('POST', '/api/events/track', {
    ...{ email: 'ann@example.com', eventName: 'productViewed', dataFields: { sku: 'cup' } },
  });
  await page.goto(`${program.url}/segments/new`);
  const first = page.getByRole('group', { name: 'Begin with' });
  await first.getByRole('button', { name: /^Event/ }).click();
  await page.getByRole('combobox', { name: 'They did' }).fill('productViewed');
  await tab.button('Only those where …').click();
  await page.getByRole('combobox', { name: 'Its field' }).fill('sku');
  const how = page.getByRole('combobox', { name: 'How', exact: true });
  await how.first().click();
  await page.getByRole('option', { name: 'is the id of an item of' }).click();
  await tab.choose('Catalog', 'shop');
  await tab.button('Only items where …').click();
  await page.getByRole('combobox', { name: 'Its field' }).nth(1).fill('price');
  await how.nth(1).click();
  await page.getByRole('option', { name: 'is less than' }).click();
  await page.getByLabel('Number').fill('5');
  await page
    .getByText(/is an item of the catalog “shop” of which holds: price is less than 5/)
    .first()
    .waitFor();
  await assertPageRules(watched, 'segment-in-catalog');
});
