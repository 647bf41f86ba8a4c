import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator } from 'playwright-core';
import { openConsole } from '../testing/console-tab.ts';
import { assertPageRules, type WatchedPage } from '../testing/page-rules.ts';
import { type Handsets, handsets, typesByChannel } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';
import type { Tab } from '../testing/tab.ts';

const hourMs = 3_600_000;
const annsNumber = '+12125550143';

let program: TestProgram;
let phones: Handsets;
let browser: Browser;
let watched: WatchedPage;
let tab: Tab;
let templateId: number;
before(async () => {
  program = await startTestProgram();
  phones = handsets(program);
  const { messageTypeId } = (await typesByChannel(program)).get('SMS Marketing')!;
  const upsert = (name: string, message: string) =>
    program.call<{ params: { templateId: number } }>('POST', '/api/templates/sms/upsert', {
      ...{ clientTemplateId: name, name, messageTypeId, message },
    });
  ({ templateId } = (
    await upsert('Cart by text', 'Still in your cart: {{item}}. https://example.com/cart')
  ).params);
  await upsert('Cart once more', 'Your {{item}} will not wait for ever.');
  const users = ['ann', 'bob'].map((name, index) => ({
    email: `${name}@example.com`,
    dataFields: { firstName: name, phoneNumber: index === 0 ? annsNumber : '+12125550144', tier: 'gold' },
  }));
  await program.call('POST', '/api/users/bulkUpdate', { users });
  await program.call('POST', '/api/consent', {
    consents: users.map(({ email }) => ({ email, messageTypeId, method: 'webForm', source: 'the shop' })),
  });
  ({ browser, watched, tab } = await openConsole(program, 'Jo'));
});
after(async () => {
  await browser?.close();
  await program?.close();
});

/** A tile on the canvas, or in the list, by its name. */
const tile = (name: string): Locator => watched.page.locator(`[data-tile="${name}"]`);
const entry = ' entry';
const press = (...keys: string[]) =>
  keys.reduce((before, key) => before.then(() => watched.page.keyboard.press(key)), Promise.resolve());
const write = (text: string) => watched.page.keyboard.type(text);
const isFocused = (locator: Locator) => locator.evaluate((element) => element === document.activeElement);

/** Opens what a tile says. */
const open = async (name: string) => {
  await tile(name).focus();
  await press('Enter');
};

/** Waits for a tile to have the focus. */
const standsOn = (name: string) =>
  program.until(`the focus to be on ${name}`, async () => ((await isFocused(tile(name))) ? true : null));

/** Adds a tile after the one that has the focus: what is written finds it. */
async function add(found: string, way?: string): Promise<void> {
  const { page } = watched;
  await press('+');
  const dialog = page.getByRole('dialog', { name: 'What comes here?' });
  const sought = dialog.getByRole('textbox', { name: 'Find a tile' });
  await sought.waitFor();
  await program.until('the search to have the focus', async () => ((await isFocused(sought)) ? true : null));
  if (way !== undefined) {
    await press('Shift+Tab', 'Enter');
    await page.getByRole('option', { name: way, exact: true }).waitFor();
    await chooseByKeys(way);
    await press('Tab');
  }
  await write(found);
  await press('Enter');
  await dialog.waitFor({ state: 'hidden' });
}

/** Goes down in an open list to an option, and takes it. */
async function chooseByKeys(option: string): Promise<void> {
  const { page } = watched;
  const isOn = () =>
    page
      .getByRole('option', { name: option, exact: true })
      .first()
      .evaluate((element) => element.hasAttribute('data-combobox-selected'));
  for (let presses = 0; presses < 30 && !(await isOn()); presses++) await press('ArrowDown');
  await press('Enter');
}

/** Chooses the template of the message whose panel is open. */
async function chooseTemplate(name: string): Promise<void> {
  const { page } = watched;
  const field = page.getByRole('combobox', { name: /^Template/ });
  await tab.tabTo(field);
  await write(name);
  await page.getByRole('option', { name: new RegExp(`^${name}`) }).waitFor();
  await press('ArrowDown', 'Enter');
}

test('by keys alone a journey is drawn, published and run, and a person’s way through it is told', async () => {
  const { page } = watched;
  await page.goto(`${program.url}/journeys`);
  await tab.heading('Journeys').waitFor();
  await assertPageRules(watched, 'journeys-none');
  await tab.tabTo(tab.button('New journey'));
  await press('Enter');
  const made = page.getByRole('dialog', { name: 'New journey' });
  await made.waitFor();
  await assertPageRules(watched, 'journeys-new');
  await tab.tabTo(tab.field('Name'));
  await write('Cart reminder');
  await press('Enter');
  await tab.heading('Cart reminder').waitFor();
  await tile(entry).waitFor();
  await page.getByText('2 things to mend').waitFor();
  await assertPageRules(watched, 'journey-new');

  await tab.tabTo(tile(entry));
  await press('Enter');
  await tab.heading('Entry').waitFor();
  await tab.tabTo(page.getByRole('combobox', { name: 'Event' }));
  await write('cartAbandoned');
  await press('Escape', 'Escape');
  await standsOn(entry);
  await add('wait');
  await tab.heading('Wait').waitFor();
  await assertPageRules(watched, 'journey-wait');
  await press('Escape');
  await standsOn('wait');
  await press('ArrowDown');
  await standsOn('message');
  await press('Enter');
  await chooseTemplate('Cart by text');
  await assertPageRules(watched, 'journey-message');
  await press('Escape');
  await standsOn('message');
  await add('wait for');
  await tab.heading('Wait for').waitFor();
  await assertPageRules(watched, 'journey-wait-for');
  await press('Escape');
  await standsOn('waitFor');
  await add('message', 'Timed out');
  await tab.heading('Message').waitFor();
  await chooseTemplate('Cart once more');
  await press('Escape');
  await standsOn('message2');
  await press('ArrowUp');
  await standsOn('waitFor');
  await page.getByText('Nothing to mend').waitFor();
  await page.getByText('Saved', { exact: true }).waitFor();

  // A tile that is taken away and brought back.
  await press('Delete');
  const asked = page.getByRole('dialog', { name: 'Take waitFor away?' });
  await asked.getByText('message2').waitFor();
  await press('Escape');
  await asked.waitFor({ state: 'hidden' });
  await tab.tabTo(tile('waitFor'));
  await press('ArrowUp', 'ArrowUp');
  await standsOn('wait');
  await press('Delete');
  await tile('wait').waitFor({ state: 'detached' });
  await press('Control+z');
  await tile('wait').waitFor();
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.getByText('Nothing to mend').waitFor();
  await assertPageRules(watched, 'journey-drawn');

  await page.evaluate(() => document.querySelector('h1')?.focus());
  await tab.tabTo(tab.button('Publish'));
  await press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Publish Cart reminder?' });
  await dialog.getByText('From now on people enter').waitFor();
  await assertPageRules(watched, 'journey-publish');
  await tab.tabTo(dialog.getByRole('button', { name: 'Publish' }));
  await press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('Open', { exact: true }).waitFor();

  await program.call('POST', '/api/events/track', {
    ...{ email: 'ann@example.com', eventName: 'cartAbandoned' },
    ...{ createdAt: program.clock.now().getTime(), dataFields: { item: 'blue shoes' } },
  });
  await tile('wait').getByText('1 inside').waitFor();
  program.clock.advance(hourMs);
  const [first] = await phones.hears(annsNumber, 1);
  assert.match(first?.body ?? '', /blue shoes/);
  await tile('waitFor').getByText('1 inside').waitFor();
  program.clock.advance(24 * hourMs);
  const heard = await phones.hears(annsNumber, 2);
  assert.match(heard[1]?.body ?? '', /will not wait for ever/);
  await tile('message2').getByText('1 arrived').waitFor();
  await assertPageRules(watched, 'journey-run');

  await tab.tabTo(page.getByRole('tab', { name: 'Journey' }));
  await press('ArrowRight');
  await page.getByRole('heading', { name: 'Tile by tile' }).waitFor();
  assert.equal((await tab.figures()).Entered, '1');
  await assertPageRules(watched, 'journey-results');
  await press('ArrowRight');
  await tab.tabTo(tab.field('Find a person'));
  await write('ann@example.com');
  await press('Enter');
  await page.getByText(/they came to an end of it/).waitFor();
  await page.getByText(/on by “Timed out”/).waitFor();
  await assertPageRules(watched, 'journey-person');
  await tab.tabTo(tab.field('Find a person'));
  await press('Control+a');
  await write('bob@example.com');
  await press('Enter');
  await page.getByText('bob@example.com never entered this journey.').waitFor();
});

test('an edit is published with people inside: it shows what changes, and asks where those go whose tile is gone', async () => {
  const { page } = watched;
  const document = {
    entry: { on: { event: { name: 'signedUp' } } },
    exits: [{ name: 'bought', purchase: {}, goal: true }],
    start: 'who',
    tiles: {
      who: {
        kind: 'split',
        branches: [{ name: 'early', entry: { path: 'early', is: true }, next: 'hour' }],
        otherwise: 'day',
      },
      hour: { kind: 'wait', for: { hours: 1 }, next: 'text' },
      day: { kind: 'wait', for: { hours: 24 }, next: 'text' },
      text: { kind: 'send', templateId, next: 'end', skipped: 'end' },
    },
  };
  const { id } = await program.call<{ id: number }>('POST', '/api/journeys', { name: 'Welcome', document });
  await program.call('POST', `/api/journeys/${id}/publish`, {});
  for (const [email, early] of [
    ['ann@example.com', true],
    ['bob@example.com', false],
  ])
    await program.call('POST', '/api/events/track', {
      ...{ email, eventName: 'signedUp', createdAt: program.clock.now().getTime(), dataFields: { early } },
    });
  await page.goto(`${program.url}/journeys/${id}`);
  await tile('hour').getByText('1 inside').waitFor();
  await tile('day').getByText('1 inside').waitFor();
  await open('day');
  await page.getByRole('textbox', { name: 'Wait', exact: true }).fill('48');
  await open('hour');
  await tab.button('Take away').click();
  await tile('hour').waitFor({ state: 'detached' });
  await page.getByText(/changes that are not published/).waitFor();
  await page.getByText('Saved', { exact: true }).waitFor();
  await tab.button('Publish').click();
  const dialog = page.getByRole('dialog', { name: 'Publish version 2?' });
  await dialog.getByText('hour (Wait), 1 person there').waitFor();
  await dialog.getByText('day (Wait), 1 person there').waitFor();
  await assertPageRules(watched, 'journey-publish-edit');
  assert.equal(await dialog.getByRole('button', { name: 'Publish' }).isDisabled(), true);
  await dialog.getByRole('combobox', { name: /^Who is at hour: where do they go/ }).click();
  await page.getByRole('option', { name: 'text', exact: true }).click();
  await dialog.getByRole('checkbox', { name: /^At day 1 person waits/ }).check();
  await dialog.getByRole('button', { name: 'Publish' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await tile('text').getByText('1 arrived').waitFor();

  await page.getByRole('tab', { name: 'Versions' }).click();
  await tab.choose('Look at', /^Version 2/);
  await tab.choose('Compared with', /^Version 1/);
  await page.getByRole('region', { name: 'What differs' }).getByText('Gone').waitFor();
  await assertPageRules(watched, 'journey-versions');
  await tab.choose('Look at', /^Version 1/);
  await tab.button('Bring back into the draft').click();
  await tile('hour').waitFor();
  await page.getByText('Saved', { exact: true }).waitFor();

  // Somebody else saves meanwhile: nothing of theirs is written over.
  const theirs = { ...document, longestLifeDays: 30 };
  await program.call('PATCH', `/api/journeys/${id}`, { document: theirs });
  await open('hour');
  await page.getByRole('textbox', { name: 'Wait', exact: true }).fill('3');
  await page.getByText(/Not saved: .* changed it at/).waitFor();
  await tab.button('Choose').click();
  await page.getByRole('dialog', { name: 'Somebody else changed this journey' }).waitFor();
  // The browser tells of every answer that refuses: of this one it should.
  assert.equal(watched.complaints.splice(0).length, 1);
  await assertPageRules(watched, 'journey-conflict');
  await page.getByRole('button', { name: /^Take theirs/ }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  const { draft } = await program.call<{ draft: { longestLifeDays: number } }>('GET', `/api/journeys/${id}`);
  assert.equal(draft.longestLifeDays, 30);
  // The same while nothing is drawn here: it is told, and shown when one wants it.
  await program.call('PATCH', `/api/journeys/${id}`, { document: { ...document, exits: [] } });
  await tab.button('Show it').click();
  await page.getByRole('button', { name: '0 exit rules' }).waitFor();

  await tab.button('Pause').click();
  await page
    .getByRole('dialog')
    .getByText(/1 person is inside/)
    .waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Paused', { exact: true }).waitFor();
  program.clock.advance(72 * hourMs);
  await tab.button('Resume').click();
  await page
    .getByRole('dialog')
    .getByText(/The time of 1 person came while it was held/)
    .waitFor();
  await assertPageRules(watched, 'journey-resume');
  await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
  await page.getByText('Open', { exact: true }).waitFor();
});

test('every kind of tile has its form; a tile is moved and copied; a fault leads to its field', async () => {
  const { page } = watched;
  const document = {
    entry: { on: { schedule: { at: '2027-01-04T09:00' } }, key: 'orderId', only: { all: [] } },
    exits: [{ name: 'gold', becomes: { field: { path: 'tier', is: 'gold' } } }],
    start: 'split',
    tiles: {
      split: {
        kind: 'split',
        branches: [{ name: 'yes', of: { field: { path: 'tier', is: 'gold' } }, next: 'profile' }],
        otherwise: 'chance',
      },
      profile: { kind: 'updateProfile', set: { visits: 3, plan: 'pro' }, remove: ['old'], next: 'call' },
      chance: {
        kind: 'randomSplit',
        branches: [
          { name: 'A', share: 50, next: 'event' },
          { name: 'B', share: 40, next: 'end' },
        ],
      },
      event: { kind: 'trackEvent', name: 'seen', next: 'end' },
      call: { kind: 'webhook', url: 'https://example.com/hook', next: 'text' },
      text: { kind: 'send', templateId, before: { within: { hours: 2 } }, next: 'leave' },
      leave: { kind: 'exit', reason: '' },
    },
  };
  const { id } = await program.call<{ id: number }>('POST', '/api/journeys', { name: 'All kinds', document });
  await page.goto(`${program.url}/journeys/${id}`);
  await page.getByText(/things to mend/).waitFor();
  for (const name of ['split', 'profile', 'chance', 'call']) {
    await open(name);
    await page.locator(`[data-tile="${name}"][data-selected]`).waitFor();
    await assertPageRules(watched, `journey-tile-${name}`);
  }
  await open('text');
  await tab.heading('Message').waitFor();
  await page.getByLabel('It has to leave').first().waitFor();
  await assertPageRules(watched, 'journey-tile-text');
  await open(entry);
  await tab.heading('Entry').waitFor();
  await assertPageRules(watched, 'journey-entry');
  await page.getByRole('button', { name: '1 exit rule' }).click();
  await tab.heading('Exit rules and goal').waitFor();
  await assertPageRules(watched, 'journey-exits');
  await tab.button('Settings').click();
  await page.getByRole('heading', { name: 'Who gets nothing' }).waitFor();
  await assertPageRules(watched, 'journey-settings');

  await page.getByText(/things to mend/).click();
  await page.getByRole('menuitem', { name: /^leave:/ }).click();
  const reason = tab.field('Reason');
  await program.until('the field of the fault to have the focus', async () =>
    (await isFocused(reason)) ? true : null,
  );
  await reason.fill('asked to');
  await page.getByText('List', { exact: true }).click();
  await page.getByRole('list', { name: 'The journey All kinds' }).waitFor();
  await press('Escape');
  await assertPageRules(watched, 'journey-list');
  await tile('event').click();
  await tab.button('Move').click();
  await tab.button('Put event here, after profile').click();
  await page.getByRole('button', { name: 'Add a tile after event' }).waitFor();
  await tile('profile').locator('xpath=..').getByRole('button', { name: 'event', exact: true }).waitFor();
  await tile('event').click();
  await tab.button('Copy').click();
  await tab.button('Put event here, after chance, on “B · 40 %”').click();
  await tile('event2').waitFor();
  await tab.button('Undo').click();
  await tile('event2').waitFor({ state: 'detached' });
});

test('a ready-made journey is made of its questions, and is a draft like any other', async () => {
  const { page } = watched;
  await page.goto(`${program.url}/journeys`);
  await page.getByRole('link', { name: 'Ready-made' }).click();
  await tab.heading('Ready-made journeys').waitFor();
  await assertPageRules(watched, 'journeys-ready-made');
  await page.getByRole('link', { name: 'Welcome', exact: true }).click();
  await tab.heading('Welcome').waitFor();
  await page.getByLabel('Days until the second message').fill('5');
  await page.getByLabel('Name of the journey').fill('Welcome by text');
  await assertPageRules(watched, 'journeys-ready-made-form');
  await tab.button('Make the journey').click();
  await tile('days').waitFor();
  assert.match((await tile('days').textContent()) ?? '', /5 days/);
  await assertPageRules(watched, 'journeys-ready-made-draft');
});
