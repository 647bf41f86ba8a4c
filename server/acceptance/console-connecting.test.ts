import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openConsole } from '../testing/console-tab.ts';
import { assertPageRules, type WatchedPage } from '../testing/page-rules.ts';
import { handsets } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';
import type { Tab } from '../testing/tab.ts';

let program: TestProgram;
let browser: Browser;
let watched: WatchedPage;
let page: Page;
let tab: Tab;

const sid = 'AC0000000000000000000000000000abcd';
const token = 'the-right-token-of-twilio';
const texting = '+14155559001';
const waba = '700000000000001';
const phoneNumberId = '600000000000001';
const whatsApp = '+14155559201';

before(async () => {
  program = await startTestProgram();
  await program.simulator('PUT', `/accounts/${sid}`, { authToken: token });
  for (const number of [texting, '+18005559002'])
    await program.simulator('PUT', `/numbers/${encodeURIComponent(number)}`, { accountSid: sid });
  await program.simulator('PUT', `/businesses/${waba}`, {
    ...{ appSecret: 'meta-secret', verifyToken: 'x', accessToken: 'meta-token' },
    webhookUrl: 'http://127.0.0.1:9/elsewhere',
    phoneNumbers: [{ id: phoneNumberId, displayNumber: whatsApp }],
  });
  await program.simulator('PUT', `/phone-numbers/${phoneNumberId}`, { registered: false, verified: false });
  ({ browser, watched, page, tab } = await openConsole(program, 'Nora'));
});
after(async () => {
  await browser?.close();
  await program?.close();
});

const secret = (label: string) => page.getByLabel(label, { exact: false }).first();
const toSimulator = async () => {
  await tab.button('More settings').click();
  await tab.field('Base address').fill(program.simulatorUrl);
};

test('an account with Twilio is connected step by step by keyboard alone, each step looked at, and texts come here', async () => {
  await page.goto(`${program.url}/senders`);
  await tab.heading('What is due').waitFor();
  await page.getByText('All accounts and senders are as they should be').waitFor();
  await assertPageRules(watched, 'senders');
  await tab.tabTo(tab.link('Connect an account'));
  await page.keyboard.press('Enter');
  await tab.heading('Your brand').waitFor();
  await assertPageRules(watched, 'connect-brand');
  await tab.tabTo(tab.field('Help contact'));
  await page.keyboard.type('help@harbor.example');
  await page.keyboard.press('Enter');
  await tab.heading('Your provider').waitFor();
  assert.ok(await tab.heading('Your provider').evaluate((title) => title === document.activeElement));
  await tab.tabTo(page.getByRole('radio', { name: 'Twilio · SMS' }));
  await tab.tabTo(tab.button('Continue'));
  await page.keyboard.press('Enter');
  await tab.heading('Sign in to Twilio').waitFor();
  await tab.tabTo(tab.field('Account SID'));
  await page.keyboard.type(sid);
  await tab.tabTo(secret('Auth token'));
  await page.keyboard.type('a wrong one');
  await tab.tabTo(tab.button('More settings'));
  await page.keyboard.press('Enter');
  await tab.tabTo(tab.field('Base address'));
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(program.simulatorUrl);
  await page.keyboard.press('Enter');
  await page.getByText('Copy both values anew').waitFor();
  await assertPageRules(watched, 'connect-twilio-refused');
  await secret('Auth token').fill(token);
  await tab.button('Check and continue').click();
  await tab.heading('Your numbers').waitFor();
  await page.getByText('Signed in to the account').waitFor();
  await tab.button('Check and continue').click();
  await tab.heading('What you send from').waitFor();
  await page.getByLabel(`Send from ${texting}`).check();
  await page.getByText('Usual: 1 (').waitFor();
  await assertPageRules(watched, 'connect-twilio-senders');
  assert.doesNotMatch(await page.content(), new RegExp(token));
  await tab.button('Connect the account').click();
  await tab.heading('How it stands with Twilio').waitFor();
  await page.getByText('What people text there comes to Carillon').waitFor();
  await assertPageRules(watched, 'account-twilio');
  await handsets(program).writes('+14155559100', texting, 'Hello');
});

test('an account with Meta is connected, and its number verified, registered and dressed', async () => {
  await page.goto(`${program.url}/senders/connect`);
  await tab.heading('Your brand').waitFor();
  await tab.button('Continue').click();
  await page.getByRole('radio', { name: 'Meta · WhatsApp' }).check();
  await tab.button('Continue').click();
  await secret('Access token').fill('meta-token');
  await toSimulator();
  await assertPageRules(watched, 'connect-meta-token');
  await tab.button('Check and continue').click();
  await tab.field('Business account id').fill(waba);
  await tab.button('Check and continue').click();
  await secret('App secret').fill('meta-secret');
  await assertPageRules(watched, 'connect-meta-app');
  await tab.button('Check and continue').click();
  await page.getByLabel(`Send from ${whatsApp}`).check();
  await tab.choose('Purpose', /Transactional/);
  await tab.button('Connect the account').click();
  await tab.heading('How it stands with Meta').waitFor();
  await page.getByText('It is not verified').waitFor();
  await assertPageRules(watched, 'account-meta');

  await page.goto(`${program.url}/senders`);
  await page.getByText('It is not verified').waitFor();
  await assertPageRules(watched, 'senders-due');
  await tab.link(whatsApp).click();
  await tab.heading('Registration').waitFor();
  await assertPageRules(watched, 'number-unverified');
  await tab.button('Text a code to it').click();
  const code = await program.until('the code to come', async () => {
    const { messages } = await program.simulator<{ messages: { body: string }[] }>(
      'GET',
      `/handsets/${encodeURIComponent(whatsApp)}/messages`,
    );
    return /\d{6}/.exec(messages.at(-1)?.body ?? '')?.[0] ?? null;
  });
  await tab.field('The code that came').fill(code);
  await tab.button('Verify').click();
  await page.getByText('but not registered').waitFor();
  await secret('PIN').fill('314159');
  await tab.button('Register').click();
  await page.getByText('Registered: it may send').waitFor();

  await tab.field('About').fill('Coffee by the harbor');
  await tab.field('Website').fill('https://harbor.example');
  await tab.button('Save profile').click();
  await page.getByText('The profile is changed').waitFor();
  await tab.button('Add an ice breaker').click();
  await page.getByLabel('Ice breaker 1', { exact: true }).fill('When are you open?');
  await tab.button('Add a command').click();
  await tab.field('Command 1').fill('order');
  await tab.field('What it does').fill('Where my order is');
  await tab.button('Save both').click();
  await page.getByText('Ice breakers and commands are set').waitFor();
  await tab.button('Apply for the badge').click();
  await tab.button('Withdraw the application for the badge').waitFor();
  await assertPageRules(watched, 'number-registered');
  await page.reload();
  await page.getByLabel('Ice breaker 1', { exact: true }).waitFor();
  assert.equal(await tab.field('About').inputValue(), 'Coffee by the harbor');
});

test('a test goes from a sender to a phone, a sender is stopped and told as due, a pool is made, changed and deleted', async () => {
  await program.call('POST', '/api/templates/sms/upsert', {
    ...{ clientTemplateId: 'try', name: 'Try me', messageTypeId: 1, message: 'Harbor: it works' },
  });
  await page.goto(`${program.url}/senders`);
  await tab.link(texting).click();
  await tab.field('Your phone number').fill('+14155559300');
  await tab.button('Send test').click();
  const [heard] = await handsets(program).hears('+14155559300', 1);
  assert.equal(heard?.from, texting);
  await page.getByText('reached the handset').waitFor();
  await tab.field('Pace, a second').fill('3');
  await tab.button('Save sender').click();
  await page.getByText('is changed').waitFor();
  await assertPageRules(watched, 'sender');
  await tab.button(`Stop ${texting}`).click();
  await page.getByText('What is to go from it waits').first().waitFor();
  await page.goto(`${program.url}/senders`);
  await page.getByText('The sender is stopped').waitFor();
  await tab.button(`Start ${texting}`).click();
  await page.getByText('The sender is stopped').waitFor({ state: 'detached' });

  await tab.button('New pool').click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Name').fill('Marketing');
  await tab.choose('Senders', /Promotional long code/);
  await page.keyboard.press('Escape');
  await assertPageRules(watched, 'pool-new');
  await form.getByRole('button', { name: 'Make pool' }).click();
  await page.getByRole('cell', { name: 'Marketing', exact: true }).waitFor();
  await tab.button('Change Marketing').click();
  await page.getByRole('dialog').getByLabel('Name').fill('All offers');
  await tab.button('Save pool').click();
  await tab.button('Delete All offers').click();
  await tab.button('Delete pool').click();
  await page.getByText('No pool.').waitFor();
});
