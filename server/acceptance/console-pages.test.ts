import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openConsole } from '../testing/console-tab.ts';
import { assertPageRules, type WatchedPage } from '../testing/page-rules.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';
import type { Tab } from '../testing/tab.ts';

let program: TestProgram;
let browser: Browser;
let watched: WatchedPage;
let page: Page;
let tab: Tab;
before(async () => {
  program = await startTestProgram();
  ({ browser, watched, page, tab } = await openConsole(program, 'Nora'));
});
after(async () => {
  await browser?.close();
  await program?.close();
});

test('the page of somebody who may be in any zone of a country says so', async () => {
  await program.call('POST', '/api/users/update', {
    userId: 'matilda',
    dataFields: { firstName: 'Matilda', phoneNumber: '+61412345678' },
  });
  await page.goto(`${program.url}/users/matilda`);
  await page.getByText('Australia (any of its zones)').waitFor();
  await assertPageRules(watched);
});

test('the page of somebody to whom a message waits says why, and until when', async () => {
  const named = { userId: 'wendy' };
  const { params } = await program.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/sms/upsert',
    {
      ...{ clientTemplateId: 'called', name: 'Called', messageTypeId: 1, message: 'Carillon Hotel: see you' },
    },
  );
  await program.call('POST', '/api/users/update', { ...named, dataFields: { phoneNumber: '+12122204999' } });
  const proof = { method: 'webForm', source: 'form at example.com', wording: 'Yes' };
  await program.call('POST', '/api/consent', { consents: [{ ...named, messageTypeId: 1, ...proof }] });
  const made = await program.call<{ campaignId: number }>('POST', '/api/campaigns/create', {
    ...{ name: 'Called for', templateId: params.templateId },
  });
  await program.call('POST', '/api/campaigns/activateTriggered', { campaignId: made.campaignId });
  const target = { campaignId: made.campaignId, recipientUserId: 'wendy', sendAt: '2099-01-05T17:00:00Z' };
  await program.call('POST', '/api/sms/target', target);
  await page.goto(`${program.url}/users/wendy`);
  await page.getByText('It waits for its own time, Jan 5, 2099').waitFor();
  await page.goto(`${program.url}/campaigns/${made.campaignId}`);
  await page.getByText('the API key “').first().waitFor();
  await assertPageRules(watched);
});

test('on a phone the closed menu is out of reach of Tab, and Escape closes the open one', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  const link = page.locator('nav').getByText('Campaigns', { exact: true });
  const canBeReached = () => link.evaluate((element) => element.closest('[inert]') === null);
  await page.waitForFunction(() => document.querySelector('nav')?.closest('[inert]') !== null);
  await tab.button('Open navigation').click();
  assert.equal(await canBeReached(), true);
  assert.notEqual(await page.locator('main').getAttribute('inert'), null);
  await page.keyboard.press('Escape');
  assert.equal(await canBeReached(), false);
  assert.equal(
    await tab.button('Open navigation').evaluate((button) => button === document.activeElement),
    true,
  );
  await page.setViewportSize({ width: 1280, height: 900 });
});

test('a session that ends is renewed where one stands, and what was typed is still there', async () => {
  await page.goto(`${program.url}/templates/sms/new`);
  await tab.field('Name').fill('Half written');
  await tab.field('Message').fill('Carillon Hotel: see you');
  await page.context().clearCookies();
  await tab.button('Save template').click();
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await dialog.waitFor();
  await tab.field('Email').fill('nora@example.com');
  await dialog.getByLabel(/^Password( \*)?$/).fill('a long enough password');
  await tab.button('Sign in').click();
  await dialog.waitFor({ state: 'detached' });
  await tab.button('Save template').click();
  await tab.heading('Send a test').waitFor();
  await page.getByRole('heading', { level: 1, name: 'Half written' }).waitFor();
});
