import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { IterableClient } from '@iterable/api';
import { sql } from 'kysely';
import { audienceRoutes } from '../audiences/routes.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { addList, addSender, addTemplate, addUsers, type Ground, groundOf } from './campaign-fixtures.ts';
import { campaignRoutes } from './routes.ts';

let api: TestApi;
let client: IterableClient;
let ground: Ground;
let templateId: number;
let listId: number;

before(async () => {
  api = await startTestApi([campaignRoutes, audienceRoutes({ enqueue: async () => undefined })]);
  client = new IterableClient({ apiKey: api.key, baseUrl: api.url });
  ground = groundOf(api);
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
  assert.equal(schedule.status, 400);
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
      body: JSON.stringify({ templateId, listIds: [listId], ...body }),
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

const create = async (body: object) => {
  const answer = await api.call('POST', '/api/campaigns/create', { name: 'Made', templateId, ...body });
  return { ...answer, id: (answer.body as { campaignId: number }).campaignId };
};
const stateOf = async (id: number) => (await client.getCampaign({ id })).campaignState;

test('a blast is sent at once unless it is told not to be, as in Iterable', async () => {
  assert.equal(await stateOf((await create({ listIds: [listId] })).id), 'Running');
  assert.equal(await stateOf((await create({ listIds: [listId], scheduleSend: true })).id), 'Running');
  assert.equal(await stateOf((await create({ listIds: [listId], scheduleSend: false })).id), 'Ready');
  const sendAt = '2026-11-24 15:00:00';
  assert.equal(await stateOf((await create({ listIds: [listId], sendAt })).id), 'Scheduled');
  const kept = await create({ listIds: [listId], sendAt, scheduleSend: false });
  assert.equal(await stateOf(kept.id), 'Ready');
  const { options } = (await api.call('GET', `/api/campaigns/${kept.id}`)).body as { options: object };
  assert.deepEqual(options, { sendAt: '2026-11-24T15:00:00.000Z' }, 'the time is kept for its schedule');
  assert.equal(await stateOf((await create({})).id), 'Ready', 'a triggered one waits to be activated');
});

test('sendMode says whose clock is meant; what says nothing is refused by name', async () => {
  const sendAt = '2026-11-24 15:00:00';
  const zones = { startTimeZone: 'America/New_York', defaultTimeZone: 'America/Chicago' };
  const made = await create({ listIds: [listId], sendAt, sendMode: 'RecipientTimeZone', ...zones });
  const { options } = (await api.call('GET', `/api/campaigns/${made.id}`)).body as { options: object };
  assert.deepEqual(options, { sendAt: '2026-11-24T15:00:00.000Z', inUserZone: true, ...zones });
  const plain = await create({ listIds: [listId], sendAt, sendMode: 'ProjectTimeZone' });
  assert.match(
    JSON.stringify((await api.call('GET', `/api/campaigns/${plain.id}`)).body),
    /"options":\{"sendAt"/,
  );
  for (const [body, fault] of [
    [
      { listIds: [listId], sendAt, ...zones },
      /startTimeZone says nothing unless.*sendMode: RecipientTimeZone/,
    ],
    [{ listIds: [listId], sendMode: 'RecipientTimeZone' }, /RecipientTimeZone needs sendAt/],
    [{ listIds: [listId], sendAt, sendMode: 'LocalTime' }, /sendMode must be one of/],
    [{ listIds: [listId], sendAt, sendMode: 'ProjectTimeZone', inUserZone: true }, /contradict/],
    [{ listIds: [listId], sendAt, sendMode: 'RecipientTimeZone', startTimeZone: 'Mars' }, /no time zone/],
    [{ sendAt }, /sendAt needs listIds/],
  ] as const) {
    const refused = await create({ ...body, name: 'Refused' });
    assert.equal(refused.status, 400, refused.text);
    assert.match(refused.text, fault);
  }
  const { rows } = await sql`SELECT 1 FROM campaign WHERE name = 'Refused'`.execute(ground.db);
  assert.equal(rows.length, 0);
});

test('a copy has the settings of its original, no time of its own, and stands ready', async () => {
  const suppressed = await addList(ground, []);
  const original = await create({
    ...{ listIds: [listId], suppressionListIds: [suppressed], caps: 'delay', spreadHours: 2 },
    ...{ campaignDataFields: { shop: 'Acme' }, sendAt: '2026-11-24 15:00:00' },
  });
  const cloned = await api.call('POST', `/api/campaigns/${original.id}/clone`);
  const { campaignId } = cloned.body as { campaignId: number };
  const copy = (await api.call('GET', `/api/campaigns/${campaignId}`)).body as Record<string, unknown>;
  assert.deepEqual(
    [copy.name, copy.campaignState, copy.listIds, copy.suppressionListIds, copy.options],
    [
      ...['Copy of Made', 'Ready', [listId], [suppressed]],
      { caps: 'delay', spreadHours: 2, dataFields: { shop: 'Acme' } },
    ],
  );
});

test('a campaign that never sent is deleted, one that did is archived, one that runs is neither', async () => {
  const remove = (id: number) => api.call('DELETE', `/api/campaigns/${id}`);
  const draft = await create({ listIds: [listId], scheduleSend: false });
  const scheduled = await create({ listIds: [listId], sendAt: '2026-11-24 15:00:00' });
  for (const { id } of [draft, scheduled]) {
    assert.match((await remove(id)).text, /is deleted/);
    assert.equal((await api.call('GET', `/api/campaigns/${id}`)).status, 404);
  }
  const sent = await create({ listIds: [listId] });
  const refused = await remove(sent.id);
  assert.equal(refused.status, 400);
  assert.match(refused.text, /is being sent already \(Running\), so it cannot be deleted/);
  await client.abortCampaign({ campaignId: sent.id });
  assert.match((await remove(sent.id)).text, /is archived/);
  assert.equal(await stateOf(sent.id), 'Archived');
});
