import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openConsole } from '../testing/console-tab.ts';
import { assertPageRules, type WatchedPage } from '../testing/page-rules.ts';
import { handsets, ours } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';
import type { Tab } from '../testing/tab.ts';

let program: TestProgram;
let browser: Browser;
let watched: WatchedPage;
let page: Page;
let tab: Tab;
let templateId: number;

interface View {
  status: string | null;
  providerName: string;
  category: string;
  quality: string | null;
  nextCategory: string | null;
}
const view = () => program.call<View>('GET', `/api/templates/whatsApp/get?templateId=${templateId}`);

/** Has Meta make something of the template as it stands. */
async function meta(verdict: object): Promise<void> {
  const { providerAccounts } = await program.call<{
    providerAccounts: { wire: string; settings: { businessAccountId?: string } }[];
  }>('GET', '/api/providerAccounts');
  const waba = providerAccounts.find(({ wire }) => wire === 'meta')?.settings.businessAccountId;
  await program.simulator('PUT', `/businesses/${waba}/templates/${(await view()).providerName}`, verdict);
}

before(async () => {
  program = await startTestProgram();
  // Meta's reviewer is this test.
  await program.simulator('PUT', '/behaviour', { templateReviewMs: 3_600_000 });
  const { params } = await program.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/whatsApp/upsert',
    {
      ...{ clientTemplateId: 'life', name: 'Order ready', category: 'UTILITY' },
      body: 'Your order is ready, and 20% off waits for you.',
    },
  );
  templateId = params.templateId;
  ({ browser, watched, page, tab } = await openConsole(program, 'Mia'));
});
after(async () => {
  await browser?.close();
  await program?.close();
});

const badge = (words: string) =>
  page.getByRole('region', { name: 'Meta’s approval' }).getByText(words, { exact: true }).waitFor();

test('a template is seen in the console to be rejected, mended, approved, paused for quality and recategorised, as Meta tells it', async () => {
  await page.goto(`${program.url}/templates/whatsApp/${templateId}`);
  await badge('Not submitted');
  await tab.button('Submit to Meta').click();
  await badge('Being reviewed');

  await meta({ status: 'REJECTED', reason: 'PROMOTIONAL' });
  await badge('Rejected');
  await page.getByText('It advertises, and was submitted as Utility').waitFor();
  await assertPageRules(watched, 'template-rejected');

  await tab.field('Body').fill('Your order is ready.');
  await tab.button('Save template').click();
  await badge('Not submitted');
  assert.equal((await view()).providerName, 'order_ready');
  await tab.button('Submit to Meta').click();
  await badge('Being reviewed');

  await meta({ status: 'APPROVED', quality: 'GREEN' });
  await badge('Approved');
  await badge('Quality high');

  await meta({ status: 'PAUSED', reason: 'FIRST_PAUSE', quality: 'RED' });
  await badge('Paused by Meta');
  await badge('Quality low');
  await assertPageRules(watched, 'template-paused');
  await tab.button('End the pause').click();
  await badge('Approved');

  await meta({ category: 'MARKETING', announcedIn: 86_400 });
  await page.getByText('It will be Marketing').waitFor();
  await assertPageRules(watched, 'template-announced');
  assert.partialDeepStrictEqual(await view(), { category: 'UTILITY', nextCategory: 'MARKETING' });
  await meta({ category: 'MARKETING' });
  await page.getByText('It will be Marketing').waitFor({ state: 'detached' });
  assert.partialDeepStrictEqual(await view(), { category: 'MARKETING', nextCategory: null });
});

test('what is approved is changed as another version; what Meta had before is taken up again, and deleted there', async () => {
  await tab.field('Body').fill('Your order waits for you at the shop.');
  await tab.button('Save template').click();
  await badge('Not submitted');
  assert.equal((await view()).providerName, 'order_ready_v2');
  await tab.button('Submit to Meta').click();
  await badge('Being reviewed');
  await meta({ status: 'APPROVED' });
  await badge('Approved');
  await assertPageRules(watched, 'template-versions');
  await tab.button('Take it up again: order_ready').click();
  await tab.button('Save template').click();
  await tab.button('Saved').waitFor();
  await badge('Approved');
  assert.equal((await view()).providerName, 'order_ready');
  await tab.button('Delete at Meta: order_ready_v2').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete at Meta' }).click();
  await page.getByText('Meta has deleted order_ready_v2').waitFor();
  const { versions } = await program.call<{ versions: { providerName: string; status: string }[] }>(
    'GET',
    `/api/templates/whatsApp/versions?templateId=${templateId}`,
  );
  assert.deepEqual(
    versions.map(({ providerName, status }) => [providerName, status]),
    [
      ['order_ready_v2', 'DELETED'],
      ['order_ready', 'APPROVED'],
    ],
  );
  const sent = await program.call<{ params: { messageId: string } }>(
    'POST',
    '/api/templates/whatsApp/proof',
    { templateId, recipientPhoneNumber: '+447700900123' },
  );
  assert.ok(sent.params.messageId);
  const [heard] = await handsets(program).hears('+447700900123', 1);
  assert.equal(heard?.from, ours.whatsApp);
});
