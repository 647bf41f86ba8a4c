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
  { email: 'am@example.org', userId: 'p7', dataFields: { firstName: 'Anne-Marie', lastName: "D'Été" } },
  { userId: 'p8', dataFields: { name: '김민준', phoneNumber: '+5491155550101' } },
  { userId: 'Cust-0012' },
  { userId: 'q1', dataFields: { firstName: '\u200fמאיה', lastName: "O'Brien" } },
  { userId: 'q2', dataFields: { name: 'Grażyna 🌸 OLeary', phoneNumber: '+4915112345678' } },
];

before(async () => {
  const jobs = { enqueue: async () => undefined };
  server = await startTestApi([userRoutes, consentRoutes, audienceRoutes(jobs)]);
  await server.call('POST', '/api/users/bulkUpdate', { users: people });
});
after(() => server.close());

interface Page {
  total: number;
  isCapped: boolean;
  next?: string;
  previous?: string;
}

async function find(query: Record<string, string | number>) {
  const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]));
  const { status, body } = await server.call('GET', `/api/users?${search}`);
  assert.equal(status, 200, JSON.stringify(body));
  const { users, ...page } = body as { users: { userId: string }[] } & Page;
  return { ids: users.map((user) => user.userId), ...page };
}

test('people are found without accents and case, by the beginnings of name, email or id, in any script', async () => {
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
    ['sure@exam', ['p6']],
    ['@example.com', ['p1', 'p6']],
    ['%', []],
    ["' | 'anna-", []],
    ['marie & d’été', ['p7']],
    ['grazyna 🌸 oleary', ['q2']],
    ['grazyna - oleary', ['q2']],
    ["O'Leary", ['q2']],
    ['obrien', ['q1']],
    ['annemarie', ['p7']],
    ['מאיה', ['q1']],
    ['\u202aYılmaz\u202c', ['p2']],
    ['p', ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8']],
    ['P7', ['p7']],
    ['cust', ['Cust-0012']],
    ['cust-0012', ['Cust-0012']],
    ['marie', ['p7']],
    ['Anne-Marie d’É', ['p7']],
    ['anne example.org', ['p7']],
    ['민준', ['p8']],
    ['z', ['p1']],
    ['nobody', []],
  ];
  for (const [query, ids] of wanted) assert.deepEqual((await find({ query })).ids.sort(), ids, query);
});

test('who is renamed is found by the new name alone, also once something else of them has changed', async () => {
  const update = (dataFields: object) =>
    server.call('POST', '/api/users/update', { userId: 'p9', dataFields });
  await update({ name: 'Wilhelmine' });
  await update({ name: 'Xanthippe' });
  await update({ city: 'Athens' });
  assert.deepEqual((await find({ query: 'wilhelm' })).ids, []);
  assert.deepEqual((await find({ query: 'xanth', sort: 'name' })).ids, ['p9']);
  await server.call('DELETE', '/api/users/byUserId/p9');
});

test('somebody is found by the start of their number, however it is written in the project’s country', async () => {
  for (const query of ['(415) 555-0101', '415 555 0101', '4155550101', '(415) 555-010', '+1 415 555 0101'])
    assert.ok((await find({ query })).ids.includes('p2'), query);
});

test('somebody is found by any spelling of their number', async () => {
  for (const query of [
    '+5215555550101',
    '5215555550101',
    '+52 1 55 5555 0101',
    '+525555550101',
    '+52 1 55 55',
  ])
    assert.ok((await find({ query })).ids.includes('p4'), query);
  assert.deepEqual((await find({ query: '+54 9 11 5555' })).ids, ['p8']);
});

test('somebody is found by their number in the digits of any script, and as it is copied', async () => {
  for (const query of ['٤١٥٥٥٥٠١٠٢', '۴۱۵ ۵۵۵ ۰۱۰۲', '４１５５５５０１０２', '\u202a+1 415-555-0102\u202c'])
    assert.deepEqual((await find({ query })).ids, ['p3'], query);
  for (const query of ['+49 (0)151', '+49 (0)151 12345678', '0151 12345678', '0049 151 12345678'])
    assert.deepEqual((await find({ query })).ids, ['q2'], query);
});

test('somebody is found by how their number ends', async () => {
  for (const query of ['0102', '555-0102', '(055) 50102'])
    assert.deepEqual((await find({ query })).ids, ['p3'], query);
  assert.deepEqual((await find({ query: '0101' })).ids.sort(), ['p2', 'p4', 'p8']);
  assert.deepEqual((await find({ query: '5101' })).ids, []);
});

test('pages follow each other to and fro in every order, and tell how many match in all', async () => {
  for (const sort of ['name', '-name', 'since', '-since', 'changed', '-changed']) {
    const all = await find({ sort });
    assert.deepEqual([all.ids.length, all.total, all.isCapped], [people.length, people.length, false]);
    assert.deepEqual([all.next, all.previous], [undefined, undefined]);
    const pages = [await find({ sort, pageSize: 4 })];
    for (let { next } = pages[0]!; next; next = pages.at(-1)!.next)
      pages.push(await find({ sort, pageSize: 4, cursor: next }));
    assert.deepEqual(
      pages.map(({ ids }) => ids.length),
      [4, 4, 3],
    );
    assert.deepEqual(
      pages.flatMap(({ ids }) => ids),
      all.ids,
    );
    const before = await find({ sort, pageSize: 4, cursor: pages[2]!.previous! });
    assert.deepEqual(before.ids, pages[1]!.ids);
    const first = await find({ sort, pageSize: 4, cursor: before.previous! });
    assert.deepEqual([first.ids, first.previous], [pages[0]!.ids, undefined]);
  }
  const turned = await find({ sort: '-name' });
  assert.deepEqual(turned.ids.toReversed(), (await find({ sort: 'name' })).ids);
});

test('a cursor of another order, or of none, is refused with what to do', async () => {
  for (const search of ['cursor=x', 'cursor=n4', 'sort=name&cursor=a4', 'sort=name&cursor=n99999']) {
    const { status, text } = await server.call('GET', `/api/users?${search}`);
    assert.equal(status, 400, search);
    assert.match(text, /cursor.*leave it out/);
  }
});

test('people are narrowed to a list and to how they stand with a message type', async () => {
  const { body } = await server.call('POST', '/api/lists', { name: 'Two' });
  const { listId } = body as { listId: number };
  const subscribers = [{ userId: 'p1' }, { userId: 'p2' }];
  await server.call('POST', '/api/lists/subscribe', { listId, subscribers });
  assert.deepEqual((await find({ listId })).ids.sort(), ['p1', 'p2']);
  assert.deepEqual(await find({ listId, query: 'ayse' }), { ids: ['p2'], total: 1, isCapped: false });
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
