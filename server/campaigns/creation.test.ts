import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { IterableClient } from '@iterable/api';
import { audienceRoutes } from '../audiences/routes.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { addList, addSender, addTemplate, addUsers, type Ground } from './campaign-fixtures.ts';
import { campaignRoutes } from './routes.ts';

let api: TestApi;
let client: IterableClient;
let ground: Ground;
let templateId: number;
let listId: number;

before(async () => {
  api = await startTestApi([campaignRoutes, audienceRoutes({ enqueue: async () => undefined })]);
  client = new IterableClient({ apiKey: api.key, baseUrl: api.url });
  ground = { db: api.database.db, projectId: api.projectId, at: api.clock.now() };
  await addSender(ground);
  templateId = await addTemplate(ground);
  listId = await addList(ground, await addUsers(ground, 5));
});
after(async () => {
  client.destroy();
  await api.close();
});

test('a list that a scheduled or active campaign names cannot be deleted; afterwards it can', async () => {
  const suppressed = await addList(ground, await addUsers(ground, 1));
  const forgotten = await addList(ground, []);
  const { campaignId } = await client.createBlastCampaign({
    name: 'Spring',
    templateId,
    listIds: [listId],
    suppressionListIds: [suppressed],
  });
  await client.scheduleCampaign({ campaignId, sendAt: '2026-11-24T15:00:00Z' });
  const refused = await api.call('DELETE', `/api/lists/${suppressed}`);
  assert.equal(refused.status, 409);
  assert.match(refused.text, new RegExp(`${campaignId} \\(Spring, Scheduled\\)`));
  assert.equal((await api.call('DELETE', `/api/lists/${listId}`)).status, 409);
  await client.cancelCampaign({ campaignId });
  assert.equal((await api.call('DELETE', `/api/lists/${suppressed}`)).status, 200);
  const schedule = await api.call('POST', `/api/campaigns/${campaignId}/schedule`, {
    sendAt: '2026-11-24T15:00:00Z',
  });
  assert.equal(schedule.status, 404);
  assert.match(schedule.text, /suppressionListIds: no list/);

  const triggered = await api.call('POST', '/api/campaigns/create', { name: 'Welcome', templateId });
  const { campaignId: triggeredId } = triggered.body as { campaignId: number };
  await client.activateTriggeredCampaign({ campaignId: triggeredId });
  await api.call('POST', '/api/campaigns/trigger', { campaignId: triggeredId, listIds: [forgotten] });
  assert.equal((await api.call('DELETE', `/api/lists/${forgotten}`)).status, 409);
  await client.deactivateTriggeredCampaign({ campaignId: triggeredId });
  assert.equal((await api.call('DELETE', `/api/lists/${forgotten}`)).status, 200);
});

test('a campaign created again with the same key is the first one, sent once; another body is a conflict', async () => {
  const create = (body: object) =>
    fetch(`${api.url}/api/campaigns/create`, {
      method: 'POST',
      headers: { 'Api-Key': api.key, 'Content-Type': 'application/json', 'Idempotency-Key': 'create-once' },
      body: JSON.stringify({ templateId, listIds: [listId], scheduleSend: true, ...body }),
    });
  const answers = await Promise.all(Array.from({ length: 5 }, () => create({ name: 'Once' })));
  const ids = new Set<number>();
  for (const answer of answers) {
    assert.equal(answer.status, 200);
    ids.add(((await answer.json()) as { campaignId: number }).campaignId);
  }
  assert.equal(ids.size, 1);
  const [id = 0] = ids;
  const requests = await ground.db
    .selectFrom('send_request')
    .select('id')
    .where('campaign_id', '=', id)
    .execute();
  assert.equal(requests.length, 1);
  assert.equal((await create({ name: 'Twice' })).status, 409);
});

test('a creation that cannot be sent leaves no campaign; empty listIds are refused by name', async () => {
  const count = async () =>
    (await ground.db.selectFrom('campaign').select('id').where('name', '=', 'Nothing').execute()).length;
  const late = { name: 'Nothing', templateId, listIds: [listId], sendAt: '2020-01-01T00:00:00Z' };
  assert.equal((await api.call('POST', '/api/campaigns/create', late)).status, 400);
  const empty = await api.call('POST', '/api/campaigns/create', { name: 'Nothing', templateId, listIds: [] });
  assert.equal(empty.status, 400);
  assert.match(empty.text, /listIds is empty/);
  assert.equal(await count(), 0);
});
