import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { IterableClient } from '@iterable/api';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { userRoutes } from '../users/routes.ts';
import { eventRoutes } from './routes.ts';

let server: TestApi;
let client: IterableClient;
before(async () => {
  server = await startTestApi([userRoutes, eventRoutes]);
  client = new IterableClient({ apiKey: server.key, baseUrl: server.url });
});
after(async () => {
  client.destroy();
  await server.close();
});

test('events make who is not known, are updated by their id, and name the rows that were refused', async () => {
  const seen = { eventName: 'seen', userId: 'u1' };
  const answer = await client.trackBulkEvents({
    events: [
      { ...seen, id: 'e1', dataFields: { page: '/a' }, createdAt: 1_790_000_000 },
      { ...seen, id: 'e1', dataFields: { page: '/b' } },
      { eventName: 'seen', email: 'two@example.com', id: 'e1' },
      { eventName: 'seen', email: 'broken' } as never,
      { ...seen, createdAt: 7 },
    ],
  });
  assert.equal(answer.successCount, 3);
  assert.deepEqual(answer.failedUpdates?.invalidEmails, ['broken']);
  const { events } = await client.getUserEventsByUserId({ userId: 'u1' });
  assert.deepEqual(
    events.map((event) => event.dataFields),
    [{ page: '/b' }],
  );
  assert.equal((await client.getUserEventsByEmail({ email: 'two@example.com' })).events.length, 1);
  await client.trackEvent({ ...seen, id: 'e1', dataFields: { page: '/c' } });
  const anew = await client.getUserEventsByUserId({ userId: 'u1' });
  assert.deepEqual(
    anew.events.map((event) => event.dataFields),
    [{ page: '/c' }],
  );
});

test('a purchase is an event and a change of profile; a cart is kept on the profile', async () => {
  const item = { id: 's1', name: 'Socks', price: 9.5, quantity: 2 };
  const user = { email: 'buyer@example.com', dataFields: { firstName: 'Bea' } };
  const bought = await server.call('POST', '/api/commerce/trackPurchase', {
    id: 'o1',
    user,
    items: [item],
    total: 19,
  });
  assert.equal(bought.status, 200);
  await server.call('POST', '/api/commerce/trackPurchase', { id: 'o1', user, items: [item], total: 19 });
  await server.call('POST', '/api/commerce/updateCart', { user: { email: user.email }, items: [item] });
  const { events } = await client.getUserEventsByEmail({ email: user.email });
  assert.deepEqual(events.map((event) => event.eventType).sort(), ['customEvent', 'purchase']);
  const profile = (await client.getUserByEmail({ email: user.email })).user?.dataFields;
  assert.equal(profile?.firstName, 'Bea');
  assert.equal(Array.isArray(profile?.shoppingCartItems), true);
});

test('the answer names an event’s id, by which it is updated', async () => {
  const idOf = async (body: object) =>
    ((await server.call('POST', '/api/events/track', body)).body as { params: { id: string } }).params.id;
  const event = { userId: 'named', eventName: 'seen' };
  const id = await idOf({ ...event, dataFields: { page: '/a' } });
  assert.equal(await idOf({ ...event, id, dataFields: { page: '/b' } }), id);
  const { events } = await client.getUserEventsByUserId({ userId: 'named' });
  assert.deepEqual(
    events.map(({ _id, dataFields }) => [_id, dataFields]),
    [[id, { page: '/b' }]],
  );
});

test('a field keeps its type among events of one name; a row with another is refused and makes nobody', async () => {
  const typed = { userId: 'typed', eventName: 'typed' };
  await client.trackEvent({ ...typed, dataFields: { size: 1, tags: ['a'] } });
  await client.trackEvent({ ...typed, dataFields: { size: 1.5 } });
  await client.trackEvent({ ...typed, eventName: 'other', dataFields: { size: 'large' } });
  await assert.rejects(
    client.trackEvent({ userId: 'nobody-yet', eventName: 'typed', dataFields: { size: 'large' } }),
    { statusCode: 400, code: 'RequestFieldsTypesMismatched' },
  );
  assert.equal((await client.getUserByUserId({ userId: 'nobody-yet' })).user, undefined);
  const { body } = await server.call('POST', '/api/events/trackBulk', {
    events: [
      { ...typed, dataFields: { size: 2 } },
      { ...typed, dataFields: { tags: 'a' } },
      { ...typed, dataFields: { ['x'.repeat(300)]: 1 } },
      // Of two in one batch the first tells the type.
      { ...typed, eventName: 'fresh', dataFields: { on: true } },
      { ...typed, eventName: 'fresh', dataFields: { on: 'yes' } },
      { ...typed, dataFields: { size: 3, unseen: 1 }, createNewFields: false },
    ],
  });
  const answer = body as {
    successCount: number;
    failedUpdates: { invalidDataUserIds: string[] };
    filteredOutFields: string[];
    failures: { index: number; field: string }[];
  };
  assert.equal(answer.successCount, 3);
  assert.deepEqual(answer.failedUpdates.invalidDataUserIds, ['typed', 'typed', 'typed']);
  assert.deepEqual(
    answer.failures.map(({ index, field }) => [index, field.slice(0, 12)]),
    [
      [1, 'tags'],
      [2, 'dataFields.x'],
      [4, 'on'],
    ],
  );
  assert.deepEqual(answer.filteredOutFields, ['unseen']);
});

test('calls at once agree on the type of a new field', async () => {
  const values = [1, 'one', true, 2, 'two', false, 3, 'three'];
  const answers = await Promise.all(
    values.map((value) =>
      server.call('POST', '/api/events/track', {
        ...{ userId: 'race', eventName: 'raced', dataFields: { value, other: value } },
      }),
    ),
  );
  const taken = values.filter((_, index) => answers[index]?.status === 200);
  assert.ok(taken.length > 0);
  assert.equal(new Set(taken.map((value) => typeof value)).size, 1);
});

test('a purchase empties the cart and keeps its items, total, campaign and id', async () => {
  const user = { email: 'cart@example.com' };
  const item = { id: 's1', sku: 'socks', name: 'Socks', price: 9.5, quantity: 2 };
  await server.call('POST', '/api/commerce/updateCart', { user, items: [item] });
  const cart = async () => (await client.getUserByEmail(user)).user?.dataFields?.shoppingCartItems;
  assert.deepEqual(await cart(), [item]);
  const purchase = { user, items: [item], total: 19, campaignId: 7, templateId: 8 };
  const { body } = await server.call('POST', '/api/commerce/trackPurchase', { ...purchase, id: 'o-1' });
  assert.deepEqual((body as { params: unknown }).params, { id: 'o-1' });
  assert.deepEqual(await cart(), []);
  const { events } = await client.getUserEventsByEmail(user);
  const bought = events.find(({ eventType }) => eventType === 'purchase');
  assert.deepEqual(
    [bought?._id, bought?.campaignId, bought?.templateId, bought?.dataFields],
    ['o-1', 7, 8, { items: [item], total: 19 }],
  );
});

test('an event posted with event in place of eventName is refused with the name that is meant', async () => {
  for (const [path, body] of [
    ['/api/events/track', { email: 'ann@example.com', event: 'signup' }],
    ['/api/events/trackBulk', { events: [{ email: 'ann@example.com', event: 'signup' }] }],
  ] as const) {
    const answer = await server.call('POST', path, body);
    assert.equal(answer.status, 400);
    assert.match(answer.text, /event is unknown; did you mean eventName\?/);
  }
});
