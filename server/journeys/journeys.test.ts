import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { takeUpChanges, tellInLane } from '../content/catalogs/alerts/tell-alerts.ts';
import { lanes } from '../lanes/lanes.ts';
import { startJourneySite } from './testing/journey-site.ts';

// Its `counts` fails where what was counted does not add up.
const site = await startJourneySite();
after(() => site.close());
const { api, ground, call, publish, person, track, buys, work, faultsOf } = site;
const { why, wayOf, counts, messagesOf, templateId } = site;

const cart = () => ({
  entry: { on: { event: { name: 'cartAbandoned' } } },
  exits: [{ name: 'bought', purchase: {}, goal: true }],
  start: 'hour',
  tiles: {
    hour: { kind: 'wait', for: { hours: 1 }, next: 'remind' },
    remind: { kind: 'send', templateId, waits: false, next: 'day', skipped: 'unreached' },
    unreached: { kind: 'exit', reason: 'may not be texted' },
    day: { kind: 'wait', days: 1, next: 'end' },
  },
});

test('case 12: who left a cart is reminded after an hour, who buys before leaves at once, and who may not be texted goes the other way', async () => {
  const id = await publish(cart());
  await person('ann');
  await person('ben');
  await call('POST', '/api/users/update', {
    userId: 'cem',
    preferUserId: true,
    dataFields: { phoneNumber: '+12125559999' },
  });
  for (const userId of ['ann', 'ben', 'cem']) await track(userId, 'cartAbandoned');
  await work();
  assert.deepEqual((await counts(id)).hour, { arrived: 3, inside: 3, ways: {}, left: {} });
  await buys('ben');
  // At once, before anybody hears of it.
  assert.equal((await why(id, 'ben')).passages[0]?.reason, 'goal');
  assert.equal((await why(id, 'ben')).passages[0]?.detail, 'bought');
  api.clock.advance(3_600_000);
  await work();
  assert.deepEqual(
    (await messagesOf('ann')).map(({ status }) => status),
    ['queued'],
  );
  assert.deepEqual(await messagesOf('ben'), []);
  assert.deepEqual(await wayOf(id, 'cem'), [
    'hour:waits',
    'hour:next',
    'remind:skipped',
    'unreached:exitTile',
  ]);
  assert.deepEqual(await wayOf(id, 'ann'), ['hour:waits', 'hour:next', 'remind:next', 'day:waits']);
  await counts(id);
  await buys('ann');
  // What was queued is taken back with the passage.
  assert.deepEqual(
    (await messagesOf('ann')).map(({ skipReason }) => skipReason),
    ['leftJourney'],
  );
  await counts(id);
  await call('POST', `/api/journeys/${id}/stop`);
});

test('a second entry is refused while one is inside, and passages with keys stand side by side', async () => {
  const id = await publish({
    entry: { on: { event: { name: 'ordered' } }, key: 'orderId' },
    exits: [{ name: 'delivered', event: { name: 'delivered' }, sameKey: 'orderId' }],
    start: 'wait',
    tiles: { wait: { kind: 'wait', for: { hours: 48 }, next: 'end' } },
  });
  await person('dan');
  await track('dan', 'ordered', { orderId: 1 });
  await track('dan', 'ordered', { orderId: 2 });
  await track('dan', 'ordered', { orderId: 2 });
  await track('dan', 'ordered', {});
  await work();
  const { passages, notEntered } = await why(id, 'dan');
  assert.equal(passages.length, 2);
  assert.deepEqual(notEntered.map(({ reason }) => reason).toSorted(), ['alreadyInside', 'noKey']);
  await track('dan', 'delivered', { orderId: 2 });
  const left = (await why(id, 'dan')).passages.filter(({ leftAt }) => leftAt !== null);
  assert.equal(left.length, 1);
  await call('POST', `/api/journeys/${id}/stop`);
});

test('who bought after what lets them in, and before it was heard, does not enter', async () => {
  const id = await publish(cart());
  await person('eve');
  await track('eve', 'cartAbandoned');
  await buys('eve');
  await work();
  const { passages, notEntered } = await why(id, 'eve');
  assert.deepEqual([passages.length, notEntered.map(({ reason }) => reason)], [0, ['exitRule']]);
  await call('POST', `/api/journeys/${id}/stop`);
});

test('a wait for an event counts what came since the last message, ends by it at once, and ends by its time', async () => {
  const id = await publish({
    entry: { on: { api: {} }, lifetime: 2 },
    start: 'ask',
    tiles: {
      ask: { kind: 'send', templateId, waits: false, next: 'hold' },
      hold: {
        kind: 'waitFor',
        branches: [
          {
            name: 'rated',
            for: { event: { name: 'rated', where: { path: 'stars', atLeast: 4 } } },
            next: 'thank',
          },
          { name: 'bought', for: { purchase: {} }, next: 'end' },
        ],
        within: { hours: 24 },
        timeout: 'end',
      },
      thank: { kind: 'trackEvent', name: 'thanked', next: 'end' },
    },
  });
  const enter = (userId: string) =>
    call<{ params: { runId: string | null; notEntered: string | null } }>(
      'POST',
      '/api/workflows/triggerWorkflow',
      {
        workflowId: id,
        userId,
      },
    );
  for (const userId of ['fay', 'gus', 'hal']) {
    await person(userId);
    assert.notEqual((await enter(userId)).params.runId, null);
  }
  assert.equal((await enter('fay')).params.notEntered, 'alreadyInside');
  await work();
  await track('fay', 'rated', { stars: 2 });
  await work();
  assert.equal((await why(id, 'fay')).passages[0]?.tile, 'hold');
  await track('fay', 'rated', { stars: 5 });
  await work();
  assert.deepEqual(await wayOf(id, 'fay'), ['ask:next', 'hold:waits', 'hold:rated', 'thank:next']);
  api.clock.advance(24 * 3_600_000 - 1);
  await work();
  assert.equal((await why(id, 'gus')).passages[0]?.leftAt, null);
  api.clock.advance(1);
  await work();
  assert.deepEqual(await wayOf(id, 'gus'), ['ask:next', 'hold:waits', 'hold:timeout']);
  await counts(id);
});

test('a split goes by what holds of the person and of the entry, a share by chance is the same each time', async () => {
  const id = await publish({
    entry: { on: { event: { name: 'viewed' } }, atOnce: 5 },
    start: 'which',
    tiles: {
      which: {
        kind: 'split',
        branches: [
          {
            name: 'dear',
            entry: { path: 'price', atLeast: 100 },
            of: { field: { path: 'firstName', exists: true } },
            next: 'end',
          },
          { name: 'gold', of: { field: { path: 'tier', is: 'gold' } }, next: 'lot' },
        ],
        otherwise: 'end',
      },
      lot: {
        kind: 'randomSplit',
        branches: [
          { name: 'a', share: 50, next: 'end' },
          { name: 'b', share: 50, next: 'end' },
        ],
      },
    },
  });
  await person('ida', { tier: 'gold' });
  for (const price of [150, 20, 30]) {
    await track('ida', 'viewed', { price });
    await work();
  }
  const ways = (await why(id, 'ida')).passages.map(({ turns }) =>
    turns.flatMap(({ steps }) => steps.map(({ way }) => way)),
  );
  assert.deepEqual(ways[2], ['dear']);
  assert.equal(ways[0]?.[0], 'gold');
  assert.deepEqual(ways[0], ways[1]);
});

test('case 30: an edit moves those at a tile that is gone as was chosen, and is refused while nobody chose', async () => {
  const tiles = {
    first: { kind: 'wait', for: { hours: 5 }, next: 'second' },
    second: { kind: 'wait', for: { hours: 5 }, next: 'end' },
  };
  const id = await publish({ entry: { on: { event: { name: 'signedUp' } } }, start: 'first', tiles });
  await person('joe');
  await track('joe', 'signedUp');
  await work();
  const { first: _, ...rest } = tiles;
  await call('PATCH', `/api/journeys/${id}`, {
    document: { entry: { on: { event: { name: 'signedUp' } } }, start: 'second', tiles: rest },
  });
  const refused = await api.call('POST', `/api/journeys/${id}/publish`, {});
  assert.equal(refused.status, 400);
  assert.match(refused.text, /moves\.first is missing: 1 people/);
  await call('POST', `/api/journeys/${id}/publish`, { moves: { first: 'second' } });
  await work();
  assert.equal((await why(id, 'joe')).passages[0]?.tile, 'second');
  await counts(id);
  await call('POST', `/api/journeys/${id}/pause`);
  api.clock.advance(6 * 3_600_000);
  await work();
  assert.equal((await why(id, 'joe')).passages[0]?.leftAt, null);
  await call('POST', `/api/journeys/${id}/resume`);
  await work();
  assert.equal((await why(id, 'joe')).passages[0]?.reason, 'finished');
});

test('who asked for an item enters when it is back in stock', async () => {
  await call('POST', '/api/catalogs/shop');
  await call('PUT', '/api/catalogs/shop/items/boots', { value: { name: 'Boots', stock: 0 } });
  await call('POST', '/api/catalogs/shop/alerts', {
    name: 'Back in stock',
    when: { field: 'stock', becomes: { moreThan: 0 } },
    who: [{ event: 'notifyMe', field: 'sku', days: 30 }],
    fields: ['name'],
  });
  const isHeard = async () =>
    (await call<{ alerts: { isHeard: boolean }[] }>('GET', '/api/catalogs/shop/alerts')).alerts[0]?.isHeard;
  // Journeys that begin by something else do not ask for it.
  assert.equal(await isHeard(), false);
  const id = await publish({
    entry: { on: { catalogItem: { catalog: 'shop', alert: 'Back in stock' } } },
    start: 'tell',
    tiles: { tell: { kind: 'trackEvent', name: 'told', next: 'end' } },
  });
  assert.equal(await isHeard(), true);
  await person('kim');
  await track('kim', 'notifyMe', { sku: 'boots' });
  await work();
  api.clock.advance(60_000);
  await call('PATCH', '/api/catalogs/shop/items/boots', { update: { stock: 5 } });
  const { db } = api.context;
  while (await takeUpChanges({ ...api.context, db }));
  for (const lane of lanes) while (await tellInLane({ ...api.context, db }, lane));
  await work();
  assert.deepEqual(await wayOf(id, 'kim'), ['tell:next']);
  assert.equal((await why(id, 'kim')).passages[0]?.reason, 'finished');
  await call('POST', `/api/journeys/${id}/stop`);
});

test('case 26: what a tile writes the next one sees: the profile, a list, and another journey that somebody is sent on to', async () => {
  const { listId } = await call<{ listId: number }>('POST', '/api/lists', { name: 'Tried it' });
  const other = await publish(
    {
      entry: { on: { api: {} } },
      start: 'day',
      tiles: { day: { kind: 'wait', days: 1, at: '09:00', zone: 'Europe/Berlin', next: 'end' } },
    },
    'The other',
  );
  const id = await publish({
    entry: { on: { profile: { fields: ['trial'] } } },
    start: 'mark',
    tiles: {
      mark: { kind: 'updateProfile', set: { stage: 'trial' }, next: 'stage' },
      stage: {
        kind: 'split',
        branches: [{ name: 'trial', of: { field: { path: 'stage', is: 'trial' } }, next: 'listed' }],
        otherwise: 'end',
      },
      listed: { kind: 'list', what: 'add', listId, next: 'onList' },
      onList: {
        kind: 'split',
        branches: [{ name: 'on it', of: { list: { ids: [listId] } }, next: 'more' }],
        otherwise: 'end',
      },
      more: { kind: 'startJourney', journeyId: other, next: 'end' },
    },
  });
  await person('lea');
  await call('POST', '/api/users/update', { userId: 'lea', preferUserId: true, dataFields: { trial: 1 } });
  // Written again as it was: no change, and nobody enters.
  await call('POST', '/api/users/update', { userId: 'lea', preferUserId: true, dataFields: { trial: 1 } });
  await work();
  assert.deepEqual(await wayOf(id, 'lea'), [
    'mark:next',
    'stage:trial',
    'listed:next',
    'onList:on it',
    'more:next',
  ]);
  assert.deepEqual((await why(id, 'lea')).notEntered, []);
  const [passage] = (await why(other, 'lea')).passages;
  assert.equal(passage?.tile, 'day');
  assert.equal(new Date(passage?.until ?? 0).toISOString().slice(11, 16), '08:00');
  await counts(id);
  for (const each of [id, other]) await call('POST', `/api/journeys/${each}/stop`);
  await work();
  assert.equal((await why(other, 'lea')).passages[0]?.reason, 'stopped');
});

test('case 38: who is deleted leaves, and nothing of them stays; of two who are merged each passage goes on once', async () => {
  const id = await publish({
    entry: { on: { event: { name: 'joined' } } },
    start: 'wait',
    tiles: { wait: { kind: 'wait', for: { hours: 10 }, next: 'end' } },
  });
  for (const userId of ['max', 'mia', 'moe']) await person(userId);
  for (const userId of ['max', 'mia', 'moe']) await track(userId, 'joined');
  await work();
  await call('POST', '/api/users/merge', { sourceUserId: 'mia', destinationUserId: 'max' });
  await call('DELETE', '/api/users/byUserId/moe');
  const { passages } = await why(id, 'max');
  assert.deepEqual(passages.map(({ reason }) => reason).toSorted(), ['merged', null]);
  const { rows } = await sql<{ people: number }>`
    SELECT count(DISTINCT s.user_id)::int AS people FROM journey_step s JOIN journey_run_ended e ON e.lane = s.lane AND e.id = s.run_id
    WHERE e.journey_id = ${id}`.execute(ground.db);
  assert.equal(rows[0]?.people, 1);
  api.clock.advance(10 * 3_600_000);
  await work();
  assert.equal((await counts(id)).wait?.inside, 0);
  await counts(id);
});

test('what is wrong in a document is told by tile and field, all of it', async () => {
  const document = {
    entry: { on: { event: { name: 'x' } } },
    start: 'a',
    tiles: {
      a: { kind: 'wait', next: 'b' },
      b: { kind: 'split', branches: [{ name: 'one', next: 'a' }], otherwise: 'nowhere' },
      c: { kind: 'fly', next: 'end' },
    },
  };
  const { id } = await call<{ id: number }>('POST', '/api/journeys', { name: 'Wrong', document });
  const { status, text, body } = await api.call('POST', `/api/journeys/${id}/check`);
  assert.equal(status, 400, text);
  const faults = (body as { params: { faults: { field: string }[] } }).params.faults.map(
    ({ field }) => field,
  );
  assert.deepEqual(faults, ['document.tiles.a', 'document.tiles.b.branches.0', 'document.tiles.c.kind']);
  const circle = {
    ...document,
    tiles: {
      a: {
        kind: 'split',
        branches: [{ name: 'one', of: { field: { path: 'x', exists: true } }, next: 'b' }],
        otherwise: 'end',
      },
      b: { kind: 'trackEvent', name: 'again', next: 'a' },
    },
  };
  await call('PATCH', `/api/journeys/${id}`, { document: circle });
  assert.match((await api.call('POST', `/api/journeys/${id}/check`)).text, /a → b → a/);
  await call('DELETE', `/api/journeys/${id}`);
});

const one = (tile: object, on: object = { api: {} }) => ({ entry: { on }, start: 'a', tiles: { a: tile } });

test('check tells what publish would refuse: a template, a sender and a journey that the project does not have', async () => {
  const faults = await faultsOf({
    entry: { on: { api: {} } },
    start: 'a',
    tiles: {
      a: { kind: 'send', templateId: 99_999, next: 'b' },
      b: { kind: 'send', templateId, senderId: 99_999, next: 'c' },
      c: { kind: 'startJourney', journeyId: 99_999, next: 'd' },
      d: { kind: 'wait', next: 'end' },
    },
  });
  // What cannot be read, or is not there, keeps nothing else from being told.
  assert.equal(faults.length, 4, faults.join('\n'));
  assert.match(faults[0]!, /^document\.tiles\.d must have exactly one of/);
  assert.match(faults[1]!, /^document\.tiles\.a\.templateId names template 99999, which this project/);
  assert.match(faults[2]!, /^document\.tiles\.b .*senderId: nothing with id 99999/);
  assert.match(faults[3]!, /^document\.tiles\.c\.journeyId names journey 99999, which this project/);
});

test('a fault says what to write in its place, and is told once', async () => {
  const [none, ...more] = await faultsOf(one({ kind: 'exit', reason: 'x', next: null }));
  assert.deepEqual([none, more], ['document.tiles.a.next is unknown; known here: kind, reason', []]);
  assert.match(
    (await faultsOf(one({ kind: 'send', templateId, next: null })))[0]!,
    /next must be string \(The id of a tile, or end/,
  );
  assert.match(
    (await faultsOf(one({ kind: 'send', templateId, next: 'second tile' })))[0]!,
    /a letter, then letters, digits, _ and -/,
  );
  assert.deepEqual(await faultsOf(one({ kind: 'wait', for: { days: 2 }, next: 'end' })), [
    'document.tiles.a.for.days is unknown; known here: minutes, hours',
  ]);
  assert.deepEqual(await faultsOf(one({ kind: 'send', templateId, next: 'End' })), [
    'document.tiles.a leads by next to End, which is no tile; name one, or end',
  ]);
  assert.match((await faultsOf(one({ kind: 'wait', days: 0, next: 'end' })))[0]!, /days is 0, .*; give more/);
  const schedule = { at: '2027-02-30T09:00', listIds: [1] };
  assert.match(
    (await faultsOf(one({ kind: 'exit', reason: 'x' }, { schedule })))[0]!,
    /schedule\.at names a day that no calendar has: 2027-02-30/,
  );
});

test('people are moved from tiles that are gone only: what names another tile is refused, so that no misspelling passes', async () => {
  const wait = { kind: 'wait', for: { hours: 1 }, next: 'end' };
  const id = await publish(one(wait));
  await call('PATCH', `/api/journeys/${id}`, {
    document: { entry: { on: { api: {} } }, start: 'b', tiles: { b: wait } },
  });
  const refused = async (moves: object) =>
    (await api.call('POST', `/api/journeys/${id}/publish`, { moves })).text;
  assert.match(await refused({ zzz: 'b' }), /moves\.zzz names no tile of what is published; .* gone are a/);
  assert.match(await refused({ b: 'end' }), /moves\.b names a tile that stays/);
  await call('POST', `/api/journeys/${id}/publish`, { moves: { a: 'b' } });
});

test('a call names a person as events do: by userId where it gives both; who is not known yet is made', async () => {
  const id = await publish(one({ kind: 'exit', reason: 'here' }));
  const trigger = (named: object) =>
    api.call('POST', '/api/workflows/triggerWorkflow', { workflowId: id, ...named });
  await person('both');
  assert.equal((await trigger({ userId: 'both', email: 'both@example.com' })).status, 200);
  assert.equal((await trigger({ userId: 'made', email: 'made@example.com' })).status, 200);
  assert.equal((await trigger({ userId: 'madeToo' })).status, 200);
  await work();
  for (const userId of ['both', 'made', 'madeToo'])
    assert.deepEqual(await wayOf(id, userId), ['a:exitTile'], userId);
  const { passages } = await call<{ passages: unknown[] }>(
    'GET',
    `/api/journeys/${id}/why?email=made@example.com`,
  );
  assert.equal(passages.length, 1, 'both names are the one person’s');
  assert.equal((await api.call('GET', `/api/journeys/${id}/why?email=both@example.com`)).status, 404);
  assert.match((await trigger({ userId: '' })).text, /"field":"userId"/);
  assert.match((await trigger({ email: 'nobody' })).text, /InvalidEmailAddressError/);
  assert.match((await trigger({})).text, /Nobody is named; give userId or email, or listId/);
  assert.match((await trigger({ userId: 'both', listId: 1 })).text, /listId is given beside a person/);
});

test('the published schema says what definitions and conditions hold wherever they stand', async () => {
  const schema = JSON.stringify(await call('GET', '/api/journeys/schema'));
  for (const where of ['only', 'where', 'becomes', 'of', 'entry'])
    assert.match(schema, new RegExp(`"${where}":\\{"\\$ref":"#/\\$defs/(definition|conditions)"`), where);
  assert.doesNotMatch(schema, /\$comment/);
});
