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
  ({ browser, watched, tab } = await openConsole(program, 'Liv'));
  const users = Array.from({ length: 12 }, (_, index) => ({
    email: `v${index}@example.com`,
    dataFields: { city: index < 8 ? 'Paris' : 'Rome' },
  }));
  await program.call('POST', '/api/users/bulkUpdate', { users });
});
after(async () => {
  await browser?.close();
  await program?.close();
});

test('a segment is kept live: its size is shown, and whoever changes it is asked whether to tell who comes and goes', async () => {
  const { page } = watched;
  await page.goto(`${program.url}/segments/new`);
  await tab.field('Name').fill('Romans');
  await page.getByRole('button', { name: /^Profile field/ }).click();
  await page.getByRole('combobox', { name: 'Their field' }).fill('city');
  await tab.field('Text').fill('Rome');
  await page.getByRole('checkbox', { name: 'Keep membership live' }).check();
  await tab.button('Make segment').click();
  await tab.heading('Kept live').waitFor();
  await page.getByText('4 people now', { exact: true }).waitFor();
  await page.getByRole('img', { name: /^Size over time: 4 people/ }).waitFor();
  await assertPageRules(watched, 'segment-live');
  await tab.link('Change').click();
  await tab.heading('Change Romans').waitFor();
  await tab.field('Text').fill('Paris');
  await tab.button('Save changes').click();
  const question = page.getByRole('dialog', { name: 'Who comes and goes by this change?' });
  await question.getByText('Romans: 8 people would enter, 4 people would leave.').waitFor();
  await assertPageRules(watched, 'segment-live-question');
  await question.getByRole('button', { name: 'Save in silence' }).click();
  await page.getByText('8 people now', { exact: true }).waitFor();
  await page.goto(`${program.url}/segments`);
  await page.getByRole('cell', { name: '8 people', exact: true }).waitFor();
});
