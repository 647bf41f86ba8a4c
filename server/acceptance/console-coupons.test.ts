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
  ({ browser, watched, tab } = await openConsole(program, 'Sela'));
});
after(async () => {
  await browser?.close();
  await program?.close();
});

test('a pool of coupons is made, filled from a file that is seen before, and told to be low', async () => {
  const { page } = watched;
  await page.goto(`${program.url}/coupons`);
  await tab.heading('Coupons').waitFor();
  await tab.button('New pool').click();
  await tab.field('Name').fill('Spring sale');
  await tab.field('Alarm below').fill('5');
  await assertPageRules(watched, 'coupons-new');
  await tab.button('Make pool').click();
  await tab.heading('Spring sale').waitFor();
  await page.locator('input[type=file]').setInputFiles({
    ...{ name: 'codes.csv', mimeType: 'text/csv' },
    buffer: Buffer.from('Name,Code\nann,SPRING1\nbob,SPRING2\ncid,1.23E+12\ndan,SPRING2\n'),
  });
  await page.getByText('ann,SPRING1').waitFor();
  await tab.button('Add its codes').click();
  await page.getByText('4 rows read, 2 codes added, 2 refused').waitFor();
  await page.getByText('Rows to look at').click();
  await page.getByText(/what a spreadsheet makes of a long number/).waitFor();
  await page.getByText('Few codes are left').waitFor();
  await page.getByText('2 of 2 left').waitFor();
  await assertPageRules(watched, 'coupon-pool');
  const { pools } = await program.call<{ pools: { left: number }[] }>('GET', '/api/coupons/pools');
  assert.equal(pools[0]?.left, 2);
  await tab.link('Coupons').click();
  await page.getByText('Low', { exact: true }).waitFor();
  await assertPageRules(watched, 'coupons');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.reload();
  await tab.link('Spring sale').click();
  await page.getByText('2 of 2 left').waitFor();
  await assertPageRules(watched, 'coupon-pool-dark');
});
