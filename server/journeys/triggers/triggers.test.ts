import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { findChannel } from '../../campaigns/campaign-fixtures.ts';
import { openSchedules, type ScheduledUntil } from '../enter/open-schedules.ts';
import { type JourneyGround, openJourneyGround } from '../testing/journey-ground.ts';

let journeys: JourneyGround;

before(async () => {
  journeys = await openJourneyGround();
});
after(() => journeys.api.close());

const entering = (on: object) => ({
  entry: { on, atOnce: 5 },
  start: 'a',
  tiles: { a: { kind: 'exit', reason: 'came' } },
});

test('a keyword is the whole text, however it is written, and a part of none', async () => {
  const { publish, person, entriesOf, ground, work, api } = journeys;
  await person('ann');
  const join = await publish(entering({ received: { keywords: ['Join', 'vip 2'] } }));
  const byWhatsApp = await publish(entering({ received: { keywords: ['join'], medium: 'whatsApp' } }));
  const { rows } = await sql<{ lane: number; id: number }>`
    SELECT lane, id FROM users WHERE external_id = 'ann'`.execute(ground.db);
  const { lane, id: userId } = rows[0]!;
  const writes = async (body: string) => {
    const ofText = { medium: 'sms', from: '+12125550100', to: '+12125550199', senderId: 1, body } as const;
    await api.context.announce(ground.db, [
      {
        kind: 'received',
        inboundId: 1,
        ...ofText,
        projectId: ground.projectId,
        lane,
        userId,
        at: api.clock.now(),
      },
    ]);
    await work();
  };
  for (const body of ['may I join?', 'VIP']) await writes(body);
  assert.equal(await entriesOf(join, 'ann'), 0);
  for (const body of [' JOIN!! 🎉', 'VIP-2']) await writes(body);
  assert.deepEqual([await entriesOf(join, 'ann'), await entriesOf(byWhatsApp, 'ann')], [2, 0]);
});

test('a button lets in whose payload is meant, and a kind of message whoever sends it', async () => {
  const { publish, person, entriesOf, ground, work, api } = journeys;
  await person('pay');
  const byPayload = await publish(entering({ received: { payloads: ['size-l', 'size-xl'] } }));
  const byKind = await publish(entering({ received: { messageKinds: ['location', 'text'] } }));
  const { rows } = await sql<{ lane: number; id: number }>`
    SELECT lane, id FROM users WHERE external_id = 'pay'`.execute(ground.db);
  const { lane, id: userId } = rows[0]!;
  const sends = async (more: { messageKind?: 'buttonReply' | 'location'; payload?: string }) => {
    const ofText = { medium: 'whatsApp', from: '+1', to: '+2', senderId: 1, body: 'Large' } as const;
    const { projectId } = ground;
    await api.context.announce(ground.db, [
      {
        ...{ kind: 'received', inboundId: 1, ...ofText, projectId, lane, userId },
        at: api.clock.now(),
        ...more,
      },
    ]);
    await work();
  };
  const entries = () => Promise.all([byPayload, byKind].map((id) => entriesOf(id, 'pay')));
  await sends({ messageKind: 'buttonReply', payload: 'size-s' });
  assert.deepEqual(await entries(), [0, 0]);
  await sends({ messageKind: 'buttonReply', payload: 'size-l' });
  await sends({ messageKind: 'location' });
  await sends({});
  assert.deepEqual(await entries(), [1, 2]);
});

test('an opt-in to a channel or a message type lets somebody in, and an opt-out of it', async () => {
  const { publish, person, entriesOf, ground, call, work } = journeys;
  const { channelId, messageTypeId } = await findChannel(ground);
  await person('ben');
  const out = await publish(entering({ subscription: { messageTypeId, what: 'optedOut' } }));
  const outOfChannel = await publish(entering({ subscription: { channelId, what: 'optedOut' } }));
  const into = await publish(entering({ subscription: { messageTypeId, what: 'optedIn' } }));
  await call('DELETE', `/api/subscriptions/messageType/${messageTypeId}/byUserId/ben`);
  await work();
  const entries = () => Promise.all([out, outOfChannel, into].map((id) => entriesOf(id, 'ben')));
  assert.deepEqual(await entries(), [1, 0, 0]);
});

test('a change of the cart is the event updateCart, with its items', async () => {
  const { publish, person, entriesOf, call, work } = journeys;
  await person('cem');
  const id = await publish(
    entering({ event: { name: 'updateCart', where: { path: 'items.price', atLeast: 50 } } }),
  );
  const cart = (price: number) =>
    call('POST', '/api/commerce/updateCart', {
      user: { userId: 'cem' },
      items: [{ id: '1', name: 'shoes', price, quantity: 1 }],
    });
  await cart(10);
  await work();
  assert.equal(await entriesOf(id, 'cem'), 0);
  await cart(60);
  await work();
  assert.equal(await entriesOf(id, 'cem'), 1);
});

test('of times that went by while a journey was closed the latest lets its audience in, unless it is too old', async () => {
  const { publish, person, entriesOf, call, work, api } = journeys;
  await person('dee');
  const { listId } = await call<{ listId: number }>('POST', '/api/lists', { name: 'Weekly' });
  await call('POST', '/api/lists/subscribe', { listId, subscribers: [{ userId: 'dee' }] });
  const scheduled: ScheduledUntil = new Map();
  const schedule = {
    at: '2026-11-30T09:00',
    every: { weeks: 1 },
    zone: 'America/New_York',
    listIds: [listId],
  };
  const id = await publish(entering({ schedule }));
  const at = async (instant: string) => {
    api.clock.set(instant);
    await openSchedules(api.context, scheduled);
    await work();
    return entriesOf(id, 'dee');
  };
  assert.equal(await at('2026-11-30T14:00:00Z'), 1);
  await call('POST', `/api/journeys/${id}/close`);
  assert.equal(await at('2026-12-10T14:00:00Z'), 1);
  await call('POST', `/api/journeys/${id}/open`);
  assert.equal(await at('2026-12-10T14:00:01Z'), 1, 'three days late');
  assert.equal(await at('2026-12-15T13:00:00Z'), 2, 'one hour less than a day late');
});

test('what an entry cannot say is refused', async () => {
  const wrong = (on: object) => journeys.faultsOf(entering(on));
  assert.match((await wrong({ received: { keywords: ['!'] } }))[0]!, /keywords\.0 has no letter or digit/);
  assert.match(
    (await wrong({ received: { keywords: ['a'], contains: ['b'] } }))[0]!,
    /contains cannot be given beside keywords/,
  );
  assert.match(
    (await wrong({ subscription: { what: 'optedIn' } }))[0]!,
    /one of channelId and messageTypeId/,
  );
  assert.match(
    (await wrong({ subscription: { what: 'optedIn', messageTypeId: 99_999 } }))[0]!,
    /messageTypeId names messageType 99999/,
  );
});
