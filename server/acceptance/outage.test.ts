import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeCampaign, sanFranciscoNumber } from '../testing/audience.ts';
import { handsets, sendCampaign, totalsOnce } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

let program: TestProgram;
before(async () => {
  program = await startTestProgram();
});
after(() => program.close());

const minute = 60_000;

interface Listed {
  status: string;
  errorCode: string | null;
}

async function messagesOf(campaignId: number): Promise<Listed[]> {
  const { messages } = await program.call<{ messages: Listed[] }>(
    'GET',
    `/api/messages?campaignId=${campaignId}`,
  );
  return messages;
}

test('while a provider is out of reach messages wait, and each arrives once when it is back', async () => {
  const { call, clock } = program;
  const { providerAccounts } = await call<{
    providerAccounts: { id: number; wire: string; settings: { baseUrl: string } }[];
  }>('GET', '/api/providerAccounts');
  const twilio = providerAccounts.find(({ wire }) => wire === 'twilio');
  const reachAt = (baseUrl: string | undefined) =>
    call('PATCH', `/api/providerAccounts/${twilio?.id}`, { settings: { baseUrl } });
  // Nothing listens on the port of discarded things.
  await reachAt('http://127.0.0.1:9');
  const { campaignId } = await makeCampaign(program, {
    ...{ count: 5, channel: 'SMS Transactional', tag: 'outage' },
  });
  await call('POST', `/api/campaigns/${campaignId}/send`, {});
  for (let hour = 0; hour < 3; hour++) {
    await program.until('all to be tried', async () => {
      const messages = await messagesOf(campaignId);
      return messages.length === 5 && messages.every(({ errorCode }) => errorCode === 'CONNECT')
        ? true
        : null;
    });
    assert.ok((await messagesOf(campaignId)).every(({ status }) => status !== 'bounced'));
    clock.advance(60 * minute);
  }
  await reachAt(twilio?.settings.baseUrl);
  clock.advance(2 * minute);
  const totals = await totalsOnce(program, campaignId, (each) => each.delivered === 5);
  assert.deepEqual([totals.sends, totals.bounced, totals.pending], [5, 0, 0]);
  for (let index = 0; index < 5; index++)
    assert.equal((await handsets(program).heard(sanFranciscoNumber(index))).length, 1);
});

test('what a carrier could not deliver for the moment is sent again, and arrives', async () => {
  const number = sanFranciscoNumber(900);
  await program.simulator('PUT', '/behaviour', { number, errors: { 30008: 1 } });
  const { campaignId } = await makeCampaign(program, {
    ...{ count: 1, channel: 'SMS Transactional', tag: 'again', phoneOf: () => number },
  });
  const waiting = await sendCampaign(program, campaignId, (each) => each.pending === 1 && each.sends === 0);
  assert.equal(waiting.bounced, 0);
  await program.until('the failure to be told', async () => {
    const [message] = await messagesOf(campaignId);
    return message?.status === 'queued' && message.errorCode === '30008' ? true : null;
  });
  await program.simulator('PUT', '/behaviour', { number, errors: {} });
  program.clock.advance(3 * minute);
  const totals = await totalsOnce(program, campaignId, (each) => each.delivered === 1);
  assert.deepEqual([totals.sends, totals.bounced, totals.pending], [1, 0, 0]);
  assert.deepEqual((await messagesOf(campaignId))[0]?.errorCode, null);
  const lines = await handsets(program).heard(number);
  assert.deepEqual(lines.map((line) => line.status).sort(), ['delivered', 'undelivered']);
});
