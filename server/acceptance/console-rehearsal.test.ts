import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { makeCampaign, sanFranciscoNumber } from '../testing/audience.ts';
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
  ({ browser, watched, tab } = await openConsole(program, 'Ida'));
});
after(async () => {
  await browser?.close();
  await program?.close();
});

test('a campaign is rehearsed on its page: everybody with their text, those of one fate, and all of it as a file', async () => {
  const { page } = watched;
  // The last of them lives where it is too early.
  const { campaignId } = await makeCampaign(program, {
    ...{ tag: 'rehearsed', count: 6, consenting: 5, channel: 'SMS Marketing' },
    message:
      '{{#ifEq firstName "Ann1"}}{{sendSkip cause="asked for silence"}}{{/ifEq}}Carillon: hi {{firstName}}, beans from Geary Street are 20 % off until Sunday, see https://example.com/offer',
    phoneOf: (index) => (index === 0 ? '+18082000001' : sanFranciscoNumber(index)),
  });
  await page.goto(`${program.url}/campaigns/${campaignId}`);
  await tab.button('Rehearse').click();
  const table = page.getByRole('table', { name: 'What would become of each person' });
  await table.getByText(/hi Ann2, beans/).waitFor();
  assert.equal(await table.getByRole('row').count(), 7);
  await table.getByText('the template says to send them nothing: asked for silence').waitFor();
  await assertPageRules(watched, 'rehearsal');
  await tab.choose('Show', 'sent, but must wait');
  await table.getByText('Waits').waitFor();
  await page.waitForFunction(() => document.querySelectorAll('table tbody tr').length === 1);
  await tab.button('Write all of it as CSV').click();
  await page.getByText('6 people are written.').waitFor();
  const download = page.waitForEvent('download');
  await tab.link('Download rehearsal.csv').click();
  const stream = await (await download).createReadStream();
  const text = (await stream.toArray()).join('');
  assert.match(text, /hi Ann2, beans/);
  const { totals } = await program.call<{ totals: { audience: number } }>(
    'GET',
    `/api/campaigns/${campaignId}/live`,
  );
  assert.equal(totals.audience, 0, 'nothing was sent');
});

test('the page of a stopped campaign says who stopped it, and of one that reached nobody that nothing was sent', async () => {
  const { page } = watched;
  const one = await makeCampaign(program, { tag: 'stopped', count: 1, channel: 'SMS Marketing' });
  await program.call('POST', '/api/campaigns/abort', { campaignId: one.campaignId });
  await page.goto(`${program.url}/campaigns/${one.campaignId}`);
  await page.getByText(/stopped Nov 23, 2026.* by the API key/).waitFor();
  const phoneOf = (index: number) => sanFranciscoNumber(100 + index);
  const nobody = await makeCampaign(program, {
    ...{ tag: 'nobody', count: 2, consenting: 0, channel: 'SMS Marketing', phoneOf },
  });
  await program.call('POST', `/api/campaigns/${nobody.campaignId}/send`, {});
  await page.goto(`${program.url}/campaigns/${nobody.campaignId}`);
  await page.getByText('Nothing of it was sent').waitFor();
  await assertPageRules(watched, 'nothing-sent');
  await page.goto(`${program.url}/campaigns`);
  await page
    .getByRole('row', { name: /nobody/ })
    .getByText('Nothing sent')
    .waitFor();
});
