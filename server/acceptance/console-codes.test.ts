import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openConsole } from '../testing/console-tab.ts';
import { assertPageRules, type WatchedPage } from '../testing/page-rules.ts';
import { handsets } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';
import type { Tab } from '../testing/tab.ts';

let program: TestProgram;
let browser: Browser;
let watched: WatchedPage;
let tab: Tab;
before(async () => {
  program = await startTestProgram();
  ({ browser, watched, tab } = await openConsole(program, 'Cora'));
});
after(async () => {
  await browser?.close();
  await program?.close();
});

test('a profile is made, a code is sent to a phone at hand and checked, and a block is seen and lifted', async () => {
  const { page } = watched;
  await page.goto(`${program.url}/codes`);
  await tab.heading('Codes').waitFor();
  await page.getByText('No profile yet').waitFor();
  await tab.button('New profile').click();
  await tab.field('Name').fill('Sign-in');
  await page.getByText('United States').first().waitFor();
  await tab.field('Your site').fill('shop.example.com');
  await tab.choose('By', 'WhatsApp, then SMS');
  await tab.choose('On WhatsApp the code is', 'Filled in by itself (zero-tap)');
  await tab.field('Your Android apps').fill('com.example.app FA+9qCX9VSu');
  await tab.field('I accept Meta’s terms of zero-tap codes').check();
  await assertPageRules(watched, 'codes-new');
  await tab.button('Make profile').click();
  await tab.heading('Sign-in').waitFor();
  await page.getByText('@shop.example.com #••••••').waitFor();

  const phone = '+14155552001';
  await tab.field('Phone number').fill(phone);
  await tab.button('Send a code').click();
  const { body } = await handsets(program).hearsOf(phone, /#\d{6}$/);
  const code = body.slice(-6);
  await tab.field('The code that came').fill(code === '000000' ? '000001' : '000000');
  await tab.button('Check').click();
  await page.getByText('Rejected', { exact: true }).waitFor();
  await tab.field('The code that came').fill(code);
  await tab.button('Check').click();
  await page.getByText('Verified', { exact: true }).waitFor();
  await page.getByText('1 of 1 asked for').waitFor();

  const { profiles } = await program.call<{ profiles: { id: number }[] }>(
    'GET',
    '/api/verifications/profiles',
  );
  const at = program.clock.now();
  await program.database.db
    .insertInto('verification_block')
    .values({
      ...{ project_id: 1, profile_id: profiles[0]?.id ?? 0, kind: 'prefix', key: '+1415555' },
      // By the browser's clock, too.
      ...{ sent: 50, verified: 2, since: at, until: new Date(Date.now() + 86_400_000) },
      ...{ lifted_at: null, lifted_by: null },
    })
    .execute();
  await page.reload();
  await page.getByText('No codes go to numbers +1415555••••').waitFor();
  await assertPageRules(watched, 'codes-profile');
  await page.emulateMedia({ colorScheme: 'dark' });
  await assertPageRules(watched, 'codes-profile-dark');
  await tab.button('Send codes there again').click();
  await page.getByText('No codes go to numbers').waitFor({ state: 'detached' });
  const row = await program.database.db
    .selectFrom('verification_block')
    .select('lifted_by')
    .executeTakeFirst();
  assert.match(row?.lifted_by ?? '', /cora/i);
  await tab.button('Change').click();
  await page.getByRole('combobox', { name: 'By' }).click();
  await page.getByRole('option', { name: 'WhatsApp, then SMS' }).click();
  await tab.button('Save').click();
  await tab.heading('On WhatsApp').waitFor();
  await tab.button('Have it approved').click();
  await page.getByText('approved', { exact: true }).waitFor();
  await assertPageRules(watched, 'codes-whatsapp');
  await tab.link('Codes').click();
  await tab.link('Sign-in').waitFor();
  await assertPageRules(watched, 'codes');
});
