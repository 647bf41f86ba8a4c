import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from '../testing/browser.ts';
import { assertPageRules, type WatchedPage, watch } from '../testing/page-rules.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';
import { asTab, type Tab } from '../testing/tab.ts';

let program: TestProgram;
let browser: Browser;
let watched: WatchedPage;
let page: Page;
let tab: Tab;
const account = { name: 'Nora', email: 'nora@example.com', password: 'a long enough password' };

before(async () => {
  program = await startTestProgram();
  browser = await startBrowser();
  const context = await browser.newContext({
    ...{ locale: 'en-US', timezoneId: 'America/New_York', reducedMotion: 'reduce' },
    viewport: { width: 1280, height: 900 },
  });
  context.setDefaultTimeout(30_000);
  watched = watch(await context.newPage());
  page = watched.page;
  tab = asTab(page);
  const headers = { origin: program.url };
  await page.request.post(`${program.url}/auth/first-account`, {
    headers,
    data: { ...account, key: program.key },
  });
  await page.request.post(`${program.url}/auth/sign-in/email`, { headers, data: account });
});
after(async () => {
  await browser?.close();
  await program?.close();
});

test('somebody is added by hand, found without the accents of their name, and mended', async () => {
  await page.goto(`${program.url}/users`);
  await tab.button('Add a person').click();
  await tab.field('Phone number').fill('(415) 555-0148');
  await tab.field('User id').fill('zoe');
  await tab.field('Value of firstName').fill('Zoë');
  await tab.field('Value of lastName').fill('Ångström');
  await tab.button('Add person').click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await tab.field('Find somebody').fill('angstrom zoe');
  await page.waitForURL(/query=/);
  await tab.link('Zoë Ångström').waitFor();
  await page.getByText('1 person', { exact: true }).waitFor();
  await assertPageRules(watched);

  // A look that is still to come does not call back who has left for the person's page, however slow that is.
  await page.route('**/assets/user-page*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 600));
    await route.continue();
  });
  await tab.field('Find somebody').fill('zoe');
  await tab.link('Zoë Ångström').click();
  await tab.button('Edit').click();
  await tab.field('Email').fill('zoe@example.com');
  await tab.field('Value of city').fill('Oakland');
  await tab.button('Save').click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText('Oakland', { exact: true }).waitFor();
  const { user } = await program.call<{ user: { email: string; dataFields: Record<string, unknown> } }>(
    'GET',
    '/api/users/byUserId/zoe',
  );
  assert.equal(user.email, 'zoe@example.com');
  assert.equal(user.dataFields.phoneNumber, '+14155550148');
  await assertPageRules(watched);
});

test('an opt-in is recorded by hand with what proves it, and not without', async () => {
  await tab.button('Record an opt-in').click();
  await page.getByRole('checkbox', { name: /SMS Marketing/ }).check();
  assert.ok(await tab.button('Record the opt-in').isDisabled(), 'without a means there is no proof');
  await tab.choose('How', 'On paper');
  await tab.field('Where').fill('card at the counter');
  await tab.field('On which day').fill('2026-11-20');
  await tab.field('The words they agreed to').fill('Yes, text me');
  await tab.button('Record the opt-in').click();
  await page.getByText('on paper; source: card at the counter', { exact: true }).waitFor();
  const { entries } = await program.call<{
    entries: { method: string; happenedAt: string; wording: string }[];
  }>('GET', '/api/consent/proof?userId=zoe');
  assert.equal(entries.length, 1);
  assert.equal(entries[0]?.method, 'paper');
  assert.equal(entries[0]?.wording, 'Yes, text me');
  assert.match(entries[0]?.happenedAt ?? '', /^2026-11-20/);
  await assertPageRules(watched);
});

test('a person is put on a list and taken off it, and the lists tell how many they hold', async () => {
  await program.call('POST', '/api/lists', { name: 'Élite club' });
  await page.reload();
  await tab.choose('Put on a list', 'Élite club');
  await tab.link('Élite club').waitFor();
  await page.goto(`${program.url}/lists`);
  await tab.field('Find a list').fill('elite');
  await page.getByRole('row', { name: /Élite club 1 / }).waitFor();
  await assertPageRules(watched);
  await tab.link('Élite club').click();
  await tab.link('Zoë Ångström').waitFor();
  await assertPageRules(watched);
  await tab.link('Zoë Ångström').click();
  await tab.button('Take off Élite club').click();
  await page.getByText('On no list.').waitFor();
});
