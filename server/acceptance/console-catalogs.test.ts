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
