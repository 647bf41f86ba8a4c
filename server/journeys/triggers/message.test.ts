import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { MessageHappening } from '../../http/happenings.ts';
import { type JourneyGround, openJourneyGround } from '../testing/journey-ground.ts';

let journeys: JourneyGround;

before(async () => {
  journeys = await openJourneyGround();
});
after(() => journeys.api.close());

const entering = (on: object) => ({
  entry: { on },
  start: 'a',
  tiles: { a: { kind: 'exit', reason: 'came' } },
});

interface Sent {
  lane: number;
  id: number;
  userId: number;
  campaignId: number;
  senderId: number | null;
  channelId: number;
}

/** The last message of somebody, as if it had left now. */
async function sentTo(userId: string): Promise<Sent> {
  const { rows } = await sql<Sent>`
    UPDATE message SET status = 'sent', dispatched_at = ${journeys.api.clock.now()} WHERE (lane, id) = (
      SELECT m.lane, m.id FROM message m JOIN users u ON u.lane = m.lane AND u.id = m.user_id
      WHERE u.external_id = ${userId} ORDER BY m.id DESC LIMIT 1)
    RETURNING lane, id, user_id AS "userId", campaign_id AS "campaignId", sender_id AS "senderId", channel_id AS "channelId"`.execute(
    journeys.ground.db,
  );
  return rows[0]!;
}

/** Tells what became of a message, as receipts do. */
async function becomes(message: Sent, what: MessageHappening['what'], reason: string | null = null) {
  const { lane, id: messageId, userId, campaignId } = message;
  await journeys.api.context.announce(journeys.ground.db, [
    {
      ...{ kind: 'message', what, medium: 'sms', projectId: journeys.ground.projectId, lane, userId },
      ...{ messageId, campaignId, reason, at: journeys.api.clock.now() },
    },
  ]);
  await journeys.work();
}

test('what becomes of a message of a campaign, a template or a channel lets its person in; messages of the journey itself do not', async () => {
  const { publish, person, track, entriesOf, templateId, ground, work, api } = journeys;
  const asks = await publish({
    entry: { on: { event: { name: 'asked' } } },
    start: 'text',
    tiles: { text: { kind: 'send', templateId, waits: false, next: 'end' } },
  });
  const { rows } = await sql<{ id: number }>`
    SELECT campaign_id AS id FROM journey_campaign WHERE journey_id = ${asks}`.execute(ground.db);
  const campaignId = rows[0]!.id;
  await person('ann');
  await track('ann', 'asked');
  await work();
  const message = await sentTo('ann');
  const ids = {
    delivered: await publish(entering({ message: { what: 'delivered', campaignIds: [campaignId] } })),
    read: await publish(entering({ message: { what: 'read', templateIds: [templateId] } })),
    failed: await publish(entering({ message: { what: 'failed', reasons: ['30005'] } })),
    clicked: await publish(entering({ message: { what: 'clicked', url: '/Sale' } })),
    replied: await publish(entering({ message: { what: 'replied', campaignIds: [campaignId] } })),
    unsubscribed: await publish(
      entering({ message: { what: 'unsubscribed', channelIds: [message.channelId] } }),
    ),
    otherMedium: await publish(entering({ message: { what: 'delivered', medium: 'whatsApp' } })),
  };
  const own = await publish({
    entry: { on: { message: { what: 'delivered' } }, atOnce: 5 },
    start: 'text',
    tiles: { text: { kind: 'send', templateId, waits: false, next: 'end' } },
  });
  const entries = async (): Promise<string[]> => {
    const found: string[] = [];
    for (const [name, id] of Object.entries(ids)) if ((await entriesOf(id, 'ann')) > 0) found.push(name);
    return found;
  };
  await becomes(message, 'delivered');
  assert.deepEqual(await entries(), ['delivered']);
  assert.equal(await entriesOf(own, 'ann'), 1);
  await becomes(await sentTo('ann'), 'delivered');
  assert.equal(await entriesOf(own, 'ann'), 1, 'its own message lets nobody in');
  await becomes(message, 'seen');
  await becomes(message, 'bounce', '30003');
  assert.deepEqual(await entries(), ['delivered', 'read']);
  await becomes(message, 'bounce', '30005');
  const { lane, userId } = message;
  const ofPerson = { projectId: ground.projectId, lane, userId, at: api.clock.now() };
  const tap = (url: string) =>
    api.context.announce(ground.db, [{ kind: 'click', messageId: message.id, campaignId, url, ...ofPerson }]);
  await tap('https://shop.example/new');
  await work();
  assert.deepEqual(await entries(), ['delivered', 'read', 'failed']);
  await tap('https://shop.example/sale?x=1');
  const writes = { medium: 'sms' as const, from: '+12125550100', to: '+12125550199', body: 'hello' };
  await api.context.announce(ground.db, [
    { kind: 'received', inboundId: 1, ...writes, senderId: message.senderId ?? 0, ...ofPerson },
  ]);
  await work();
  assert.deepEqual(await entries(), ['delivered', 'read', 'failed', 'clicked', 'replied']);
  const standing = { kind: 'standing', status: 'unsubscribed', medium: 'sms', source: 'test' } as const;
  await api.context.announce(ground.db, [
    { ...standing, channelId: message.channelId, messageTypeId: null, ...ofPerson },
  ]);
  await work();
  assert.deepEqual(await entries(), [
    ...['delivered', 'read', 'failed', 'clicked', 'replied', 'unsubscribed'],
  ]);
  // A day later it is put down to no message any more.
  api.clock.advance(25 * 3_600_000);
  await api.context.announce(ground.db, [
    {
      kind: 'received',
      inboundId: 1,
      ...writes,
      senderId: message.senderId ?? 0,
      ...ofPerson,
      at: api.clock.now(),
    },
  ]);
  await work();
  assert.equal(await entriesOf(ids.replied, 'ann'), 1);
});

test('a wait for what becomes of a message hears its own alone; nothing of other campaigns is written down for it', async () => {
  const { publish, person, track, templateId, ground, work, wayOf, api } = journeys;
  await publish({
    entry: { on: { event: { name: 'waits' } } },
    start: 'text',
    tiles: {
      text: { kind: 'send', templateId, waits: false, next: 'read' },
      read: {
        kind: 'waitFor',
        branches: [{ name: 'read', for: { message: 'read' }, next: 'end' }],
        within: { hours: 2 },
        timeout: 'end',
      },
    },
  }).then(async (id) => {
    await person('cy');
    await track('cy', 'waits');
    await work();
    const message = await sentTo('cy');
    const at = api.clock.now();
    const happening = (campaignId: number | null, what: MessageHappening['what']) => ({
      ...{
        kind: 'message' as const,
        what,
        medium: 'sms' as const,
        projectId: ground.projectId,
        lane: message.lane,
      },
      ...{ userId: message.userId, messageId: message.id, campaignId, reason: null, at },
    });
    await api.context.announce(ground.db, [happening(999_999, 'send')]);
    const { rows } = await sql`SELECT 1 FROM happening WHERE lane = ${message.lane}`.execute(ground.db);
    assert.equal(rows.length, 0);
    await sql`UPDATE message SET status = 'read', read_at = ${at} WHERE lane = ${message.lane} AND id = ${message.id}`.execute(
      ground.db,
    );
    await api.context.announce(ground.db, [happening(message.campaignId, 'seen')]);
    await work();
    assert.deepEqual(await wayOf(id, 'cy'), ['text:next', 'read:waits', 'read:read']);
  });
});

test('what a message cannot say is refused', async () => {
  const wrong = (message: object) => journeys.faultsOf(entering({ message }));
  assert.match((await wrong({ what: 'opened' }))[0]!, /message\.what must be one of "sent"/);
  assert.match((await wrong({ what: 'read', url: 'x' }))[0]!, /message\.url says nothing beside read/);
  assert.match(
    (await wrong({ what: 'sent', campaignIds: [99_999] }))[0]!,
    /campaignIds names campaign 99999/,
  );
});
