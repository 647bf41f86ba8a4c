import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeCampaign } from '../testing/audience.ts';
import { handsets, sendCampaign } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

let program: TestProgram;
before(async () => {
  program = await startTestProgram();
});
after(() => program.close());

interface Account {
  id: number;
  wire: string;
  fault: string | null;
  stoppedReason: string | null;
}

const accountOf = async (wire: string) => {
  const { providerAccounts } = await program.call<{ providerAccounts: Account[] }>(
    'GET',
    '/api/providerAccounts',
  );
  return providerAccounts.find((each) => each.wire === wire)!;
};

const patch = (id: number, body: object) =>
  fetch(`${program.url}/api/providerAccounts/${id}`, {
    ...{ method: 'PATCH', headers: { 'Api-Key': program.key, 'Content-Type': 'application/json' } },
    body: JSON.stringify(body),
  });

test('an account whose secrets cannot be opened sends nothing, says why, and keeps no other from sending, nor new senders from being known', async () => {
  for (const wire of ['meta', 'smtp', 'twilio']) assert.equal((await accountOf(wire)).fault, null);
  await program.database.pool.query(
    "UPDATE provider_account SET secrets = decode('00112233', 'hex') || secrets WHERE wire IN ('meta', 'smtp')",
  );
  // A campaign by another account, from a sender that was made afterwards.
  const twilio = await accountOf('twilio');
  const address = '+12025550177';
  const { id: senderId } = await program.call<{ id: number }>('POST', '/api/senders', {
    ...{ kind: 'longCode', address, country: 'US', purpose: 'transactional', mps: 100 },
    providerAccountId: twilio.id,
  });
  const { campaignId } = await makeCampaign(program, {
    ...{ tag: 'others', count: 3, channel: 'SMS Transactional', options: { senderId } },
  });
  await program.until('the carriers to know the new number', async () =>
    JSON.stringify(await program.simulator('GET', '/numbers')).includes(address) ? true : null,
  );
  await sendCampaign(program, campaignId, ({ delivered }) => delivered === 3);

  const [meta, smtp] = [await accountOf('meta'), await accountOf('smtp')];
  for (const { fault, stoppedReason } of [meta, smtp]) {
    assert.match(fault ?? '', /secrets cannot be opened.*give all of them again/);
    assert.equal(stoppedReason, null);
  }
  assert.equal((await accountOf('twilio')).fault, null);
  // What was known of it before is gone by then.
  program.clock.set('2026-11-23T18:00:00Z');
  const callback = await fetch(`${program.url}/callbacks/meta/${meta.id}`, {
    ...{ method: 'POST', headers: { 'X-Hub-Signature-256': 'sha256=00' }, body: '{}' },
  });
  assert.equal(callback.status, 503);
  assert.match(await callback.text(), /AccountUnusable/);
});

test('such an account can be renamed and stopped, is not changed without its secrets, and sends again once they are given', async () => {
  const { id } = await accountOf('smtp');
  const { campaignId, emails } = await emailCampaign();
  await program.call('POST', `/api/campaigns/${campaignId}/send`, {});
  for (const body of [{ name: 'Mail' }, { stoppedReason: 'looked into' }, { stoppedReason: null }])
    assert.equal((await patch(id, body)).status, 200);
  const refused = await patch(id, { settings: { user: 'other' } });
  assert.equal(refused.status, 400);
  assert.match(await refused.text(), /secrets: those stored cannot be opened/);
  const mended = await patch(id, { secrets: {} });
  assert.deepEqual([mended.status, ((await mended.json()) as Account).fault], [200, null]);
  await handsets(program).hears(emails[0]!, 1);
});

async function emailCampaign() {
  const { channels } = await program.call<{ channels: { id: number; name: string }[] }>(
    'GET',
    '/api/channels',
  );
  const channelId = channels.find(({ name }) => name === 'Email Transactional')?.id;
  const { messageTypes } = await program.call<{ messageTypes: { id: number; channelId: number }[] }>(
    'GET',
    '/api/messageTypes',
  );
  const messageTypeId = messageTypes.find((each) => each.channelId === channelId)?.id;
  const emails = ['mail@example.com'];
  await program.call('POST', '/api/users/update', { email: emails[0] });
  const { listId } = await program.call<{ listId: number }>('POST', '/api/lists', { name: 'mail' });
  await program.call('POST', '/api/lists/subscribe', {
    listId,
    subscribers: emails.map((email) => ({ email })),
  });
  await program.call('PUT', `/api/subscriptions/messageType/${messageTypeId}?action=subscribe`, {
    users: emails,
  });
  const { params } = await program.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/email/upsert',
    {
      ...{ clientTemplateId: 'mail', name: 'mail', messageTypeId },
      ...{ subject: 'News', html: '<p>News</p>' },
    },
  );
  const { campaignId } = await program.call<{ campaignId: number }>('POST', '/api/campaigns/create', {
    ...{ name: 'mail', templateId: params.templateId, listIds: [listId], scheduleSend: false },
  });
  return { campaignId, emails };
}
