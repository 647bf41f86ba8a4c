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
  const users = Array.from({ length: 12 }, (_, index) => ({
    email: `c${index}@example.com`,
    dataFields: { firstName: `Ann${index}`, city: index < 8 ? 'Paris' : 'Rome', age: 20 + index },
  }));
  await program.call('POST', '/api/users/bulkUpdate', { users });
  await program.call('POST', '/api/events/track', {
    email: 'c1@example.com',
    eventName: 'viewedProduct',
    dataFields: { price: 12 },
  });
});
after(async () => {
  await browser?.close();
  await program?.close();
});

const counted = (words: string) =>
  watched.page.getByRole('region', { name: 'Who that is' }).getByText(words, { exact: true });

test('a segment is written by keyboard alone, with a count that moves, and its people and their why are shown', async () => {
  const { page } = watched;
  await page.goto(`${program.url}/segments`);
  await tab.link('New segment').click();
  await tab.heading('New segment').waitFor();
  await tab.tabTo(tab.field('Name'));
  await page.keyboard.type('Parisians');
  await tab.tabTo(page.getByRole('button', { name: /^Profile field/ }));
  await page.keyboard.press('Enter');
  // The first condition has the focus.
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'combobox');
  await page.keyboard.type('city');
  await tab.tabTo(tab.field('Text'));
  await page.keyboard.type('Paris');
  await counted('8 people').waitFor();
  await page.getByText('Everybody of whom this is true: their city is “Paris”.').waitFor();
  await tab.tabTo(tab.button('Add a condition'));
  await page.keyboard.press('Enter');
  const event = page.getByRole('menuitem', { name: 'Event', exact: true });
  await event.waitFor();
  // Where the menu begins depends on what the pointer lies on.
  const isOnEvent = () => event.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 30 && !(await isOnEvent()); presses++)
    await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  // The new condition has the focus.
  await page.waitForFunction(
    () => document.activeElement?.getAttribute('placeholder') === 'The name of an event',
  );
  await page.keyboard.type('viewedProduct');
  await page.keyboard.press('Escape');
  await counted('1 person').waitFor();
  await assertPageRules(watched, 'segment-new');
  await tab.tabTo(tab.button('Make segment'));
  await page.keyboard.press('Enter');
  await tab.heading('Parisians').waitFor();
  const table = page.getByRole('table', { name: 'People of the segment' });
  await table.getByText('Ann1', { exact: true }).waitFor();
  await tab.field('Email, phone number or user id').fill('c2@example.com');
  await tab.button('Ask').click();
  await page.getByText('c2@example.com: they are not of it.').waitFor();
  await assertPageRules(watched, 'segment');
});

test('a definition of many conditions five deep keeps what is written while parts come and go, and asks before it is left', async () => {
  const { page } = watched;
  const field = (index: number) => ({ field: { path: 'age', atLeast: index } });
  const nested = (depth: number): object =>
    depth === 0
      ? { event: { name: 'viewedProduct', sum: { of: 'price', atLeast: 10 }, during: { lastDays: 30 } } }
      : {
          [depth % 2 === 0 ? 'all' : 'any']: [
            nested(depth - 1),
            ...Array.from({ length: 7 }, (_, index) => field(index)),
          ],
        };
  const definition = {
    all: [
      { purchase: { revenue: { moreThan: 100 }, item: { path: 'name', contains: 'mug' } } },
      { event: { name: 'addedToCart', notFollowedBy: { purchase: true, within: { hours: 2 } } } },
      { message: { what: 'clicked', channelIds: [1], during: { last: { weeks: 2 } } } },
      { field: { path: 'tags', hasElement: { path: 'name', is: 'vip' } } },
      nested(5),
    ],
  };
  const { id } = await program.call<{ id: number }>('POST', '/api/segments', { name: 'Deep', definition });
  await page.goto(`${program.url}/segments/${id}/edit`);
  await tab.heading('Change Deep').waitFor();
  await page.getByText('by this alone').last().waitFor();
  assert.equal(await page.getByLabel('As JSON').count(), 1);
  await assertPageRules(watched, 'segment-deep');
  await page.getByLabel('As JSON').fill('{ "path": ');
  await tab.button('Add a condition').last().click();
  await page.getByRole('menuitem', { name: 'Random share' }).click();
  await page.getByLabel('Name of the draw').waitFor();
  assert.equal(await page.getByLabel('As JSON').inputValue(), '{ "path": ');
  assert.ok(
    await tab.button('Save changes').isDisabled(),
    'what is no JSON yet is not saved in its old form',
  );
  await page.getByRole('button', { name: 'Remove this condition (Random share)' }).click();
  const focused = () => page.evaluate(() => document.activeElement?.tagName ?? '');
  await page.waitForFunction(() => document.activeElement !== document.body);
  assert.notEqual(await focused(), 'BODY');
  await tab.link('Leave it as it is').click();
  const question = page.getByRole('dialog', { name: 'Leave without saving?' });
  await question.getByRole('button', { name: 'Leave' }).click();
  await tab.heading('Deep').waitFor();
  await program.call('DELETE', `/api/segments/${id}`);
});

test('a segment is changed, narrowed by what an event says, and chosen for a campaign, which keeps it from being deleted', async () => {
  const { page } = watched;
  const { segments } = await program.call<{ segments: { id: number }[] }>('GET', '/api/segments');
  const id = segments[0]?.id ?? 0;
  await page.goto(`${program.url}/segments/${id}`);
  await tab.link('Change').click();
  await tab.heading('Change Parisians').waitFor();
  await tab.button('Only those where …').click();
  await page.getByRole('combobox', { name: 'Its field' }).fill('price');
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: 'How', exact: true }).last().click();
  await page.getByRole('option', { name: 'is at least' }).click();
  await tab.field('Number').fill('13');
  await counted('0 people').waitFor();
  await tab.field('Number').fill('12');
  await counted('1 person').waitFor();
  await tab.button('Save changes').click();
  await tab.heading('Parisians').waitFor();
  await page.goto(`${program.url}/segments`);
  await page.getByText('their city is “Paris”').waitFor();
  await assertPageRules(watched, 'segments');
  const templateId = (
    await program.call<{ params: { templateId: number } }>('POST', '/api/templates/sms/upsert', {
      ...{ clientTemplateId: 'news', name: 'News', messageTypeId: 1, message: 'Carillon: news' },
    })
  ).params.templateId;
  await page.goto(`${program.url}/campaigns/new?template=${templateId}`);
  await tab.field('Name').fill('To Paris');
  await tab.choose('Lists and segments', 'Parisians');
  await page.keyboard.press('Escape');
  await tab.button('Make campaign').click();
  await tab.heading('Before you launch').waitFor();
  await page.getByText('segment Parisians').waitFor();
  const campaignId = Number(/\d+$/.exec(page.url())?.[0]);
  const sendAt = new Date(program.clock.now().getTime() + 86_400_000).toISOString();
  await program.call('POST', `/api/campaigns/${campaignId}/schedule`, { sendAt });
  await page.goto(`${program.url}/segments`);
  await page.getByRole('button', { name: 'Delete segment Parisians' }).click();
  await tab.button('Delete the segment').click();
  await page.getByText(/needed by campaign \d+ \(To Paris, Scheduled\)/).waitFor();
  assert.equal((await program.call<{ segments: unknown[] }>('GET', '/api/segments')).segments.length, 1);
});
