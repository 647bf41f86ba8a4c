import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ConsoleTab, openConsole, openTab } from '../testing/console-tab.ts';
import { assertPageRules } from '../testing/page-rules.ts';
import { type Handsets, handsets, ours } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

let program: TestProgram;
let phones: Handsets;
/** Two people at two machines. */
let ann: ConsoleTab;
let bob: ConsoleTab;
before(async () => {
  // By the browsers' clock, by which they show how long a window is open.
  program = await startTestProgram(new Date().toISOString());
  phones = handsets(program);
  ann = await openConsole(program, 'Ann');
  await ann.page.evaluate(async () => {
    const made = await fetch('/auth/accounts', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: 'Bob', email: 'bob@example.com', password: 'a long enough password' }),
    });
    if (!made.ok) throw new Error(await made.text());
  });
  bob = await openTab();
  await bob.page.goto(program.url);
  await bob.tab.field('Email').fill('bob@example.com');
  await bob.tab.field('Password').fill('a long enough password');
  await bob.tab.button('Sign in').click();
  await bob.tab.link('Inbox').waitFor();
});
after(async () => {
  await ann?.browser.close();
  await bob?.browser.close();
  await program?.close();
});

test('two agents see a message come in, see one another, and only one of two answers goes', async () => {
  const phone = '+14155557001';
  await program.call('POST', '/api/users/update', {
    userId: 'ada',
    dataFields: { firstName: 'Ada', lastName: 'Byron', phoneNumber: phone },
  });
  await ann.page.goto(`${program.url}/inbox`);
  await ann.page.getByText('What people write to you opens a thread').waitFor();
  await assertPageRules(ann.watched, 'inbox-empty');
  await phones.writes(phone, ours.transactional, 'Is my order on its way?');
  // It comes by itself.
  await ann.page.getByRole('link', { name: /Ada Byron/ }).click();
  await ann.page.getByText('Is my order on its way?').last().waitFor();
  await bob.page.goto(ann.page.url());
  await bob.tab.heading('Ada Byron').waitFor();
  await ann.page.getByText('Bob is looking').waitFor();

  await bob.tab.field('Your answer').fill('It left this morning.');
  await ann.page.getByText('Bob is writing').waitFor();
  await ann.tab.field('Your answer').fill('Let me look.');
  await bob.tab.button('Send').click();
  await phones.hearsOf(phone, /^It left this morning\.$/);
  await ann.page.getByText('Bob has answered meanwhile').waitFor();
  assert.equal(await ann.tab.button('Send').isDisabled(), true);
  await assertPageRules(ann.watched, 'inbox-conflict');
  // What she has begun is there when she comes again.
  await ann.page.waitForTimeout(1_000);
  await ann.page.reload();
  await ann.page.getByText('It left this morning.').last().waitFor();
  assert.equal(await ann.tab.field('Your answer').inputValue(), 'Let me look.');
  await Promise.all([ann.page.waitForResponse(/\/draft$/), ann.tab.field('Your answer').fill('')]);

  await program.call('POST', '/api/inbox/canned', { code: 'thanks', body: 'Thank you, {{firstName|dear}}!' });
  await ann.page.reload();
  await ann.tab.heading('Ada Byron').waitFor();
  await ann.page.keyboard.press('r');
  await ann.page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await ann.page.keyboard.type('/tha');
  await ann.page.getByRole('option', { name: /thanks/ }).waitFor();
  await ann.page.keyboard.press('Enter');
  await ann.page.waitForFunction(() => document.querySelector('textarea')?.value === 'Thank you, Ada!');
  await ann.page.keyboard.press('Control+Enter');
  await phones.hearsOf(phone, /^Thank you, Ada!$/);
  await bob.page.getByText('Thank you, Ada!').last().waitFor();

  await ann.page.getByText('Note', { exact: true }).click();
  await ann.tab.field('Note for the others').fill('She is a regular.');
  // A note that is begun is there when she comes again, as an answer is.
  await ann.page.waitForTimeout(1_000);
  await ann.page.reload();
  await ann.page.getByText('Note', { exact: true }).click();
  assert.equal(await ann.tab.field('Note for the others').inputValue(), 'She is a regular.');
  await bob.page.goto(`${program.url}/inbox`);
  await ann.page.getByRole('combobox', { name: 'For whom' }).click();
  await ann.page.getByRole('option', { name: 'Bob' }).click();
  await ann.page.keyboard.press('Escape');
  await ann.tab.button('Keep note').click();
  await bob.page.getByText('Note for you').waitFor();
  await bob.page.getByRole('link', { name: /Ada Byron/ }).click();
  await bob.page.getByText('She is a regular.').waitFor();
  await bob.page.getByText('Note for you').waitFor({ state: 'detached' });
  await assertPageRules(bob.watched, 'inbox-thread');
  await bob.page.getByRole('log').focus();
  await bob.page.keyboard.press('e');
  await bob.tab.button('Reopen').waitFor();
  await ann.tab.button('Reopen').waitFor();
  await ann.page.getByRole('log').focus();
  await ann.page.keyboard.press('Shift+?');
  await ann.page.getByText('Single letters act').waitFor();
  await assertPageRules(ann.watched, 'inbox-keys');
  await ann.page.keyboard.press('Escape');
});

test('a closed window turns the answer to a template, and whoever has said STOP is not written to', async () => {
  const [late, out] = ['+14155557002', '+14155557003'];
  await phones.writes(late, ours.whatsApp, 'Hello on WhatsApp');
  await phones.writes(out, ours.promotional, 'Hello by text');
  await phones.writes(out, ours.promotional, 'STOP');
  await ann.page.goto(`${program.url}/inbox`);
  await ann.page.getByRole('link', { name: /STOP/ }).click();
  await ann.page.getByText('No words of your own just now').waitFor();
  await assertPageRules(ann.watched, 'inbox-stop');
  program.clock.advance(25 * 3_600_000);
  await ann.page.getByRole('link', { name: /Hello on WhatsApp/ }).click();
  await ann.page.getByText('wrote too long ago').waitFor();
  await assertPageRules(ann.watched, 'inbox-window');
});

test('settings and canned replies are kept, and on a phone list and thread are screens of their own', async () => {
  const { page, tab, watched } = bob;
  await page.goto(`${program.url}/inbox`);
  await tab.button('Settings and canned replies').click();
  await tab.field('Code').fill('hours');
  await tab.field('Text').fill('We are open from 8 to 6.');
  await assertPageRules(watched, 'inbox-canned');
  await tab.button('Keep').click();
  await page.getByText('/hours', { exact: true }).waitFor();
  await page.getByRole('tab', { name: 'Settings' }).click();
  await tab.field('First answer due after').fill('30');
  await assertPageRules(watched, 'inbox-settings');
  await tab.button('Keep').click();
  await page.getByText('Kept').first().waitFor();
  await page.getByRole('tab', { name: 'Waiting times' }).click();
  await page.getByText('threads in 30 days').waitFor();
  await assertPageRules(watched, 'inbox-measures');
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('link', { name: /Ada Byron/ }).click();
  await tab.heading('Ada Byron').waitFor();
  assert.equal(await page.getByRole('navigation', { name: 'List of threads' }).isVisible(), false);
  await page.getByRole('button', { name: 'Person' }).click();
  await page.getByRole('dialog').getByText('Consent').waitFor();
  await page.keyboard.press('Escape');
  await tab.link('Back to the list').click();
  await tab.heading('Inbox').waitFor();
});
