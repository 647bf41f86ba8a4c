import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openConsole } from '../testing/console-tab.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';
import type { Tab } from '../testing/tab.ts';

let program: TestProgram;
let browser: Browser;
let page: Page;
let tab: Tab;
before(async () => {
  program = await startTestProgram();
  ({ browser, page, tab } = await openConsole(program, 'Ida'));
});
after(async () => {
  await browser?.close();
  await program?.close();
});

/** Chooses a file of these rows and states consent to texts. */
async function chooseFile(name: string, rows: string[]): Promise<void> {
  await page.goto(`${program.url}/import`);
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) });
  await tab.heading('Its first rows, as they would be taken').waitFor();
  await page.getByLabel('Yes, and here is the proof').check();
  await tab.choose('What they agreed to', /SMS Marketing/);
  await page.keyboard.press('Escape');
  await tab.field('Source of consent').fill('Guest book');
}

const subscribed = async (email: string): Promise<string[]> => {
  const { standings } = await program.call<{ standings: { kind: string; status: string }[] }>(
    'GET',
    `/api/consent/proof?email=${email}`,
  );
  return standings.filter(({ kind }) => kind === 'messageType').map(({ status }) => status);
};

test('of two columns of consent the console asks which counts; its answer holds, and the import can be undone', async () => {
  await chooseFile('two.csv', [
    'Email,Phone,SMS opt in,Accepts SMS Marketing',
    'ann@example.com,(212) 220-5001,yes,no',
    'bob@example.com,(212) 220-5002,no,yes',
  ]);
  const question = page.getByRole('radiogroup', { name: /both speak of consent by SMS. Which one counts/ });
  await question.waitFor();
  assert.doesNotMatch((await page.locator('main').textContent()) ?? '', /options\.|messageTypeIds/);
  await question.getByLabel('Accepts SMS Marketing').click();
  await page.getByText('Your answers are taken into account').waitFor();
  await tab.button('Import two.csv').click();
  await tab.heading('Done').waitFor();
  assert.deepEqual(
    [await subscribed('ann@example.com'), await subscribed('bob@example.com')],
    [[], ['subscribed']],
  );
  await tab.button('See what undoing it would do').click();
  await tab.button('Undo this import').click();
  await tab.heading('Undone').waitFor();
  assert.doesNotMatch(JSON.stringify(await program.call('GET', '/api/users/bob@example.com')), /bob@/);
});

test('where no column says who agreed, the console asks for one, or whether everybody did', async () => {
  await chooseFile('none.csv', ['Email,Phone,Visits', 'cid@example.com,(212) 220-5003,3']);
  await page.getByText('No column is known to say who agreed to SMS.').waitFor();
  await tab.button('Import none.csv').click();
  await page.getByText('Answer the open questions above first.').waitFor();
  await tab.tabTo(
    page
      .getByRole('textbox', { name: /Which column says who agreed to SMS/ })
      .or(page.getByRole('combobox', { name: /Which column says who agreed to SMS/ }))
      .first(),
  );
  assert.equal(await page.getByRole('option').count(), 0, 'no list hides the other answers');
  // Not `check`: an answered question is gone, perhaps before it could be seen checked.
  await page.getByLabel('Everybody in this file agreed to this').click();
  await page.getByText('Your answers are taken into account').waitFor();
  await tab.button('Import none.csv').click();
  await tab.heading('Done').waitFor();
  assert.deepEqual(await subscribed('cid@example.com'), ['subscribed']);
});
