import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { IterableClient } from '@iterable/api';
import { sql } from 'kysely';
import { insertProject } from '../consent/new-project.ts';
import { settle, settleBrakes } from '../delivery/brakes/settle-brakes.ts';
import { insertKey, newKey } from '../projects/api-key.ts';
import { findUnsettledBrakes, setBrake } from '../requests/brake.sql.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import {
  addList,
  addMessages,
  addSender,
  addTemplate,
  addUsers,
  type Ground,
  groundOf,
} from './campaign-fixtures.ts';
import { campaignRoutes } from './routes.ts';
import { keepCampaigns } from './upkeep.sql.ts';

let api: TestApi;
let client: IterableClient;
let ground: Ground;
let templateId: number;
let listId: number;
let senderId: number;

before(async () => {
  api = await startTestApi([campaignRoutes]);
  client = new IterableClient({ apiKey: api.key, baseUrl: api.url });
  ground = groundOf(api);
  senderId = await addSender(ground);
  await addSender(ground, 'sms', 'transactional');
  templateId = await addTemplate(ground);
  listId = await addList(ground, await addUsers(ground, 5));
});
after(async () => {
  client.destroy();
  await api.close();
});

const newBlast = async () =>
  (await client.createBlastCampaign({ name: 'Sale', templateId, listIds: [listId] })).campaignId;

const requestsOf = (campaignId: number) =>
  ground.db
    .selectFrom('send_request')
    .selectAll()
    .where('campaign_id', '=', campaignId)
    .orderBy('id')
    .execute();

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

test('a campaign that has not begun can be aborted for good', async () => {
  const ready = await newBlast();
  const scheduled = await newBlast();
  await client.scheduleCampaign({ campaignId: scheduled, sendAt: '2026-11-25T15:00:00Z' });
  for (const id of [ready, scheduled]) {
    await client.abortCampaign({ campaignId: id });
    assert.equal((await client.getCampaign({ id })).campaignState, 'Aborted');
    assert.equal((await api.call('POST', `/api/campaigns/${id}/send`)).status, 400);
  }
  assert.equal((await requestsOf(scheduled))[0]?.state, 'cancelled');
});

test('a finished campaign can be aborted while what failed waits to be tried again, and no longer', async () => {
  const id = await newBlast();
  await client.sendCampaign({ campaignId: id });
  const [request] = await requestsOf(id);
  const [user] = await addUsers(ground, 1);
  assert.ok(user);
  const message = { user, requestId: request?.id ?? 0, campaignId: id, status: 'bounced' as const };
  const [messageId] = await addMessages(ground, [message]);
  const retryAt = new Date(ground.at.getTime() + 600_000);
  await sql`UPDATE message SET retry_at = ${retryAt} WHERE lane = ${user.lane} AND id = ${messageId}`.execute(
    ground.db,
  );
  await ground.db.updateTable('campaign').set({ state: 'Finished' }).where('id', '=', id).execute();
  await sql`UPDATE send_request SET state = 'admitted' WHERE campaign_id = ${id}`.execute(ground.db);
  await client.abortCampaign({ campaignId: id });
  await settleBrakes(api.context);
  assert.equal((await client.getCampaign({ id })).campaignState, 'Aborted');
  const { rows } = await sql<{ status: string; retry_at: Date | null }>`
    SELECT status, retry_at FROM message WHERE lane = ${user.lane} AND id = ${messageId}`.execute(ground.db);
  assert.deepEqual(rows, [{ status: 'bounced', retry_at: null }]);
  await ground.db.updateTable('campaign').set({ state: 'Finished' }).where('id', '=', id).execute();
  await assert.rejects(
    client.abortCampaign({ campaignId: id }),
    /has been sent \(Finished\), so it cannot be aborted; nothing was changed\. Nothing of it waits/,
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

test('a campaign that cannot be scheduled as asked is not made', async () => {
  const count = async () => (await client.getCampaigns()).totalCampaignsCount;
  const before = await count();
  const late = { name: 'x', templateId, listIds: [listId], sendAt: '2026-11-22 00:00:00' };
  const refused = await api.call('POST', '/api/campaigns/create', late);
  assert.equal(refused.status, 400);
  assert.match(refused.text, /sendAt lies in the past/);
  assert.equal(await count(), before);
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

async function queuedCampaign() {
  const id = await newBlast();
  await client.sendCampaign({ campaignId: id });
  const [request] = await requestsOf(id);
  const users = await addUsers(ground, 6);
  await addMessages(
    ground,
    users.map((user, index) => ({
      user,
      requestId: request?.id ?? 0,
      campaignId: id,
      status: index < 4 ? 'queued' : 'delivered',
    })),
  );
  await sql`UPDATE send_request_lane SET done = true WHERE request_id = ${request?.id ?? 0}`.execute(
    ground.db,
  );
  return id;
}

const dueTexts = async (campaignId: number) => {
  const { rows } = await sql<{ due: string; status: string }>`
    SELECT due_at::text AS due, status FROM message WHERE campaign_id = ${campaignId} ORDER BY id`.execute(
    ground.db,
  );
  return rows;
};

test('a paused campaign holds what is queued and lets it go when resumed', async () => {
  const id = await queuedCampaign();
  await api.call('POST', `/api/campaigns/${id}/pause`);
  await settleBrakes(api.context);
  const paused = await api.call('GET', `/api/campaigns/${id}`);
  assert.match(paused.text, /"campaignState":"Running".*"paused":true/);
  assert.equal((await client.getCampaign({ id })).campaignState, 'Running');
  assert.equal((await dueTexts(id)).filter((row) => row.due === 'infinity').length, 4);
  await api.call('POST', `/api/campaigns/${id}/resume`);
  await settleBrakes(api.context);
  assert.equal((await dueTexts(id)).filter((row) => row.due === 'infinity').length, 0);
  assert.equal((await client.getCampaign({ id })).campaignState, 'Running');
});

test('what is sent again right after it was taken back is not skipped for that', async () => {
  const id = await queuedCampaign();
  const { db } = ground;
  const campaign = { projectId: ground.projectId, campaignId: id };
  const brake = (state: 'cancelled' | null) =>
    db.transaction().execute((transaction) => setBrake(transaction, campaign, state, ground.at));
  await brake('cancelled');
  // Whoever settles it has read it; then it is launched again, and people are admitted.
  const read = (await findUnsettledBrakes(db)).find(({ campaignId }) => campaignId === id);
  assert.ok(read);
  await brake(null);
  await settle(api.context, read);
  assert.equal((await dueTexts(id)).filter(({ status }) => status === 'queued').length, 4);
  await settleBrakes(api.context);
});

test('a campaign that was stopped ends when everybody has their reason, and not before', async () => {
  const id = await queuedCampaign();
  await client.abortCampaign({ campaignId: id });
  const endedAt = async () =>
    (await ground.db.selectFrom('campaign').select('ended_at').where('id', '=', id).executeTakeFirstOrThrow())
      .ended_at;
  await keepCampaigns(ground.db, ground.at);
  assert.equal(await endedAt(), null);
  await settleBrakes(api.context);
  await keepCampaigns(ground.db, ground.at);
  assert.ok((await dueTexts(id)).every((row) => row.status !== 'queued'));
  assert.deepEqual(await endedAt(), ground.at);
});

test('an aborted campaign skips what is queued, tries nothing again and ends its request', async () => {
  const id = await queuedCampaign();
  const failed = sql`status = 'bounced', failed_at = ${ground.at}, retry_at = ${ground.at}`;
  await sql`UPDATE message SET ${failed} WHERE campaign_id = ${id} AND status = 'delivered'`.execute(
    ground.db,
  );
  await client.abortCampaign({ campaignId: id });
  await settleBrakes(api.context);
  assert.equal((await client.getCampaign({ id })).campaignState, 'Aborted');
  assert.deepEqual(
    (await dueTexts(id)).map((row) => row.status),
    ['skipped', 'skipped', 'skipped', 'skipped', 'bounced', 'bounced'],
  );
  const retries = await ground.db
    .selectFrom('message')
    .select('id')
    .where('campaign_id', '=', id)
    .where('retry_at', 'is not', null)
    .execute();
  assert.deepEqual(retries, []);
  assert.equal((await requestsOf(id))[0]?.state, 'cancelled');
});

test('those whom admission has not come to when a campaign is aborted are skipped, each once', async () => {
  const [leftOut, ...people] = await addUsers(ground, 40);
  const { campaignId } = await client.createBlastCampaign({
    ...{
      name: 'Half way',
      templateId,
      listIds: [await addList(ground, people), await addList(ground, people)],
    },
    suppressionListIds: [await addList(ground, leftOut ? [leftOut] : [])],
  });
  await client.sendCampaign({ campaignId });
  const [request] = await requestsOf(campaignId);
  const requestId = request?.id ?? 0;
  const [admitted] = people;
  assert.ok(admitted);
  await addMessages(ground, [{ user: admitted, requestId, campaignId, status: 'delivered' }]);
  await sql`UPDATE send_request_lane SET after_user_id = ${admitted.id}
    WHERE request_id = ${requestId} AND lane = ${admitted.lane}`.execute(ground.db);
  await client.abortCampaign({ campaignId });
  await settleBrakes(api.context);
  const rows = await ground.db
    .selectFrom('message')
    .select(['user_id', 'status', 'skip_reason'])
    .where('campaign_id', '=', campaignId)
    .execute();
  assert.deepEqual(rows.map((row) => row.user_id).sort(), people.map((user) => user.id).sort());
  const skipped = rows.filter((row) => row.skip_reason === 'campaignAborted' && row.status === 'skipped');
  assert.equal(skipped.length, people.length - 1);
  assert.equal((await requestsOf(campaignId))[0]?.state, 'cancelled');
});

test('archiving stops nothing unasked: what runs or is paused stays as it is, with what to do, and the rest goes', async () => {
  const [running, paused, draft] = [await queuedCampaign(), await queuedCampaign(), await newBlast()];
  await api.call('POST', `/api/campaigns/${paused}/pause`, {});
  const campaignIds = [running, paused, draft, 99999];
  const { success, failed } = await client.archiveCampaigns({ campaignIds });
  assert.deepEqual(success, [draft]);
  const reasonOf = (id: number) => failed.find(({ campaignId }) => campaignId === id)?.reason ?? '';
  for (const id of [running, paused])
    assert.match(reasonOf(id), /being sent already.*cannot be archived.*campaigns\/abort stops it for good/);
  assert.match(reasonOf(99999), /No campaign 99999/);
  await settleBrakes(api.context);
  for (const id of [running, paused]) {
    assert.equal((await client.getCampaign({ id })).campaignState, 'Running');
    assert.ok((await dueTexts(id)).every((row) => row.status !== 'skipped'));
  }
});

test('a campaign that was stopped for good says by whose word and when', async () => {
  const id = await queuedCampaign();
  api.clock.advance(60_000);
  const stopped = api.clock.now().getTime();
  await client.abortCampaign({ campaignId: id });
  api.clock.advance(60_000);
  await client.abortCampaign({ campaignId: id });
  const { body } = await api.call('GET', `/api/campaigns/${id}`);
  const { stoppedAt, stoppedBy } = body as { stoppedAt: number; stoppedBy: string };
  assert.deepEqual([stoppedAt, stoppedBy], [stopped, 'key test']);
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
