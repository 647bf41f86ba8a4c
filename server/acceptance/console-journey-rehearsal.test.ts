import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { makeCampaign } from '../testing/audience.ts';
import { openConsole } from '../testing/console-tab.ts';
import { assertPageRules, type WatchedPage } from '../testing/page-rules.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';
import type { Tab } from '../testing/tab.ts';

const people = 400;

let program: TestProgram;
let browser: Browser;
let watched: WatchedPage;
let tab: Tab;
let templateId: number;
before(async () => {
  program = await startTestProgram();
  // Some never opted in; who lives in San Francisco is texted when it is day there.
  const { templateId: first } = await makeCampaign(program, {
    ...{ tag: 'carts', count: people, consenting: people - 40, channel: 'SMS Marketing' },
    message: 'Harbor Coffee: {{firstName}}, your beans still wait: https://example.com/cart',
  });
  templateId = first;
  await program.call('PATCH', '/api/senders/1', { mps: 0.02 });
  ({ browser, watched, tab } = await openConsole(program, 'Lou'));
});
after(async () => {
  await browser?.close();
  await program?.close();
});

const cart = () => ({
  entry: { on: { event: { name: 'cartAbandoned' } } },
  exits: [{ name: 'bought', purchase: {}, goal: true }],
  start: 'hour',
  tiles: {
    hour: { kind: 'wait', for: { hours: 1 }, next: 'remind' },
    remind: { kind: 'send', templateId, next: 'taps', skipped: 'end' },
    taps: {
      kind: 'waitFor',
      branches: [{ name: 'tapped', for: { click: true }, next: 'end' }],
      within: { hours: 24 },
      timeout: 'again',
    },
    again: { kind: 'send', templateId, next: 'end', skipped: 'end' },
  },
});

test('a journey is rehearsed: who enters and what is supposed is asked, time is gone through by keys, and each figure leads to its people', async () => {
  const { page } = watched;
  const { id } = await program.call<{ id: number }>('POST', '/api/journeys', {
    ...{ name: 'Cart reminder', document: cart() },
  });
  await page.goto(`${program.url}/journeys/${id}`);
  await tab.link('Rehearse').click();
  await tab.heading('Rehearsal of Cart reminder').waitFor();
  await page.getByRole('heading', { name: 'Who enters' }).waitFor();
  await page.getByText('Everybody', { exact: true }).click();
  const taps = page.getByRole('group', { name: 'They tap a link of a message' });
  await taps.getByLabel('Of a hundred').fill('30');
  const buys = page.getByRole('group', { name: 'They buy something' });
  await buys.getByLabel('Of a hundred').fill('20');
  await buys.getByLabel('Within').fill('30');
  await assertPageRules(watched, 'journey-rehearsal-form');
  await tab.button('Rehearse').click();
  await page.getByRole('heading', { name: 'As time goes by' }).waitFor();
  await page.getByText(/people gone through/).waitFor({ state: 'detached' });
  const figures = await tab.figures();
  assert.equal(figures.Enter, String(people));
  assert.ok(Number(figures.Messages) > 0 && figures.Cost?.startsWith('$'), JSON.stringify(figures));
  await page.getByRole('region', { name: /^\d+ will be skipped, and why$/ }).waitFor();
  await page.locator('.recharts-bar').first().waitFor();
  await assertPageRules(watched, 'journey-rehearsal');

  // The scrubber is a slider whose value is told in words; what the tiles tell goes with it.
  const scrubber = page.getByRole('slider', { name: 'Moment of the rehearsal' });
  await tab.tabTo(scrubber);
  const told = () => scrubber.getAttribute('aria-valuetext');
  const begin = await told();
  for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowRight');
  assert.notEqual(await told(), begin);
  assert.match((await told()) ?? '', /: \d+ messages? due, \d+ (person|people) inside$/);
  await page
    .locator('[data-tile="taps"]')
    .getByText(/[1-9]\d* inside/)
    .waitFor();
  await assertPageRules(watched, 'journey-rehearsal-moment');
  await tab.button('Show as a table').click();
  await page.getByRole('table', { name: 'Messages as time goes by' }).waitFor();
  await tab.button('Hide the table').click();
  await page.getByText('In all', { exact: true }).click();
  await page
    .locator('[data-tile="remind"]')
    .getByText(/skipped/)
    .waitFor();
  await page.locator('[data-tile="remind"]').click();
  const outcome = page.getByRole('region', { name: 'What becomes of those at remind' });
  await outcome
    .getByText(/skipped:/)
    .first()
    .waitFor();
  await assertPageRules(watched, 'journey-rehearsal-in-all');
  await outcome
    .getByRole('button', { name: /^Who\? skipped:/ })
    .first()
    .click();
  const drawer = page.getByRole('dialog', { name: /^Who is skipped at remind/ });
  await drawer.getByText('Skipped').first().waitFor();
  await assertPageRules(watched, 'journey-rehearsal-people');
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'hidden' });

  // Once it runs, what really becomes of people stands beside.
  await program.call('POST', `/api/journeys/${id}/publish`, {});
  await program.call('POST', '/api/events/track', {
    ...{ email: 'carts-1@example.com', eventName: 'cartAbandoned' },
    createdAt: program.clock.now().getTime(),
  });
  await program.until('somebody to have entered', async () => {
    const { entered } = await program.call<{ entered: number }>('GET', `/api/journeys/${id}/counts`);
    return entered === 1 ? true : null;
  });
  await page.reload();
  await page.getByText('Really so far: 1').first().waitFor();
  await page.getByRole('columnheader', { name: 'Really arrived so far' }).waitFor();
  await page.locator('.recharts-bar').first().waitFor();
  await assertPageRules(watched, 'journey-rehearsal-actual');

  // Another one, of those whom what is on record would have let in.
  await tab.button('New rehearsal').click();
  const dialog = page.getByRole('dialog', { name: 'New rehearsal' });
  await dialog.getByText('All whom what is on record would have let in').waitFor();
  await dialog.getByRole('button', { name: 'Rehearse' }).click();
  await page.getByText(/those whom what was recorded from/).waitFor();
  await page.getByText(/people gone through/).waitFor({ state: 'detached' });
  await program.until('the one to have been rehearsed', async () =>
    (await tab.figures()).Enter === '1' ? true : null,
  );
});

test('one person is named, with what comes with the entry and what an address answers, and their whole way is shown', async () => {
  const { page } = watched;
  const { id } = await program.call<{ id: number }>('POST', '/api/journeys', {
    name: 'Test run',
    document: {
      entry: { on: { event: { name: 'cartAbandoned', where: { path: 'total', atLeast: 50 } } } },
      start: 'crm',
      tiles: {
        crm: {
          kind: 'webhook',
          url: 'https://93.184.216.34/tier',
          answer: { as: 'crm', keep: { tier: ['tier'] } },
          next: 'tier',
        },
        tier: {
          kind: 'split',
          branches: [{ name: 'gold', entry: { path: ['crm', 'tier'], is: 'gold' }, next: 'end' }],
          otherwise: 'end',
        },
      },
    },
  });
  await page.goto(`${program.url}/journeys/${id}/rehearsal`);
  await page.getByText('A few people', { exact: true }).click();
  await page.getByRole('combobox', { name: 'People' }).fill('carts-7@example.com');
  await page.keyboard.press('Enter');
  const fields = page.getByRole('group', { name: 'What comes with each entry' });
  await fields.getByText('Who enters has to fulfil: total is at least 50').waitFor();
  await fields.getByRole('button', { name: 'Add a field' }).click();
  await fields.getByRole('combobox', { name: 'Field' }).fill('total');
  await fields.getByLabel('Value').fill('20');
  const call = page.getByRole('group', { name: 'The address that crm calls' });
  await call.getByRole('button', { name: 'Add a value' }).click();
  await call.getByRole('combobox', { name: 'Field' }).fill('tier');
  await call.getByLabel('Value').fill('gold');
  await page.keyboard.press('Escape');
  await assertPageRules(watched, 'journey-rehearsal-named');
  await tab.button('Rehearse').click();
  await page
    .getByText(/would let nobody in, for people enter by the event “cartAbandoned” of which total/)
    .waitFor();
  // What is refused the browser tells of.
  const complaints = watched.complaints.splice(0);
  assert.ok(complaints.length > 0 && complaints.every((each) => /status of 400/.test(each)));
  await fields.getByLabel('Value').fill('80');
  await tab.button('Rehearse').click();
  await page.getByText(/Who enters: 1 person who is named/).waitFor();
  await page.getByText(/people gone through/).waitFor({ state: 'detached' });
  assert.equal((await tab.figures()).Enter, '1');
  await page.getByRole('button', { name: '1 arrive at tier: who?' }).click();
  const drawer = page.getByRole('dialog', { name: 'Who comes to tier' });
  await drawer.getByRole('link', { name: 'carts-7@example.com' }).waitFor();
  await drawer.getByText(/gold/).first().waitFor();
  await assertPageRules(watched, 'journey-rehearsal-test-run');
});
