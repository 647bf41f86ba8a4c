import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { insertProject } from '../consent/new-project.ts';
import { insertEvents } from '../events/insert-events.ts';
import { noteEmptied, publishedJourneys } from './journeys.sql.ts';
import { holdJourneyLane, passLanes } from './runs/lane-lock.sql.ts';
import { dueRuns } from './runs/runs.sql.ts';
import { turnLane } from './step/turn.ts';
import { byCall, type Counts, type Outcome, startJourneySite } from './testing/journey-site.ts';
import { workLane } from './work-lane.ts';

const site = await startJourneySite();
after(() => site.close());
const { api, ground, templateId, call, track, enters, work, counts } = site;
const publish = (document: object) => site.publish(document, 'A “journey”');
const person = (userId: string, dataFields: object = {}) => site.update(userId, dataFields);
const passagesOf = async (id: number, userId: string) => (await site.why(id, userId)).passages;

const wait = { kind: 'wait', for: { hours: 1 }, next: 'end' };

test('who is taken out by what a tile itself does has left there, and is counted once', async () => {
  const tracks = await publish({
    entry: byCall,
    exits: [{ name: 'done', event: { name: 'finishedOnboarding' } }],
    start: 'tells',
    tiles: { tells: { kind: 'trackEvent', name: 'finishedOnboarding', next: 'wait' }, wait },
  });
  const writes = await publish({
    entry: byCall,
    exits: [{ name: 'gold', becomes: { field: { path: 'tier', is: 'gold' } }, goal: true }],
    start: 'sets',
    tiles: { sets: { kind: 'updateProfile', set: { tier: 'gold' }, next: 'wait' }, wait },
  });
  await person('ann');
  await enters(tracks, 'ann');
  await enters(writes, 'ann');
  await work();
  assert.deepEqual((await counts(tracks)).tells, { arrived: 1, inside: 0, ways: {}, left: { exitRule: 1 } });
  assert.deepEqual((await counts(writes)).sets, { arrived: 1, inside: 0, ways: {}, left: { goal: 1 } });
});

test('what a tile does for somebody at the moment at which they are deleted goes with them', async () => {
  await person('amy');
  const { rows } = await sql<{ lane: number; id: number }>`
    SELECT lane, id FROM users WHERE external_id = 'amy'`.execute(ground.db);
  const user = rows[0]!;
  const isWaiting = async () =>
    (
      await sql`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(
        ground.db,
      )
    ).rows.length > 0;
  let isDeleted = false;
  const { deleting } = await ground.db.transaction().execute(async (transaction) => {
    // As a tile does that tracks an event.
    await holdJourneyLane(transaction, user.lane);
    const event = { user, name: 'came', kind: 'custom', data: {}, happenedAt: api.clock.now() };
    await insertEvents(transaction, ground.projectId, [event], api.clock.now());
    const begun = call('DELETE', '/api/users/byUserId/amy').then(() => {
      isDeleted = true;
    });
    while (!isDeleted && !(await isWaiting())) await pause(5);
    return { deleting: begun };
  });
  await deleting;
  const { rows: left } = await sql`
    SELECT 1 FROM event WHERE lane = ${user.lane} AND user_id = ${user.id}`.execute(ground.db);
  assert.equal(left.length, 0);
});

test('an archived journey whose segment is deleted keeps nobody from anything, and nor does one that cannot be read', async () => {
  const { id: segmentId } = await call<{ id: number }>('POST', '/api/segments', {
    name: 'Gold',
    definition: { field: { path: 'tier', is: 'gold' } },
  });
  const old = await publish({
    entry: { on: { event: { name: 'joined' } }, only: { segment: { id: segmentId } } },
    start: 'wait',
    tiles: { wait },
  });
  const broken = await publish({
    entry: { on: { event: { name: 'joined' } } },
    start: 'wait',
    tiles: { wait },
  });
  const fine = await publish({
    entry: { on: { event: { name: 'joined' } } },
    start: 'wait',
    tiles: { wait },
  });
  await call('POST', `/api/journeys/${old}/stop`);
  await call('POST', `/api/journeys/${old}/archive`);
  await call('DELETE', `/api/segments/${segmentId}`);
  await sql`
    UPDATE journey_version SET version = 2, document = '{"entry": {"on": {"fax": {}}}, "start": "x", "tiles": {}}'
    WHERE journey_id = ${broken}`.execute(ground.db);
  await sql`UPDATE journey SET version = 2 WHERE id = ${broken}`.execute(ground.db);
  // What was known of segments holds for a second.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await person('bea', { tier: 'gold' });
  await track('bea', 'joined');
  await work();
  api.clock.advance(3_600_000);
  await work();
  assert.equal((await passagesOf(fine, 'bea'))[0]?.reason, 'finished');
  await call('POST', `/api/journeys/${broken}/stop`);
});

test('tiles and ways may have any name that JavaScript knows otherwise', async () => {
  const id = await publish({
    entry: byCall,
    start: 'constructor',
    tiles: {
      constructor: {
        kind: 'split',
        branches: [{ name: '__proto__', of: { field: { path: 'tier', is: 'gold' } }, next: 'valueOf' }],
        otherwise: 'end',
      },
      valueOf: wait,
    },
  });
  await person('cat', { tier: 'gold' });
  await enters(id, 'cat');
  await work();
  const { text } = await api.call('GET', `/api/journeys/${id}/counts`);
  const told = new Map(Object.entries(JSON.parse(text).tiles as Record<string, Counts>));
  assert.deepEqual(Object.entries(told.get('constructor')?.ways ?? {}), [['__proto__', 1]]);
  assert.equal(told.get('valueOf')?.inside, 1);
  const document = { entry: byCall, start: 'wait', tiles: { wait } };
  await call('PATCH', `/api/journeys/${id}`, { document });
  const refused = await api.call('POST', `/api/journeys/${id}/publish`, {});
  assert.equal(refused.status, 400);
  assert.match(refused.text, /moves\.valueOf is missing: 1 people/);
});

test('documents that are to break something are refused with their place', async () => {
  const of = (more: object) => ({ entry: byCall, start: 'a', tiles: { a: wait }, ...more });
  const many = Object.fromEntries(
    Array.from({ length: 301 }, (_, index) => [
      `t${index}`,
      { ...wait, next: index < 300 ? `t${index + 1}` : 'end' },
    ]),
  );
  let deep: object = { field: { path: 'tier', is: 'gold' } };
  for (let level = 0; level < 60; level++) deep = { all: [deep] };
  for (const [document, fault] of [
    [
      JSON.parse(
        '{"entry":{"on":{"api":{}}},"start":"__proto__","tiles":{"__proto__":{"kind":"exit","reason":"x"}}}',
      ),
      /__proto__/,
    ],
    [of({ start: 't0', tiles: many }), /301 tiles; 300 are the most/],
    [of({ entry: { ...byCall, only: deep } }), /document\.entry\.only/],
    [of({ tiles: { a: { kind: 'exit', reason: 'a\u0000b' } } }), /NUL|null character/i],
    [of({ tiles: { 'a"b\'c': wait } }), /document\.tiles/],
    [of({ tiles: [] }), /document\.tiles/],
    [null, /document/],
  ] as const) {
    const made = await api.call('POST', '/api/journeys', { name: 'x', document });
    const { id } = made.body as { id: number };
    const answer = made.status === 200 ? await api.call('POST', `/api/journeys/${id}/publish`, {}) : made;
    assert.equal(answer.status, 400, answer.text.slice(0, 300));
    assert.match(answer.text, fault);
  }
  const id = await publish(of({}));
  await person('dan');
  const tooMuch = await api.call('POST', '/api/workflows/triggerWorkflow', {
    ...{ workflowId: id, userId: 'dan', dataFields: { note: 'x'.repeat(1_000_000) } },
  });
  assert.equal(tooMuch.status, 400);
  assert.match(tooMuch.text, /the entry would be larger than 256 kB/);
});

test('passages are told apart by the whole of what they are told apart by, or not let in', async () => {
  const id = await publish({ entry: { ...byCall, key: 'order' }, start: 'wait', tiles: { wait } });
  await person('eva');
  const longest = 'o'.repeat(255);
  const told = [];
  for (const order of [longest, longest, `${longest}1`, 'x'.repeat(10_000), '', 'o\'"', 7, null])
    told.push((await enters(id, 'eva', { order })).params.notEntered);
  assert.deepEqual(told, [null, 'alreadyInside', 'noKey', 'noKey', 'noKey', null, null, 'noKey']);
});

test('a call with a key is answered alike when it is made again, also where nobody entered, and at once', async () => {
  const id = await publish({ entry: { ...byCall, atOnce: 2 }, start: 'wait', tiles: { wait } });
  await person('fay');
  const keyed = async (key: string) => {
    const answer = await fetch(`${api.url}/api/workflows/triggerWorkflow`, {
      method: 'POST',
      headers: { 'Api-Key': api.key, 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: JSON.stringify({ workflowId: id, userId: 'fay' }),
    });
    assert.equal(answer.status, 200);
    return ((await answer.json()) as Outcome).params;
  };
  const both = await Promise.all([keyed('one'), keyed('one'), keyed('one')]);
  assert.equal(new Set(both.map(({ runId }) => runId)).size, 1);
  await keyed('two');
  const refused = await keyed('three');
  assert.deepEqual(refused, { runId: null, notEntered: 'alreadyInside', waits: false });
  assert.deepEqual(await keyed('three'), refused);
  assert.equal((await passagesOf(id, 'fay')).length, 2);
});

test('of two people who are merged as many passages go on as one of them had, each counted once', async () => {
  const id = await publish({ entry: { ...byCall, atOnce: 5 }, start: 'wait', tiles: { wait } });
  for (const userId of ['gus', 'hal']) await person(userId);
  for (const userId of ['gus', 'gus', 'gus', 'hal']) await enters(id, userId);
  await work();
  await call('POST', '/api/users/merge', { sourceUserId: 'gus', destinationUserId: 'hal' });
  await work();
  assert.equal((await counts(id)).wait?.inside, 3);
  assert.equal((await passagesOf(id, 'hal')).filter(({ reason }) => reason === 'merged').length, 1);
});

test('nobody enters a journey after all were let go, though they came while it was open', async () => {
  const id = await publish({ entry: byCall, start: 'wait', tiles: { wait } });
  await person('ida');
  const { rows } = await sql<{ lane: number }>`SELECT lane FROM users WHERE external_id = 'ida'`.execute(
    ground.db,
  );
  const lane = rows[0]!.lane;
  const [held, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const holding = ground.db.transaction().execute(async (transaction) => {
    await holdJourneyLane(transaction, lane);
    held.resolve();
    await go.promise;
  });
  await held.promise;
  const entering = api.call('POST', '/api/workflows/triggerWorkflow', { workflowId: id, userId: 'ida' });
  for (let waiting = 0; waiting === 0; ) {
    const found = await sql<{ waiting: number }>`
      SELECT count(*)::int AS waiting FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`.execute(
      ground.db,
    );
    waiting = found.rows[0]!.waiting;
  }
  await call('POST', `/api/journeys/${id}/stop`);
  const passed = passLanes(ground.db);
  go.resolve();
  await holding;
  await passed;
  const answer = await entering;
  assert.equal(answer.status, 400);
  assert.match(answer.text, /is stopped, and nobody may enter/);
  await work();
  assert.deepEqual(await passagesOf(id, 'ida'), []);
});

test('who changes lists and profiles by hand and by tiles at once waits for nobody without end', async () => {
  const { listId } = await call<{ listId: number }>('POST', '/api/lists', { name: 'Crowd' });
  const id = await publish({
    entry: { ...byCall, atOnce: 1_000 },
    exits: [{ name: 'gone', becomes: { field: { path: 'left', is: true } } }],
    start: 'sets',
    tiles: {
      sets: { kind: 'updateProfile', set: { seen: true }, next: 'joins' },
      joins: { kind: 'list', what: 'add', listId, next: 'wait' },
      wait: { kind: 'wait', for: { hours: 1 }, next: 'end' },
    },
  });
  const crowd = Array.from({ length: 20 }, (_, index) => `crowd${index}`);
  await call('POST', '/api/users/bulkUpdate', {
    users: crowd.map((userId) => ({ userId, preferUserId: true })),
  });
  for (let round = 0; round < 3; round++) {
    for (const userId of crowd) await enters(id, userId);
    const users = crowd.map((userId) => ({
      userId,
      preferUserId: true,
      dataFields: { round, left: round === 2 },
    }));
    const subscribers = crowd.map((userId) => ({ userId, preferUserId: true }));
    await Promise.all([
      work(),
      call('POST', '/api/users/bulkUpdate', { users }),
      call('POST', '/api/lists/subscribe', { listId, subscribers }),
      call('POST', '/api/lists/unsubscribe', { listId, subscribers }),
    ]);
    await work();
  }
  const tiles = await counts(id);
  assert.equal(
    Object.values(tiles).reduce((sum, { left }) => sum + (left.exitRule ?? 0), 0),
    crowd.length * 3,
  );
  const { rows } = await sql<{ failures: number }>`
    SELECT count(*)::int AS failures FROM journey_run WHERE journey_id = ${id} AND (failures > 0 OR stuck IS NOT NULL)`.execute(
    ground.db,
  );
  assert.equal(rows[0]?.failures, 0);
});

test('one whose date lies beyond all time, or whose step fails, keeps nobody else waiting', async () => {
  const id = await publish({
    entry: byCall,
    start: 'date',
    tiles: {
      date: { kind: 'wait', untilDate: { path: 'day', of: 'entry', days: 3 }, next: 'sets', noDate: 'none' },
      none: { kind: 'exit', reason: 'no date' },
      sets: { kind: 'updateProfile', fromEntry: { size: 'size' }, next: 'end', refused: 'other' },
      other: { kind: 'exit', reason: 'another type' },
    },
  });
  for (const userId of ['jan', 'kim', 'lou']) await person(userId, { size: 1 });
  const day = '2020-01-01';
  await enters(id, 'jan', { day: '+275760-09-12T00:00:00', size: 2 });
  await enters(id, 'kim', { day, size: 'large' });
  await enters(id, 'lou', { day, size: 3 });
  await work();
  const ends = await Promise.all(
    ['jan', 'kim', 'lou'].map(async (userId) => (await passagesOf(id, userId))[0]?.tile),
  );
  assert.deepEqual(ends, ['none', 'other', 'sets']);
});

test('an audience that cannot be read keeps nobody else waiting', async () => {
  const { listId } = await call<{ listId: number }>('POST', '/api/lists', { name: 'Few' });
  const broken = await publish({ entry: byCall, start: 'wait', tiles: { wait } });
  const fine = await publish({ entry: byCall, start: 'wait', tiles: { wait } });
  await person('oli');
  await call('POST', '/api/lists/subscribe', { listId, subscribers: [{ userId: 'oli' }] });
  for (const workflowId of [broken, fine])
    await call('POST', '/api/workflows/triggerWorkflow', { workflowId, listId });
  await sql`UPDATE journey_intake SET segment_ids = '{2000000000}' WHERE journey_id = ${broken}`.execute(
    ground.db,
  );
  await work();
  assert.deepEqual(
    [(await passagesOf(broken, 'oli')).length, (await passagesOf(fine, 'oli')).length],
    [0, 1],
  );
});

test('of passages that came with much a turn reads some at once', async () => {
  const id = await publish({ entry: { ...byCall, atOnce: 1_000 }, start: 'wait', tiles: { wait } });
  await person('max');
  await enters(id, 'max');
  await work();
  const { rows } = await sql<{
    lane: number;
    id: number;
  }>`SELECT lane, id FROM users WHERE external_id = 'max'`.execute(ground.db);
  const { lane, id: userId } = rows[0]!;
  await sql`
    INSERT INTO journey_run (lane, id, project_id, journey_id, user_id, key, entered_at, tile, arrived_at, wake_at, data, passed_since, cause)
    SELECT ${lane}, nextval('journey_run_id_seq'), ${ground.projectId}, ${id}, ${userId}, n::text, ${api.clock.now()}, 'wait',
      ${api.clock.now()}, ${api.clock.now()}, jsonb_build_object('note', repeat('x', 250000)), ${api.clock.now()}, '{}'
    FROM generate_series(1, 90) n`.execute(ground.db);
  const due = await dueRuns(ground.db, lane, api.clock.now(), 1_000);
  assert.ok(due.length > 60 && due.length < 80, String(due.length));
  while (await turnLane(api.context, lane));
  const left = await dueRuns(ground.db, lane, api.clock.now(), 1_000);
  assert.equal(left.length, 0);
});

test('a journey of another project is found by no call', async () => {
  const id = await publish({ entry: byCall, start: 'wait', tiles: { wait } });
  const from = await publish({
    entry: byCall,
    start: 'sends',
    tiles: { sends: { kind: 'startJourney', journeyId: id, next: 'end' } },
  });
  const other = await insertProject(ground.db, { name: 'Other', brand: 'Other', at: api.clock.now() });
  await sql`UPDATE journey SET project_id = ${other} WHERE id = ${id}`.execute(ground.db);
  await person('ned');
  for (const [method, path, body] of [
    ['GET', `/api/journeys/${id}`],
    ['GET', `/api/journeys/${id}/why?userId=ned`],
    ['GET', `/api/journeys/${id}/counts`],
    ['GET', `/api/journeys/${id}/versions`],
    ['POST', `/api/journeys/${id}/copy`, {}],
    ['POST', `/api/journeys/${id}/check`],
    ['POST', `/api/journeys/${id}/publish`, {}],
    ['POST', `/api/journeys/${id}/stop`],
    ['DELETE', `/api/journeys/${id}`],
    ['POST', '/api/workflows/triggerWorkflow', { workflowId: id, userId: 'ned' }],
  ] as const)
    assert.equal((await api.call(method, path, body)).status, 404, path);
  await enters(from, 'ned');
  await work();
  const { rows } = await sql`SELECT 1 FROM journey_run WHERE journey_id = ${id}`.execute(ground.db);
  assert.equal(rows.length, 0);
  for (const tile of [
    { kind: 'startJourney', journeyId: id, next: 'end' },
    { kind: 'list', what: 'add', listId: 2_000_000_000, next: 'end' },
    { kind: 'send', templateId: 2_000_000_000, next: 'end' },
    { kind: 'send', templateId, senderId: 2_000_000_000, next: 'end' },
    { kind: 'send', templateId, poolId: 2_000_000_000, next: 'end' },
    {
      kind: 'split',
      branches: [{ name: 'x', of: { segment: { id: 2_000_000_000 } }, next: 'end' }],
      otherwise: 'end',
    },
  ]) {
    const document = { entry: byCall, start: 'a', tiles: { a: tile } };
    const made = await call<{ id: number }>('POST', '/api/journeys', { name: 'x', document });
    const answer = await api.call('POST', `/api/journeys/${made.id}/publish`, {});
    assert.ok(answer.status === 400 || answer.status === 404, answer.text);
    assert.match(answer.text, /document\.tiles\.a/);
  }
});

test('what is due of a held journey is passed over once, and nobody looks at a journey that all have left', async () => {
  const { work, why } = site;
  const id = await publish({
    entry: { on: { event: { name: 'parks' } }, atOnce: 10 },
    start: 'rest',
    tiles: { rest: { kind: 'wait', for: { hours: 1 }, next: 'end' } },
  });
  await person('parked');
  for (let visit = 0; visit < 3; visit++) await track('parked', 'parks');
  await work();
  await call('POST', `/api/journeys/${id}/pause`);
  api.clock.advance(2 * 3_600_000);
  const { rows } = await sql<{ lane: number }>`
    SELECT DISTINCT lane FROM journey_run WHERE journey_id = ${id}`.execute(ground.db);
  const { lane } = rows[0]!;
  while (await workLane(api.context, lane));
  assert.deepEqual(await dueRuns(ground.db, lane, api.clock.now(), 1_000), []);
  const leaving = async () => (await why(id, 'parked')).passages.map(({ reason }) => reason);
  assert.deepEqual(await leaving(), [null, null, null]);
  const { due } = await call<{ due: number | null }>('GET', `/api/journeys/${id}/counts`);
  assert.equal(due, 3);
  await call('POST', `/api/journeys/${id}/resume`);
  await work();
  assert.deepEqual(await leaving(), ['finished', 'finished', 'finished']);
  await call('POST', `/api/journeys/${id}/stop`);
  await work();
  const isLookedAt = async () => (await publishedJourneys(ground.db)).some((each) => each.id === id);
  await noteEmptied(ground.db, [id]);
  assert.equal(await isLookedAt(), false);
  await call('POST', `/api/journeys/${id}/open`);
  assert.equal(await isLookedAt(), true);
  await track('parked', 'parks');
  await work();
  assert.deepEqual(await leaving(), [null, 'finished', 'finished', 'finished']);
});
