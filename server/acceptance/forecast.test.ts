import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sanFranciscoNumber } from '../testing/audience.ts';
import { sendCampaign, typesByChannel } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

let program: TestProgram;
before(async () => {
  program = await startTestProgram();
});
after(() => program.close());

interface Forecast {
  audience: number;
  sends: number;
  exact: boolean;
  skipsByReason: Record<string, number>;
  expectedSkips: Record<string, number>;
}

test('the forecast and the launch agree to the person, reason by reason', async () => {
  const { messageTypeId, channelId } = (await typesByChannel(program)).get('SMS Marketing')!;
  const person = (index: number, dataFields: object = {}) => ({
    email: `f-${index}@example.com`,
    dataFields: { phoneNumber: sanFranciscoNumber(index), shop: 'Geary Street', ...dataFields },
  });
  const users = [
    ...[0, 1, 2, 3, 4, 5, 6, 7, 8].map((index) => person(index)),
    person(9, { phoneNumber: undefined }),
    person(10, { shop: '' }),
  ];
  await program.call('POST', '/api/users/bulkUpdate', { users });
  const emails = users.map((user) => user.email);
  const listOf = async (name: string, members: string[]) => {
    const { listId } = await program.call<{ listId: number }>('POST', '/api/lists', { name });
    const subscribers = members.map((email) => ({ email }));
    await program.call('POST', '/api/lists/subscribe', { listId, subscribers });
    return listId;
  };
  const consenting = emails.filter((_, index) => index !== 0);
  await program.call('POST', '/api/consent', {
    consents: consenting.map((email) => ({ email, messageTypeId, method: 'webForm', source: 'the shop' })),
  });
  await program.call('PUT', `/api/subscriptions/messageChannel/${channelId}?action=unsubscribe`, {
    users: [emails[1]],
  });
  const write = async (clientTemplateId: string, message: string) =>
    (
      await program.call<{ params: { templateId: number } }>('POST', '/api/templates/sms/upsert', {
        ...{ clientTemplateId, messageTypeId, message },
      })
    ).params.templateId;
  const blast = async (name: string, templateId: number, listId: number) =>
    (
      await program.call<{ campaignId: number }>('POST', '/api/campaigns/create', {
        ...{ name, templateId, listIds: [listId], scheduleSend: false, caps: 'skip' },
      })
    ).campaignId;
  // Three of them have had today's one message when the second campaign comes.
  await program.call('PATCH', '/api/project', { frequencyCaps: [{ messages: 1, hours: 24, medium: 'sms' }] });
  const earlier = await blast(
    'Earlier',
    await write('earlier', 'Carillon: first'),
    await listOf('Three', emails.slice(2, 5)),
  );
  await sendCampaign(program, earlier, (totals) => totals.delivered === 3);
  const template = await write('text', '{{#if shop}}Carillon: see you in {{shop}}{{/if}}');
  const campaignId = await blast('All', template, await listOf('All', emails));
  const forecast = await program.call<Forecast>('GET', `/api/campaigns/${campaignId}/forecast`);
  const totals = await sendCampaign(
    program,
    campaignId,
    (each) => each.audience === 11 && each.pending === 0,
  );
  const foreseen = { ...forecast.skipsByReason, ...forecast.expectedSkips };
  assert.ok(forecast.exact);
  assert.deepEqual(foreseen, totals.skipsByReason);
  assert.deepEqual([forecast.audience, forecast.sends], [totals.audience, totals.sends]);
  assert.equal(foreseen.frequencyCap, 3);
  for (const reason of ['noOptIn', 'optedOut', 'noAddress', 'emptyMessage'])
    assert.equal(foreseen[reason], 1, `${reason} of ${JSON.stringify(foreseen)}`);
});
