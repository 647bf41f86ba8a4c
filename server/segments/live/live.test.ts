import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import { audienceRoutes } from '../../audiences/routes.ts';
import { consentRoutes } from '../../consent/routes.ts';
import { catalogRoutes } from '../../content/catalogs/catalog-routes.ts';
import { eventRoutes } from '../../events/routes.ts';
import type { SegmentHappening } from '../../http/happenings.ts';
import type { Listener } from '../../http/listener.ts';
import { lanes } from '../../lanes/lanes.ts';
import { segmentKinds } from '../../program/segment-leaves.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { userRoutes } from '../../users/routes.ts';
import { readStored } from '../ground.ts';
import { membersOfLanes } from '../members.sql.ts';
import { segmentsRoutes } from '../routes.ts';
import { meaningRows, newestOf, settleMeaning } from './meanings.sql.ts';
import { openMeanings } from './meanings.ts';
import { recheckCatalogs } from './recheck.ts';
import { fillLane, sweepLane } from './segments-flow.ts';

let api: TestApi;
/** What was told of live segments, as `7 entered ann`. */
const told: string[] = [];
const listener: Listener = {
  kinds: ['segment'],
  wantsOf: async () => ({ kinds: ['segment'], wants: () => true }),
  hear: async (db, happenings) => {
    for (const each of happenings) {
      const { what, segmentId, lane, userId } = each as SegmentHappening;
      const user = await db
        .selectFrom('users')
        .select('external_id')
        .where('lane', '=', lane)
        .where('id', '=', userId)
        .executeTakeFirst();
      told.push(`${segmentId} ${what} ${user?.external_id}`);
    }
  },
};
before(async () => {
  const lists = audienceRoutes({ enqueue: async () => undefined });
  api = await startTestApi(
    [userRoutes, eventRoutes, consentRoutes, segmentsRoutes, catalogRoutes, lists],
    [],
    undefined,
    undefined,
    [listener],
  );
});
after(() => api.close());
beforeEach(async () => {
  for (const { id } of (
    await call<{ segments: { id: number }[] }>('GET', '/api/segments')
  ).segments.toReversed())
    await call('DELETE', `/api/segments/${id}`);
  await work();
  told.length = 0;
});

const tools = () => ({ ...api.context, meanings: openMeanings(segmentKinds) });

/** What a worker does by itself: tells, fills, looks at those whose time has come, and tells of that. */
async function work(): Promise<void> {
  await api.tellHappenings();
  const { db, clock } = api.context;
  await recheckCatalogs(db, clock.now());
  const unsettled = [...newestOf(await meaningRows(db)).values()].filter(({ isSettled }) => !isSettled);
  if (unsettled.length > 0) for (const lane of lanes) await fillLane(tools(), lane);
  for (const meaning of unsettled) await settleMeaning(db, meaning);
  const { rows } = await sql<{ lane: number }>`SELECT DISTINCT lane FROM segment_standing`.execute(db);
  for (const { lane } of rows) while (await sweepLane(tools(), lane));
  await api.tellHappenings();
}

async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const { status, body: answer, text } = await api.call(method, path, body);
  assert.equal(status, 200, text);
  return answer as Answer;
}

interface Answer {
  id: number;
  live: boolean;
  size?: number;
  filling?: { lanes: number; of: number };
}

const live = async (name: string, definition: unknown) =>
  (await call<Answer>('POST', '/api/segments', { name, definition, live: true })).id;
const segment = (id: number) => call<Answer>('GET', `/api/segments/${id}`);
const update = (userId: string, dataFields: object = {}) =>
  call('POST', '/api/users/update', { userId, preferUserId: true, dataFields });
const track = (userId: string, eventName: string, more: object = {}) =>
  call('POST', '/api/events/track', { userId, eventName, ...more });

/** What was told since the last time. */
const news = () => told.splice(0).toSorted();

/** Who is written to be of a segment, and who is of it by its definition. */
async function membersOf(id: number): Promise<{ kept: number[]; asked: number[] }> {
  const { db, clock } = api.context;
  const { rows } = await sql<{ id: number }>`
    SELECT user_id AS id FROM segment_standing WHERE segment_id = ${id} AND is_member`.execute(db);
  const definition = (await readStored(api.context, api.projectId, [id])).get(id)!;
  const of = { projectId: api.projectId, now: clock.now(), among: null };
  const asked = await membersOfLanes(db, definition, of, { lanes, afterUserId: 0, limit: 10_000 });
  const inOrder = (all: readonly { id: number }[]) => all.map((each) => each.id).toSorted((a, b) => a - b);
  return { kept: inOrder(rows), asked: inOrder(asked) };
}

async function assertKept(ids: readonly number[], what = ''): Promise<void> {
  const { segments } = await call<{ segments: Answer[] }>('GET', '/api/segments');
  for (const id of ids) {
    const { kept, asked } = await membersOf(id);
    assert.deepEqual(kept, asked, `segment ${id} ${what}`);
    assert.equal(
      segments.find((each) => each.id === id)?.size,
      asked.length,
      `size of segment ${id} ${what}`,
    );
  }
}

test('whoever comes to fulfil a live segment enters, and leaves on the minute when it is over', async () => {
  await update('ann');
  const id = await live('Viewed lately', { event: { name: 'viewed', during: { last: { days: 30 } } } });
  assert.deepEqual((await segment(id)).filling, { lanes: 0, of: 64 });
  await work();
  await track('ann', 'viewed');
  await track('ann', 'other');
  await track('bob', 'viewed');
  await work();
  assert.deepEqual(news(), [`${id} entered ann`, `${id} entered bob`]);
  assert.equal((await segment(id)).size, 2);
  const viewedAt = api.clock.now().getTime();
  api.clock.set(new Date(viewedAt + 20 * 86_400_000));
  await track('bob', 'viewed');
  await work();
  assert.deepEqual(news(), []);
  api.clock.set(new Date(viewedAt + 30 * 86_400_000 - 1));
  await work();
  assert.deepEqual(news(), []);
  api.clock.advance(1);
  await work();
  assert.deepEqual(news(), [`${id} left ann`]);
  await assertKept([id]);
});

test('who fulfils it when it is made live does not enter; who is told of a change is asked for, with the count first', async () => {
  for (const [name, city] of [
    ['p1', 'Oslo'],
    ['p2', 'Oslo'],
    ['p3', 'Rome'],
  ] as const)
    await update(name, { city });
  const inner = (
    await call<Answer>('POST', '/api/segments', {
      name: 'In a town',
      definition: { field: { path: 'city', is: 'Oslo' } },
    })
  ).id;
  const outer = await live('Of it', {
    all: [{ segment: { id: inner } }, { none: [{ event: { name: 'left' } }] }],
  });
  await work();
  assert.deepEqual(news(), []);
  assert.equal((await segment(outer)).size, 2);
  const definition = { field: { path: 'city', is: 'Rome' } };
  assert.deepEqual(await call('POST', `/api/segments/${inner}/preview-change`, { definition }), {
    isCounted: true,
    segments: [{ id: outer, name: 'Of it', entering: 1, leaving: 2 }],
  });
  await call('PATCH', `/api/segments/${inner}`, { definition });
  // What happens in a lane that is yet to be filled goes by what was meant before.
  await track('p1', 'left');
  await api.tellHappenings();
  await api.tellHappenings();
  assert.deepEqual(news(), [`${outer} left p1`]);
  await work();
  assert.deepEqual(news(), []);
  await assertKept([outer]);
  await call('PATCH', `/api/segments/${inner}`, {
    definition: { field: { path: 'city', isAnyOf: ['Oslo', 'Bern'] } },
    announce: true,
  });
  await work();
  assert.deepEqual(news(), [`${outer} entered p2`, `${outer} left p3`]);
  const refused = await api.call('PATCH', `/api/segments/${inner}`, { name: 'Else', announce: true });
  assert.equal(refused.status, 400);
});

test('when items change, who is of a live segment that compares with them is looked at again, at most once a minute', async () => {
  const noted = async () => (await sql`SELECT 1 FROM catalog_change`.execute(api.context.db)).rows.length;
  assert.equal((await api.call('POST', '/api/catalogs/shop')).status, 201);
  await api.call('PUT', '/api/catalogs/shop/items/cup', { value: { stock: 0 } });
  assert.equal(await noted(), 0, 'nobody wants to know');
  await update('c1', { wants: 'cup' });
  await update('c2', { wants: 'pot' });
  const where = { path: 'stock', moreThan: 0 };
  const inner = (
    await call<Answer>('POST', '/api/segments', {
      name: 'In stock',
      definition: { field: { path: 'wants', inCatalog: { catalog: 'Shop', where } } },
    })
  ).id;
  const id = await live('Can have it', { all: [{ segment: { id: inner } }] });
  await work();
  const change = async (itemId: string, value: object | null) => {
    const path = `/api/catalogs/shop/items/${itemId}`;
    const { status, text } = value ? await api.call('PUT', path, { value }) : await api.call('DELETE', path);
    assert.ok(status < 300, text);
  };
  await change('cup', { stock: 3 });
  await work();
  assert.deepEqual(news(), [`${id} entered c1`]);
  assert.equal((await segment(id)).filling, undefined);
  await change('pot', { stock: 1 });
  await change('cup', null);
  await work();
  assert.deepEqual(news(), [], 'within the minute');
  api.clock.advance(60_000);
  await work();
  assert.deepEqual(news(), [`${id} entered c2`, `${id} left c1`]);
  await assertKept([id]);
  const { points } = await call<{ points: unknown[] }>('GET', `/api/segments/${id}/size`);
  assert.ok(points.length <= 1, 'a look is no point of its size');
  await call('DELETE', `/api/segments/${id}`);
  await change('pot', { stock: 0 });
  await work();
  await change('pot', { stock: 2 });
  assert.equal(await noted(), 0, 'nobody wants to know any more');
  assert.deepEqual(news(), []);
});

test('a segment that is live no longer, or deleted, leaves nothing', async () => {
  await update('q1');
  const ids = [
    await live('All', { share: { salt: 'a', from: 0, to: 100 } }),
    await live('Some', { share: { salt: 'a', from: 0, to: 100 } }),
  ];
  await work();
  await call('PATCH', `/api/segments/${ids[0]}`, { live: false });
  await call('DELETE', `/api/segments/${ids[1]}`);
  assert.equal((await segment(ids[0]!)).size, undefined);
  await work();
  for (const table of ['segment_standing', 'segment_lane']) {
    const { rows } =
      await sql`SELECT 1 FROM ${sql.table(table)} WHERE segment_id = ANY(${ids}::int[])`.execute(
        api.context.db,
      );
    assert.equal(rows.length, 0, table);
  }
  assert.deepEqual(news(), []);
});

test('whatever happens to people by whichever call, who is kept is who is asked for', async () => {
  const { listId } = await call<{ listId: number }>('POST', '/api/lists', { name: 'News' });
  const { messageTypes } = await call<{ messageTypes: { id: number; channelId: number }[] }>(
    'GET',
    '/api/messageTypes',
  );
  const [type] = messageTypes;
  const day = { last: { days: 1 } };
  const definitions: unknown[] = [
    { field: { path: 'city', is: 'Oslo' } },
    { field: { path: 'profileUpdatedAt', during: { last: { hours: 2 } } } },
    { field: { path: 'email', exists: true } },
    { none: [{ event: { name: 'viewed', during: day } }] },
    { event: { name: 'viewed', where: { path: 'price', atLeast: 5 } } },
    { event: { name: 'viewed', notFollowedBy: { purchase: true, within: { hours: 3 } } } },
    { purchase: { revenue: { atLeast: 10 } } },
    { list: { ids: [listId], during: day } },
    { none: [{ list: { ids: [listId] } }] },
    { subscription: { messageTypeId: type!.id, status: 'subscribed' } },
    { subscription: { messageTypeId: type!.id, status: 'unsubscribed', during: day } },
    { subscription: { channelId: type!.channelId, status: 'subscribed', methods: ['webForm'] } },
    { reach: { medium: 'sms' } },
    { reach: { medium: 'email' } },
    { place: { country: ['FR'] } },
    { event: { name: 'viewed', during: { lastDays: 1 }, zone: 'person' } },
  ];
  const ids: number[] = [];
  for (const [index, definition] of definitions.entries())
    ids.push(await live(`Segment ${index}`, definition));
  await work();
  let seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  const seeded = seed;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const oneOf = <T>(all: readonly T[]): T => all[random(all.length)]!;
  const userId = () => `r${random(7)}`;
  const phone = () => oneOf(['+14155550101', '+14155550102', '+33612345678', '+33612345679']);
  const consent = (id: string, action: string) =>
    api.call('POST', '/api/consent', {
      consents: [
        {
          userId: id,
          messageTypeId: type!.id,
          action,
          method: oneOf(['webForm', 'import']),
          source: 'the shop',
        },
      ],
    });
  const deeds: (() => Promise<unknown>)[] = [
    () => update(userId(), { city: oneOf(['Oslo', 'Rome']) }),
    () => update(userId(), { phoneNumber: phone() }),
    () =>
      api.call('POST', '/api/users/update', {
        userId: userId(),
        preferUserId: true,
        email: `m${random(9)}@example.com`,
      }),
    () =>
      api.call('POST', '/api/users/updateEmail', {
        currentUserId: userId(),
        newEmail: `n${random(9)}@example.com`,
      }),
    () => track(userId(), 'viewed', { dataFields: { price: random(10) } }),
    () => track(userId(), 'viewed', { id: `id${random(3)}`, dataFields: { price: random(10) } }),
    () =>
      track(userId(), 'viewed', {
        createdAt: Math.round(api.clock.now().getTime() / 1_000) + (random(48) - 24) * 3_600,
      }),
    () =>
      api.call('POST', '/api/commerce/trackPurchase', {
        user: { userId: userId() },
        items: [],
        total: random(12),
      }),
    () =>
      api.call('POST', '/api/lists/subscribe', {
        listId,
        subscribers: [{ userId: userId(), preferUserId: true }],
      }),
    () => api.call('POST', '/api/lists/unsubscribe', { listId, subscribers: [{ userId: userId() }] }),
    () => consent(userId(), 'optIn'),
    () => consent(userId(), 'optOut'),
    () => api.call('POST', '/api/users/merge', { sourceUserId: userId(), destinationUserId: userId() }),
    () => api.call('DELETE', `/api/users/byUserId/${userId()}`),
    async () => api.clock.advance(random(30) * 3_600_000),
    async () => api.clock.advance(random(600) * 1_000),
  ];
  const answers = new Map<number, number>();
  for (let step = 0; step < 120; step++) {
    const which = random(deeds.length);
    const answer = (await deeds[which]!()) as { status?: number; text?: string } | undefined;
    if (answer?.status === 200) answers.set(which, (answers.get(which) ?? 0) + 1);
    if (random(2) === 0) continue;
    await work();
    if (step % 8 === 0) await assertKept(ids, `after step ${step} of seed ${seeded}`);
  }
  await work();
  await assertKept(ids, `in the end, of seed ${seeded}`);
  assert.ok([...answers.keys()].length >= 6, `calls were answered: ${JSON.stringify([...answers])}`);
});
