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
