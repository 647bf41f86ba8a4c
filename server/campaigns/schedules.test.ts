import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openCampaignSite } from './campaign-site-fixtures.ts';

const { api, client, ground, templateId, listId, newBlast, requestsOf, close } = await openCampaignSite();
after(close);

test('a schedule can be moved and taken back', async () => {
  const id = await newBlast();
  await client.scheduleCampaign({ campaignId: id, sendAt: '2026-11-24T15:00:00Z' });
  await client.scheduleCampaign({
    campaignId: id,
    sendAt: '2026-11-25T15:00:00Z',
    recipientTimeZone: { defaultTimeZone: 'America/Chicago', startTimeZone: 'America/New_York' },
  });
  const scheduled = await client.getCampaign({ id });
  assert.equal(scheduled.campaignState, 'Scheduled');
  const requests = await requestsOf(id);
  assert.deepEqual(
    requests.map((request) => request.state),
    ['cancelled', 'scheduled'],
  );
  assert.equal(requests[1]?.send_at.toISOString(), '2026-11-25T15:00:00.000Z');
  await client.cancelCampaign({ campaignId: id });
  assert.equal((await client.getCampaign({ id })).campaignState, 'Ready');
  assert.equal((await requestsOf(id))[1]?.state, 'cancelled');
});

test('a second send that was scheduled and taken back needs its word once more', async () => {
  const id = await newBlast();
  await client.sendCampaign({ campaignId: id });
  await sql`UPDATE send_request SET state = 'admitted' WHERE campaign_id = ${id}`.execute(ground.db);
  await ground.db.updateTable('campaign').set({ state: 'Finished' }).where('id', '=', id).execute();
  const later = { sendAt: '2026-11-25T15:00:00Z', again: true };
  assert.equal((await api.call('POST', `/api/campaigns/${id}/schedule`, later)).status, 200);
  await client.cancelCampaign({ campaignId: id });
  assert.equal((await client.getCampaign({ id })).campaignState, 'Finished');
  assert.equal((await api.call('POST', `/api/campaigns/${id}/send`)).status, 400);
});

test('a scheduled blast can be sent now: its schedule is void, everybody gets it once', async () => {
  const id = await newBlast();
  await client.scheduleCampaign({ campaignId: id, sendAt: '2026-11-25T15:00:00Z' });
  await client.sendCampaign({ campaignId: id });
  assert.equal((await client.getCampaign({ id })).campaignState, 'Running');
  assert.deepEqual(
    (await requestsOf(id)).map((request) => request.state),
    ['cancelled', 'admitting'],
  );
});

test('a time in each person’s own zone is admitted when the first place on earth shows it', async () => {
  const made = await api.call('POST', '/api/campaigns/create', {
    name: 'Morning',
    templateId,
    listIds: [listId],
    sendAt: '2026-11-26 14:00:00',
    inUserZone: true,
    spreadHours: 2,
    quietHours: 'skip',
  });
  assert.equal(made.status, 200);
  const { campaignId } = made.body as { campaignId: number };
  const [request] = await requestsOf(campaignId);
  // Nine in New York: at UTC+14 that hour comes 19 hours sooner.
  assert.equal(request?.send_at.toISOString(), '2026-11-25T19:00:00.000Z');
  const campaign = await ground.db
    .selectFrom('campaign')
    .select('options')
    .where('id', '=', campaignId)
    .executeTakeFirstOrThrow();
  assert.deepEqual(campaign.options, {
    sendAt: '2026-11-26T14:00:00.000Z',
    inUserZone: true,
    startTimeZone: 'America/New_York',
    defaultTimeZone: 'America/New_York',
    spreadHours: 2,
    quietHours: 'skip',
  });
});

test('a campaign that cannot be scheduled as asked is not made', async () => {
  const count = async () => (await client.getCampaigns()).totalCampaignsCount;
  const before = await count();
  const late = { name: 'x', templateId, listIds: [listId], sendAt: '2026-11-22 00:00:00' };
  const refused = await api.call('POST', '/api/campaigns/create', late);
  assert.equal(refused.status, 400);
  assert.match(refused.text, /sendAt lies in the past/);
  assert.equal(await count(), before);
});
