import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isOnCluster } from '../database/cluster.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { lockCampaign } from './campaign.ts';
import { addList, addSender, addTemplate, addUsers, type Ground, groundOf } from './campaign-fixtures.ts';
import { campaignRoutes } from './routes.ts';
import { startDueCampaigns } from './upkeep.sql.ts';

let api: TestApi;
let ground: Ground;
before(async () => {
  api = await startTestApi([campaignRoutes]);
  ground = groundOf(api);
  await addSender(ground);
});
after(() => api.close());

const stateOf = async (id: number) =>
  (await ground.db.selectFrom('campaign').select('state').where('id', '=', id).executeTakeFirstOrThrow())
    .state;

test('a scheduled campaign that somebody has in hand is passed over without waiting, and starts the next time', async () => {
  const made = await api.call('POST', '/api/campaigns/create', {
    ...{ name: 'Soon', templateId: await addTemplate(ground), sendAt: '2026-11-23T18:00:00Z' },
    listIds: [await addList(ground, await addUsers(ground, 1))],
  });
  const { campaignId } = made.body as { campaignId: number };
  const due = new Date('2026-11-23T18:00:01Z');
  const looked = await ground.db.transaction().execute(async (transaction) => {
    await lockCampaign(transaction, ground.projectId, campaignId);
    const look = startDueCampaigns(ground.db, due);
    // On a cluster a row that is on every node is waited for, whoever asks not to.
    if (!(await isOnCluster(ground.db))) await look;
    assert.equal(await stateOf(campaignId), 'Scheduled');
    return { look };
  });
  await looked.look;
  await startDueCampaigns(ground.db, due);
  assert.equal(await stateOf(campaignId), 'Running');
  const { state } = await ground.db
    .selectFrom('send_request')
    .select('state')
    .where('campaign_id', '=', campaignId)
    .executeTakeFirstOrThrow();
  assert.equal(state, 'admitting');
});
