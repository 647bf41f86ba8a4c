import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { insertProject } from '../consent/new-project.ts';
import { insertKey, newKey } from '../projects/api-key.ts';
import { addMessages, addTemplate, addUsers } from './campaign-fixtures.ts';
import { openCampaignSite } from './campaign-site-fixtures.ts';
import { keepCampaigns } from './upkeep.sql.ts';

const { api, client, ground, templateId, listId, senderId, newBlast, requestsOf, close } =
  await openCampaignSite();
after(close);

test('the official client makes a blast, reads it, sends it and finds it in the list', async () => {
  const id = await newBlast();
  const made = await client.getCampaign({ id });
  assert.equal(made.campaignState, 'Ready');
  assert.equal(made.messageMedium, 'SMS');
  assert.equal(made.type, 'Blast');
  assert.deepEqual(made.listIds, [listId]);
  await client.sendCampaign({ campaignId: id });
  assert.equal((await client.getCampaign({ id })).campaignState, 'Running');
  const [request] = await requestsOf(id);
  assert.equal(request?.state, 'admitting');
  assert.deepEqual(request?.list_ids, [listId]);
  const laneRows = await ground.db
    .selectFrom('send_request_lane')
    .select('lane')
    .where('request_id', '=', request?.id ?? 0)
    .execute();
  assert.equal(laneRows.length, 64);
  const page = await client.getCampaigns({
    page: 1,
    pageSize: 1,
    sort: { field: 'createdAt', direction: 'desc' },
    campaignState: ['Running'],
  });
  assert.equal(page.campaigns.length, 1);
  assert.ok(page.totalCampaignsCount >= 1);
  assert.equal((await client.getChildCampaigns({ id })).totalCampaignsCount, 0);
});

test('a finished blast goes to everyone again by word only; a retry finds the first send by its key', async () => {
  const id = await newBlast();
  const send = (key: string, body?: object) =>
    fetch(`${api.url}/api/campaigns/${id}/send`, {
      method: 'POST',
      headers: { 'Api-Key': api.key, 'Idempotency-Key': key, 'Content-Type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
  const first = await send(`a-${id}`);
  const again = await send(`a-${id}`);
  assert.equal(first.status, 200);
  assert.deepEqual(await again.json(), await first.json());
  assert.equal((await send(`b-${id}`)).status, 400);
  await ground.db.updateTable('campaign').set({ state: 'Finished' }).where('id', '=', id).execute();
  const refused = await send(`b-${id}`);
  assert.equal(refused.status, 400);
  assert.match(await refused.text(), /has been sent already.*again: true.*Idempotency-Key/);
  const later = { sendAt: '2026-11-25T15:00:00Z' };
  const scheduled = await api.call('POST', `/api/campaigns/${id}/schedule`, later);
  assert.equal(scheduled.status, 400);
  assert.match(scheduled.text, /again: true/);
  assert.deepEqual(await (await send(`a-${id}`)).json(), await (await send(`a-${id}`)).json());
  assert.equal((await requestsOf(id)).length, 1);
  assert.equal((await send(`b-${id}`, { again: true })).status, 200);
  assert.equal((await requestsOf(id)).length, 2);
});

test('the same key with another request is a conflict', async () => {
  const [one, other] = [await newBlast(), await newBlast()];
  const send = (id: number) => api.call('POST', `/api/campaigns/${id}/send`, { idempotencyKey: 'mine' });
  assert.equal((await send(one)).status, 200);
  const answer = await send(other);
  assert.equal(answer.status, 409);
  assert.match(answer.text, /"Conflict"/);
});

test('what a campaign’s state refuses is answered 400, as Iterable does, and says how it stands and what can be done', async () => {
  const id = await newBlast();
  await client.sendCampaign({ campaignId: id });
  const call = (path: string) => api.call('POST', path, { campaignId: id });
  const tell = async (path: string) => {
    const { status, text } = await call(path);
    assert.equal(status, 400, text);
    return text;
  };
  assert.match(
    await tell(`/api/campaigns/${id}/send`),
    /is being sent already \(Running\), so it cannot be sent; nothing was changed\. GET \/api\/campaigns\/\d+\/live shows how far it is/,
  );
  assert.match(await tell('/api/campaigns/cancel'), /is being sent already/);
  await call(`/api/campaigns/${id}/pause`);
  assert.match(await tell(`/api/campaigns/${id}/send`), /held for now \(Paused\).*\/resume lets it go on/);
  await call('/api/campaigns/abort');
  assert.match(await tell(`/api/campaigns/${id}/send`), /was stopped for good.*\/clone makes another/);

  const { campaignId } = await client.createTriggeredCampaign({ name: 'Called', templateId });
  const trigger = await api.call('POST', '/api/campaigns/trigger', { campaignId, listIds: [listId] });
  assert.equal(trigger.status, 400);
  assert.match(trigger.text, /is not active \(Ready\).*activateTriggered makes it active first/);
});

test('a triggered campaign is sent to lists only while it is active', async () => {
  const { campaignId } = await client.createTriggeredCampaign({
    name: 'Back in stock',
    templateId,
    campaignDataFields: { shop: 'Acme', item: 'hat' },
  });
  const trigger = () =>
    client.triggerCampaign({ campaignId, listIds: [listId], dataFields: { item: 'coat' } });
  await assert.rejects(trigger(), /is not active \(Ready\)/);
  await client.activateTriggeredCampaign({ campaignId });
  await trigger();
  const [request] = await requestsOf(campaignId);
  assert.deepEqual(
    request?.data_fields,
    { item: 'coat' },
    'the campaign’s own fields rank below the profile',
  );
  await client.deactivateTriggeredCampaign({ campaignId });
  assert.equal((await client.getCampaign({ id: campaignId })).campaignState, 'Finished');
  await assert.rejects(trigger(), /is not active \(Finished\)/);
  await client.activateTriggeredCampaign({ campaignId });
  await trigger();
});

test('what cannot be sent is refused before it is launched, with the reason', async () => {
  const transactional = await addTemplate(ground, 'sms', 'transactional');
  const refused = await api.call('POST', '/api/campaigns/create', {
    name: 'x',
    templateId: transactional,
    listIds: [listId],
    senderId,
  });
  assert.match(refused.text, /SenderRefused/);
  const unknown = await api.call('POST', '/api/campaigns/create', { name: 'x', templateId, listIds: [9999] });
  assert.equal(unknown.status, 400);
  assert.match(unknown.text, /no list 9999/);
  const waiting = await addTemplate(ground, 'whatsApp', 'promotional', 'PENDING');
  const whatsApp = await client.createBlastCampaign({ name: 'x', templateId: waiting, listIds: [listId] });
  await assert.rejects(client.sendCampaign({ campaignId: whatsApp.campaignId }), /must be APPROVED/);
  const refusal = async (id: number) => {
    const { body } = await api.call('GET', `/api/campaigns/${id}/forecast`);
    return (body as { refusal: string | null }).refusal;
  };
  assert.match((await refusal(whatsApp.campaignId)) ?? '', /is PENDING at Meta; it must be APPROVED/);
  assert.equal(await refusal(await newBlast()), null);
  const email = await addTemplate(ground, 'email');
  const mail = await client.createBlastCampaign({ name: 'x', templateId: email, listIds: [listId] });
  await assert.rejects(client.sendCampaign({ campaignId: mail.campaignId }), /No active sender/);
});

test('a finished campaign of which everybody was skipped says that nothing was sent', async () => {
  const [one, two] = await addUsers(ground, 2);
  assert.ok(one && two);
  const finished = async (fates: ('skipped' | 'delivered')[]) => {
    const campaignId = await newBlast();
    await client.sendCampaign({ campaignId });
    const [request] = await requestsOf(campaignId);
    await sql`UPDATE send_request SET state = 'admitted' WHERE campaign_id = ${campaignId}`.execute(
      ground.db,
    );
    await addMessages(
      ground,
      [one, two].map((user, place) => ({
        ...{ user, campaignId, requestId: request?.id ?? 0, status: fates[place] ?? 'skipped' },
        skipReason: 'templateNotApproved',
      })),
    );
    await keepCampaigns(ground.db, ground.at);
    const { body } = await api.call('GET', `/api/campaigns/${campaignId}`);
    const { campaignState, nothingSent } = body as { campaignState: string; nothingSent?: boolean };
    return [campaignState, nothingSent];
  };
  assert.deepEqual(await finished(['skipped', 'skipped']), ['Finished', true]);
  assert.deepEqual(await finished(['skipped', 'delivered']), ['Finished', undefined]);
});

test('a campaign is changed only while it stands still', async () => {
  const id = await newBlast();
  const changed = await api.call('PATCH', `/api/campaigns/${id}`, { name: 'Winter', senderId, caps: 'skip' });
  assert.equal(changed.status, 200);
  const body = changed.body as { name: string; senderId: number; options: object };
  assert.deepEqual([body.name, body.senderId, body.options], ['Winter', senderId, { caps: 'skip' }]);
  await client.sendCampaign({ campaignId: id });
  assert.equal((await api.call('PATCH', `/api/campaigns/${id}`, { listIds: [listId] })).status, 400);
  assert.equal((await api.call('PATCH', `/api/campaigns/${id}`, { name: 'Late' })).status, 200);
});

test('a campaign is out of reach for another project and for a read-only key', async () => {
  const id = await newBlast();
  const otherId = await insertProject(ground.db, { name: 'Other', brand: 'Other', at: ground.at });
  const other = newKey();
  await insertKey(ground.db, { projectId: otherId, name: 'x', kind: 'server', key: other, at: ground.at });
  const later = { sendAt: '2026-11-25T15:00:00Z' };
  for (const [status, method, path, body] of [
    [404, 'GET', `/api/campaigns/${id}`, undefined],
    [404, 'PATCH', `/api/campaigns/${id}`, { name: 'x' }],
    [404, 'DELETE', `/api/campaigns/${id}`, undefined],
    [404, 'POST', `/api/campaigns/${id}/clone`, undefined],
    [404, 'GET', `/api/campaigns/${id}/forecast`, undefined],
    // As Iterable answers a call that names a campaign it does not know.
    [400, 'POST', `/api/campaigns/${id}/send`, undefined],
    [400, 'POST', `/api/campaigns/${id}/schedule`, later],
    [400, 'POST', '/api/campaigns/abort', { campaignId: id }],
    [400, 'POST', '/api/campaigns/cancel', { campaignId: id }],
    [400, 'POST', '/api/campaigns/activateTriggered', { campaignId: id }],
    [400, 'POST', '/api/campaigns/deactivateTriggered', { campaignId: id }],
    [400, 'POST', '/api/campaigns/trigger', { campaignId: id, listIds: [listId] }],
    [400, 'POST', `/api/campaigns/${id}/pause`, undefined],
    [400, 'POST', `/api/campaigns/${id}/takeNewContent`, undefined],
  ] as const)
    assert.equal((await api.call(method, path, body, other)).status, status, path);
  const { body } = await api.call('GET', '/api/campaigns', undefined, other);
  assert.deepEqual((body as { campaigns: unknown[] }).campaigns, []);
  const stolen = await api.call(
    'POST',
    '/api/campaigns/create',
    { name: 'x', templateId, listIds: [listId] },
    other,
  );
  assert.equal(stolen.status, 400);
  assert.equal((await api.call('POST', `/api/campaigns/${id}/send`, undefined, api.readOnlyKey)).status, 403);
});
