import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openTab } from '../testing/console-tab.ts';
import { assertPageRules, type WatchedPage, watch } from '../testing/page-rules.ts';
import { type Handsets, handsets, type Live } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';
import type { Tab } from '../testing/tab.ts';

let program: TestProgram;
let phones: Handsets;
let browser: Browser;
/** The one tab in which a newcomer walks through all of the console; each test goes on where the last one ended. */
let watched: WatchedPage;
let page: Page;
let tab: Tab;

before(async () => {
  program = await startTestProgram();
  phones = handsets(program);
  ({ browser, watched, page, tab } = await openTab());
});
after(async () => {
  await browser?.close();
  await program?.close();
});

const account = { name: 'Nora Newcomer', email: 'nora@example.com', password: 'a long enough password' };

/** Goes to a place of the navigation and checks the page. */
async function visit(place: string, title: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: place, exact: true })
    .click();
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
  await page.waitForLoadState('networkidle');
  await assertPageRules(watched);
}

/** Waits until the page's figures are the API's, and those are as they should be. */
function figuresAsTold(campaignId: number, isDone: (totals: Live['totals']) => boolean) {
  return program.until('the page to tell what the API tells', async () => {
    const { totals } = await program.call<Live>('GET', `/api/campaigns/${campaignId}/live`);
    if (!isDone(totals)) return null;
    const told = await tab.figures();
    const same =
      told.Audience === String(totals.audience) &&
      told.Sends === String(totals.sends) &&
      told.Delivered === String(totals.delivered) &&
      told.Bounced === String(totals.bounced) &&
      told['Awaiting receipt'] === String(totals.awaitingReceipt) &&
      told.Pending === String(totals.pending) &&
      told.Skipped === String(totals.skips) &&
      told.Clicks === String(totals.clicks.unique) &&
      told['Opt-outs'] === String(totals.optOuts.unique);
    return same ? totals : null;
  });
}

test('a newcomer makes the first account with the key, signs out, and in again by keyboard alone', async () => {
  await page.goto(program.url);
  await tab.heading('Make the first account').waitFor();
  await assertPageRules(watched);
  await tab.field('API key').fill('no key of anybody');
  await tab.field('Your brand').fill('Harbor Coffee');
  await tab.field('Your name').fill(account.name);
  await tab.field('Email').fill(account.email);
  await tab.field('Password').fill(account.password);
  await tab.button('Make account and sign in').click();
  await page.getByText('This is no server-side key of any project here').waitFor();
  watched.complaints.length = 0;
  await tab.field('API key').fill(program.key);
  await tab.button('Make account and sign in').click();
  // What the page asks for is answered before the session ends.
  await page.getByText('No help contact yet').waitFor();
  await tab.button('Sign out').click();
  await tab.heading('Sign in').waitFor();
  await assertPageRules(watched);
  await tab.tabTo(tab.field('Email'));
  await page.keyboard.type(account.email);
  await tab.tabTo(tab.field('Password'));
  await page.keyboard.type(account.password);
  await page.keyboard.press('Enter');
  await tab.heading('Your first campaign in four steps').waitFor();
  await page.getByText('No help contact yet').waitFor();
  await assertPageRules(watched);
});

/** Sixty people in New York, whose numbers are written as people write them, and others with something amiss. */
const wayToWrite = [
  (last: string) => `(212) 220-${last}`,
  (last: string) => `212.220.${last}`,
  (last: string) => `+1 212 220 ${last}`,
  (last: string) => `1-212-220-${last}`,
  (last: string) => ` 212 220${last}`,
];
const lastDigits = (index: number) => String(3_000 + index);
const numberOf = (index: number) => `+1212220${lastDigits(index)}`;
const people = 60;
const rows = [
  'First name,Mobile,E-mail,City,SMS opt-in,Opt-in date',
  ...Array.from({ length: people }, (_, index) => {
    const phone = wayToWrite[index % wayToWrite.length]?.(lastDigits(index));
    const email = index % 2 === 0 ? `guest${index}@example.com` : '';
    return `Guest ${index},${phone},${email},New York,${index % 3 === 0 ? 'YES' : 'y'},2026-10-${10 + (index % 20)}`;
  }),
  'Short Number,12345,,Boston,yes,2026-10-01',
  'Not A Number,call me maybe,,Boston,yes,2026-10-01',
  'No Identity,,,Boston,yes,2026-10-01',
  'Bad Mail,,not-an-email,Boston,yes,2026-10-01',
  'Only Mail,,only.mail@example.com,Boston,yes,2026-10-01',
  'Said No,(212) 220-4001,,New York,no,',
  'Said Maybe,(212) 220-4002,,New York,maybe,',
  'Bad Date,(212) 220-4003,,New York,yes,last spring',
];

test('a CSV with messy numbers and consent columns is imported, with progress and a reason for each refusal', async () => {
  await visit('Import', 'Import people');
  await page
    .getByLabel('CSV file')
    .locator('input')
    .or(page.locator('input[type=file]'))
    .first()
    .setInputFiles({
      ...{ name: 'guests.csv', mimeType: 'text/csv' },
      buffer: Buffer.from(rows.join('\r\n')),
    });
  await tab.heading('Its first rows, as they would be taken').waitFor();
  // Nobody's answer is chosen beforehand: the button says at the field what is missing.
  await tab.button('Import guests.csv').click();
  await page.getByText('Say whether they agreed').waitFor();
  await page.getByLabel('Yes, and here is the proof').check();
  await tab.choose('What they agreed to', /SMS Marketing/);
  await page.keyboard.press('Escape');
  await tab.field('Source of consent').fill('Guest book of the Carillon Hotel');
  await tab.choose('By what means', 'On paper');
  await tab
    .field('Words they agreed to')
    .fill('Yes, text me offers of the Carillon Hotel. Reply STOP to end.');
  await assertPageRules(watched, 'import-form');
  // As long as the test holds the table, the import cannot go on and the page has to show it as going.
  const hold = await program.database.pool.connect();
  await hold.query('BEGIN; LOCK TABLE users IN EXCLUSIVE MODE');
  await tab.button('Import guests.csv').click();
  await tab.heading('Importing…').waitFor();
  await page.getByText(`0 of ${rows.length - 1} rows`).waitFor();
  await hold.query('ROLLBACK');
  hold.release();
  await tab.heading('Done').waitFor();
  await page.getByText(`${rows.length - 1} of ${rows.length - 1} rows`).waitFor();
  const { imports } = await program.call<{ imports: { rowsTaken: number; rowsRefused: number }[] }>(
    'GET',
    '/api/import',
  );
  const told = await tab.figures();
  assert.deepEqual([imports[0]?.rowsTaken, imports[0]?.rowsRefused], [people + 4, 4]);
  assert.deepEqual([told.Taken, told.Refused], [String(people + 4), '4']);
  const report = page.getByRole('table', { name: 'Rows with a remark' });
  for (const value of ['12345', 'call me maybe', 'not-an-email', 'maybe', 'last spring'])
    assert.match(
      (await report
        .getByRole('row')
        .filter({ has: page.getByText(value, { exact: true }) })
        .textContent()) ?? '',
      /(Refused|Warning).*\S+ \S+ \S+/,
    );
  await assertPageRules(watched, 'import-report');
});

test('an SMS template with a field and a link is written, and a test of it comes to a handset', async () => {
  await tab.link('Write a template').click();
  await tab.button('New template').first().click();
  await page.getByRole('menuitem', { name: 'SMS' }).click();
  await tab.field('Name').fill('Autumn offer');
  await tab.choose('Message type', /SMS Marketing/);
  await tab.field('Message').pressSequentially('Carillon Hotel: hi ');
  await tab.choose('Field', 'firstName');
  await tab.field('If they have none').fill('there');
  await tab.button('Insert').click();
  assert.equal(
    await tab.field('Message').evaluate((box: HTMLTextAreaElement) => box.selectionStart),
    'Carillon Hotel: hi {{defaultIfEmpty firstName "there"}}'.length,
  );
  await tab.field('Message').pressSequentially(', a night for two: https://example.com/offer');
  await assertPageRules(watched, 'template-new');
  await tab.button('Save template').click();
  await tab.heading('Send a test').waitFor();
  await assertPageRules(watched);
  await tab.field('Phone number').fill('+1 415 555 0132');
  await tab.button('Send test').click();
  const proof = await phones.hearsOf('+14155550132', /hi Ada, a night for two/);
  assert.match(proof.body, new RegExp(`${program.url}/l/\\S+`));
  await page.getByText('The test to +14155550132 reached the handset').waitFor();
});

const sendersPace = (mps: number) => program.call('PATCH', '/api/senders/1', { mps });
let campaignId = 0;

test('a campaign shows its forecast, is launched by keyboard alone, and its numbers move to the end', async () => {
  await tab.link('Use it in a campaign').click();
  await tab.heading('New campaign').waitFor();
  await tab.field('Name').fill('Autumn offer to guests');
  await tab.choose('Lists and segments', 'guests');
  await page.keyboard.press('Escape');
  // As the API has it where nothing is said.
  const atALimit = page.getByRole('radiogroup', { name: /as many messages as the law or you allow/ });
  assert.ok(await atALimit.getByRole('radio', { name: 'Skip' }).isChecked());
  await assertPageRules(watched, 'campaign-new');
  await tab.button('Make campaign').dblclick();
  await tab.heading('Before you launch').waitFor();
  const made = await program.call<{ totalCampaignsCount: number }>('GET', '/api/campaigns');
  assert.equal(made.totalCampaignsCount, 1, 'a double click makes one');
  await page.getByText('never agreed to this kind of message').waitFor();
  await assertPageRules(watched, 'campaign-forecast');
  const forecast = await tab.figures();
  assert.equal(forecast.People, String(people + 4));
  assert.match(forecast['Will be sent'] ?? '', new RegExp(`^${people} `));
  campaignId = Number(/\d+$/.exec(page.url())?.[0]);
  // At one segment a second there is time to see some gone and others waiting.
  await sendersPace(1);
  await tab.tabTo(tab.button('Launch now'));
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Launch this campaign now?' }).waitFor();
  await tab.tabTo(tab.button(`Send to ${people} people`));
  await assertPageRules(watched);
  await page.keyboard.press('Enter');
  await program.until('some to have left while others wait', async () => {
    const told = await tab.figures();
    return Number(told.Sends) > 0 && Number(told.Pending) > 0 ? told : null;
  });
  await assertPageRules(watched, 'campaign-running');
  await sendersPace(225);
  const totals = await figuresAsTold(
    campaignId,
    ({ delivered, skips }) => delivered === people && skips === 4,
  );
  assert.deepEqual([totals.audience, totals.sends, totals.skips], [people + 4, people, 4]);
  await page.getByText('Finished').waitFor();
  const messages = page.getByRole('table', { name: 'Messages of this campaign' });
  await messages.getByText('Pending').first().waitFor({ state: 'detached' });
  await messages.getByText('Delivered').first().waitFor();
  await page.getByText(`${people + 4} of ${people + 4} sent or skipped`).waitFor();
  const mug = { id: 'mug', name: 'Mug', price: 12.5, quantity: 1 };
  const buyer = { email: 'guest2@example.com' };
  await program.call('POST', '/api/commerce/trackPurchase', {
    ...{ user: buyer, items: [mug], total: 12.5, campaignId },
  });
  await page.getByText('by 1 person; revenue 12.50').waitFor();
  await assertPageRules(watched, 'campaign-live');
});

/** Guest 1 has a number and no email: only by the number can one find them. */
const leaver = numberOf(1);
const reader = numberOf(2);

/** Opens a handset on the simulator's page in a tab of its own. */
async function openHandset(number: string): Promise<{ handset: WatchedPage; close: () => Promise<void> }> {
  const handset = watch(await page.context().newPage());
  await handset.page.setViewportSize({ width: 1280, height: 900 });
  await handset.page.goto(`${program.simulatorUrl}/#${encodeURIComponent(number)}`);
  await handset.page.getByRole('heading', { name: number }).waitFor();
  await handset.page.getByRole('log').getByText('a night for two').first().waitFor();
  return { handset, close: () => handset.page.close() };
}

test('a handset answers STOP: the next launch skips that person, and their page says why', async () => {
  const { handset, close } = await openHandset(leaver);
  await handset.page.getByRole('button', { name: 'STOP', exact: true }).click();
  await handset.page.getByRole('status').getByText('Delivered').waitFor();
  await assertPageRules(handset, 'handset');
  await close();
  await phones.hearsOf(leaver, /opted out|unsubscribed|no more/i);
  const first = await figuresAsTold(campaignId, ({ optOuts }) => optOuts.unique === 1);
  await tab.button('Launch now').click();
  await page.getByRole('dialog', { name: `Send again to all ${people - 1} people?` }).waitFor();
  await tab.button(`Send to ${people - 1} people`).click();
  const totals = await figuresAsTold(
    campaignId,
    ({ delivered, skips }) => delivered === first.delivered + people - 1 && skips > first.skips,
  );
  assert.equal(totals.skipsByReason.optedOut, 1);
  await page.getByText('opted out', { exact: true }).first().waitFor();
  await tab.choose('Status', 'Skipped');
  await tab.choose('Skip reason', 'opted out');
  const messages = page.getByRole('table', { name: 'Messages of this campaign' });
  await messages
    .getByRole('row')
    .filter({ hasText: 'opted out' })
    .getByRole('link', { name: leaver })
    .click();
  await page.getByRole('heading', { level: 1, name: 'Guest 1', exact: true }).waitFor();
  await page.getByText('Not sent: opted out.').waitFor();
  await page.getByText('read as an opt-out').waitFor();
  await assertPageRules(watched, 'user-history');
});

test('a handset taps the short link: the campaign and the person’s history show the click', async () => {
  const { handset, close } = await openHandset(reader);
  await handset.page.getByRole('log').getByRole('link').first().click();
  await handset.page.getByRole('status').getByText('https://example.com/offer').waitFor();
  await close();
  await visit('Campaigns', 'Campaigns');
  await tab.link('Autumn offer to guests').click();
  await figuresAsTold(campaignId, ({ clicks }) => clicks.unique === 1);
  await visit('Users', 'Users');
  await tab.field('Find somebody').fill(`(212) 220-${lastDigits(2)}`);
  await tab.link('Guest 2').click();
  await page.getByText('Followed a link: https://example.com/offer').waitFor();
  await assertPageRules(watched, 'user-click');
});

test('a schedule is foreseen at its hour and stays in sight; a copy is changed, taken back and deleted', async () => {
  await visit('Campaigns', 'Campaigns');
  await tab.link('Autumn offer to guests').click();
  await tab.button('Copy').click();
  await tab.heading('Change Copy of Autumn offer to guests').waitFor();
  await tab.field('Name').fill('Once more');
  await assertPageRules(watched, 'campaign-change');
  await tab.button('Save changes').click();
  await tab.heading('Before you launch').waitFor();
  await page.getByRole('radio', { name: 'At a time', exact: true }).check();
  // An hour before the law lets anybody be texted.
  await tab.field('Date and time').fill('2030-03-05T07:00');
  await tab.button('Who waits?').click();
  const waiting = page.getByRole('dialog', { name: 'Will wait' });
  await waiting.getByRole('link', { name: '+1212220' }).first().waitFor();
  await assertPageRules(watched, 'campaign-who-waits');
  await page.keyboard.press('Escape');
  await tab.button('Schedule').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Schedule', exact: true }).click();
  await tab.heading('It will start by itself').waitFor();
  await page.getByText('Tuesday, March 5, 2030 at 7:00 AM').waitFor();
  await tab.button('Change time').waitFor();
  // What it will come to at that hour is still told.
  await tab.button('Who waits?').waitFor();
  assert.match((await tab.figures())['Will be sent'] ?? '', /^59 /);
  await assertPageRules(watched, 'campaign-scheduled');
  await tab.button('Cancel schedule').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel schedule', exact: true }).click();
  await tab.heading('Before you launch').waitFor();
  await tab.button('Delete').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await tab.heading('Campaigns').waitFor();
  await page.getByText('Once more').waitFor({ state: 'detached' });
});

test('every other page keeps the rules too', async () => {
  await visit('Home', 'Harbor Coffee');
  await visit('Templates', 'Templates');
  await visit('Lists', 'Lists');
  await visit('Senders', 'Senders');
  await visit('Settings', 'Settings');
  await tab.field('Help contact').fill('help@harbor.example');
  await tab.button('Save project').click();
  await page.getByText('No help contact yet').waitFor({ state: 'detached' });
  for (const medium of ['whatsApp', 'email']) {
    await page.goto(`${program.url}/templates/${medium}/new`);
    await tab.button('Save template').waitFor();
    await assertPageRules(watched, `template-${medium}`);
  }
});
