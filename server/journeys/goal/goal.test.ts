import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { byCall, day, hour, startJourneySite } from '../testing/journey-site.ts';

const site = await startJourneySite();
after(() => site.close());
const { call, publish, person, track, buys, enters, work, pass, send, templateId, faultsOf } = site;

const text = { kind: 'send', templateId, waits: true };
const of = (goal: object, more: object = {}, entry: object = byCall) => ({
  ...{ entry, goal, start: 'first', tiles: { first: { ...text, next: 'end' } } },
  ...more,
});
const week = { within: { hours: 168 } };

interface GoalCounts {
  goals: { reached: number; withoutMessage: number; heldOut: { entered: number; reached: number } };
  tiles: Record<string, { goals: number }>;
}
const goals = async (id: number) => {
  const { goals: all, tiles } = await call<GoalCounts>('GET', `/api/journeys/${id}/counts`);
  const ofTiles = Object.entries(tiles).flatMap(([tile, each]) =>
    each.goals > 0 ? [[tile, each.goals] as const] : [],
  );
  assert.equal(
    ofTiles.reduce((sum, [, reached]) => sum + reached, all.withoutMessage),
    all.reached,
    'tiles and those without a message add up',
  );
  return { ...all, tiles: Object.fromEntries(ofTiles) };
};
/** Somebody who enters and is sent what there is to send. */
const goesThrough = async (id: number, userId: string, dataFields: object = {}) => {
  await person(userId);
  await enters(id, userId, dataFields);
  await work();
  await send();
  await work();
};

test('who buys after they have left counts for the goal, once for a passage, and not when its time is over', async () => {
  const id = await publish(of({ purchase: {}, ...week }));
  for (const userId of ['in time', 'late', 'twice']) await goesThrough(id, userId);
  assert.equal((await site.passage(id, 'in time'))?.reason, 'finished');
  await pass(6 * day);
  await buys('in time');
  await buys('twice');
  await work();
  await buys('twice');
  await pass(2 * day);
  await buys('late');
  await work();
  const none = { withoutMessage: 0, heldOut: { entered: 0, reached: 0 } };
  assert.deepEqual(await goals(id), { reached: 2, ...none, tiles: { first: 2 } });
  assert.equal((await site.passage(id, 'late'))?.goal, null);
  assert.equal((await site.passage(id, 'in time'))?.goal?.tile, 'first');
});

test('a goal is put down to the last message that had left before it, and to none where none had', async () => {
  const tiles = {
    hour: { kind: 'wait', for: { hours: 1 }, next: 'first' },
    first: { ...text, next: 'pause' },
    pause: { kind: 'wait', for: { hours: 48 }, next: 'second' },
    second: { ...text, next: 'end' },
  };
  const id = await publish(
    of({ event: { name: 'won', where: { path: 'total', atLeast: 5 } }, ...week }, { start: 'hour', tiles }),
  );
  const all = ['before', 'between', 'behind'];
  for (const userId of all) {
    await person(userId);
    await enters(id, userId);
  }
  await track('before', 'won', { total: 5 });
  await track('between', 'won', { total: 4 });
  const on = async (ms: number) => {
    await pass(ms);
    for (let claim = 0; claim < 3; claim++) await send();
    await work();
  };
  await on(hour);
  await track('between', 'won', { total: 9 });
  await on(48 * hour);
  await track('behind', 'won', { total: 7 });
  await work();
  assert.deepEqual(await goals(id), {
    ...{ reached: 3, withoutMessage: 1, heldOut: { entered: 0, reached: 0 } },
    tiles: { first: 1, second: 1 },
  });
});

test('what lets somebody in is not the goal, an event counts for the passage that began last, or for that of its key', async () => {
  const entry = { on: { purchase: {} }, key: 'orderId', atOnce: 5 };
  const hold = { first: { kind: 'wait', for: { hours: 900 }, next: 'end' } };
  const id = await publish(
    of({ event: { name: 'rated' }, sameKey: 'orderId', ...week }, { tiles: hold }, entry),
  );
  const again = await publish(of({ purchase: {}, ...week }, { tiles: hold }, entry));
  await person('keyed');
  await buys('keyed', { dataFields: { orderId: 'a' } });
  await work();
  assert.equal((await goals(again)).reached, 0);
  await pass(hour);
  await buys('keyed', { dataFields: { orderId: 'b' } });
  await work();
  // The second order is what the first passage was for.
  assert.equal((await goals(again)).reached, 1);
  await track('keyed', 'rated', { orderId: 'a' });
  await track('keyed', 'rated', { orderId: 'c' });
  await work();
  const { passages } = await site.why(id, 'keyed');
  assert.deepEqual(passages.map(({ key, goal }) => [key, goal !== null]).toSorted(), [
    ['a', true],
    ['b', false],
  ]);
});

test('with after: message the time runs from the last message, and who got none counts for nothing', async () => {
  const tiles = {
    first: { ...text, next: 'pause' },
    pause: { kind: 'wait', for: { hours: 72 }, next: 'second' },
    second: { ...text, next: 'end' },
  };
  const id = await publish(of({ purchase: {}, within: { hours: 24 }, after: 'message' }, { tiles }));
  for (const userId of ['day four', 'day two']) await goesThrough(id, userId);
  await site.update('no message', { phoneNumber: '+12125550188' });
  await enters(id, 'no message');
  await work();
  await buys('no message');
  await pass(36 * hour);
  await buys('day two');
  await pass(36 * hour);
  for (let claim = 0; claim < 2; claim++) await send();
  await pass(20 * hour);
  await buys('day four');
  await work();
  const { reached, tiles: put } = await goals(id);
  assert.deepEqual([reached, put], [1, { second: 1 }]);
});

test('an experiment counts goals of who has left, and who is held out is counted apart', async () => {
  const tiles = {
    first: {
      kind: 'experiment',
      branches: [
        { name: 'a', share: 50, next: 'end' },
        { name: 'b', share: 50, next: 'end' },
      ],
    },
  };
  const id = await publish(of({ purchase: {}, ...week }, { tiles }));
  const heldOut = await publish(of({ purchase: {}, ...week }, {}, { ...byCall, holdout: 50 }));
  const all = Array.from({ length: 12 }, (_, index) => `tried ${index}`);
  for (const userId of all) {
    await person(userId);
    for (const each of [id, heldOut]) await enters(each, userId);
  }
  await work();
  await send();
  await pass(hour);
  for (const userId of all.slice(0, 6)) await buys(userId);
  await work();
  interface Variants {
    experiments: { variants: { people: number; goals: number }[] }[];
  }
  const { experiments } = await call<Variants>('GET', `/api/journeys/${id}/experiments`);
  const sum = (what: 'people' | 'goals') =>
    experiments[0]!.variants.reduce((all, each) => all + each[what], 0);
  assert.deepEqual([sum('people'), sum('goals')], [12, 6]);
  const apart = await goals(heldOut);
  const inside = (await Promise.all(all.map((userId) => site.passage(heldOut, userId)))).map(
    (passage) => passage?.isHeldOut === true,
  );
  assert.deepEqual(apart.heldOut, {
    entered: inside.filter((each) => each).length,
    reached: inside.slice(0, 6).filter((each) => each).length,
  });
  assert.equal(apart.reached, 6 - apart.heldOut.reached);
});

test('a goal that is none is refused by its place', async () => {
  const fault = async (goal: object) => (await faultsOf(of(goal)))[0] ?? '';
  assert.match(await fault({ ...week }), /document.goal must have exactly one of event or purchase/);
  assert.match(await fault({ purchase: {}, within: {} }), /document.goal.within must have exactly one/);
});
