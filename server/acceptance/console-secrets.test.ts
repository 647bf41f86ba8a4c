import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { builtInWires } from '../providers/built-in.ts';
import { wiresOf } from '../providers/wires.ts';
import { openConsole } from '../testing/console-tab.ts';
import { assertPageRules, type WatchedPage } from '../testing/page-rules.ts';
import { pigeon } from '../testing/pigeon/pigeon.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';
import type { Tab } from '../testing/tab.ts';

let program: TestProgram;
let browser: Browser;
let watched: WatchedPage;
let page: Page;
let tab: Tab;

before(async () => {
  program = await startTestProgram(undefined, {}, wiresOf([...builtInWires.all, pigeon]));
  await program.call('POST', '/api/webhooks/create', {
    ...{ endpoint: 'https://hooks.harbor.example/carillon', childEvents: ['smsBounce'] },
    ...{ authType: 'Bearer', authToken: 'stored-token' },
    customHeaders: [{ name: 'X-Shop', value: 'stored-value' }],
  });
  ({ browser, watched, page, tab } = await openConsole(program, 'Nora'));
});
after(async () => {
  await browser?.close();
  await program?.close();
});

const visit = (place: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place, exact: true }).click();

test('an account that is led to another place asks for its secrets again, and says why', async () => {
  await visit('Senders');
  await tab.button('Change Twilio (simulated)').click();
  const form = page.getByRole('dialog');
  await form.getByText('Never shown; empty, it stays as it is').first().waitFor();
  await form.getByLabel('Base address').fill(`${program.simulatorUrl}/other`);
  await form.getByText('This leads to another place').waitFor();
  await assertPageRules(watched, 'account-moved');
  const token = form.getByLabel('Auth token', { exact: false }).first();
  await form.getByRole('button', { name: 'Save account' }).click();
  assert.equal(await token.evaluate((input: HTMLInputElement) => input.validity.valueMissing), true);
  await form.getByLabel('Base address').fill(program.simulatorUrl);
  assert.equal(await form.getByText('This leads to another place').count(), 0);
  await form.getByLabel('Base address').fill('http://10.0.0.7:8080');
  await token.fill('new-token');
  await form.getByRole('button', { name: 'Save account' }).click();
  await form.getByText('OUTBOUND_ALLOW=10.0.0.7:8080').waitFor();
  watched.complaints.length = 0;
  await assertPageRules(watched, 'account-refused');
  await form.getByLabel('Base address').fill('https://twilio.harbor.example');
  await form.getByRole('button', { name: 'Save account' }).click();
  await page.getByText('https://twilio.harbor.example').waitFor();
  await assertPageRules(watched, 'accounts');
});

test('an account is connected by the form that its wire’s schema makes, of a wire that the console has never heard of too', async () => {
  await visit('Senders');
  await tab.link('Connect an account').first().click();
  await tab.field('Help contact').fill('help@harbor.example');
  await tab.button('Continue').click();
  await page.getByRole('radio', { name: 'Pigeon post · SMS' }).check();
  await assertPageRules(watched, 'connect-provider');
  await tab.button('Continue').click();
  await tab.field('Base address').fill('http://127.0.0.1:9');
  await tab.field('Number of the loft').fill('seven');
  await page.getByLabel('Birds come home').check({ force: true });
  await page.getByLabel('Inscription of the ring', { exact: false }).first().fill('brass');
  await assertPageRules(watched, 'account-new');
  await tab.button('Continue').click();
  await page.getByText('settings.loft must be L and digits, such as L7').waitFor();
  watched.complaints.length = 0;
  await assertPageRules(watched, 'account-new-refused');
  await tab.field('Number of the loft').fill('L7');
  await tab.button('Continue').click();
  await tab.button('Connect the account').click();
  await tab.heading('Pigeon post').waitFor();
  const { providerAccounts } = await program.call<{ providerAccounts: { wire: string; settings: object }[] }>(
    'GET',
    '/api/providerAccounts',
  );
  assert.deepEqual(providerAccounts.find(({ wire }) => wire === 'pigeon')?.settings, {
    ...{ baseUrl: 'http://127.0.0.1:9', loft: 'L7', homing: true },
  });
  await assertPageRules(watched, 'account-added');
});

test('a webhook that is led to another endpoint asks for its token and headers again', async () => {
  await visit('Settings');
  await tab.button('Change webhook https://hooks.harbor.example/carillon').click();
  const form = page.getByRole('dialog');
  await form.getByText('Set: X-Shop; empty, they stay as they are').waitFor();
  assert.doesNotMatch(await page.content(), /stored-/);
  await form.getByLabel('Endpoint').fill('https://other.harbor.example/carillon');
  await form.getByText('This leads to another place').waitFor();
  await assertPageRules(watched, 'webhook-moved');
  await form.getByLabel('Token').fill('new-token');
  await form.getByRole('button', { name: 'Save webhook' }).click();
  await page.getByText('https://other.harbor.example/carillon').waitFor();
  await assertPageRules(watched, 'webhooks');
  const { webhooks } = await program.call<{ webhooks: object[] }>('GET', '/api/webhooks');
  assert.partialDeepStrictEqual(webhooks[0], { authTokenSet: true, customHeaders: [] });
});
