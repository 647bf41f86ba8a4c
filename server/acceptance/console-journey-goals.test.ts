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
  ({ browser, watched, tab } = await openConsole(program, 'Jo'));
});
after(async () => {
  await browser?.close();
  await program?.close();
});

const long = 'a_tile_whose_name_is_as_long_as_a_name_may_be_and_has_no_gap';
const waits = Array.from({ length: 29 }, (_, index) => (index === 3 ? long : `wait${index + 1}`));
/** Thirty tiles, one after the other. */
const tiles = Object.fromEntries(
  waits.map((id, index) => [id, { kind: 'wait', for: { hours: 1 }, next: waits[index + 1] ?? 'leave' }]),
);
const document = {
  entry: { on: { api: {} }, rate: { people: 1, per: 'day' } },
  goal: { purchase: {}, within: { hours: 168 } },
  priority: 'high',
  start: waits[0],
  tiles: { ...tiles, leave: { kind: 'exit', reason: 'was here' } },
};

test('what a journey is for and how many enter is written in its panels, and told in its rooms, also with long names and many tiles', async () => {
  const { page } = watched;
  const name = 'سلة مهجورة: a journey with a name that goes on and on, from right to left and back';
  const { id } = await program.call<{ id: number }>('POST', '/api/journeys', { name, document });
  await program.call('POST', `/api/journeys/${id}/publish`, {});
  for (const userId of ['in', 'in line'])
    await program.call('POST', '/api/workflows/triggerWorkflow', { workflowId: id, userId });
  interface Counts {
    entered: number;
    waiting: number;
    goals: { reached: number };
  }
  const counts = () => program.call<Counts>('GET', `/api/journeys/${id}/counts`);
  await program.until('one to enter and one to wait', async () => {
    const { entered, waiting } = await counts();
    return entered === 1 && waiting === 1 ? true : null;
  });
  await program.call('POST', '/api/commerce/trackPurchase', {
    user: { userId: 'in' },
    items: [{ id: '1', name: 'shoes', price: 10, quantity: 1 }],
    total: 10,
  });
  await program.until('the goal to be reached', async () =>
    (await counts()).goals.reached === 1 ? true : null,
  );

  await page.goto(`${program.url}/journeys/${id}`);
  await tab.button('0 exit rules, a goal').click();
  await tab.heading('Exit rules and goal').waitFor();
  assert.equal(await page.getByLabel('The journey is for').first().inputValue(), 'that they buy something');
  await assertPageRules(watched, 'journey-goal');
  await tab.button('Settings').click();
  await page.getByRole('heading', { name: 'Where not all can go at once' }).waitFor();
  assert.equal(await page.getByLabel('At most', { exact: true }).inputValue(), '1');
  await assertPageRules(watched, 'journey-rate');

  await page.goto(`${program.url}/journeys/${id}?room=results`);
  await tab.heading('What brought them to the goal').waitFor();
  await page.getByText('Waiting to enter').waitFor();
  await assertPageRules(watched, 'journey-goal-results');
});
