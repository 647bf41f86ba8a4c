import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { byCall, hour, startJourneySite } from '../testing/journey-site.ts';

/* What a journeys engine must answer about changes while people are inside. */

const site = await startJourneySite();
after(() => site.close());
const { call, publish, republish, person, enters, work, pass, send } = site;
const { wayOf, passage, why, counts, messagesOf, templateId } = site;

const wait = (hours: number, next = 'end') => ({ kind: 'wait', for: { hours }, next });
const of = (tiles: Record<string, object>, start = Object.keys(tiles)[0]) => ({
  entry: byCall,
  start,
  tiles,
});

interface Impact {
  removed: { tile: string; people: number }[];
  changed: { tile: string; people: number; goNow: number | null }[];
  added: string[];
}
const impactOf = async (id: number, document: object) => {
  await call('PATCH', `/api/journeys/${id}`, { document });
  return (await call<{ impact: Impact }>('POST', `/api/journeys/${id}/check`)).impact;
};

test('case 27: who comes again goes the same way, also by other shares, which concern newcomers only, or by one that is drawn anew', async () => {
  const split = (a: number, more: object = {}) => ({
    ...{ kind: 'randomSplit', ...more },
    branches: [
      { name: 'a', share: a, next: 'end' },
      { name: 'b', share: 100 - a, next: 'end' },
    ],
  });
  const { listId } = await call<{ listId: number }>('POST', '/api/lists', { name: 'Case 27' });
  const people = Array.from({ length: 30 }, (_, index) => `u27-${index}`);
  const subscribers = people.map((userId) => ({ userId, preferUserId: true }));
  await call('POST', '/api/lists/subscribe', { listId, subscribers });
  const id = await publish(of({ half: split(50) }));
  const waysNow = async () => {
    for (const userId of people) await enters(id, userId);
    await work();
    return Promise.all(people.map(async (userId) => (await wayOf(id, userId))[0]));
  };
  const [first, second] = [await waysNow(), await waysNow()];
  assert.deepEqual(first, second);
  assert.deepEqual([...new Set(first)].toSorted(), ['half:a', 'half:b']);
  await republish(id, of({ half: split(75) }));
  assert.deepEqual(await waysNow(), first, 'shares concern newcomers only');
  const late = Array.from({ length: 30 }, (_, index) => `u27 late-${index}`);
  await call('POST', '/api/lists/subscribe', {
    listId,
    subscribers: late.map((userId) => ({ userId, preferUserId: true })),
  });
  for (const userId of late) await enters(id, userId);
  await work();
  const newcomers = await Promise.all(late.map(async (userId) => (await wayOf(id, userId))[0]));
  const shareOf = (ways: (string | undefined)[]) => ways.filter((way) => way === 'half:a').length;
  assert.ok(shareOf(newcomers) > shareOf(first), `${shareOf(newcomers)} of 75 in a hundred`);
  // Whose way is gone is drawn anew, and the others stay.
  await republish(
    id,
    of({
      half: {
        kind: 'randomSplit',
        branches: [
          { name: 'a', share: 50, next: 'end' },
          { name: 'c', share: 50, next: 'end' },
        ],
      },
    }),
  );
  const fourth = await waysNow();
  fourth.forEach((way, index) => {
    if (first[index] === 'half:a') assert.equal(way, 'half:a');
    else assert.notEqual(way, 'half:b');
  });
  const again = await publish(of({ half: split(50, { draw: 'eachTime' }) }));
  const waysOf = async (userId: string) => {
    for (let visit = 0; visit < 12; visit++) {
      await enters(again, userId);
      await work();
    }
    return new Set((await why(again, userId)).passages.map(({ turns }) => turns[0]?.steps[0]?.way));
  };
  assert.deepEqual([...(await waysOf('u27-0'))].toSorted(), ['a', 'b']);
});

test('case 28: a template that is changed is as it is now for who comes next, and what was rendered leaves as it was', async () => {
  const template = await site.newTemplate('Old {{firstName}}');
  const id = await publish(
    of({ text: { kind: 'send', templateId: template, waits: false, next: 'rest' }, rest: wait(1) }),
  );
  for (const userId of ['u28 first', 'u28 next']) await person(userId);
  await enters(id, 'u28 first');
  await work();
  await call('POST', '/api/templates/sms/update', { templateId: template, message: 'New {{firstName}}' });
  await enters(id, 'u28 next');
  await work();
  await send();
  const bodies = await Promise.all(
    ['u28 first', 'u28 next'].map(async (userId) => {
      const [message] = await messagesOf(userId);
      return [message?.status, message?.body?.match(/Old|New/)?.[0]];
    }),
  );
  assert.deepEqual(bodies, [
    ['sent', 'Old'],
    ['sent', 'New'],
  ]);
});

test('case 29: who waits while the wait is changed goes on as they began, or by what it says now where the publisher says so', async () => {
  const id = await publish(of({ rest: wait(10) }));
  for (const userId of ['u29 early', 'u29 late']) await person(userId);
  await enters(id, 'u29 early');
  await work();
  await pass(6 * hour);
  await enters(id, 'u29 late');
  await work();
  assert.deepEqual(await impactOf(id, of({ rest: wait(30) })), {
    ...{ removed: [], added: [] },
    changed: [{ tile: 'rest', people: 2, goNow: 0 }],
  });
  await call('POST', `/api/journeys/${id}/publish`, {});
  await work();
  await pass(4 * hour);
  assert.equal((await passage(id, 'u29 early'))?.reason, 'finished', 'after ten hours, as they began');
  await republish(id, of({ rest: wait(5) }), { recompute: [] });
  await work();
  await pass(hour);
  assert.equal((await passage(id, 'u29 late'))?.reason, null, 'after five hours, as they began');
  // Of those who wait the publisher sees how many would go at once.
  assert.deepEqual((await impactOf(id, of({ rest: wait(4) }))).changed, [
    { tile: 'rest', people: 1, goNow: 1 },
  ]);
  await republish(id, of({ rest: wait(4) }), { recompute: ['rest'] });
  await work();
  assert.equal((await passage(id, 'u29 late'))?.reason, 'finished', 'by what it says now');
});

test('case 29: who waits for something while its time is changed has the time that they began with', async () => {
  const hold = (hours: number) => ({
    kind: 'waitFor',
    branches: [{ name: 'came', for: { event: { name: 'c29' } }, next: 'end' }],
    ...{ within: { hours }, timeout: 'end' },
  });
  const id = await publish(of({ hold: hold(2) }));
  for (const userId of ['u29 kept', 'u29 comes']) await person(userId);
  for (const userId of ['u29 kept', 'u29 comes']) await enters(id, userId);
  await work();
  await republish(id, of({ hold: hold(20) }));
  await work();
  await pass(hour);
  await site.track('u29 comes', 'c29');
  await pass(hour);
  assert.deepEqual(await wayOf(id, 'u29 kept'), ['hold:waits', 'hold:timeout']);
  assert.deepEqual(await wayOf(id, 'u29 comes'), ['hold:waits', 'hold:came']);
  const again = await publish(of({ hold: hold(2) }));
  await enters(again, 'u29 kept');
  await work();
  await republish(again, of({ hold: hold(20) }), { recompute: ['hold'] });
  await work();
  await pass(19 * hour);
  assert.equal((await passage(again, 'u29 kept'))?.tile, 'hold');
  await pass(hour);
  assert.deepEqual(await wayOf(again, 'u29 kept'), ['hold:waits', 'hold:timeout']);
});

test('case 31: who has not come to a new tile yet passes it, who is behind it does not', async () => {
  const id = await publish(of({ first: wait(10, 'last'), last: wait(10) }));
  for (const userId of ['u31 before', 'u31 behind']) await person(userId);
  await enters(id, 'u31 behind');
  await pass(10 * hour);
  await enters(id, 'u31 before');
  await work();
  const more = of({
    first: wait(10, 'text'),
    text: { kind: 'send', templateId, waits: false, next: 'last' },
    last: wait(10),
  });
  assert.deepEqual(await impactOf(id, more), {
    ...{ removed: [], added: ['text'] },
    changed: [{ tile: 'first', people: 1, goNow: 0 }],
  });
  await call('POST', `/api/journeys/${id}/publish`, {});
  await pass(10 * hour);
  await pass(10 * hour);
  for (const userId of ['u31 before', 'u31 behind'])
    assert.equal((await passage(id, userId))?.reason, 'finished');
  assert.deepEqual(
    [(await messagesOf('u31 before')).length, (await messagesOf('u31 behind')).length],
    [1, 0],
  );
});

test('cases 32 and 33: a split that is changed goes by what is published, and each step is on record with its version', async () => {
  const split = (name: string) => ({
    kind: 'split',
    branches: [{ name, of: { field: { path: 'tier', is: 'gold' } }, next: 'rest' }],
    otherwise: 'end',
  });
  const tiles = (name: string) => of({ before: wait(1, 'which'), which: split(name), rest: wait(10) });
  const id = await publish(tiles('gold'));
  for (const userId of ['u32 early', 'u32 late']) await person(userId, { tier: 'gold' });
  await enters(id, 'u32 early');
  await work();
  await pass(hour);
  await enters(id, 'u32 late');
  await work();
  await republish(id, tiles('premium'));
  await pass(hour);
  const versions = async (userId: string) =>
    (await passage(id, userId))?.turns.flatMap(({ version, steps }) =>
      steps.map(({ tile, way }) => `${version} ${tile}:${way ?? 'waits'}`),
    );
  assert.deepEqual(await versions('u32 early'), [
    ...['1 before:waits', '1 before:next', '1 which:gold', '1 rest:waits'],
  ]);
  assert.deepEqual(await versions('u32 late'), [
    ...['1 before:waits', '2 before:next', '2 which:premium', '2 rest:waits'],
  ]);
  assert.deepEqual((await counts(id)).which?.ways, { gold: 1, premium: 1 });
  await pass(10 * hour);
  assert.deepEqual((await versions('u32 early'))?.at(-1), '2 rest:next');
});

test('case 34: an old version is published again, and what it does to those inside is asked as of any', async () => {
  const id = await publish(of({ old: wait(10) }));
  await person('u34');
  await republish(id, of({ new: wait(10) }));
  await enters(id, 'u34');
  await work();
  const { versions } = await call<{ versions: { version: number; document: object }[] }>(
    'GET',
    `/api/journeys/${id}/versions`,
  );
  assert.deepEqual(
    versions.map(({ version }) => version),
    [2, 1],
  );
  const { document } = versions[1]!;
  assert.deepEqual(await impactOf(id, document), {
    ...{ changed: [], added: ['old'] },
    removed: [{ tile: 'new', people: 1 }],
  });
  assert.match(await site.refused('POST', `/api/journeys/${id}/publish`, {}), /moves\.new is missing/);
  await call('POST', `/api/journeys/${id}/publish`, { moves: { new: 'old' } });
  await work();
  assert.equal((await passage(id, 'u34'))?.tile, 'old');
  assert.equal((await why(id, 'u34')).passages.length, 1);
  assert.deepEqual((await counts(id)).new?.ways, { moved: 1 });
});
