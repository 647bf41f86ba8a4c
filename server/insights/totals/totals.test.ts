import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { IterableClient } from '@iterable/api';
import fc from 'fast-check';
import { sql } from 'kysely';
import {
  addList,
  addMessages,
  addSender,
  addTemplate,
  addUsers,
  findChannel,
  type Ground,
  groundOf,
  type TestMessage,
} from '../../campaigns/campaign-fixtures.ts';
import { campaignRoutes } from '../../campaigns/routes.ts';
import { settleBrakes } from '../../delivery/brakes/settle-brakes.ts';
import { changeMessages } from '../../delivery/rollups/count-changes.sql.ts';
import { findChangedRollups, foldChanges } from '../../delivery/rollups/fold-changes.sql.ts';
import { eventRoutes } from '../../events/routes.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { clickOn, openEmail, optOut, writeTo } from '../response-fixtures.ts';
import { campaignTotals } from './campaign-totals.ts';
import { totalsRoutes } from './routes.ts';

let api: TestApi;
let client: IterableClient;
let ground: Ground;
let templateId: number;
let senderId: number;

before(async () => {
  api = await startTestApi([campaignRoutes, eventRoutes, totalsRoutes]);
  client = new IterableClient({ apiKey: api.key, baseUrl: api.url });
  ground = groundOf(api);
  templateId = await addTemplate(ground);
  senderId = await addSender(ground);
});
after(async () => {
  client.destroy();
  await api.close();
});

/** A campaign sent to `count` users, none admitted yet. */
async function sentCampaign(count: number) {
  const users = await addUsers(ground, count);
  const listId = await addList(ground, users);
  const { campaignId } = await client.createBlastCampaign({ name: 'Sale', templateId, listIds: [listId] });
  await client.sendCampaign({ campaignId });
  const { id: requestId } = await ground.db
    .selectFrom('send_request')
    .select('id')
    .where('campaign_id', '=', campaignId)
    .executeTakeFirstOrThrow();
  return { users, listId, campaignId, requestId };
}

/** Moves each lane's cursor past its admitted users, as admission does. */
async function moveCursors(requestId: number, admitted: readonly { id: number; lane: number }[]) {
  for (const user of admitted)
    await sql`
      UPDATE send_request_lane SET after_user_id = greatest(after_user_id, ${user.id}::bigint), waiting = NULL
      WHERE request_id = ${requestId} AND lane = ${user.lane}`.execute(ground.db);
}

const thatDay = { startDateTime: '2026-11-23 00:00:00', endDateTime: '2026-11-24 00:00:00' };

const statuses = [
  'queued',
  'dispatching',
  'inDoubt',
  'sent',
  'delivered',
  'read',
  'bounced',
  'skipped',
] as const;

test('audience = sends + skips + pending and sends = delivered + bounced + awaiting, whatever became of each', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          status: fc.constantFrom(...statuses),
          skipReason: fc.constantFrom('noOptIn', 'optedOut', 'quietHours'),
        }),
        { maxLength: 25 },
      ),
      fc.nat({ max: 10 }),
      fc.nat({ max: 3 }),
      async (fates, waiting, suppressed) => {
        const { users, campaignId, requestId } = await sentCampaign(fates.length + waiting + suppressed);
        const admitted = users.slice(0, fates.length);
        const onSuppression = await addList(ground, users.slice(fates.length + waiting));
        await sql`UPDATE send_request SET suppression_list_ids = ARRAY[${onSuppression}::int] WHERE id = ${requestId}`.execute(
          ground.db,
        );
        const messages: TestMessage[] = fates.map(({ status, skipReason }, index) => ({
          user: admitted[index] ?? { id: 0, lane: 0 },
          requestId,
          campaignId,
          status,
          skipReason,
          senderId,
        }));
        if (messages.length) await addMessages(ground, messages);
        await moveCursors(requestId, admitted);
        const totals = await campaignTotals(ground.db, ground.projectId, campaignId);
        const fated = (...these: string[]) => fates.filter(({ status }) => these.includes(status)).length;
        assert.equal(totals.audience, fates.length + waiting);
        assert.equal(totals.audience, totals.sends + totals.skips + totals.pending);
        assert.equal(totals.sends, totals.delivered + totals.bounced + totals.awaitingReceipt);
        assert.equal(totals.skips, fated('skipped'));
        assert.equal(totals.pending, fated('queued') + waiting);
        assert.equal(totals.delivered, fated('delivered', 'read'));
        assert.equal(
          Object.values(totals.skipsByReason).reduce((sum, count) => sum + count, 0),
          totals.skips,
        );
        assert.equal(totals.segments, totals.sends);
        assert.ok(Math.abs(totals.price - totals.sends * 0.0079) < 1e-9);
      },
    ),
    { numRuns: 15 },
  );
});

test('a person on two lists counts once, and an aborted campaign keeps its audience', async () => {
  const { users, listId, campaignId, requestId } = await sentCampaign(8);
  const second = await addList(ground, users.slice(0, 5));
  await sql`UPDATE send_request SET list_ids = ARRAY[${listId}::int, ${second}::int] WHERE id = ${requestId}`.execute(
    ground.db,
  );
  assert.equal((await campaignTotals(ground.db, ground.projectId, campaignId)).audience, 8);
  await client.abortCampaign({ campaignId });
  const aborted = await campaignTotals(ground.db, ground.projectId, campaignId);
  assert.deepEqual([aborted.audience, aborted.skipsByReason], [8, { campaignAborted: 8 }]);
});

test('clicks, opt-outs and replies are put down to the campaign within a day', async () => {
  const { users, campaignId, requestId } = await sentCampaign(3);
  const [ann, bob, cem] = users;
  assert.ok(ann && bob && cem);
  const ids = await addMessages(
    ground,
    users.map((user) => ({ user, requestId, campaignId, status: 'delivered', senderId })),
  );
  const at = (hours: number) => new Date(ground.at.getTime() + hours * 3_600_000);
  for (const [user, messageId, visitor] of [
    [ann, ids[0], 'person'],
    [ann, ids[0], 'person'],
    [bob, ids[1], 'preview'],
    [cem, ids[2], 'bot'],
  ] as const)
    await clickOn(ground, { ...user, messageId: messageId ?? 0, campaignId }, visitor);
  const { channelId } = await findChannel(ground);
  for (const [user, hours] of [
    [ann, 2],
    [ann, 3],
    [bob, 30],
  ] as const)
    await optOut(ground, user, channelId, 'keyword', at(hours));
  for (const hours of [1, 2, 25]) await writeTo(ground, bob, senderId, 'hi', at(hours));
  const totals = await campaignTotals(ground.db, ground.projectId, campaignId);
  assert.deepEqual(totals.clicks, { total: 2, unique: 1, previews: 1, bots: 1 });
  assert.deepEqual(totals.optOuts, { total: 2, unique: 1 });
  assert.deepEqual(totals.replies, { total: 2, unique: 1 });
  // They are kept: were there a million messages, nobody would look at them.
  for (const { lane } of await findChangedRollups(ground.db, api.clock.now()))
    await foldChanges(ground.db, lane, api.clock.now());
  await sql`DELETE FROM message WHERE campaign_id = ${campaignId}`.execute(ground.db);
  assert.deepEqual(await campaignTotals(ground.db, ground.projectId, campaignId), totals);
});

test('an opt-out that an import, a call, a colleague or an older record brought is none of the campaign, nor one a bounce tells of', async () => {
  const methods = ['keyword', 'reply', 'link', 'provider', 'import', 'api', 'console', 'suppression'];
  const { users, campaignId, requestId } = await sentCampaign(methods.length + 1);
  await addMessages(
    ground,
    users.map((user, index) => ({
      ...{ user, requestId, campaignId, senderId },
      status: index < methods.length ? ('delivered' as const) : ('bounced' as const),
    })),
  );
  const { channelId } = await findChannel(ground);
  const soon = new Date(ground.at.getTime() + 60_000);
  for (const [index, user] of users.entries())
    await optOut(ground, user, channelId, methods[index] ?? 'provider', soon);
  const totals = await campaignTotals(ground.db, ground.projectId, campaignId);
  assert.deepEqual(totals.optOuts, { total: 4, unique: 4 });
});

test('a campaign ten seconds old is told its true pace, and who waits for an hour is not in the time left', async () => {
  const { users, campaignId, requestId } = await sentCampaign(60);
  const began = ground.at.getTime();
  const sent = users.slice(0, 40);
  const queued = users.slice(40, 50);
  await addMessages(ground, [
    ...sent.map((user, index) => ({
      ...{ user, requestId, campaignId, senderId, status: 'sent' as const },
      dispatchedAt: new Date(began - 10_000 + index * 250),
    })),
    ...queued.map((user) => ({ user, requestId, campaignId, senderId, status: 'queued' as const })),
  ]);
  await moveCursors(requestId, users.slice(0, 50));
  const live = async () => {
    const answer = await api.call('GET', `/api/campaigns/${campaignId}/live`);
    return answer.body as { rate: number; waiting: number; eta: number; totals: { pending: number } };
  };
  const { rate, eta, waiting } = await live();
  assert.deepEqual([rate, waiting, eta], [4, 0, began + 5_000]);
  // Those still to be admitted are a later launch's.
  await sql`UPDATE send_request SET state = 'scheduled', send_at = ${new Date(began + 3_600_000)}
    WHERE id = ${requestId}`.execute(ground.db);
  const later = await live();
  assert.deepEqual([later.totals.pending, later.waiting, later.eta], [20, 10, began + 2_500]);
});

test('the totals of a stopped campaign are right at once, and the same when every person has their row', async () => {
  const { users, campaignId, requestId } = await sentCampaign(30);
  const admitted = users.slice(0, 12);
  await addMessages(
    ground,
    admitted.map((user, index) => ({
      ...{ user, requestId, campaignId, senderId },
      status: index < 4 ? ('delivered' as const) : ('queued' as const),
      // Two have left before, failed, and wait for another try.
      failedAt: index >= 10 ? ground.at : null,
      dueAt: index < 4 ? ground.at : new Date(ground.at.getTime() + 3_600_000),
    })),
  );
  await moveCursors(requestId, admitted);
  await client.abortCampaign({ campaignId });
  const told = async () => {
    const totals = await campaignTotals(ground.db, ground.projectId, campaignId);
    const { audience, sends, delivered, bounced, pending, skips, skipsByReason } = totals;
    return { audience, sends, delivered, bounced, pending, skips, skipsByReason };
  };
  const live = await api.call('GET', `/api/campaigns/${campaignId}/live`);
  assert.equal((live.body as { waiting: number }).waiting, 0);
  const atOnce = await told();
  assert.deepEqual(atOnce, {
    ...{ audience: 30, sends: 6, delivered: 4, bounced: 2, pending: 0 },
    ...{ skips: 24, skipsByReason: { campaignAborted: 24 } },
  });
  await settleBrakes(api.context);
  assert.deepEqual(await told(), atOnce);
  const { rows } = await sql<{ people: number }>`
    SELECT count(DISTINCT user_id) AS people FROM message WHERE request_id = ${requestId}`.execute(ground.db);
  assert.equal(rows[0]?.people, 30);
});

test('the official client reads metrics as CSV, and the console the same numbers live', async () => {
  const { users, campaignId, requestId } = await sentCampaign(6);
  const admitted = users.slice(0, 4);
  await addMessages(
    ground,
    admitted.map((user, index) => ({
      user,
      requestId,
      campaignId,
      status: index === 0 ? 'skipped' : index === 1 ? 'bounced' : 'delivered',
      senderId,
    })),
  );
  await moveCursors(requestId, admitted);
  const [row] = await client.getCampaignMetrics({
    campaignId,
    startDateTime: '2026-11-23 00:00:00',
    endDateTime: '2026-11-24 00:00:00',
  });
  assert.equal(row?.id, String(campaignId));
  assert.equal(row?.['Total SMS Sent'], '3');
  assert.equal(row?.['Total SMS Delivered'], '2');
  assert.equal(row?.['Total SMS Bounced'], '1');
  assert.equal(row?.['Send Skips'], '1');
  assert.equal(row?.Audience, '6');
  assert.equal(row?.Pending, '2');
  const before = await client.getCampaignMetrics({
    campaignId,
    startDateTime: '2026-11-22 00:00:00',
    endDateTime: '2026-11-23 00:00:00',
  });
  assert.equal(before[0]?.Audience, '0');
  const live = await api.call('GET', `/api/campaigns/${campaignId}/live`);
  assert.equal(live.status, 200);
  const { totals, minutes, state, rate, eta } = live.body as {
    totals: Record<string, number>;
    minutes: object[];
    state: string;
    rate: number;
    eta: number;
  };
  assert.equal(state, 'Running');
  assert.equal(totals.audience, 6);
  assert.deepEqual(minutes, [{ at: ground.at.getTime(), sends: 3, delivered: 2 }]);
  // They have only just left: no pace is read off less than a second.
  assert.equal(rate, 3);
  assert.equal(eta, Math.round(ground.at.getTime() + 2000 / 3));
  // One of the two that are left waits for tomorrow: the end is told of the other.
  const held = users.slice(4, 5);
  await addMessages(
    ground,
    held.map((user) => ({ user, requestId, campaignId, status: 'queued' as const, senderId })),
  );
  await moveCursors(requestId, held);
  for (const { lane } of held)
    await changeMessages({
      lane,
      which: sql`campaign_id = ${campaignId} AND status = 'queued'`,
      set: sql`due_at = ${new Date(ground.at.getTime() + 86_400_000)}`,
      told: sql`id`,
    }).execute(ground.db);
  const later = (await api.call('GET', `/api/campaigns/${campaignId}/live`)).body as {
    waiting: number;
    eta: number;
  };
  assert.deepEqual([later.waiting, later.eta], [1, Math.round(ground.at.getTime() + 1000 / 3)]);
});

test('purchases that name a campaign are its revenue, and without one no average order is made up', async () => {
  const { campaignId } = await sentCampaign(2);
  const metrics = async () => (await client.getCampaignMetrics({ campaignId, ...thatDay }))[0];
  const none = await metrics();
  assert.deepEqual([none?.['Total Purchases'], none?.Revenue, none?.['Average Order Value']], ['0', '0', '']);
  for (const [userId, total, id] of [
    ['ann', 10.1, campaignId],
    ['ann', 20.2, campaignId],
    ['bob', 5.7, campaignId],
    ['bob', 100, undefined],
  ] as const) {
    const bought = {
      user: { userId },
      items: [{ id: 'mug', name: 'Mug', price: total, quantity: 1 }],
      total,
      campaignId: id,
    };
    assert.equal((await api.call('POST', '/api/commerce/trackPurchase', bought)).status, 200);
  }
  const some = await metrics();
  assert.deepEqual(
    [some?.['Total Purchases'], some?.['Unique Purchases'], some?.Revenue, some?.['Average Order Value']],
    ['3', '2', '36', '12'],
  );
});

test('metrics of an email campaign are in the columns of Iterable, one that launches twice counting people once', async () => {
  const emailTemplate = await addTemplate(ground, 'email');
  const users = await addUsers(ground, 3);
  const listId = await addList(ground, users);
  const { campaignId } = await client.createBlastCampaign({
    ...{ name: 'News', templateId: emailTemplate, listIds: [listId] },
  });
  const { rows } = await sql<{ id: number }>`
    INSERT INTO send_request (project_id, campaign_id, campaign_name, template_id, state, send_at, created_at)
    SELECT ${ground.projectId}, ${campaignId}, 'News', ${emailTemplate}, 'admitted', ${ground.at}::timestamptz,
      ${ground.at}::timestamptz
    FROM generate_series(1, 2) RETURNING id`.execute(ground.db);
  const ids = await addMessages(
    ground,
    rows.flatMap(({ id: requestId }) =>
      users.map((user, index) => ({
        ...{ user, requestId, campaignId, senderId },
        status: index === 0 ? ('bounced' as const) : ('delivered' as const),
      })),
    ),
  );
  const metrics = async () => (await client.getCampaignMetrics({ campaignId, ...thatDay }))[0];
  // One person reads both launches' emails; the other's mail program fetches one by itself.
  for (const [user, messageId, visitor] of [
    [users[1], ids[1], 'machine'],
    [users[1], ids[1], 'person'],
    [users[1], ids[4], 'person'],
    [users[2], ids[2], 'machine'],
  ] as const)
    if (user && messageId) await openEmail(ground, { ...user, messageId, campaignId }, visitor);
  const row = await metrics();
  assert.partialDeepStrictEqual(row, {
    ...{ 'Total Email Opens': '3', 'Unique Email Opens': '2' },
    ...{ 'Total Email Opens (filtered)': '2', 'Unique Email Opens (filtered)': '1' },
    ...{ 'Total Email Sends': '6', 'Unique Email Sends': '3' },
    ...{ 'Total Emails Delivered': '4', 'Unique Emails Delivered': '2' },
    ...{ 'Total Emails Bounced': '2', 'Unique Emails Bounced': '1' },
    ...{ 'Total Emails Clicked': '0', 'Unique Email Clicks': '0' },
    ...{ 'Total Unsubscribes': '0', 'Unique Unsubscribes': '0' },
  });
  assert.ok(!('Total Complaints' in (row ?? {})), 'nobody tells of complaints');
  await sql`UPDATE template SET track_links = false WHERE id = ${emailTemplate}`.execute(ground.db);
  assert.equal((await metrics())?.['Total Email Opens'], '', 'not known without tracked links');
});
