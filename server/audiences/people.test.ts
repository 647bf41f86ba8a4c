import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { consentRoutes } from '../consent/routes.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { userRoutes } from '../users/routes.ts';
import { audienceRoutes } from './routes.ts';

let server: TestApi;

const people = [
  { userId: 'p1', email: 'zoe@example.com', dataFields: { firstName: 'Zoë', lastName: 'Ångström' } },
  { userId: 'p2', dataFields: { firstName: 'Ayşe', lastName: 'Yılmaz', phoneNumber: '+14155550101' } },
  { userId: 'p3', dataFields: { firstName: 'أحمد', phoneNumber: '+14155550102' } },
  { userId: 'p4', dataFields: { firstName: 'Алёна', phoneNumber: '+525555550101' } },
  { userId: 'p5', dataFields: { name: '田中 さくら' } },
  { email: '100%_sure@example.com', userId: 'p6' },
];

before(async () => {
  const jobs = { enqueue: async () => undefined };
  server = await startTestApi([userRoutes, consentRoutes, audienceRoutes(jobs)]);
  await server.call('POST', '/api/users/bulkUpdate', { users: people });
});
after(() => server.close());

async function find(query: Record<string, string | number>) {
  const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]));
  const { status, body } = await server.call('GET', `/api/users?${search}`);
  assert.equal(status, 200, JSON.stringify(body));
  const { users, total } = body as { users: { userId: string }[]; total: number };
  return { ids: users.map((user) => user.userId), total };
}

test('people are found without accents and case, by any part of name, email or id, in any script', async () => {
  const wanted: [string, string[]][] = [
    ['zoe angstrom', ['p1']],
    ['ÅNG', ['p1']],
    ['angstrom zoë', ['p1']],
    ['yilmaz', ['p2']],
    ['احمد', ['p3']],
    ['алена', ['p4']],
    ['さくら', ['p5']],
    ['example.com', ['p1', 'p6']],
    ['100%_', ['p6']],
    ['%', ['p6']],
    ['nobody', []],
  ];
  for (const [query, ids] of wanted) assert.deepEqual((await find({ query })).ids.sort(), ids, query);
});

test('somebody is found by the start of their number, however it is written in the project’s country', async () => {
  for (const query of ['(415) 555-0101', '415 555 0101', '4155550101', '(415) 555-010', '+1 415 555 0101'])
    assert.ok((await find({ query })).ids.includes('p2'), query);
});

test('somebody is found by any spelling of their number', async () => {
  for (const query of ['+5215555550101', '5215555550101', '+52 1 55 5555 0101', '+525555550101'])
    assert.ok((await find({ query })).ids.includes('p4'), query);
});

test('a page tells how many there are in all, and orders turn round', async () => {
  const first = await find({ pageSize: 4, sort: 'name' });
  const second = await find({ pageSize: 4, sort: 'name', page: 2 });
  assert.equal(first.total, people.length);
  assert.equal(first.ids.length, 4);
  const turned = await find({ pageSize: 6, sort: '-name' });
  assert.deepEqual(turned.ids.toReversed(), [...first.ids, ...second.ids]);
});

test('people are narrowed to a list and to how they stand with a message type', async () => {
  const { body } = await server.call('POST', '/api/lists', { name: 'Two' });
  const { listId } = body as { listId: number };
  const subscribers = [{ userId: 'p1' }, { userId: 'p2' }];
  await server.call('POST', '/api/lists/subscribe', { listId, subscribers });
  assert.deepEqual((await find({ listId })).ids.sort(), ['p1', 'p2']);
  assert.deepEqual(await find({ listId, query: 'ayse' }), { ids: ['p2'], total: 1 });
  const agreed = { method: 'webForm', source: 'a form', messageTypeId: 1, happenedAt: '2026-11-20' };
  const consents = ['p2', 'p3'].map((userId) => ({ userId, ...agreed }));
  await server.call('POST', '/api/consent', { consents });
  await server.call('POST', '/api/consent/optOut', { userId: 'p3', channelId: 1, source: 'a call' });
  assert.deepEqual((await find({ messageTypeId: 1, standing: 'subscribed' })).ids, ['p2']);
  assert.deepEqual((await find({ messageTypeId: 1, standing: 'unsubscribed' })).ids, ['p3']);
  const refused = await server.call('GET', '/api/users?standing=subscribed');
  assert.match(refused.text, /messageTypeId/);

  const lists = await server.call('GET', '/api/users/p1/lists');
  assert.deepEqual(lists.body, { lists: [{ id: listId, name: 'Two' }] });
  const sizes = await server.call('GET', '/api/lists?sizes=true');
  assert.match(sizes.text, /"size":2/);
});
