import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { makeCampaign, sanFranciscoNumber } from '../testing/audience.ts';
import { handsets, type Live, sendCampaign, totalsOnce } from '../testing/people.ts';
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
  retryAt: number | null;
}

async function messagesOf(campaignId: number): Promise<Listed[]> {
  const { messages } = await program.call<{ messages: Listed[] }>(
    'GET',
    `/api/messages?campaignId=${campaignId}`,
  );
  return messages;
}

/** Campaigns of one, until the message of one meets no provider: workers take up a changed account within a second. */
async function untilOutOfReach(): Promise<void> {
  for (let probe = 0; ; probe++) {
    const { campaignId } = await makeCampaign(program, {
      ...{ count: 1, channel: 'SMS Transactional', tag: `probe${probe}` },
      phoneOf: () => sanFranciscoNumber(800 + probe),
    });
    await program.call('POST', `/api/campaigns/${campaignId}/send`, {});
    const error = await program.until('the probe to be tried', async () => {
      const [message] = await messagesOf(campaignId);
      return message?.errorCode ?? (message?.status === 'delivered' ? 'none' : null);
    });
    if (error === 'CONNECT') return;
    assert.equal(error, 'none');
  }
}

test('while a provider is out of reach messages wait, and each arrives once when it is back', async () => {
  const { call, clock } = program;
  const { providerAccounts } = await call<{
    providerAccounts: { id: number; wire: string; settings: { baseUrl: string } }[];
  }>('GET', '/api/providerAccounts');
  const twilio = providerAccounts.find(({ wire }) => wire === 'twilio');
  // As the network would have it: a call may not move an account without its secrets.
  const reachAt = (baseUrl: string | undefined) =>
    sql`UPDATE provider_account SET settings = settings || jsonb_build_object('baseUrl', ${baseUrl}::text)
      WHERE id = ${twilio?.id}`.execute(program.database.db);
  // Nothing listens on the port of discarded things.
  await reachAt('http://127.0.0.1:9');
  await untilOutOfReach();
  const { campaignId } = await makeCampaign(program, {
    ...{ count: 5, channel: 'SMS Transactional', tag: 'outage' },
  });
  await call('POST', `/api/campaigns/${campaignId}/send`, {});
  for (let hour = 0; hour < 3; hour++) {
    await program.until('all to be tried', async () => {
      const messages = await messagesOf(campaignId);
      if (messages.length === 5 && messages.every(({ errorCode }) => errorCode === 'CONNECT')) return true;
      // Where the first one's failure comes before the others leave, these wait until their sender has rested.
      clock.advance(minute);
      return null;
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

/** Sends one message that its carrier fails to deliver for the moment, and lets the carrier be well again. */
async function failOnce(number: string, tag: string) {
  await program.simulator('PUT', '/behaviour', { number, errors: { 30008: 1 } });
  const campaign = await makeCampaign(program, {
    ...{ count: 1, channel: 'SMS Transactional', tag, phoneOf: () => number },
  });
  const totals = await sendCampaign(program, campaign.campaignId, (each) => each.bounced === 1);
  assert.deepEqual([totals.sends, totals.awaitingReceipt, totals.pending], [1, 0, 0]);
  await program.simulator('PUT', '/behaviour', { number, errors: {} });
  return campaign;
}

test('what a carrier could not deliver for the moment has bounced, is sent again, and arrives', async () => {
  const number = sanFranciscoNumber(900);
  const { campaignId } = await failOnce(number, 'again');
  const [failed] = await messagesOf(campaignId);
  assert.partialDeepStrictEqual(failed, { status: 'bounced', errorCode: '30008' });
  const wait = (failed?.retryAt ?? 0) - program.clock.now().getTime();
  assert.ok(wait > 9 * minute && wait <= 10 * minute, `the next try is told to be in ${wait} ms`);
  await program.until('the campaign to end, be there another try or not', async () => {
    const { state } = await program.call<Live>('GET', `/api/campaigns/${campaignId}/live`);
    return state === 'Finished' ? true : null;
  });
  program.clock.advance(11 * minute);
  const totals = await totalsOnce(program, campaignId, (each) => each.delivered === 1);
  assert.deepEqual([totals.sends, totals.bounced, totals.pending], [1, 0, 0]);
  assert.partialDeepStrictEqual((await messagesOf(campaignId))[0], { errorCode: null, retryAt: null });
  const lines = await handsets(program).heard(number);
  assert.deepEqual(lines.map((line) => line.status).sort(), ['delivered', 'undelivered']);
});

test('who opts out before the next try gets none, and the message remains bounced', async () => {
  const number = sanFranciscoNumber(901);
  const { campaignId, messageTypeId, emails } = await failOnce(number, 'gone');
  await program.call('PUT', `/api/subscriptions/messageType/${messageTypeId}?action=unsubscribe`, {
    users: emails,
  });
  program.clock.advance(11 * minute);
  await program.until('the next try to be given up', async () => {
    const [message] = await messagesOf(campaignId);
    return message?.status === 'bounced' && message.retryAt === null ? true : null;
  });
  const { totals } = await program.call<Live>('GET', `/api/campaigns/${campaignId}/live`);
  assert.deepEqual([totals.audience, totals.sends, totals.bounced, totals.skips], [1, 1, 1, 0]);
  assert.equal((await handsets(program).heard(number)).length, 1);
});
