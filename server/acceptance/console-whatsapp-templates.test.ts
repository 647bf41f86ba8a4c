import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openConsole } from '../testing/console-tab.ts';
import { everyTemplate } from '../testing/every-template.ts';
import { assertPageRules, type WatchedPage } from '../testing/page-rules.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';
import type { Tab } from '../testing/tab.ts';

let program: TestProgram;
let browser: Browser;
let watched: WatchedPage;
let page: Page;
let tab: Tab;
let picture: string;

before(async () => {
  program = await startTestProgram();
  ({ browser, watched, page, tab } = await openConsole(program, 'Wanda'));
  const form = new FormData();
  form.set('file', new Blob([Buffer.from(pixel, 'base64')]), 'tea.png');
  const answer = await fetch(`${program.url}/api/media`, {
    ...{ method: 'POST', headers: { 'Api-Key': program.key }, body: form },
  });
  picture = ((await answer.json()) as { url: string }).url;
});
after(async () => {
  await browser?.close();
  await program?.close();
});

/** One teal dot, as PNG. */
const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

const read = (id: string | number) =>
  program.call<Record<string, unknown>>('GET', `/api/templates/whatsApp/get?templateId=${id}`);
const preview = () => page.getByRole('region', { name: 'As they will see it' });
const part = (name: string | RegExp) => page.getByRole('group', { name, exact: true });

/** The same fields with what a person has written in, so that the sample person lacks nothing. */
const filledIn = (fields: object, data: Record<string, unknown>) =>
  JSON.parse(
    JSON.stringify(fields).replace(
      /\{\{(?:defaultIfEmpty )?([\w.]+)(?: \\"\\")?\}\}/g,
      (whole, path: string) => {
        const value = path
          .split('.')
          .reduce<unknown>((of, name) => (of as Record<string, unknown>)?.[name], data);
        return typeof value === 'string' ? value : whole;
      },
    ),
  ) as Record<string, unknown>;

test('a template of every kind opens in its form, shows on the phone, and is saved as it was', async () => {
  for (const [kind, { fields, dataFields = {}, shows }] of Object.entries(everyTemplate(picture, '77'))) {
    const written = filledIn(fields, dataFields);
    const { params } = await program.call<{ params: { templateId: number } }>(
      'POST',
      '/api/templates/whatsApp/upsert',
      { clientTemplateId: kind, name: `A ${kind}`, category: 'MARKETING', ...written },
    );
    await page.goto(`${program.url}/templates/whatsApp/${params.templateId}`);
    for (const words of shows) {
      if (words === 'image' || words.startsWith('2026')) continue;
      await preview().getByText(words.replaceAll('Ann', 'Ada')).first().waitFor();
    }
    await assertPageRules(watched, `template-kind-${kind}`);
    await tab.field('Name').fill(`Another ${kind}`);
    await tab.button('Save template').click();
    await tab.button('Saved').waitFor();
    assert.partialDeepStrictEqual(await read(params.templateId), written);
  }
});

test('what Meta would refuse stands beside its field as one writes; an offer and cards are written and saved', async () => {
  await page.goto(`${program.url}/templates/whatsApp/new`);
  await tab.field('Name').fill('Winter offer');
  await tab.field('Body').fill('Tea for {{firstName}}');
  await page.getByText('begins or ends with a variable').waitFor();
  await tab.field('Body').fill('Tea for {{firstName}}, only today.');
  await page.getByText('begins or ends with a variable').waitFor({ state: 'detached' });
  await tab.choose('Kind of template', 'Offer that ends');
  await tab.field('What is offered').fill('Half price for everybody');
  await page.getByText('has 24 characters; Meta allows 16').waitFor();
  await tab.field('Ends at').fill('tomorrow');
  await page.getByText(/no instant; write it as 2026-12-24T18:00:00Z/).waitFor();
  await assertPageRules(watched, 'template-offer-faults');
  await tab.field('What is offered').fill('Half price');
  await tab.field('Ends at').fill('2026-12-24T18:00:00Z');
  await part(/^Button 1/)
    .getByLabel(/^Code/)
    .fill('TEA5');
  const link = part(/^Button 2/);
  await link.getByLabel(/^Words on the button/).fill('To the shop');
  await link.getByLabel(/^Address/).fill('https://shop.example');
  await preview().getByText('Half price').waitFor();
  await tab.button('Save template').click();
  await page.waitForURL(/\/templates\/whatsApp\/\d+$/);
  await tab.button('Saved').waitFor();
  const id = page.url().split('/').at(-1) ?? '';
  assert.partialDeepStrictEqual(await read(id), {
    offer: { text: 'Half price', expiresAt: '2026-12-24T18:00:00Z' },
    buttons: [
      { type: 'copyCode', code: 'TEA5' },
      { type: 'url', text: 'To the shop', url: 'https://shop.example' },
    ],
  });
  await tab.choose('Kind of template', 'Cards with pictures');
  for (const place of [1, 2]) {
    const card = part(`Card ${place}`);
    await card
      .getByLabel(/^Address/)
      .first()
      .fill(picture);
    await card.getByLabel(/^Words of the card/).fill(`Our tea number ${place} is here`);
    await card.getByLabel(/^Words on the button/).fill('More');
    await card
      .getByLabel(/^Address/)
      .last()
      .fill(`https://shop.example/${place}`);
  }
  await part('Card 2').getByRole('button', { name: 'Remove button More' }).click();
  await part('Card 2')
    .getByText(/are others than on the first card/)
    .waitFor();
  await part('Card 2').getByRole('button', { name: 'Add a button' }).click();
  await page.getByRole('menuitem', { name: 'Open a page' }).click();
  await part('Card 2')
    .getByLabel(/^Words on the button/)
    .fill('More');
  await part('Card 2')
    .getByLabel(/^Address/)
    .last()
    .fill('https://shop.example/2');
  await preview().getByText('Our tea number 2 is here').waitFor();
  await assertPageRules(watched, 'template-cards');
  await tab.button('Save template').click();
  await tab.button('Saved').waitFor();
  const kept = await read(id);
  assert.equal(kept.offer, undefined);
  assert.partialDeepStrictEqual(kept.carousel, {
    cards: [1, 2].map((place) => ({
      body: `Our tea number ${place} is here`,
      buttons: [{ type: 'url', text: 'More', url: `https://shop.example/${place}` }],
    })),
  });
});

test('a template is written in a second language, whose standing with Meta is seen beside its name', async () => {
  await program.simulator('PUT', '/behaviour', { templateReviewMs: 3_600_000 });
  const { params } = await program.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/whatsApp/upsert',
    { clientTemplateId: 'tongues', name: 'Tongues', locale: 'en', body: 'Your order is ready for you.' },
  );
  await page.goto(`${program.url}/templates/whatsApp/${params.templateId}`);
  await tab.button('Submit to Meta').click();
  await page.getByRole('link', { name: /English.* · being reviewed/ }).waitFor();
  await tab.button('Add a language').click();
  await tab.choose('Language', 'German (de)');
  await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
  await page.waitForURL(/locale=de/);
  await tab.field('Body').fill('Deine Bestellung ist bereit.');
  await tab.button('Save template').click();
  await tab.button('Saved').waitFor();
  await page.getByRole('link', { name: /German · not submitted/ }).waitFor();
  await assertPageRules(watched, 'template-tongues');
  const { languages } = await program.call<{ languages: object[] }>(
    'GET',
    `/api/templates/whatsApp/get?templateId=${params.templateId}`,
  );
  assert.partialDeepStrictEqual(languages, [
    { locale: 'en', status: 'PENDING' },
    { locale: 'de', language: 'de', status: null },
  ]);
});

test('examples for Meta’s reviewers are made of a real person, changed, and submitted', async () => {
  await program.call('POST', '/api/users/update', {
    ...{ email: 'zoe@example.com', dataFields: { firstName: 'Zoë', city: 'Leeds' } },
  });
  const { params } = await program.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/whatsApp/upsert',
    { clientTemplateId: 'ex', name: 'Examples', body: 'Hi {{firstName}}, we open in {{city}} this week.' },
  );
  await page.goto(`${program.url}/templates/whatsApp/${params.templateId}`);
  const examples = part('Examples for Meta’s reviewers');
  await examples.getByLabel('Make them of a real person').fill('zoe@example.com');
  await page.getByRole('option', { name: /zoe@example\.com/ }).click();
  await page.waitForFunction(() =>
    [...document.querySelectorAll('input')].some(({ value }) => value === 'Leeds'),
  );
  await assertPageRules(watched, 'template-examples');
  await examples.getByLabel(/^Body, field 1/).fill('Jo');
  const sent = page.waitForRequest(/whatsApp\/submit$/);
  await tab.button('Submit to Meta').click();
  const { examples: submitted } = (await sent).postDataJSON() as { examples: { example: string }[] };
  assert.deepEqual(
    submitted.map(({ example }) => example),
    ['Jo', 'Leeds'],
  );
  await page.getByRole('region', { name: 'Meta’s approval' }).getByText('Being reviewed').waitFor();
});
