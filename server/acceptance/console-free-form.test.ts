import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { SessionMessage } from '../providers/whatsapp-message.ts';
import { openConsole } from '../testing/console-tab.ts';
import { everyKind } from '../testing/every-kind.ts';
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
  ({ browser, watched, page, tab } = await openConsole(program, 'Wanda'));
});
after(async () => {
  await browser?.close();
  await program?.close();
});

interface Kept {
  kind: string;
  message: SessionMessage;
  otherwiseTemplateId: number | null;
}
const read = (templateId: string | number) =>
  program.call<Kept>('GET', `/api/templates/whatsApp/get?templateId=${templateId}`);

async function save(calls: string, fields: object): Promise<number> {
  const path = `/api/templates/${calls}/upsert`;
  const { params } = await program.call<{ params: { templateId: number } }>('POST', path, fields);
  return params.templateId;
}

const preview = () => page.getByRole('region', { name: 'As they will see it' });
const part = (name: string) => page.getByRole('group', { name, exact: true });

test('a free-form message is written by keys alone: what Meta would refuse is told as one writes, the phone shows it, and another template goes to the others', async () => {
  const otherwise = await save('whatsApp', {
    ...{ clientTemplateId: 'ask', name: 'May we ask', body: 'May we ask you something?' },
  });
  await page.goto(`${program.url}/templates`);
  await tab.button('New template').press('Enter');
  await page.getByRole('menuitem', { name: 'WhatsApp, free-form' }).press('Enter');
  await tab.heading('New free-form WhatsApp message').waitFor();
  await assertPageRules(watched, 'free-form-new');
  const type = async (field: ReturnType<Tab['field']>, text: string) => {
    await tab.tabTo(field);
    await page.keyboard.type(text);
  };
  await type(tab.field('Name'), 'Which size');
  await type(tab.field('Body'), 'Hi {{firstName}}, which size do *you* wear?');
  const [first, second] = [part('Button 1'), part('Button 2')];
  await type(first.getByLabel(/^Words/), 'Small, as it was before');
  await first.getByText('has 23 characters; Meta allows 20: make it shorter').waitFor();
  await assertPageRules(watched, 'free-form-fault');
  for (let each = 0; each < 18; each++) await page.keyboard.press('Backspace');
  await first.getByText('has 23 characters').waitFor({ state: 'detached' });
  assert.equal(await first.getByLabel(/^Payload/).inputValue(), 'Small', 'it goes along with the words');
  await tab.tabTo(tab.button('Add a button'));
  await page.keyboard.press('Enter');
  await type(second.getByLabel(/^Words/), 'Small');
  await part('Buttons')
    .getByText(/titles hold .Small. more than once/)
    .waitFor();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Large');
  await preview().getByText('Hi Ada, which size do').waitFor();
  await preview().getByText('Large', { exact: true }).waitFor();
  await tab.choose('A template instead', /May we ask/);
  await tab.tabTo(tab.button('Save template'));
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/templates\/whatsApp\/\d+$/);
  await tab.button('Saved').waitFor();
  assert.equal(await page.getByText('Meta’s approval').count(), 0, 'nobody approves it');
  const kept = await read(page.url().split('/').at(-1) ?? '');
  assert.partialDeepStrictEqual(kept, {
    ...{ kind: 'session', otherwiseTemplateId: otherwise },
    message: {
      ...{ type: 'button', body: 'Hi {{firstName}}, which size do *you* wear?' },
      buttons: [
        { id: 'Small', title: 'Small' },
        { id: 'Large', title: 'Large' },
      ],
    },
  });
  await assertPageRules(watched, 'free-form-kept');
  await tab.link('Templates').click();
  await page
    .getByRole('row', { name: /Which size/ })
    .getByText('WhatsApp, free-form')
    .waitFor();
  await tab.link('Which size').click();
  await tab.heading('Which size').waitFor();
});

/** Kinds whose forms and bubbles have among them every part that there is. */
const partsOfAll = new Set(['audio', 'location', 'contacts', 'list', 'flow', 'productList', 'carousel']);

test('every kind of message opens in its form, shows on the phone, and is saved as it was', async () => {
  for (const [type, { message, shows }] of Object.entries(everyKind)) {
    const id = await save('whatsApp/session', { ...{ clientTemplateId: type, name: `A ${type}` }, message });
    await page.goto(`${program.url}/templates/whatsApp/${id}`);
    for (const words of shows) await preview().getByText(words, { exact: true }).first().waitFor();
    if (partsOfAll.has(type)) await assertPageRules(watched, `free-form-${type}`);
    await tab.field('Name').fill(`Another ${type}`);
    await tab.button('Save template').click();
    await tab.button('Saved').waitFor();
    assert.deepEqual((await read(id)).message, message, type);
  }
});

test('each kind begins as a form that tells what it lacks once it is to be saved', async () => {
  await page.goto(`${program.url}/templates/whatsApp/new?kind=session`);
  await tab.field('Name').fill('Begun');
  await tab.field('Body').fill('Look at these');
  await tab.choose('Kind of message', 'Cards side by side');
  assert.equal(await tab.field('Body').first().inputValue(), 'Look at these', 'words remain');
  await part('Card 1')
    .getByRole('textbox', { name: /^Picture/ })
    .fill('https://shop.example/one.png');
  const complaints = watched.complaints.length;
  await page
    .locator('form')
    .first()
    .evaluate((form: HTMLFormElement) => {
      form.noValidate = true;
    });
  await tab.button('Save template').click();
  await part('Card 2').getByText('is empty; write it').first().waitFor();
  assert.ok(watched.complaints.splice(complaints).every((each) => /status of 400|shop\.example/.test(each)));
});
