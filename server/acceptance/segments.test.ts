import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sanFranciscoNumber } from '../testing/audience.ts';
import { sendCampaign, totalsOnce, typesByChannel } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

let program: TestProgram;
let messageTypeId: number;
before(async () => {
  program = await startTestProgram();
  ({ messageTypeId } = (await typesByChannel(program)).get('SMS Marketing')!);
});
after(() => program.close());

let people = 0;

/** People of a town who agreed to texts. */
async function peopleOf(town: string, count: number): Promise<string[]> {
  const users = Array.from({ length: count }, () => {
    const index = people++;
    return { email: `s${index}@example.com`, dataFields: { town, phoneNumber: sanFranciscoNumber(index) } };
  });
  await program.call('POST', '/api/users/bulkUpdate', { users });
  const emails = users.map(({ email }) => email);
  await program.call('POST', '/api/consent', {
    consents: emails.map((email) => ({ email, messageTypeId, method: 'webForm', source: 'the shop' })),
  });
  return emails;
}

const segment = async (name: string, definition: unknown) =>
  (await program.call<{ id: number }>('POST', '/api/segments', { name, definition })).id;

async function campaign(name: string, audience: object, more: object = {}): Promise<number> {
  const { params } = await program.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/sms/upsert',
    {
      ...{ clientTemplateId: name, messageTypeId, message: 'Carillon: there is news' },
    },
  );
  const { campaignId } = await program.call<{ campaignId: number }>('POST', '/api/campaigns/create', {
    ...{ name, templateId: params.templateId, scheduleSend: false, caps: 'skip', ...audience, ...more },
  });
  return campaignId;
}

const refused = async (method: string, path: string) => {
  const answer = await fetch(program.url + path, { method, headers: { 'Api-Key': program.key } });
  return `${answer.status} ${await answer.text()}`;
};

interface Forecast {
  audience: number;
  sends: number;
}

test('a campaign goes to segments and lists, each person once, but those of suppressing segments; the forecast says how many', async () => {
  const [ada] = await peopleOf('Nantes', 6);
  const [bea] = await peopleOf('Brest', 4);
  await program.call('POST', '/api/events/track', { email: ada, eventName: 'complained' });
  const { listId } = await program.call<{ listId: number }>('POST', '/api/lists', { name: 'Guests' });
  await program.call('POST', '/api/lists/subscribe', {
    listId,
    subscribers: [{ email: ada }, { email: bea }],
  });
  const nantes = await segment('Nantes', { field: { path: 'town', is: 'Nantes' } });
  const angry = await segment('Angry', { event: { name: 'complained', during: { last: { days: 30 } } } });
  const id = await campaign('West', {
    listIds: [listId],
    segmentIds: [nantes],
    suppressionSegmentIds: [angry],
  });
  const forecast = await program.call<Forecast>('GET', `/api/campaigns/${id}/forecast`);
  assert.deepEqual([forecast.audience, forecast.sends], [6, 6]);
  const { people: rehearsed } = await program.call<{ people: { email: string }[] }>(
    'GET',
    `/api/campaigns/${id}/rehearsal`,
  );
  assert.ok(rehearsed.some(({ email }) => email === bea) && !rehearsed.some(({ email }) => email === ada));
  const totals = await sendCampaign(program, id, (each) => each.delivered === 6);
  assert.deepEqual([totals.audience, totals.pending, totals.skips], [6, 0, 0]);
});

test('who is of a segment is asked at the send and not at the scheduling, and it is not deleted before', async () => {
  const emails = await peopleOf('Lorient', 3);
  const lorient = await segment('Lorient', { field: { path: 'town', is: 'Lorient' } });
  const id = await campaign('Later', { segmentIds: [lorient] });
  const sendAt = new Date(program.clock.now().getTime() + 600_000).toISOString();
  await program.call('POST', `/api/campaigns/${id}/schedule`, { sendAt });
  assert.match(
    await refused('DELETE', `/api/segments/${lorient}`),
    /^409 .*campaign \d+ \(Later, Scheduled\)/,
  );
  await totalsOnce(program, id, (totals) => totals.audience === 3 && totals.pending === 3);
  await program.call('POST', '/api/users/update', { email: emails[0], dataFields: { town: 'Vannes' } });
  const [late] = await peopleOf('Lorient', 1);
  await peopleOf('Lorient', 1);
  program.clock.advance(601_000);
  const totals = await totalsOnce(program, id, (each) => each.delivered === 4);
  assert.equal(totals.audience, 4);
  const { messages } = await program.call<{ messages: { email: string }[] }>(
    'GET',
    `/api/messages?campaignId=${id}`,
  );
  assert.ok(
    messages.some(({ email }) => email === late) && !messages.some(({ email }) => email === emails[0]),
  );
  await program.until('the campaign to end', async () => {
    const { state } = await program.call('GET', `/api/campaigns/${id}/live`);
    return state === 'Finished' ? state : null;
  });
  await program.call('DELETE', `/api/segments/${lorient}`);
});

test('a triggered campaign goes to a segment, and one that is aborted skips whoever of it was still to come', async () => {
  await peopleOf('Quimper', 5);
  const quimper = await segment('Quimper', { field: { path: 'town', is: 'Quimper' } });
  const triggered = await campaign('On call', {});
  await program.call('POST', '/api/campaigns/activateTriggered', { campaignId: triggered });
  await program.call('POST', '/api/campaigns/trigger', { campaignId: triggered, segmentIds: [quimper] });
  await totalsOnce(program, triggered, (totals) => totals.delivered === 5);
  const slow = await campaign('Slow', { segmentIds: [quimper] }, { spreadHours: 100 });
  await program.call('POST', `/api/campaigns/${slow}/send`, {});
  await program.call('POST', '/api/campaigns/abort', { campaignId: slow });
  const totals = await totalsOnce(program, slow, (each) => each.audience === 5 && each.pending === 0);
  assert.equal(totals.sends + totals.skips, 5);
});
