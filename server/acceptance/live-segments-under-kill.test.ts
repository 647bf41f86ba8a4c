import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { type Place, startPlace } from '../testing/killable-place.ts';
import { until } from '../testing/program.ts';

const people = 400;
/** Who fulfils the segment before it is made live. */
const before = 100;
const kills = 2;

interface Told {
  email: string;
  eventName: string;
  dataFields: { segmentId: number; segmentName: string };
}

interface Answer {
  id: number;
  size?: number;
  filling?: { lanes: number };
}

test('kill -9 of the program while a live segment is filled and while people do what it asks for: who was of it before has not entered, each other enters once, and leaves once', async (t) => {
  const place = await startPlace(t);
  const { call } = place;
  const told = await listen(t, place);
  const emails = Array.from({ length: people }, (_, index) => `live${index}@example.com`);
  await call('POST', '/api/users/bulkUpdate', { users: emails.map((email) => ({ email, dataFields: {} })) });
  const { listId } = await call<{ listId: number }>('POST', '/api/lists', { name: 'Gone' });
  const see = (some: readonly string[]) =>
    call('POST', '/api/events/trackBulk', { events: some.map((email) => ({ email, eventName: 'saw' })) });
  await see(emails.slice(0, before));

  const definition = { all: [{ event: { name: 'saw' } }, { none: [{ list: { ids: [listId] } }] }] };
  const { id } = await call<Answer>('POST', '/api/segments', { name: 'Saw', definition, live: true });
  const segment = () => call<Answer>('GET', `/api/segments/${id}`);
  await until('some of it to be filled', async () => ((await segment()).filling?.lanes === 0 ? null : true));
  await place.program.kill();
  await place.restart();
  await until('all of it to be filled', async () => ((await segment()).filling ? null : true));
  assert.equal((await segment()).size, before);

  const others = emails.slice(before);
  const share = others.length / kills;
  for (let kill = 0; kill < kills; kill++) {
    await see(others.slice(kill * share, (kill + 1) * share));
    await place.program.kill();
    await place.restart();
  }
  const of = (name: string) => [...told.values()].filter(({ eventName }) => eventName === name);
  await until('all others to enter', async () =>
    of('segmentEntered').length >= others.length ? true : null,
  );
  assert.equal((await segment()).size, people);

  await call('POST', '/api/lists/subscribe', { listId, subscribers: emails.map((email) => ({ email })) });
  await place.program.kill();
  await place.restart();
  await until('all to leave', async () => (of('segmentLeft').length >= people ? true : null));
  assert.equal((await segment()).size, 0);
  for (const [name, wanted] of [
    ['segmentEntered', others],
    ['segmentLeft', emails],
  ] as const)
    assert.deepEqual(
      of(name)
        .map(({ email }) => email)
        .toSorted(),
      [...wanted].toSorted(),
      `${name}, once of each`,
    );
  for (const { dataFields } of told.values())
    assert.deepEqual([dataFields.segmentId, dataFields.segmentName], [id, 'Saw']);
});

test('kill -9 of the program right after items changed that a live segment compares with: whoever comes to be of it by that enters once', async (t) => {
  const place = await startPlace(t);
  const { call } = place;
  const told = await listen(t, place);
  const emails = Array.from({ length: 80 }, (_, index) => `item${index}@example.com`);
  const wants = (index: number) => (index % 2 === 0 ? 'cup' : 'pot');
  await call('POST', '/api/users/bulkUpdate', {
    users: emails.map((email, index) => ({ email, dataFields: { wants: wants(index) } })),
  });
  await call('POST', '/api/catalogs/shop');
  const put = (itemId: string, stock: number) =>
    call('PUT', `/api/catalogs/shop/items/${itemId}`, { value: { stock } });
  await put('cup', 0);
  await put('pot', 0);
  const inStock = { catalog: 'shop', where: { path: 'stock', moreThan: 0 } };
  const { id } = await call<Answer>('POST', '/api/segments', {
    ...{ name: 'Can have it', live: true },
    definition: { field: { path: 'wants', inCatalog: inStock } },
  });
  const segment = () => call<Answer>('GET', `/api/segments/${id}`);
  await until('all of it to be filled', async () => ((await segment()).filling ? null : true));
  await put('cup', 5);
  await place.program.kill();
  await place.restart();
  const wanted = emails.filter((_, index) => wants(index) === 'cup');
  await until('all who want it to enter', async () => (told.size >= wanted.length ? true : null));
  assert.equal((await segment()).size, wanted.length);
  assert.deepEqual(
    [...told.values()].map(({ email, eventName }) => `${eventName} ${email}`).toSorted(),
    wanted.map((email) => `segmentEntered ${email}`).toSorted(),
  );
});

/** A webhook of live segments; what it was told, by the event's number, which every repeat carries. */
async function listen(t: TestContext, place: Place): Promise<ReadonlyMap<string, Told>> {
  const told = new Map<string, Told>();
  const receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    told.set(String(request.headers['x-carillon-event']), JSON.parse(body) as Told);
    response.end();
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  t.after(() => receiver.close());
  await place.call('POST', '/api/webhooks/create', {
    endpoint: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`,
    childEvents: ['segmentEntered', 'segmentLeft'],
  });
  return told;
}
