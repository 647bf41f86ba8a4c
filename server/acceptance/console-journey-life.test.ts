import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator } from 'playwright-core';
import { openConsole } from '../testing/console-tab.ts';
import { assertPageRules, type WatchedPage } from '../testing/page-rules.ts';
import { typesByChannel } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';
import type { Tab } from '../testing/tab.ts';

const hourMs = 3_600_000;

let program: TestProgram;
let browser: Browser;
let watched: WatchedPage;
let tab: Tab;
let templateId: number;
before(async () => {
  program = await startTestProgram();
  const { messageTypeId } = (await typesByChannel(program)).get('SMS Marketing')!;
  ({ templateId } = (
    await program.call<{ params: { templateId: number } }>('POST', '/api/templates/sms/upsert', {
      ...{ clientTemplateId: 'hello', name: 'Hello by text', messageTypeId, message: 'Hello {{firstName}}' },
    })
  ).params);
  const users = ['ann', 'bob', 'cid'].map((name, index) => ({
    email: `${name}@example.com`,
    dataFields: { firstName: name, phoneNumber: `+1212555014${index}` },
  }));
  await program.call('POST', '/api/users/bulkUpdate', { users });
  await program.call('POST', '/api/consent', {
    consents: users.map(({ email }) => ({ email, messageTypeId, method: 'webForm', source: 'the shop' })),
  });
  ({ browser, watched, tab } = await openConsole(program, 'Kim'));
});
after(async () => {
  await browser?.close();
  await program?.close();
});

/** A tile on the canvas by its name. */
const tile = (name: string): Locator => watched.page.locator(`[data-tile="${name}"]`);

const welcome = () => ({
  entry: { on: { event: { name: 'signedUp' } } },
  start: 'hour',
  tiles: {
    hour: { kind: 'wait', for: { hours: 1 }, next: 'text' },
    text: { kind: 'send', templateId, next: 'day', skipped: 'day' },
    day: { kind: 'wait', for: { hours: 24 }, next: 'end' },
  },
});

async function made(name: string, document: object, publish = true): Promise<number> {
  const { id } = await program.call<{ id: number }>('POST', '/api/journeys', { name, document });
  if (publish) await program.call('POST', `/api/journeys/${id}/publish`, {});
  return id;
}

const signsUp = (email: string) =>
  program.call('POST', '/api/events/track', {
    ...{ email, eventName: 'signedUp', createdAt: program.clock.now().getTime() },
  });

/** Waits for the journey's state. */
const stands = (state: string) => watched.page.getByText(state, { exact: true }).first().waitFor();

/** Does something to the journey as a whole: its question is to say `words`. */
async function does(deed: string, question: string, words: RegExp, shot: string): Promise<void> {
  const { page } = watched;
  const direct = tab.button(deed);
  if (await direct.isVisible()) await direct.click();
  else {
    await tab.button('More').click();
    await page.getByRole('menuitem', { name: deed, exact: true }).click();
  }
  const dialog = page.getByRole('dialog', { name: question });
  await dialog.getByText(words).waitFor();
  await assertPageRules(watched, shot);
  await dialog.getByRole('button').last().click();
  await dialog.waitFor({ state: 'hidden' });
}

/** One of the page's downloads, as text. */
async function downloaded(link: Locator): Promise<{ name: string; text: string }> {
  const download = watched.page.waitForEvent('download');
  await link.click();
  const file = await download;
  const stream = await file.createReadStream();
  return { name: file.suggestedFilename(), text: (await stream.toArray()).join('') };
}

test('a journey is closed, opened again, paused, resumed, stopped and archived; each is asked first, with how many it concerns', async () => {
  const { page } = watched;
  const id = await made('Welcome', welcome());
  await signsUp('ann@example.com');
  await signsUp('bob@example.com');
  await page.goto(`${program.url}/journeys/${id}`);
  await tile('hour').getByText('2 inside').waitFor();

  await does('Close', 'Let nobody enter any more?', /2 people are inside/, 'journey-close');
  await stands('Closed');
  await signsUp('cid@example.com');
  await program.until('what happened to be told', async () => {
    const { rows } = await program.database.pool.query('SELECT 1 FROM happening');
    return rows.length === 0 ? true : null;
  });
  await assertPageRules(watched, 'journey-closed');
  await does('Open again', 'Let people enter again?', /lets nobody in/, 'journey-open-again');
  await stands('Open');

  await does('Pause', 'Hold this journey?', /2 people are inside/, 'journey-pause');
  await stands('Paused');
  program.clock.advance(2 * hourMs);
  await does('Resume', 'Let all go on?', /The time of 2 people came/, 'journey-resume');
  await stands('Open');
  await tile('day').getByText('2 inside').waitFor();

  await page.getByRole('tab', { name: 'Results' }).click();
  await page.getByRole('heading', { name: 'Tile by tile' }).waitFor();
  await assertPageRules(watched, 'journey-results-inside');
  await does('Stop', 'Let all go who are inside?', /2 people are inside/, 'journey-stop');
  await stands('Stopped');
  await page.getByText('were let go when it was stopped').waitFor();
  const figures = await tab.figures();
  assert.deepEqual([figures.Entered, figures.Inside, figures['Left otherwise']], ['2', '0', '2']);
  const text = page.getByRole('row', { name: /^text/ });
  await text.getByRole('link').waitFor();
  await assertPageRules(watched, 'journey-results-stopped');

  await does('Archive', 'Archive this journey?', /numbers are kept/, 'journey-archive');
  await stands('Archived');
  await page.getByRole('tab', { name: 'Journey' }).click();
  await tile('hour').waitFor();
  assert.equal(await page.getByRole('button', { name: /^Add a tile/ }).count(), 0);
  await assertPageRules(watched, 'journey-archived');
  await page.goto(`${program.url}/journeys`);
  await tab.heading('Journeys').waitFor();
  await page.getByText('No journey yet.').waitFor();
  await page.getByText('Archived', { exact: true }).click();
  await tab.link('Welcome').waitFor();
  await assertPageRules(watched, 'journeys-archived');
});

test('what a journey sends is listed as its own, and leads back to it', async () => {
  const { page } = watched;
  const id = await made('Greeting', welcome());
  await page.goto(`${program.url}/campaigns`);
  await page.getByText('No campaign yet.').waitFor();
  await page.getByText('Of journeys', { exact: true }).click();
  await assertPageRules(watched, 'campaigns-of-journeys');
  await tab.link('Greeting: text').click();
  await tab.heading('Greeting: text').waitFor();
  await assertPageRules(watched, 'campaign-of-journey');
  await tab.link('its journey').click();
  await page.waitForURL(`**/journeys/${id}`);
  const { campaigns } = await program.call<{ campaigns: { name: string; workflowId?: number }[] }>(
    'GET',
    '/api/campaigns?ofJourneys=true',
  );
  assert.equal(campaigns.find(({ name }) => name === 'Greeting: text')?.workflowId, id);
});

test('a journey is downloaded as a file with names, and made of it where some are missing: each is told, chosen anew or left open', async () => {
  const { page } = watched;
  const document = welcome();
  const { listId } = await program.call<{ listId: number }>('POST', '/api/lists', { name: 'Regulars' });
  const id = await made('Back soon', {
    ...document,
    start: 'who',
    tiles: {
      ...document.tiles,
      who: {
        kind: 'split',
        branches: [{ name: 'regular', of: { list: { ids: [listId] } }, next: 'hour' }],
        otherwise: 'text',
      },
    },
  });
  await page.goto(`${program.url}/journeys/${id}`);
  await tile('hour').waitFor();
  await tab.button('More').click();
  await assertPageRules(watched, 'journey-menu');
  const { name, text } = await downloaded(page.getByRole('menuitem', { name: 'Download as a file' }));
  assert.equal(name, 'Back soon.json');
  const file = JSON.parse(text) as { names: Record<string, string> };
  assert.deepEqual(file.names, {
    [`template:${templateId}`]: 'Hello by text',
    [`list:${listId}`]: 'Regulars',
  });

  // As another project would have written it.
  const names = { [`template:${templateId}`]: 'Good day', [`list:${listId}`]: 'Friends of the house' };
  const elsewhere = (given: object) => ({
    ...{ name: 'from-elsewhere.json', mimeType: 'application/json' },
    buffer: Buffer.from(JSON.stringify(given)),
  });
  await page.goto(`${program.url}/journeys`);
  await tab.button('New journey').click();
  const dialog = page.getByRole('dialog', { name: 'New journey' });
  await dialog.getByLabel('From a file').setInputFiles(elsewhere({ tiles: {} }));
  await dialog.getByText(/is not the file of a journey/).waitFor();
  await assertPageRules(watched, 'journeys-new-no-file');
  await dialog.getByLabel('From a file').setInputFiles(elsewhere({ ...file, names }));
  await dialog.getByText('2 things that it names are not in this project').waitFor();
  await dialog.getByText(/There is a journey called “Back soon” here/).waitFor();
  await assertPageRules(watched, 'journeys-new-lacking');
  await tab.choose('Template “Good day”', 'Hello by text');
  await dialog.getByRole('combobox', { name: 'List “Friends of the house”' }).waitFor();
  await dialog.getByLabel('Name').fill('Back soon, from elsewhere');
  await assertPageRules(watched, 'journeys-new-chosen');
  await tab.button('Make a draft of it').click();
  await tab.heading('Back soon, from elsewhere').waitFor();
  await page.getByText('1 thing to mend').click();
  await page.getByRole('menuitem', { name: /^who:/ }).waitFor();
  await assertPageRules(watched, 'journey-from-file');
  await page.keyboard.press('Escape');

  // A draft that was never published is deleted whole.
  await does('Delete', 'Delete this journey?', /never published/, 'journey-delete');
  await tab.heading('Journeys').waitFor();
  await tab.link('Back soon').waitFor();
  assert.equal(await tab.link('Back soon, from elsewhere').count(), 0);
});

test('a version is brought back and published: people go by it; all that is wrong in a draft is shown on demand', async () => {
  const { page } = watched;
  const document = welcome();
  const id = await made('Twice', document);
  await signsUp('ann@example.com');
  const { hour: _, ...rest } = document.tiles;
  const broken = Array.from({ length: 11 }, (__, index) => [
    `note${index}`,
    { kind: 'trackEvent', next: 'end' },
  ]);
  await page.goto(`${program.url}/journeys/${id}`);
  await tile('hour').getByText('1 inside').waitFor();
  await program.call('PATCH', `/api/journeys/${id}`, {
    document: { ...document, start: 'text', tiles: { ...rest, ...Object.fromEntries(broken) } },
  });
  await page.reload();
  await page.getByText('11 things to mend').click();
  await page.getByRole('menuitem', { name: 'Show 3 more' }).click();
  await page.getByRole('menuitem', { name: /^note10:/ }).waitFor();
  await assertPageRules(watched, 'journey-many-faults');
  await page.keyboard.press('Escape');
  await program.call('PATCH', `/api/journeys/${id}`, {
    document: { ...document, start: 'text', tiles: rest },
  });
  await program.call('POST', `/api/journeys/${id}/publish`, { moves: { hour: 'day' } });
  await page.reload();
  await tile('day').getByText('1 inside').waitFor();

  await page.getByRole('tab', { name: 'Versions' }).click();
  await tab.choose('Look at', /^Version 1/);
  await tab.choose('Compared with', /^Version 2/);
  await page.getByRole('region', { name: 'What differs' }).getByText('New').waitFor();
  await assertPageRules(watched, 'journey-versions-back');
  await tab.button('Bring back into the draft').click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await tab.button('Publish').click();
  const dialog = page.getByRole('dialog', { name: 'Publish version 3?' });
  await dialog.getByText(/hour \(Wait\)/).waitFor();
  await dialog.getByRole('button', { name: 'Publish' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await program.until('all lanes to go by it', async () => {
    const { rows } = await program.database.pool.query(
      'SELECT 1 FROM journey_lane WHERE journey_id = $1 AND version <> 3',
      [id],
    );
    return rows.length === 0 ? true : null;
  });
  await signsUp('bob@example.com');
  await tile('hour').getByText('1 inside').waitFor();
});

test('who publishes is told of a template that Meta has not approved; of several of one name the file dialog offers each', async () => {
  const { page } = watched;
  const types = await typesByChannel(program);
  const { params } = await program.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/whatsApp/upsert',
    {
      ...{ clientTemplateId: 'unseen', name: 'Unseen', language: 'en', category: 'MARKETING', body: 'Hello' },
      messageTypeId: types.get('WhatsApp Marketing')!.messageTypeId,
    },
  );
  const document = {
    entry: { on: { api: {} } },
    start: 'text',
    tiles: { text: { kind: 'send', templateId: params.templateId, next: 'end' } },
  };
  const id = await made('By WhatsApp', document, false);
  await page.goto(`${program.url}/journeys/${id}`);
  await tab.button('Publish').click();
  const dialog = page.getByRole('dialog', { name: 'Publish By WhatsApp?' });
  await dialog.getByText(/“Unseen”, which was never submitted to Meta/).waitFor();
  await assertPageRules(watched, 'journey-publish-warned');
  await dialog.getByRole('button', { name: 'Publish' }).click();
  await dialog.waitFor({ state: 'hidden' });

  const split = { kind: 'channelSplit', branches: [{ name: 'yes', messageTypeId: 9, next: 'end' }] };
  const file = {
    ...{ format: 'carillon-journey-1', name: 'Split', names: { 'messageType:9': 'Marketing' } },
    document: { entry: { on: { api: {} } }, start: 'by', tiles: { by: { ...split, otherwise: 'end' } } },
  };
  await page.goto(`${program.url}/journeys`);
  await tab.button('New journey').click();
  const newJourney = page.getByRole('dialog', { name: 'New journey' });
  await newJourney.getByLabel('From a file').setInputFiles({
    ...{ name: 'split.json', mimeType: 'application/json' },
    buffer: Buffer.from(JSON.stringify(file)),
  });
  await newJourney.getByText(/Several here are called so\. Named at by/).waitFor();
  await tab.choose('Message type “Marketing”', 'Marketing (WhatsApp Marketing)');
  await assertPageRules(watched, 'journeys-new-several');
  await tab.button('Make a draft of it').click();
  await tab.heading('Split').waitFor();
  await page.getByText('Saved', { exact: true }).waitFor();
});
