import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import { audienceRoutes } from '../audiences/routes.ts';
import { connect } from '../database/connect.ts';
import { eventRoutes } from '../events/routes.ts';
import type { Happening } from '../http/happenings.ts';
import type { Listener } from '../http/listener.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { standingClock } from '../testing/clock.ts';
import { findUsers } from '../users/find-users.ts';
import { userRoutes } from '../users/routes.ts';
import { routeBatch } from './happenings-flow.ts';
import { keptMs } from './listening.ts';
import { openOutbox } from './outbox.ts';

let api: TestApi;
let listens = true;
const heard: Happening[] = [];
/** Keeps what it hears in the database too, in the transaction in which it hears it. */
const listener: Listener = {
  kinds: ['event', 'purchase', 'profile', 'list'],
  wantsOf: async () => (listens ? { kinds: listener.kinds, wants: () => true } : null),
  hear: async (transaction, happenings) => {
    heard.push(...happenings);
    await sql`INSERT INTO heard SELECT user_id FROM unnest(${happenings.map((each) => each.userId)}::bigint[]) AS user_id`.execute(
      transaction,
    );
  },
};

before(async () => {
  const imports = { enqueue: async () => undefined };
  api = await startTestApi([userRoutes, eventRoutes, audienceRoutes(imports)], [], undefined, undefined, [
    listener,
  ]);
  await sql`CREATE TABLE heard (user_id bigint)`.execute(api.database.db);
});
beforeEach(async () => {
  listens = true;
  heard.length = 0;
  await sql`TRUNCATE heard, happening`.execute(api.database.db);
});
after(() => api.close());

async function post(path: string, body: unknown): Promise<unknown> {
  const answer = await api.call('POST', path, body);
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

const userOf = async (email: string) => (await findUsers(api.database.db, api.projectId, [{ email }]))[0]!;

const count = async (table: 'happening' | 'heard'): Promise<number> => {
  const { rows } = await sql<{
    count: number;
  }>`SELECT count(*)::int AS count FROM ${sql.table(table)}`.execute(api.database.db);
  return rows[0]!.count;
};

/** What was heard of somebody, without whom and when. */
const heardOf = ({ id }: { id: number }) =>
  heard.flatMap(({ userId, lane, projectId, at, ...rest }) => (userId === id ? rest : []));

async function newList(): Promise<number> {
  return ((await post('/api/lists', { name: 'News' })) as { listId: number }).listId;
}

test('what somebody does is told once each, in the order in which it was done, to who listens for its kind', async () => {
  const email = 'ann@example.com';
  const listId = await newList();
  await post('/api/users/update', { email, dataFields: { city: 'Oslo', age: 30 } });
  await post('/api/users/update', { email, dataFields: { city: 'Bergen', age: 30, note: 'x'.repeat(900) } });
  await post('/api/users/update', { email, dataFields: { city: 'Bergen' } });
  await post('/api/lists/subscribe', { listId, subscribers: [{ email }] });
  await post('/api/lists/subscribe', { listId, subscribers: [{ email }] });
  await post('/api/events/track', { email, eventName: 'looked', id: 'once' });
  await post('/api/events/track', { email, eventName: 'looked', id: 'once' });
  await post('/api/events/trackBulk', {
    events: [
      { email, eventName: 'tried' },
      { email, eventName: 'left' },
    ],
  });
  await post('/api/commerce/trackPurchase', { user: { email }, items: [], total: 7 });
  await post('/api/lists/unsubscribe', { listId, subscribers: [{ email }] });
  await post('/api/lists/unsubscribe', { listId, subscribers: [{ email }] });
  assert.equal(heard.length, 0, 'nothing is told before it is routed');
  for (let times = 0; times < 2; times++) await api.tellHappenings();
  const told = heardOf(await userOf(email)).map((each) => {
    if ('eventId' in each) assert.equal(typeof each.eventId, 'number');
    return 'eventId' in each ? { kind: each.kind, name: each.name } : each;
  });
  assert.deepEqual(told, [
    {
      ...{ kind: 'profile', isNew: true },
      changes: { email: { after: email }, city: { after: 'Oslo' }, age: { after: 30 } },
    },
    {
      ...{ kind: 'profile', isNew: false },
      changes: { city: { before: 'Oslo', after: 'Bergen' }, note: {} },
      written: ['age'],
    },
    { kind: 'list', what: 'entered', listId },
    { kind: 'event', name: 'looked' },
    { kind: 'event', name: 'tried' },
    { kind: 'event', name: 'left' },
    { kind: 'profile', isNew: false, changes: { shoppingCartItems: { after: [] } } },
    { kind: 'purchase', name: 'purchase' },
    { kind: 'list', what: 'left', listId },
  ]);
  assert.equal(await count('heard'), told.length);
});

test('where nobody listens nothing is written', async () => {
  listens = false;
  const email = 'bo@example.com';
  const listId = await newList();
  await post('/api/users/update', { email, dataFields: { city: 'Oslo' } });
  await post('/api/lists/subscribe', { listId, subscribers: [{ email }] });
  await post('/api/events/track', { email, eventName: 'looked' });
  assert.equal(await count('happening'), 0);
});

test('who waits for what another reads of the listeners reads it anew where that one’s connection breaks', async () => {
  const { db } = api.database;
  const broken = Promise.withResolvers<never>();
  let reads = 0;
  const outbox = openOutbox(
    [
      {
        kinds: ['list'],
        wantsOf: async () => (++reads === 1 ? broken.promise : { kinds: ['list'], wants: () => true }),
        hear: async () => undefined,
      },
    ],
    api.clock,
  );
  const listens = () => outbox.listensFor(db, api.projectId, 'list');
  const [first, second] = [listens(), listens()];
  broken.reject(new Error('the connection broke'));
  await assert.rejects(first, /broke/);
  assert.equal(await second, true);
});

test('who listens is read once a second at most; whoever is enabled hears of all from the answer on', async () => {
  const clock = standingClock('2026-11-23T17:00:00Z');
  const { db } = api.database;
  let reads = 0;
  let isEnabled = false;
  const outbox = openOutbox(
    [
      {
        kinds: ['list'],
        wantsOf: async () => {
          reads++;
          return isEnabled ? { kinds: ['list'], wants: () => true } : null;
        },
        hear: async () => undefined,
      },
    ],
    clock,
  );
  const happens = () =>
    db.transaction().execute((transaction) =>
      outbox.announce(transaction, [
        {
          ...{ kind: 'list', what: 'entered', listId: 1, lane: 0, userId: 1 },
          ...{ projectId: api.projectId, at: clock.now() },
        },
      ]),
    );
  for (let times = 0; times < 5; times++) await happens();
  assert.deepEqual([reads, await count('happening')], [1, 0]);
  isEnabled = true;
  let isAnswered = false;
  const answered = outbox.listenersRenewed().then(() => {
    isAnswered = true;
  });
  clock.advance(keptMs - 1);
  await happens();
  assert.deepEqual([isAnswered, await count('happening')], [false, 0], 'no answer while some may not know');
  clock.advance(1);
  await answered;
  await happens();
  assert.deepEqual([reads, await count('happening')], [2, 1]);
});

test('a batch that breaks off leaves all as it was, and is told whole by the next, though it breaks at any statement', async () => {
  const emails = Array.from({ length: 20 }, (_, index) => `cut${index}@example.com`);
  await post('/api/users/bulkUpdate', { users: emails.map((email) => ({ email })) });
  const waiting = await count('happening');
  assert.equal(waiting, emails.length);
  const lane = (await userOf(emails[0]!)).lane;
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM happening WHERE lane = ${lane}`.execute(api.database.db);
  const inLane = rows[0]!.count;
  for (const cutBefore of [true, false]) {
    const own = connect(api.database.url, 1);
    const breaking = openOutbox(
      [
        {
          ...listener,
          hear: async (transaction, happenings, announce) => {
            const pid = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(transaction);
            if (!cutBefore) await listener.hear(transaction, happenings, announce);
            await api.database.pool.query('SELECT pg_terminate_backend($1, 5000)', [pid.rows[0]!.pid]);
            if (cutBefore) await listener.hear(transaction, happenings, announce);
          },
        },
      ],
      api.clock,
    );
    await assert.rejects(routeBatch(own.db, breaking, { lane, limit: emails.length, now: api.clock.now() }));
    await own.close().catch(() => undefined);
    assert.deepEqual([await count('happening'), await count('heard')], [waiting, 0]);
  }
  await api.tellHappenings();
  assert.ok(inLane > 0);
  assert.deepEqual([await count('happening'), await count('heard')], [0, waiting]);
});

test('what waits of somebody who is merged or deleted is told with that, while it is known who they were', async () => {
  const known: unknown[] = [];
  const spy = listener.hear;
  listener.hear = async (transaction, happenings, announce) => {
    for (const { lane, userId } of happenings) {
      const row = await transaction
        .selectFrom('users')
        .select('email')
        .where('lane', '=', lane)
        .where('id', '=', userId)
        .executeTakeFirst();
      known.push(row?.email);
    }
    await spy(transaction, happenings, announce);
  };
  try {
    const [source, destination, gone] = ['from@example.com', 'into@example.com', 'gone@example.com'];
    for (const email of [source, destination, gone]) {
      await post('/api/users/update', { email });
      await post('/api/events/track', { email, eventName: 'looked' });
    }
    const ids = { source: await userOf(source), gone: await userOf(gone) };
    await post('/api/users/merge', { sourceEmail: source, destinationEmail: destination });
    assert.equal((await api.call('DELETE', `/api/users/${gone}`)).status, 200);
    assert.deepEqual(known, [source, source, gone, gone]);
    await api.tellHappenings();
    for (const user of Object.values(ids))
      assert.deepEqual(
        heardOf(user).map(({ kind }) => kind),
        ['profile', 'event'],
      );
    assert.equal(await count('happening'), 0);
  } finally {
    listener.hear = spy;
  }
});
