import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openConsole } from '../testing/console-tab.ts';
import { assertPageRules, type WatchedPage } from '../testing/page-rules.ts';
import { handsets, ours, typesByChannel } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';
import type { Tab } from '../testing/tab.ts';

let program: TestProgram;
let browser: Browser;
let watched: WatchedPage;
let tab: Tab;
before(async () => {
  program = await startTestProgram();
  ({ browser, watched, tab } = await openConsole(program, 'Sue'));
});
after(async () => {
  await browser?.close();
  await program?.close();
});

test('a survey is made, people answer it by words, and its results and answers are seen', async () => {
  const { page } = watched;
  const { messageTypeId } = (await typesByChannel(program)).get('WhatsApp Marketing')!;
  const { params } = await program.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/whatsApp/session/upsert',
    {
      ...{ clientTemplateId: 'ask', name: 'Ask', messageTypeId },
      message: { type: 'text', body: 'How was it, 0 to 10?' },
    },
  );
  await page.goto(`${program.url}/surveys`);
  await tab.heading('Surveys').waitFor();
  await page.getByText('No survey yet').waitFor();
  await tab.button('New survey').click();
  await tab.field('Name').fill('After the order');
  await tab.field('What is asked').fill('How likely are you to recommend us?');
  await page.getByRole('combobox', { name: 'Templates that ask it' }).click();
  await page.getByRole('option', { name: 'Ask, WhatsApp' }).click();
  await page.keyboard.press('Escape');
  await tab.button('Another question').click();
  const second = page.getByRole('region', { name: 'Question 2' });
  await second.getByLabel(/^What is asked/).fill('How was the delivery?');
  await second.getByRole('combobox', { name: 'Answered with' }).click();
  await page.getByRole('option', { name: 'One of several choices' }).click();
  await second.getByLabel('Choice 1').pressSequentially('Good');
  await second.getByLabel('Choice 2').pressSequentially('Late');
  await assertPageRules(watched, 'survey-new');
  await tab.button('Make survey').click();
  await tab.heading('After the order').waitFor();
  await page.getByText('Nobody has answered yet').waitFor();
  await page.getByText('What a button holds that answers it').nth(1).click();
  await page.getByText(/^survey:\d+:how_was_the_delivery:late$/).waitFor();

  const phones = handsets(program);
  for (const [index, words] of ['10', '9', '4'].entries()) {
    const phone = `+44770095000${index}`;
    await phones.writes(phone, ours.whatsApp, 'Hello');
    await program.call('POST', '/api/templates/whatsApp/proof', {
      ...{ templateId: params.templateId, recipientPhoneNumber: phone },
    });
    await phones.hears(phone, 1);
    await phones.writes(phone, ours.whatsApp, words);
  }
  await page.getByText('+33', { exact: true }).waitFor();
  await page.getByText('2 promoters, 1 detractor').waitFor();
  await page.getByRole('link', { name: '+447700950000' }).waitFor();
  await assertPageRules(watched, 'survey');
  await tab.button('Change').click();
  await tab.field('Name').fill('After each order');
  await tab.button('Save').click();
  await tab.heading('After each order').waitFor();
  await tab.button('Delete').click();
  await tab.button('Delete the survey').click();
  await page.getByText('No survey yet').waitFor();
});
