import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { dueRuns } from '../runs/runs.sql.ts';
import { byCall, day, hour, startJourneySite } from '../testing/journey-site.ts';

/* What a journeys engine must answer about waits. */

const site = await startJourneySite();
after(() => site.close());
const { call, publish, person, update, track, enters, work, pass, wayOf, passage, templateId, send } = site;

test('case 16: what holds already on arrival ends a wait at once, unless only what comes afterwards counts', async () => {
  const holdFor = (what: object, since: object) => ({
    entry: byCall,
    start: 'hold',
    tiles: {
      hold: {
        kind: 'waitFor',
        branches: [{ name: 'came', for: what, next: 'end' }],
        ...{ ...since, within: { hours: 1 }, timeout: 'end' },
      },
    },
  });
  const becomes = await publish(holdFor({ becomes: { field: { path: 'tier', is: 'gold' } } }, {}));
  const event = { event: { name: 'c16' } };
  const sinceEntry = await publish({
    ...holdFor(event, { since: 'entry' }),
    start: 'rest',
    tiles: {
      rest: { kind: 'wait', for: { hours: 1 }, next: 'hold' },
      ...holdFor(event, { since: 'entry' }).tiles,
    },
  });
  const sinceArrival = await publish({
    ...holdFor(event, {}),
    start: 'rest',
    tiles: {
      rest: { kind: 'wait', for: { hours: 1 }, next: 'hold' },
      ...holdFor(event, { since: 'arrival' }).tiles,
    },
  });
  await person('u16', { tier: 'gold' });
  for (const id of [becomes, sinceEntry, sinceArrival]) await enters(id, 'u16');
  await work();
  assert.deepEqual(await wayOf(becomes, 'u16'), ['hold:came']);
  await pass(hour / 2);
  await track('u16', 'c16');
  await pass(hour / 2);
  assert.deepEqual(await wayOf(sinceEntry, 'u16'), ['rest:waits', 'rest:next', 'hold:came']);
  await pass(hour);
  assert.deepEqual(await wayOf(sinceArrival, 'u16'), [
    'rest:waits',
    'rest:next',
    'hold:waits',
    'hold:timeout',
  ]);
});

test('case 17: what comes between a message and the wait for it counts', async () => {
  const id = await publish({
    entry: byCall,
    start: 'ask',
    tiles: {
      ask: { kind: 'send', templateId, waits: false, next: 'rest' },
      rest: { kind: 'wait', for: { hours: 2 }, next: 'hold' },
      hold: {
        kind: 'waitFor',
        branches: [{ name: 'rated', for: { event: { name: 'c17' } }, next: 'end' }],
        ...{ within: { hours: 1 }, timeout: 'end' },
      },
    },
  });
  await person('u17');
  await person('u17 before');
  await track('u17 before', 'c17');
  await pass(hour);
  for (const userId of ['u17', 'u17 before']) await enters(id, userId);
  await work();
  await pass(hour);
  await track('u17', 'c17');
  await pass(hour);
  assert.equal((await wayOf(id, 'u17')).at(-1), 'hold:rated');
  await pass(hour);
  assert.equal((await wayOf(id, 'u17 before')).at(-1), 'hold:timeout');
});

test('case 18: a reply that several passages want answers that which asked last; the others wait on, and it is seen', async () => {
  const asks = (reply: object, more: object = {}) => ({
    entry: { ...byCall, key: 'visit' },
    start: 'ask',
    tiles: {
      ask: { kind: 'send', templateId, next: 'answer' },
      answer: {
        kind: 'waitFor',
        branches: [{ name: 'yes', for: { reply }, next: 'end' }],
        ...{ within: { hours: 24 }, timeout: 'end' },
      },
      ...more,
    },
  });
  const yes = { keywords: ['yes'] };
  const first = await publish(asks(yes));
  const second = await publish(
    asks(yes, {
      ask: { kind: 'send', templateId, next: 'rest' },
      rest: { kind: 'wait', for: { hours: 1 }, next: 'answer' },
    }),
  );
  const rated = await publish(asks({ contains: ['5'] }));
  await person('u18');
  for (const id of [first, rated, second]) {
    await enters(id, 'u18', { visit: 'a' });
    await work();
    await send();
    await pass(60_000);
  }
  assert.deepEqual((await wayOf(second, 'u18')).at(-1), 'rest:waits');
  const waysNow = async () => {
    await work();
    return Promise.all([first, rated, second].map(async (id) => (await wayOf(id, 'u18')).at(-1)));
  };
  // Who asked last has not come to the wait yet, and the text counts there.
  await site.says('u18', 'Yes!');
  assert.deepEqual(await waysNow(), ['answer:waits', 'answer:waits', 'rest:waits']);
  await site.says('u18', 'a 5');
  assert.deepEqual(await waysNow(), ['answer:waits', 'answer:yes', 'rest:waits']);
  const told = (await passage(first, 'u18'))?.repliesToOthers;
  assert.deepEqual(
    told?.map(({ journeyId }) => journeyId),
    [second],
  );
  await pass(hour);
  assert.deepEqual(await waysNow(), ['answer:waits', 'answer:yes', 'answer:yes']);
  await site.says('u18', 'yes');
  assert.deepEqual(await waysNow(), ['answer:yes', 'answer:yes', 'answer:yes']);

  // Whose message has left and who has not gone on from there has asked.
  await enters(rated, 'u18', { visit: 'b' });
  await work();
  await send();
  await site.says('u18', '5, thanks');
  await work();
  assert.equal((await wayOf(rated, 'u18')).at(-1), 'answer:yes');

  // Two of one journey at once, and both texts before anybody has gone on.
  for (const visit of ['b', 'c']) {
    await enters(first, 'u18', { visit });
    await work();
    await send();
    await pass(60_000);
  }
  const reasons = async () =>
    (await site.why(first, 'u18')).passages.map(({ key, reason }) => `${key} ${reason}`);
  await site.says('u18', 'yes');
  await work();
  assert.deepEqual(await reasons(), ['c finished', 'b null', 'a finished']);
  await enters(first, 'u18', { visit: 'd' });
  await work();
  await send();
  await work();
  await site.says('u18', 'yes');
  await site.says('u18', 'yes');
  await work();
  assert.deepEqual(await reasons(), ['d finished', 'c finished', 'b finished', 'a finished']);
});

test('case 19: a wait for what becomes of a message that was never sent has its time from arrival on, and a skip goes its own way', async () => {
  const tiles = (skipped: string) => ({
    entry: byCall,
    start: 'ask',
    tiles: {
      ask: { kind: 'send', templateId, next: 'hold', skipped },
      hold: {
        kind: 'waitFor',
        branches: [{ name: 'delivered', for: { message: 'delivered' }, next: 'end' }],
        ...{ within: { hours: 3 }, timeout: 'end' },
      },
      ...(skipped === 'other' && { other: { kind: 'exit', reason: 'not reached' } }),
    },
  });
  const through = await publish(tiles('hold'));
  const aside = await publish(tiles('other'));
  await update('u19');
  for (const id of [through, aside]) await enters(id, 'u19');
  await work();
  assert.deepEqual(await wayOf(aside, 'u19'), ['ask:skipped', 'other:exitTile']);
  await pass(3 * hour - 1);
  assert.deepEqual(await wayOf(through, 'u19'), ['ask:skipped', 'hold:waits']);
  await pass(1);
  assert.deepEqual(await wayOf(through, 'u19'), ['ask:skipped', 'hold:waits', 'hold:timeout']);
});

test('case 21: who is at a message that hours hold back waits for it, so that what follows never comes before it', async () => {
  const id = await publish({
    entry: byCall,
    start: 'first',
    tiles: {
      first: { kind: 'send', templateId, next: 'rest' },
      rest: { kind: 'wait', for: { hours: 2 }, next: 'second' },
      second: { kind: 'send', templateId, next: 'end' },
    },
  });
  const hasty = await publish({
    entry: byCall,
    start: 'first',
    tiles: {
      first: { kind: 'send', templateId, waits: false, next: 'rest' },
      rest: { kind: 'wait', for: { hours: 2 }, next: 'end' },
    },
  });
  await person('u21');
  await person('u21 hasty');
  // Eleven in the evening in New York, where nobody may be texted before eight in the morning.
  site.api.clock.set('2026-12-02T04:00:00Z');
  await enters(id, 'u21');
  await enters(hasty, 'u21 hasty');
  await work();
  assert.equal(await send(), 0);
  await pass(3 * hour);
  assert.equal((await passage(id, 'u21'))?.tile, 'first');
  assert.equal((await passage(hasty, 'u21 hasty'))?.reason, 'finished');
  assert.equal((await site.messagesOf('u21')).length, 1);
  await pass(9 * hour);
  assert.ok((await send()) > 0);
  await work();
  assert.equal((await passage(id, 'u21'))?.tile, 'rest');
  await pass(2 * hour);
  await send();
  await work();
  assert.equal((await passage(id, 'u21'))?.reason, 'finished');
  assert.deepEqual(
    (await site.messagesOf('u21')).map(({ status }) => status),
    ['sent', 'sent'],
  );
});

test('case 42: all who wait for nine in the morning go on at nine, each by their own clock, and once', async () => {
  const id = await publish({
    entry: byCall,
    start: 'morning',
    tiles: {
      morning: { kind: 'wait', until: { at: '09:00' }, next: 'mark' },
      mark: { kind: 'trackEvent', name: 'c42', next: 'end' },
    },
  });
  const { listId } = await call<{ listId: number }>('POST', '/api/lists', { name: 'Morning' });
  const subscribers = Array.from({ length: 400 }, (_, index) => ({
    ...{ userId: `u42-${index}`, preferUserId: true },
    // Who says nothing of where they are goes by the project's clock, New York's.
    dataFields: index % 2 === 0 ? { country: 'IT' } : {},
  }));
  await call('POST', '/api/lists/subscribe', { listId, subscribers });
  site.api.clock.set('2026-12-10T00:00:00Z');
  await call('POST', '/api/workflows/triggerWorkflow', { workflowId: id, listId });
  await work();
  const gone = async () => (await site.counts(id)).morning?.ways.next ?? 0;
  site.api.clock.set('2026-12-10T07:59:59Z');
  await work();
  assert.equal(await gone(), 0);
  await pass(1_000);
  const early = await gone();
  site.api.clock.set('2026-12-10T14:00:00Z');
  await work();
  assert.deepEqual([early, await gone()], [200, 400]);
  assert.equal((await site.counts(id)).mark?.ways.next, 400);
  await pass(2 * day);
  assert.equal(await gone(), 400);
});

test('case 42: of many who are due at once those of higher priority go on first, and then those that waited longest', async () => {
  const { db } = site.ground;
  const rests = (priority: string) =>
    publish({
      ...{ entry: byCall, priority, start: 'rest' },
      tiles: { rest: { kind: 'wait', for: { hours: 1 }, next: 'end' } },
    });
  const [low, usual, high] = [await rests('low'), await rests('usual'), await rests('high')];
  await person('u42 priority');
  const comes = async (id: number) => {
    await enters(id, 'u42 priority');
    await work();
    site.api.clock.advance(1_000);
  };
  for (const id of [low, usual, high]) await comes(id);
  const { rows } = await sql<{
    lane: number;
  }>`SELECT lane FROM users WHERE external_id = 'u42 priority'`.execute(db);
  const { lane } = rows[0]!;
  const now = new Date(site.api.clock.now().getTime() + hour);
  const inOrder = async (limit: number) =>
    (await dueRuns(db, lane, now, limit)).map(({ journeyId }) => journeyId);
  assert.deepEqual(await inOrder(3), [high, usual, low]);
  assert.deepEqual(await inOrder(2), [high, usual]);
  // Another priority is that of who is inside too.
  await site.republish(low, {
    ...{ entry: byCall, priority: 'high', start: 'rest' },
    tiles: { rest: { kind: 'wait', for: { hours: 1 }, next: 'end' } },
  });
  await work();
  assert.deepEqual(await inOrder(3), [low, high, usual]);
});
