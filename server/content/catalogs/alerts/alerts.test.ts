import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import { eventRoutes } from '../../../events/routes.ts';
import { lanes } from '../../../lanes/lanes.ts';
import { openGuardedAgent } from '../../../outbound/connect.ts';
import { startTestApi, type TestApi } from '../../../testing/api.ts';
import { loopbackAllowed } from '../../../testing/outbound.ts';
import { userRoutes } from '../../../users/routes.ts';
import { deliverDueWebhooks } from '../../../webhooks/deliver-webhooks.ts';
import { webhookRoutes } from '../../../webhooks/routes.ts';
import { catalogRoutes } from '../catalog-routes.ts';
import { endBatches } from './item-changes.sql.ts';
import { takeUpChanges, tellInLane } from './tell-alerts.ts';

interface Told {
  email: string;
  dataFields: Record<string, unknown> & { alertName: string; itemId: string };
}

let api: TestApi;
let receiver: Server;
/** By the event's number, which every repeat carries. */
let posts = new Map<string, Told>();
const agent = openGuardedAgent(loopbackAllowed, {
  ...{ connections: 5, connectTimeoutMs: 5_000, silenceTimeoutMs: 5_000 },
});
const dayMs = 86_400_000;

before(async () => {
  api = await startTestApi([catalogRoutes, eventRoutes, userRoutes, webhookRoutes]);
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    posts.set(String(request.headers['x-carillon-event']), JSON.parse(body) as Told);
    response.end();
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const endpoint = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  await call('POST', '/api/webhooks/create', { endpoint, childEvents: ['catalogItemChanged'] });
});
after(async () => {
  await agent.close();
  receiver.closeAllConnections();
  receiver.close();
  await api.close();
});

let shops = 0;
/** A catalog of its own, with its alerts. */
let shop = '';
beforeEach(async () => {
  shop = `shop-${++shops}`;
  await call('POST', `/api/catalogs/${shop}`);
});

async function call<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await api.call(method, path, body);
  assert.ok(answer.status < 300, answer.text);
  return answer.body as T;
}

const put = (items: Record<string, object>, replaceUploadedFieldsOnly = false) =>
  call('POST', `/api/catalogs/${shop}/items`, { documents: items, replaceUploadedFieldsOnly });
const track = (email: string, eventName: string, dataFields: object) =>
  call('POST', '/api/events/track', { email, eventName, dataFields });
const cart = (email: string, ...ids: string[]) =>
  call('POST', '/api/commerce/updateCart', {
    user: { email },
    items: ids.map((id) => ({ id, name: id, price: 1, quantity: 1, sku: `sku-${id}` })),
  });
const alert = (body: object) => call<{ id: number }>('POST', `/api/catalogs/${shop}/alerts`, body);
const backInStock = (who: object[]) =>
  alert({ name: 'Back in stock', when: { field: 'stock', becomes: { moreThan: 0 } }, who, fields: ['name'] });

/** Tells people of all that has changed, as workers do by themselves; answers what webhooks were told, by person. */
async function tell(): Promise<Told[]> {
  posts = new Map();
  while (await takeUpChanges(api.context));
  for (const lane of lanes) while (await tellInLane(api.context, lane));
  await endBatches(api.context.db, await endBatches(api.context.db, new Set()));
  const { rows } = await sql`SELECT 1 FROM item_change UNION ALL SELECT 1 FROM item_change_lane`.execute(
    api.database.db,
  );
  assert.equal(rows.length, 0, 'nothing is left');
  await api.tellHappenings();
  while ((await deliverDueWebhooks(api.context, agent)) > 0);
  return [...posts.values()].toSorted((a, b) =>
    `${a.email} ${a.dataFields.itemId}` < `${b.email} ${b.dataFields.itemId}` ? -1 : 1,
  );
}

const named = (told: readonly Told[]) => told.map(({ email, dataFields }) => `${email} ${dataFields.itemId}`);

test('who asked for an item is told once when it is back in stock, and again when they have asked anew', async () => {
  await put({ cup: { name: 'Cup', stock: 0 }, pot: { name: 'Pot', stock: 0 } });
  const { id } = await backInStock([{ event: 'notifyMe', field: 'wanted.sku', days: 30 }]);
  await track('old@example.com', 'notifyMe', { wanted: { sku: 'cup' } });
  api.clock.advance(31 * dayMs);
  await track('ann@example.com', 'notifyMe', { wanted: { sku: 'cup' } });
  await track('bo@example.com', 'notifyMe', { wanted: { sku: 'pot' } });
  await track('cy@example.com', 'looked', { wanted: { sku: 'cup' } });
  const didAt = api.clock.now().toISOString();
  api.clock.advance(1_000);
  await put({ cup: { stock: 5 } }, true);
  const at = api.clock.now().toISOString();
  const [told, ...others] = await tell();
  assert.deepEqual(told, {
    email: 'ann@example.com',
    userId: null,
    eventName: 'catalogItemChanged',
    dataFields: {
      ...{
        email: 'ann@example.com',
        catalogName: shop,
        itemId: 'cup',
        alertId: id,
        alertName: 'Back in stock',
      },
      ...{ field: 'stock', before: 0, after: 5, item: { name: 'Cup' } },
      ...{ didEvent: 'notifyMe', didAt, createdAt: at },
    },
  });
  assert.deepEqual(named(others), []);
  const again = async () => {
    await put({ cup: { stock: 0 } }, true);
    await put({ cup: { stock: 3 } }, true);
    return named(await tell());
  };
  assert.deepEqual(await again(), []);
  api.clock.advance(1_000);
  await track('ann@example.com', 'notifyMe', { wanted: { sku: 'cup' } });
  assert.deepEqual(await again(), ['ann@example.com cup']);
  const { alerts } = await call<{ alerts: object[] }>('GET', `/api/catalogs/${shop}/alerts`);
  assert.partialDeepStrictEqual(alerts[0], {
    ...{ told: 2, lastToldAt: api.clock.now().toISOString(), underWay: 0, isHeard: true },
    words: 'When stock becomes more than 0: whoever did notifyMe with its id in wanted.sku within 30 days',
  });
});

test('a price that falls by a tenth is told by whatever call it came, of the items that lists name too', async () => {
  await put({
    cup: { price: 100 },
    pot: { price: 100 },
    jar: { price: 100 },
    can: { price: 100 },
    tin: { price: 100 },
  });
  await alert({
    ...{ name: 'Price down', when: { field: 'price', falls: { share: 0.1 } } },
    who: [{ event: 'viewed', field: 'products.sku', days: 7 }],
  });
  const products = ['cup', 'pot', 'jar', 'can', 'tin', 'new'].map((sku) => ({ sku }));
  await track('ann@example.com', 'viewed', { products });
  await call('PUT', `/api/catalogs/${shop}/items/cup`, { value: { price: 90 } });
  await call('PATCH', `/api/catalogs/${shop}/items/pot`, { update: { price: 91 } });
  await put({ jar: { price: 95 }, new: { price: 1 } });
  await put({ jar: { price: 85 } });
  await put({ jar: { price: 70 } });
  const form = new FormData();
  form.set(
    'options',
    JSON.stringify({ idColumn: 'id', columns: { price: { field: 'price', type: 'double' } } }),
  );
  form.set('file', new Blob(['id,price\ncan,50\n']), 'down.csv');
  const sent = await fetch(`${api.url}/api/catalogs/${shop}/files`, {
    ...{ method: 'POST', headers: { 'Api-Key': api.key }, body: form },
  });
  assert.equal(sent.status, 200, await sent.text());
  const told = await tell();
  assert.deepEqual(
    named(told),
    ['can', 'cup', 'jar'].map((item) => `ann@example.com ${item}`),
  );
  // Two steps of one item are told as one, from where the first began.
  assert.deepEqual([told[2]?.dataFields.before, told[2]?.dataFields.after], [95, 70]);
});

test('who has an item in the cart is told, from when they put it there', async () => {
  await put({ cup: { stock: 0 }, pot: { stock: 0 } });
  await backInStock([{ cart: 'id', days: 10 }]);
  await cart('long@example.com', 'cup');
  api.clock.advance(9 * dayMs);
  await cart('long@example.com', 'cup', 'pot');
  api.clock.advance(2 * dayMs);
  for (const email of ['has@example.com', 'out@example.com', 'bought@example.com', 'emptied@example.com'])
    await cart(email, 'cup');
  api.clock.advance(1_000);
  await cart('out@example.com', 'pot');
  await call('POST', '/api/commerce/trackPurchase', {
    user: { email: 'bought@example.com' },
    items: [],
    total: 1,
  });
  await call('POST', '/api/users/update', {
    email: 'emptied@example.com',
    dataFields: { shoppingCartItems: [] },
  });
  const back = async () => {
    await put({ cup: { stock: 0 } });
    await put({ cup: { stock: 1 } });
    return named(await tell());
  };
  assert.deepEqual(await back(), ['has@example.com cup']);
  api.clock.advance(1_000);
  // Another thing beside it puts nothing in anew; taking it out and putting it back does.
  await cart('has@example.com', 'cup', 'pot');
  assert.deepEqual(await back(), []);
  await cart('has@example.com');
  api.clock.advance(1_000);
  await cart('has@example.com', 'cup');
  assert.deepEqual(await back(), ['has@example.com cup']);
  await call('POST', `/api/catalogs/${shop}/alerts`, {
    ...{ name: 'By sku', when: { field: 'stock', becomes: { is: 9 } }, who: [{ cart: 'sku', days: 1 }] },
  });
  await put({ 'sku-cup': { stock: 0 } });
  await put({ 'sku-cup': { stock: 9 } });
  assert.deepEqual(named(await tell()), ['has@example.com sku-cup']);
});

test('of an item that is sold out again, deleted or new nobody is told', async () => {
  await put({ cup: { stock: 0 }, pot: { stock: 0 }, jar: { stock: 0 } });
  await backInStock([{ event: 'notifyMe', field: 'sku', days: 30 }]);
  for (const sku of ['cup', 'pot', 'jar', 'new']) await track('ann@example.com', 'notifyMe', { sku });
  await put({ cup: { stock: 1 }, pot: { stock: 1 }, jar: { stock: 1 }, new: { stock: 1 } });
  await put({ cup: { stock: 0 } });
  await call('DELETE', `/api/catalogs/${shop}/items/pot`);
  assert.deepEqual(named(await tell()), ['ann@example.com jar']);
  await call('DELETE', `/api/catalogs/${shop}/items`, { itemIds: ['jar'] });
  await put({ jar: { stock: 1 } });
  await put({ pot: { stock: 1 } });
  await call('DELETE', `/api/catalogs/${shop}`);
  assert.deepEqual(named(await tell()), []);
});

test('what many are told of is told to each once, page by page, and goes with who is merged and forgotten', async () => {
  await put({ mug: { stock: 0 } });
  const { id } = await backInStock([{ event: 'notifyMe', field: 'sku', days: 30 }]);
  const emails = Array.from({ length: 2_100 }, (_, index) => `many${index}@example.com`);
  for (let start = 0; start < emails.length; start += 700)
    await call('POST', '/api/events/trackBulk', {
      events: emails
        .slice(start, start + 700)
        .map((email) => ({ email, eventName: 'notifyMe', dataFields: { sku: 'mug' } })),
    });
  await put({ mug: { stock: 1 } });
  assert.equal(new Set(named(await tell())).size, emails.length);
  assert.equal(posts.size, emails.length);
  await track('kept@example.com', 'other', {});
  await call('POST', '/api/users/merge', {
    sourceEmail: 'many0@example.com',
    destinationEmail: 'kept@example.com',
  });
  await call('DELETE', '/api/users/many1@example.com');
  await put({ mug: { stock: 0 } });
  await put({ mug: { stock: 1 } });
  assert.deepEqual(named(await tell()), []);
  const rows = async () =>
    (await sql`SELECT 1 FROM item_told WHERE alert_id = ${id}`.execute(api.database.db)).rows.length;
  assert.equal(await rows(), emails.length - 1);
  await call('DELETE', `/api/catalogs/${shop}/alerts/${id}`);
  assert.equal(await rows(), 0);
});

test('an alert that cannot be is refused with the place and the remedy, and another project’s is not there', async () => {
  const good = { name: 'A', when: { field: 'stock', falls: {} }, who: [{ event: 'e', field: 'f', days: 1 }] };
  const refusals: [object, RegExp][] = [
    [{ ...good, when: { field: 'stock' } }, /when says no change; give becomes, falls or rises/],
    [{ ...good, when: { field: 'a', falls: {}, rises: {} } }, /when says falls and rises; give one/],
    [{ ...good, when: { field: 'a', becomes: {} } }, /when.becomes is empty/],
    [{ ...good, when: { field: 'a..b', falls: {} } }, /when.field is a path with an empty name/],
    [{ ...good, when: { field: 'a', falls: {}, newItems: true } }, /when.newItems goes with becomes/],
    [{ ...good, when: { field: 'a', falls: { percent: 3 } } }, /percent/],
    [{ ...good, who: [] }, /who/],
    [{ ...good, who: [{ event: 'e', days: 3 }] }, /who.0.field is missing/],
    [{ ...good, who: [{ days: 3 }] }, /who.0 says nothing/],
    [{ ...good, who: [{ cart: 'id', event: 'e', days: 3 }] }, /who.0 says an event and the cart/],
  ];
  for (const [body, words] of refusals) {
    const { status, text } = await api.call('POST', `/api/catalogs/${shop}/alerts`, body);
    assert.equal(status, 400, text);
    assert.match(text, words);
  }
  const { id } = await alert(good);
  assert.equal((await api.call('POST', `/api/catalogs/${shop}/alerts`, good)).status, 409);
  const other = `${shop}-b`;
  await call('POST', `/api/catalogs/${other}`);
  for (const method of ['PUT', 'DELETE'])
    assert.equal(
      (await api.call(method, `/api/catalogs/${other}/alerts/${id}`, method === 'PUT' ? good : undefined))
        .status,
      404,
    );
});
