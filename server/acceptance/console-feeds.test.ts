import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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
const shop = createServer((request, response) =>
  response.end(
    JSON.stringify({ pick: `tea for ${new URL(request.url ?? '', 'http://x').searchParams.get('who')}` }),
  ),
);
before(async () => {
  program = await startTestProgram();
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  ({ browser, watched, tab } = await openConsole(program, 'Sela'));
});
after(async () => {
  shop.close();
  await browser?.close();
  await program?.close();
});

test('a data feed is made, asked, and chosen for a template, which shows what it answers', async () => {
  const { page } = watched;
  const { port } = shop.address() as AddressInfo;
  await page.goto(`${program.url}/settings`);
  await tab.button('New data feed').click();
  await tab.field('Name').fill('Picks');
  await tab.field('Address').fill(`http://localhost:${port}/picks?who={{firstName}}`);
  await tab.field('Fallback').fill('{"pick":');
  await tab.button('Make data feed').click();
  await page.getByText('This is no JSON object').waitFor();
  await tab.field('Fallback').fill('{"pick": "coffee"}');
  await assertPageRules(watched, 'feed-new');
  await tab.button('Make data feed').click();
  await tab.button('Ask data feed Picks').click();
  await page.getByRole('textbox', { name: 'firstName' }).fill('Ann');
  await tab.button('Ask now').click();
  await page.getByText('"pick": "tea for Ann"').waitFor();
  await assertPageRules(watched, 'feed-asked');
  await page.keyboard.press('Escape');
  await assertPageRules(watched, 'settings-feeds');
  await page.goto(`${program.url}/templates/sms/new`);
  await tab.field('Name').fill('Picks');
  await tab.choose('Data feeds', 'Picks');
  await page.keyboard.press('Escape');
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill('Carillon: [[pick]]');
  await page
    .getByText(/tea for \w+/)
    .first()
    .waitFor();
  await assertPageRules(watched, 'template-feeds');
  await tab.button('Save template').click();
  await tab.button('Saved').waitFor();
  const { dataFeeds } = await program.call<{ dataFeeds: { fallback: unknown }[] }>('GET', '/api/dataFeeds');
  assert.deepEqual(dataFeeds[0]?.fallback, { pick: 'coffee' });
  const kept = await program.call<{ dataFeedIds: number[] }>('GET', '/api/templates/sms/get?templateId=1');
  assert.deepEqual(kept.dataFeedIds, [1]);
});
