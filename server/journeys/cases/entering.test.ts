import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { lanes } from '../../lanes/lanes.ts';
import { takeIn } from '../enter/take-in.ts';
import { byCall, day, hour, startJourneySite } from '../testing/journey-site.ts';

/*
 * What a journeys engine must answer about who enters. The numbers are those of the list of cases that all files of this folder share.
 */

const site = await startJourneySite();
after(() => site.close());
const { api, call, publish, person, update, track, work, pass, refusals, why, counts } = site;

const wait = { kind: 'wait', for: { hours: 48 }, next: 'end' };
/** Where people stand for two days, however they came in. */
const waitsAfter = (entry: object, more: object = {}) => ({ entry, start: 'wait', tiles: { wait }, ...more });
const entered = async (id: number, userId: string) => (await why(id, userId)).passages.length;

test('case 01: the same event delivered twice lets somebody in once', async () => {
  const id = await publish(waitsAfter({ on: { event: { name: 'c01' } }, atOnce: 5 }));
  await person('u01');
  await track('u01', 'c01', {}, { id: 'one' });
  await track('u01', 'c01', {}, { id: 'one' });
  await work();
  await track('u01', 'c01', {}, { id: 'one' });
  await work();
  assert.equal(await entered(id, 'u01'), 1);
  await track('u01', 'c01', {}, { id: 'another' });
  await work();
  assert.equal(await entered(id, 'u01'), 2);
});

test('case 02: of two events within a second the first lets somebody in, and the second is on record', async () => {
  const id = await publish(waitsAfter({ on: { event: { name: 'c02' } } }));
  await person('u02');
  await track('u02', 'c02', { which: 'first' });
  api.clock.advance(500);
  await track('u02', 'c02', { which: 'second' });
  await work();
  assert.deepEqual([await entered(id, 'u02'), await refusals(id, 'u02')], [1, ['alreadyInside']]);
});

test('case 03: with a key each order has a passage of its own, and what is waited for and takes out counts for its own order', async () => {
  const id = await publish({
    entry: { on: { event: { name: 'c03 ordered' } }, key: 'orderId' },
    exits: [{ name: 'cancelled', event: { name: 'c03 cancelled' }, sameKey: 'orderId' }],
    start: 'hold',
    tiles: {
      hold: {
        kind: 'waitFor',
        sameKey: 'orderId',
        branches: [{ name: 'paid', for: { event: { name: 'c03 paid' } }, next: 'end' }],
        within: { hours: 10 },
        timeout: 'end',
      },
    },
  });
  await person('u03');
  for (const orderId of ['a', 'b', 'c', 'a']) await track('u03', 'c03 ordered', { orderId });
  await work();
  await track('u03', 'c03 paid', { orderId: 'b' });
  await track('u03', 'c03 cancelled', { orderId: 'c' });
  await work();
  await pass(10 * hour);
  const { passages } = await why(id, 'u03');
  const ways = passages.map(({ key, reason, turns }) => [
    key,
    reason,
    turns.flatMap(({ steps }) => steps.flatMap(({ way }) => way ?? [])).join(),
  ]);
  assert.deepEqual(ways.toSorted(), [
    ['a', 'finished', 'timeout'],
    ['b', 'finished', 'paid'],
    ['c', 'exitRule', ''],
  ]);
  assert.deepEqual(await refusals(id, 'u03'), ['alreadyInside']);
});

test('case 04: who is made by the call that lets them in has their fields by then', async () => {
  const only = { field: { path: 'tier', is: 'gold' } };
  const buying = await publish(waitsAfter({ on: { purchase: {} }, only }));
  const coming = await publish(waitsAfter({ on: { profile: { newPeople: 'only' } }, only }));
  await call('POST', '/api/commerce/trackPurchase', {
    user: { userId: 'u04', preferUserId: true, dataFields: { tier: 'gold' } },
    items: [],
    total: 1,
  });
  await work();
  assert.deepEqual([await entered(buying, 'u04'), await entered(coming, 'u04')], [1, 1]);
});

test('case 05: who may enter is asked after what lets them in was written', async () => {
  const byField = await publish(
    waitsAfter({
      on: { profile: { fields: ['plan'], newPeople: 'too' } },
      only: { field: { path: 'plan', is: 'pro' } },
    }),
  );
  const byEvent = await publish(
    waitsAfter({ on: { event: { name: 'c05' } }, only: { event: { name: 'c05', times: { atLeast: 2 } } } }),
  );
  await update('u05', { plan: 'pro' });
  await track('u05', 'c05');
  await work();
  await track('u05', 'c05');
  await work();
  assert.equal(await entered(byField, 'u05'), 1);
  assert.deepEqual([await entered(byEvent, 'u05'), await refusals(byEvent, 'u05')], [1, ['notAudience']]);
});

test('case 06: a profile written again as it was lets nobody in, another value does', async () => {
  const id = await publish(waitsAfter({ on: { profile: { fields: ['city'] } }, atOnce: 5 }));
  await update('u06', { city: 'Paris' });
  await update('u06', { city: 'Paris', street: 'Rue Cler' });
  await work();
  assert.equal(await entered(id, 'u06'), 0, 'who is new does not enter, and nothing changed');
  await update('u06', { city: 'Lyon' });
  await work();
  assert.equal(await entered(id, 'u06'), 1);
});

test('case 06: any write of a field lets somebody in where the journey says so, and one that does not name the field does not', async () => {
  const on = { profile: { fields: ['city'], unchanged: true } };
  const id = await publish(waitsAfter({ on, atOnce: 5 }));
  await update('u06 any', { city: 'Paris' });
  await work();
  assert.equal(await entered(id, 'u06 any'), 0, 'who is new does not enter');
  await update('u06 any', { city: 'Paris' });
  await work();
  assert.equal(await entered(id, 'u06 any'), 1);
  await update('u06 any', { street: 'Rue Cler' });
  await update('u06 any', { street: 'Rue Cler' });
  await work();
  assert.equal(await entered(id, 'u06 any'), 1);
  await update('u06 any', { city: 'Paris', street: 'Rue de Rivoli' });
  await update('u06 any', { city: 'Lyon' });
  await work();
  assert.equal(await entered(id, 'u06 any'), 3);
});

test('case 07: a list enters once, each person once, though several workers take it in, and the same list not again meanwhile', async () => {
  const { listId } = await call<{ listId: number }>('POST', '/api/lists', { name: 'Many' });
  const subscribers = Array.from({ length: 1_200 }, (_, index) => ({
    userId: `many${index}`,
    preferUserId: true,
  }));
  await call('POST', '/api/lists/subscribe', { listId, subscribers });
  const id = await publish(waitsAfter(byCall));
  const trigger = { workflowId: id, listId, dataFields: { from: 'list' } };
  await call('POST', '/api/workflows/triggerWorkflow', trigger);
  const again = await api.call('POST', '/api/workflows/triggerWorkflow', trigger);
  assert.equal(again.status, 409, again.text);
  const workers = lanes
    .slice(0, 16)
    .flatMap((lane) => [takeIn(api.context, lane), takeIn(api.context, lane)]);
  await Promise.all(workers);
  await work();
  await work();
  assert.deepEqual((await counts(id)).wait, { arrived: 1_200, inside: 1_200, ways: {}, left: {} });
  assert.deepEqual(await refusals(id, 'many7'), []);
});

test('case 08: who is of a segment before a journey begins does not enter, who comes to be of it does', async () => {
  await update('u08 before', { c08: true });
  const { id: segmentId } = await call<{ id: number }>('POST', '/api/segments', {
    ...{ name: 'Case 8', definition: { field: { path: 'c08', is: true } }, live: true },
  });
  await work();
  const id = await publish(waitsAfter({ on: { segment: { id: segmentId, what: 'entered' } } }));
  await update('u08 after', { c08: true });
  await update('u08 before', { seen: true });
  await work();
  assert.deepEqual([await entered(id, 'u08 before'), await entered(id, 'u08 after')], [0, 1]);
});

test('case 09: a segment whose definition is changed lets nobody in by that', async () => {
  const { id: segmentId } = await call<{ id: number }>('POST', '/api/segments', {
    ...{ name: 'Case 9', definition: { field: { path: 'c09', is: 1 } }, live: true },
  });
  await update('u09', { c09: 2 });
  await work();
  const id = await publish(waitsAfter({ on: { segment: { id: segmentId, what: 'entered' } } }));
  await call('PATCH', `/api/segments/${segmentId}`, { definition: { field: { path: 'c09', atLeast: 1 } } });
  await work();
  await update('u09 new', { c09: 3 });
  await work();
  assert.deepEqual([await entered(id, 'u09'), await entered(id, 'u09 new')], [0, 1]);
});

test('case 10: people enter again as the journey says: never, after they left, after a time, or at once', async () => {
  const on = { event: { name: 'c10' } };
  const short = { start: 'short', tiles: { short: { kind: 'wait', for: { hours: 1 }, next: 'end' } } };
  const journeys = {
    once: await publish({ entry: { on, lifetime: 1 }, ...short }),
    afterLeaving: await publish({ entry: { on }, ...short }),
    apart: await publish({ entry: { on, apart: { hours: 72 } }, ...short }),
    always: await publish({ entry: { on, atOnce: 10 }, ...short }),
  };
  await person('u10');
  const seen = async () =>
    Object.fromEntries(
      await Promise.all(Object.entries(journeys).map(async ([name, id]) => [name, await entered(id, 'u10')])),
    );
  const comes = async () => {
    await track('u10', 'c10');
    await work();
    return seen();
  };
  assert.deepEqual(await comes(), { once: 1, afterLeaving: 1, apart: 1, always: 1 });
  assert.deepEqual(await comes(), { once: 1, afterLeaving: 1, apart: 1, always: 2 }, 'while inside');
  await pass(2 * hour);
  assert.deepEqual(await comes(), { once: 1, afterLeaving: 2, apart: 1, always: 3 }, 'after leaving');
  await pass(3 * day);
  assert.deepEqual(await comes(), { once: 1, afterLeaving: 3, apart: 2, always: 4 }, 'after the time');
  assert.deepEqual(await refusals(journeys.once, 'u10'), ['alreadyInside', 'lifetimeLimit', 'lifetimeLimit']);
  assert.deepEqual(await refusals(journeys.apart, 'u10'), ['alreadyInside', 'tooSoon']);
});

test('case 11: who left a list and came back before anybody heard of it enters, and once', async () => {
  const { listId } = await call<{ listId: number }>('POST', '/api/lists', { name: 'Case 11' });
  await person('u11');
  const subscribers = [{ userId: 'u11' }];
  await call('POST', '/api/lists/subscribe', { listId, subscribers });
  const comes = await publish(waitsAfter({ on: { list: { id: listId, what: 'entered' } } }));
  const goes = await publish(waitsAfter({ on: { list: { id: listId, what: 'left' } } }));
  await call('POST', '/api/lists/unsubscribe', { listId, subscribers });
  await call('POST', '/api/lists/subscribe', { listId, subscribers });
  await work();
  assert.deepEqual([await entered(comes, 'u11'), await entered(goes, 'u11')], [1, 1]);
  assert.deepEqual([await refusals(comes, 'u11'), await refusals(goes, 'u11')], [[], []]);
});

test('case 50: history that is filled in lets nobody in, unless the journey says how old it may be', async () => {
  const on = { event: { name: 'c50' } };
  const usual = await publish(waitsAfter({ on }));
  const longer = await publish(waitsAfter({ on, oldest: { hours: 24 * 90 } }));
  await person('u50');
  await track('u50', 'c50', {}, { createdAt: api.clock.now().getTime() - 30 * day });
  await work();
  assert.deepEqual([await entered(usual, 'u50'), await refusals(usual, 'u50')], [0, ['tooOld']]);
  assert.equal(await entered(longer, 'u50'), 1);
});
