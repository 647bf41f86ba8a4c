import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { settle, settleBrakes } from '../delivery/brakes/settle-brakes.ts';
import { findUnsettledBrakes, setBrake } from '../requests/brake.sql.ts';
import { addList, addMessages, addUsers } from './campaign-fixtures.ts';
import { openCampaignSite } from './campaign-site-fixtures.ts';
import { keepCampaigns } from './upkeep.sql.ts';

const { api, client, ground, templateId, newBlast, requestsOf, close } = await openCampaignSite();
after(close);

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
