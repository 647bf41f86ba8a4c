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
  ({ browser, watched, page, tab } = await openConsole(program, 'Tara'));
  const users = [
    { userId: 'ana', dataFields: { firstName: 'Ana', lastName: 'Silva', locale: 'pt-BR' } },
    { userId: 'zoe', dataFields: { firstName: 'Zoë' } },
  ];
  await program.call('POST', '/api/users/bulkUpdate', { users });
});
after(async () => {
  await browser?.close();
  await program?.close();
});

interface Saved {
  params: { templateId: number };
}
async function save(medium: string, fields: object): Promise<number> {
  const { params } = await program.call<Saved>('POST', `/api/templates/${medium}/upsert`, fields);
  return params.templateId;
}
const preview = () => page.getByRole('region', { name: 'As they will see it' });
const seen = (text: string | RegExp) => preview().getByText(text).first().waitFor();

test('a template is written in a second language, its writer told who gets it, and taken back to one', async () => {
  const id = await save('sms', {
    clientTemplateId: 'hi',
    name: 'Hello',
    message: 'Harbor: hi {{firstName}}',
  });
  await page.goto(`${program.url}/templates/sms/${id}`);
  await page.getByText('Everybody: no other language is written yet.').waitFor();
  await tab.button('Add a language').click();
  await tab.choose('Language', 'Portuguese (pt)');
  await page.getByText('is pt, with or without a country').waitFor();
  await assertPageRules(watched, 'template-language-add');
  await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
  await page.waitForURL(/locale=pt/);
  await tab.field('Message').fill('Harbor: olá {{firstName}}');
  await tab.button('Save template').click();
  await tab.button('Saved').waitFor();
  await seen(/olá Ada/);
  await assertPageRules(watched, 'template-language');
  const read = (locale: string) =>
    program.call<{ message: string }>('GET', `/api/templates/sms/get?templateId=${id}${locale}`);
  assert.equal((await read('&locale=pt')).message, 'Harbor: olá {{firstName}}');
  assert.equal((await read('')).message, 'Harbor: hi {{firstName}}');

  await tab.link('Default').click();
  await page.getByText('Everybody whose language is not written here').waitFor();
  assert.equal(await page.getByText('Saved; worth knowing').count(), 0, 'what was said of another language');
  await page.getByRole('combobox', { name: 'Show it for a real person' }).fill('silva');
  await page.getByRole('option', { name: /Ana Silva/ }).click();
  await seen(/hi Ana/);
  await seen('Ana Silva would get the text in Portuguese, by their language.');
  await assertPageRules(watched, 'template-person');

  await tab.link('Portuguese').click();
  await tab.button('Remove this language').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('Everybody: no other language is written yet.').waitFor();
  assert.deepEqual((await program.call('GET', `/api/templates/sms/get?templateId=${id}`)).locales, []);
});

test('the preview is what will leave: short links, the way to opt out, what it costs, and who gets nothing', async () => {
  await page.goto(`${program.url}/templates/sms/new`);
  await tab.field('Message').fill('Harbor: hi {{firstName}} 🔥 https://example.com/a-rather-long-address');
  await seen(/hi Ada 🔥 http\S+\/l\/\w{9}\s+Reply STOP to opt out/);
  await seen(/sent and billed as 2 segments of up to 67\./);
  await seen(/About \$0\.\d+ for this person, \$\d+\.\d\d for a thousand/);
  await assertPageRules(watched, 'template-sms-preview');
  await tab.field('Message').fill('Harbor: you have {{points}} points');
  await seen('They would get nothing');
  await seen('No message for this person.');
  await tab.field('points').fill('12');
  await seen(/you have 12 points/);
  await tab.field('Message').fill('Harbor: {{#if points}}');
  await seen('Cannot be shown as it is written');
  // A text that cannot be read is refused by the server, which the browser tells of.
  const complaints = watched.complaints.splice(0);
  assert.ok(complaints.every((each) => /status of 400/.test(each)));
  await assertPageRules(watched, 'template-sms-fault');
});

test('a WhatsApp message shows filled with its buttons, and near its limit its writer is warned', async () => {
  const id = await save('whatsApp', {
    ...{ clientTemplateId: 'wa', name: 'News on WhatsApp', body: 'Hi *{{firstName}}*, news from {{city}}!' },
    header: { kind: 'text', text: 'For {{firstName}}' },
    footer: 'Reply STOP to end',
    buttons: [
      { type: 'url', text: 'Have a look', url: 'https://example.com/{{city}}' },
      { type: 'quickReply', text: 'Not now', payload: 'not now' },
    ],
  });
  await page.goto(`${program.url}/templates/whatsApp/${id}`);
  await seen('For Ada');
  await seen(/news from London/);
  await seen(/\/l\/\w{9}/);
  await assertPageRules(watched, 'template-whatsapp-kept');
  await tab.field('Body').fill(`Hi {{firstName}}, ${'news '.repeat(199)}!`);
  await seen(/body, filled in, has 1,00\d of the 1,024 characters/);
  await page.getByRole('heading', { name: 'Languages' }).waitFor();
  await tab.field('Body').fill('Hi *{{firstName}}*, news from {{city}}!');
});

test('an email shows as an inbox has it, made by the server', async () => {
  const id = await save('email', {
    ...{
      clientTemplateId: 'mail',
      name: 'News by mail',
      subject: 'News for {{firstName}}',
      fromName: 'Harbor',
    },
    ...{ preheaderText: 'All of it', html: '<p>Hi {{#if firstName}}{{firstName}}{{/if}}</p>' },
  });
  await page.goto(`${program.url}/templates/email/${id}`);
  await seen('News for Ada');
  await seen('Harbor · All of it');
  const inside = page.frameLocator('iframe[title="Email preview"]');
  await inside.getByText('Hi Ada').waitFor();
  await inside.getByText('Unsubscribe').waitFor();
  await assertPageRules(watched, 'template-email-kept');
});

test('deleting a template asks in plain words, names the campaign that needs it, and else deletes it', async () => {
  const id = await save('sms', { clientTemplateId: 'old', name: 'Old news', message: 'Harbor: old' });
  const { listId } = await program.call<{ listId: number }>('POST', '/api/lists', { name: 'All' });
  const { campaignId } = await program.call<{ campaignId: number }>('POST', '/api/campaigns/create', {
    ...{ name: 'Next week', templateId: id, listIds: [listId], scheduleSend: false },
  });
  await page.goto(`${program.url}/templates/sms/${id}`);
  await tab.button('Delete').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('“Old news” is still needed').waitFor();
  await dialog.getByRole('link', { name: 'Next week' }).waitFor();
  assert.equal(await dialog.getByRole('button', { name: 'Delete' }).count(), 0);
  await assertPageRules(watched, 'template-needed');
  await dialog.getByRole('button', { name: 'Go back' }).click();
  await program.call('DELETE', `/api/campaigns/${campaignId}`);
  await tab.button('Delete').click();
  await dialog.getByText('Delete “Old news”?').waitFor();
  await assertPageRules(watched, 'template-delete');
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Templates' }).waitFor();
  assert.equal(await tab.link('Old news').count(), 0);
});

test('templates are found by name and channel, and copied', async () => {
  await assertPageRules(watched, 'templates');
  await tab.field('Find a template').fill('whats');
  await tab.button('Copy template News on WhatsApp').click();
  await tab.link('Copy of News on WhatsApp').waitFor();
  assert.equal(await tab.link('Hello').count(), 0);
  await assertPageRules(watched, 'templates-found');
});
