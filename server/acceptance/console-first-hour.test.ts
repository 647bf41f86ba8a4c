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
let campaignId: number;
before(async () => {
  program = await startTestProgram();
  ({ browser, watched, page, tab } = await openConsole(program, 'Nora'));
  const { id } = await program.call<{ id: number }>('POST', '/api/messageTypes', {
    ...{ channelId: 1, name: 'Offers' },
  });
  await program.call('POST', '/api/templates/sms/upsert', {
    ...{ clientTemplateId: 'offer', name: 'Offer', message: 'Harbor: an offer', messageTypeId: id },
  });
  const called = { name: 'Called for', templateId: 1 };
  ({ campaignId } = await program.call<{ campaignId: number }>('POST', '/api/campaigns/create', called));
  await program.call('POST', '/api/users/update', {
    ...{ userId: 'hana', dataFields: { firstName: 'Hana', phoneNumber: '+12122206001' } },
  });
});
after(async () => {
  await browser?.close();
  await program?.close();
});

const main = () => page.locator('main');
const upload = (name: string, content: string | Uint8Array) =>
  page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });

test('pages speak of people’s deeds, not in words of the API', async () => {
  const places = ['campaigns', `campaigns/${campaignId}`, 'users', 'lists', 'import', 'senders', 'settings'];
  for (const place of places) {
    await page.goto(`${program.url}/${place}`);
    await page.waitForLoadState('networkidle');
    // As a screen reader tells it; addresses of links are not told.
    const told = (await main().ariaSnapshot()).replaceAll(/\/url:.*/g, '');
    const words = told.match(/\b(GET|POST|PUT|PATCH|DELETE) \S+|\/api\/\S*|\b[a-z]+[A-Z]\w*/g);
    assert.deepEqual(words, null, place);
  }
});

test('a file that cannot be read is told of, and nothing more is asked about it; the next file is taken', async () => {
  await page.goto(`${program.url}/import`);
  await upload('people.csv', new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0, 1, 2, 3]));
  await page.getByRole('alert').getByText('The file is').waitFor();
  assert.equal(await main().getByRole('textbox').count(), 0);
  assert.equal(await main().getByRole('radio').count(), 0);
  assert.deepEqual(await main().getByRole('button').allTextContents(), ['Choose another file']);
  // Whoever goes by keyboard stands before it, not at the page's top.
  const focused = await tab.heading('people.csv').evaluate((title) => title === document.activeElement);
  assert.ok(focused);
  // The browser tells of the answer 400.
  watched.complaints.length = 0;
  await assertPageRules(watched, 'import-unreadable');
  await tab.button('Choose another file').click();
  await upload('better.csv', 'Email,Visits\nann@example.com,3');
  await tab.heading('Its first rows, as they would be taken').waitFor();
  await tab.field('Name of the new list').waitFor();
});

test('every field of every import is found by a part of its name and put into a text, with a word for who lacks it', async () => {
  const fields = (prefix: string) => Array.from({ length: 12 }, (_, index) => `${prefix}${index}`);
  for (const prefix of ['loyaltyTier', 'shopVisit'])
    await program.call('POST', '/api/users/update', {
      ...{ userId: prefix, dataFields: Object.fromEntries(fields(prefix).map((name) => [name, 'x'])) },
    });
  await page.goto(`${program.url}/templates/sms/new`);
  await tab.field('Message').pressSequentially('Harbor: you are ');
  const box = page.getByRole('combobox', { name: 'Field' }).or(page.getByRole('textbox', { name: 'Field' }));
  await box.first().click();
  for (const name of [...fields('loyaltyTier'), ...fields('shopVisit')])
    assert.ok(await page.getByRole('option', { name, exact: true }).isVisible(), name);
  await box.first().fill('TIER1');
  await page.getByRole('option', { name: 'loyaltyTier11' }).waitFor();
  assert.equal(await page.getByRole('option', { name: /shopVisit/ }).count(), 0);
  await page.getByRole('option', { name: 'loyaltyTier1', exact: true }).click();
  await tab.field('If they have none').fill('a "guest"');
  await tab.button('Insert').click();
  await main().getByText('Harbor: you are a "guest"').first().waitFor();
  assert.equal(
    await tab.field('Message').inputValue(),
    `Harbor: you are {{defaultIfEmpty loyaltyTier1 'a "guest"'}}`,
  );
});

test('a message type is told with its channel wherever it is named', async () => {
  const named = 'Offers · SMS Marketing';
  const choice = async (path: string, label: string) => {
    await page.goto(`${program.url}/${path}`);
    const list = page.getByRole('combobox', { name: label }).or(page.getByRole('textbox', { name: label }));
    await list.first().click();
    await page.getByRole('option', { name: named, exact: true }).waitFor();
  };
  await page.goto(`${program.url}/campaigns/${campaignId}`);
  await main().getByText(named, { exact: true }).waitFor();
  await choice('templates/sms/new', 'Message type');
  await choice('users', 'Message type');
  await page.goto(`${program.url}/users/hana`);
  await tab.button('Record an opt-in').click();
  await page.getByLabel(named, { exact: true }).waitFor();
});

test('the page of a person opens their handset of the simulator', async () => {
  await page.goto(`${program.url}/users/hana`);
  const opened = page.context().waitForEvent('page');
  await page.getByRole('link', { name: 'Open the simulated handset' }).click();
  const handset = await opened;
  await handset.getByRole('heading', { name: '+12122206001' }).waitFor();
  assert.equal(new URL(handset.url()).origin, new URL(program.simulatorUrl).origin);
  await handset.close();
});

test('whoever forgot their password sets a new one at the door, with a key of the project', async () => {
  await page.context().clearCookies();
  await page.goto(program.url);
  await tab.button('Forgot your password?').click();
  await tab.heading('Set a new password').waitFor();
  await assertPageRules(watched, 'reset-password');
  await tab.field('Email').fill('nora@example.com');
  await tab.field('API key').fill('no key of anybody');
  await tab.field('New password').fill('another long password');
  await tab.button('Set password and sign in').click();
  await page.getByText('This is no server-side key of any project here').waitFor();
  await tab.field('API key').fill(program.key);
  await tab.button('Set password and sign in').click();
  await tab.heading('Your first campaign in four steps').waitFor();
});
