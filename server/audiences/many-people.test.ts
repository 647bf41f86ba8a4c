import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { consentRoutes } from '../consent/routes.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import type { UserUpdate } from '../users/prepare-update.ts';
import { userRoutes } from '../users/routes.ts';
import { upsertUsers } from '../users/upsert-users.ts';
import { mostInOrder } from './people-page.sql.ts';
import { audienceRoutes } from './routes.ts';

let server: TestApi;
let listId: number;
const count = mostInOrder + 100;
/** The 200 oldest are of another family than all others. */
const surnameOf = (index: number) => (index < 200 ? 'Okafor' : 'Silva');

before(async () => {
  server = await startTestApi([
    userRoutes,
    consentRoutes,
    audienceRoutes({ enqueue: async () => undefined }),
  ]);
  const made = await server.call('POST', '/api/lists', { name: 'All but ten' });
  listId = (made.body as { listId: number }).listId;
  const all = Array.from({ length: count }, (_, index): UserUpdate & { userId: string } => ({
    userId: `n${index}`,
    dataFields: { firstName: 'Ada', lastName: surnameOf(index) },
  }));
  for (let start = 0; start < count; start += 1000) {
    const batch = all.slice(start, start + 1000);
    const { people } = server.context;
    await upsertUsers(people, server.projectId, batch, { defaultCountry: 'US' }, server.clock.now());
    const subscribers = batch.slice(start === 0 ? 10 : 0).map(({ userId }) => ({ userId }));
    await server.call('POST', '/api/lists/subscribe', { listId, subscribers });
  }
});
after(() => server.close());

interface Page {
  users: { userId: string }[];
  total: number;
  isCapped: boolean;
  next?: string;
  previous?: string;
}

async function find(query: Record<string, string | number>): Promise<Page & { ids: string[] }> {
  const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]));
  const { status, body } = await server.call('GET', `/api/users?${search}`);
  assert.equal(status, 200, JSON.stringify(body));
  const page = body as Page;
  return { ...page, ids: page.users.map(({ userId }) => userId) };
}

const named = (from: number, to: number) =>
  Array.from({ length: Math.abs(to - from) }, (_, step) => `n${from < to ? from + step : from - step - 1}`);

test('of many who match it is told that they are more, and they come as they came, to and fro', async () => {
  const asked: Record<string, string>[] = [{}, { query: 'ada' }, { query: 'a' }];
  for (const query of asked) {
    const first = await find({ ...query, pageSize: 100 });
    assert.deepEqual([first.total, first.isCapped], [mostInOrder, true]);
    assert.deepEqual(first.ids, named(count, count - 100));
    const second = await find({ ...query, pageSize: 100, cursor: first.next! });
    assert.deepEqual(second.ids, named(count - 100, count - 200));
    const back = await find({ ...query, pageSize: 100, cursor: second.previous! });
    assert.deepEqual([back.ids, back.previous], [first.ids, undefined]);
    const oldest = await find({ ...query, pageSize: 100, sort: 'since' });
    assert.deepEqual(oldest.ids, named(0, 100));
  }
});

test('the few among many are counted, and stand in any order', async () => {
  const found = await find({ query: 'okafor', sort: 'name', pageSize: 200 });
  assert.deepEqual([found.total, found.isCapped, found.ids.length], [200, false, 200]);
  const newest = await find({ query: 'okafor ada', pageSize: 50 });
  assert.deepEqual(newest.ids, named(200, 150));
  assert.deepEqual((await find({ query: 'okafor', listId })).total, 190);
});

test('the last page of many ends with the first who came', async () => {
  const asked: Record<string, string>[] = [{ query: 'ada' }, {}];
  for (const query of asked) {
    const page = await find({ ...query, pageSize: 100, cursor: (await cursorBehind(50))! });
    assert.deepEqual([page.ids, page.next], [named(50, 0), undefined]);
    assert.equal(page.isCapped, true);
  }
});

/** The cursor behind the person of this index, the newest first. */
async function cursorBehind(index: number): Promise<string | undefined> {
  const { previous } = await find({
    sort: 'since',
    pageSize: 200,
    cursor: (await find({ sort: 'since', pageSize: index })).next!,
  });
  return previous?.replace('b', 'a');
}

test('many cannot be put in order by name or change, and who asks is told what to do', async () => {
  for (const sort of ['name', '-changed']) {
    const { status, text } = await server.call('GET', `/api/users?sort=${sort}`);
    assert.equal(status, 400);
    assert.match(
      text,
      /More than 5,000 people match.*narrow them by query, listId or standing, or sort by since/,
    );
  }
});

test('a large list is shown by its kept size, and narrowed as all people are', async () => {
  const first = await find({ listId, pageSize: 100 });
  assert.deepEqual([first.total, first.isCapped], [count - 10, false]);
  assert.deepEqual(first.ids, named(count, count - 100));
  const second = await find({ listId, pageSize: 100, cursor: first.next! });
  assert.deepEqual(second.ids, named(count - 100, count - 200));
  const oldest = await find({ listId, sort: 'since', pageSize: 50 });
  assert.deepEqual(oldest.ids, named(10, 60));
  const narrowed = await find({ listId, query: 'silva ada', pageSize: 50 });
  assert.deepEqual(narrowed.ids, named(count, count - 50));
});

test('the few who stand otherwise than most are found by that, with a list or a name too', async () => {
  const consents = [20, 30, 4000].map((index) => ({
    ...{ userId: `n${index}`, method: 'webForm', source: 'a form', messageTypeId: 1 },
    happenedAt: '2026-11-20',
  }));
  await server.call('POST', '/api/consent/optOut', { userId: 'n20', channelId: 1, source: 'a call' });
  await server.call('POST', '/api/consent', { consents: consents.slice(1) });
  const closed = { messageTypeId: 1, standing: 'unsubscribed' };
  assert.deepEqual((await find(closed)).ids, ['n20']);
  assert.deepEqual((await find({ ...closed, listId, query: 'okafor' })).ids, ['n20']);
  assert.deepEqual((await find({ ...closed, query: 'silva' })).ids, []);
});
