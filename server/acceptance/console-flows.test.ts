import assert from 'node:assert/strict';
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
  ({ browser, watched, tab } = await openConsole(program, 'Flora'));
});
after(async () => {
  await browser?.close();
  await program?.close();
});

interface Listed {
  flows: { id: number; providerFlowId: string; version: number }[];
}

test('a flow is begun from one that is ready, tried on a phone, mended by its faults, mapped, published, and its answers are seen', async () => {
  const { page } = watched;
  await page.goto(`${program.url}/flows`);
  await tab.heading('WhatsApp flows').waitFor();
  await page.getByText('No flow yet').waitFor();
  await tab.button('New flow').click();
  await tab.field('Name').fill('Join us');
  await page.getByRole('radio', { name: 'Opt-in' }).waitFor();
  await assertPageRules(watched, 'flows-new');
  await tab.button('Make flow').click();
  await tab.heading('Join us').waitFor();

  await page.getByText('Nothing is wrong with it').waitFor();
  await tab.button('Sign up').click();
  await page.getByText(/^Needed: I agree to get news/).waitFor();
  await assertPageRules(watched, 'flow-form');
  await page.getByRole('textbox', { name: 'First name' }).fill('Ann');
  await page.getByRole('checkbox', { name: /^I agree to get news/ }).click();
  await tab.button('Sign up').click();
  await page.getByText('This is what comes back:').waitFor();
  await page.getByText('"first_name": "Ann"').waitFor();
  await tab.button('Start over').click();

  const json = page.getByRole('textbox', { name: 'Flow JSON' });
  const good = await json.inputValue();
  await json.fill(good.replace('"SIGN_UP"', '"SUCCESS"'));
  await page.getByText('is SUCCESS, which Meta keeps for the end').waitFor();
  await assertPageRules(watched, 'flow-faults');
  await json.fill('{');
  await page.getByText('This is not JSON').waitFor();
  await json.fill(good.replace('News on WhatsApp', 'News for you'));
  await page.getByText('Nothing is wrong with it').waitFor();
  await tab.button('Save version').click();
  await page.getByText('Saved as version 2').waitFor();

  await page.getByRole('tab', { name: 'What becomes of answers' }).click();
  await page.getByRole('combobox', { name: 'A yes opts in to' }).click();
  await page.getByRole('option').first().waitFor();
  const { messageTypeId } = (await typesByChannel(program)).get('WhatsApp Marketing')!;
  await page.getByRole('option', { name: 'Marketing, WhatsApp', exact: true }).click();
  await assertPageRules(watched, 'flow-mapping');
  await tab.button('Save').click();
  await page.getByText('It holds for answers from now on').waitFor();

  await tab.button('Publish').click();
  await tab.button('Publish the flow').click();
  await page.getByText('The flow is published').waitFor();
  await page.getByText('Published', { exact: true }).waitFor();

  const phone = '+447700930100';
  const phones = handsets(program);
  await phones.writes(phone, ours.whatsApp, 'Hello');
  const { flows } = await program.call<Listed>('GET', '/api/whatsApp/flows');
  const { params } = await program.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/whatsApp/session/upsert',
    {
      ...{ clientTemplateId: 'join', name: 'join', messageTypeId },
      message: {
        ...{ type: 'flow', body: 'Join us?', label: 'Open', flow: { id: flows[0]?.providerFlowId } },
        action: { type: 'navigate', screen: 'SIGN_UP' },
      },
    },
  );
  await program.call('POST', '/api/templates/whatsApp/proof', {
    ...{ templateId: params.templateId, recipientPhoneNumber: phone },
  });
  const [message] = await phones.hears(phone, 1);
  await program.simulator('POST', `/handsets/${encodeURIComponent(phone)}/flows`, {
    ...{ messageId: message?.id, answers: { first_name: 'Ann', agree: true } },
  });
  await page.getByRole('tab', { name: 'Answers (1)' }).click();
  await page.getByText('All was kept').waitFor();
  await assertPageRules(watched, 'flow-answers');
  await page.getByRole('tab', { name: 'Versions and notices' }).click();
  await page.getByText(/changed status from DRAFT to PUBLISHED/).waitFor();
  await assertPageRules(watched, 'flow-record');
  await tab.button('Show version 1').click();
  await page.getByText('News on WhatsApp').waitFor();
  await page.keyboard.press('Escape');

  await tab.button('Clone').click();
  await tab.field('Name').fill('Join us, next');
  await page.getByRole('dialog').getByRole('button', { name: 'Clone' }).click();
  await tab.heading('Join us, next').waitFor();
  await tab.button('Delete').click();
  await tab.button('Delete the draft').click();
  await tab.heading('WhatsApp flows').waitFor();
  await page.getByRole('link', { name: 'Join us', exact: true }).waitFor();
  await assertPageRules(watched, 'flows');
});

test('what a flow is answered is written screen by screen, and its key is made known to Meta', async () => {
  const { page } = watched;
  const { senders } = await program.call<{ senders: { id: number; address: string }[] }>(
    'GET',
    '/api/senders',
  );
  const text = (words: string) => ({ type: 'TextBody', text: words });
  const layout = (...children: object[]) => ({ type: 'SingleColumnLayout', children });
  const { id } = await program.call<{ id: number }>('POST', '/api/whatsApp/flows', {
    ...{ name: 'Order', senderId: senders.find((each) => each.address === ours.whatsApp)?.id },
    json: {
      ...{ version: '7.0', data_api_version: '3.0', routing_model: { ORDER: [] } },
      screens: [
        {
          ...{ id: 'ORDER', title: 'Your order', terminal: true },
          data: { greeting: { type: 'string', __example__: 'Hello Ann' } },
          layout: layout(text(`\${data.greeting}`), {
            ...{ type: 'Footer', label: 'Order' },
            'on-click-action': { name: 'data_exchange', payload: {} },
          }),
        },
      ],
    },
  });
  await page.goto(`${program.url}/flows/${id}`);
  await page.getByText('Hello Ann').first().waitFor();
  await page.getByRole('tab', { name: 'What it is answered' }).click();
  await page.getByText('Not known yet').waitFor();
  await tab.button('Make it known').click();
  await page.getByText('Meta has it').waitFor();
  await page.getByRole('textbox', { name: 'greeting' }).fill('Hello {{firstName}}');
  await assertPageRules(watched, 'flow-exchange');
  await tab.button('Save').click();
  await page.getByText('It holds from now on').waitFor();
  const { exchange } = await program.call<{ exchange: { screens: Record<string, { data: object }> } }>(
    'GET',
    `/api/whatsApp/flows/${id}`,
  );
  assert.deepEqual(exchange.screens.ORDER?.data, { greeting: 'Hello {{firstName}}' });
});
