import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { byCall, day, hour, startJourneySite } from '../testing/journey-site.ts';

/* What a journeys engine must answer about who leaves, and when. */

const site = await startJourneySite();
after(() => site.close());
const { call, publish, person, track, buys, enters, work, pass, send } = site;
const { refused, refusals, why, wayOf, passage, counts, messagesOf, templateId } = site;

const wait = { kind: 'wait', for: { hours: 48 }, next: 'end' };

test('case 13: what waits of somebody’s messages is taken back as they leave, what is on the wire is not', async () => {
  const id = await publish({
    entry: byCall,
    exits: [{ name: 'bought', purchase: {} }],
    start: 'text',
    tiles: { text: { kind: 'send', templateId, waits: false, next: 'wait' }, wait },
  });
  await person('u13 sent');
  await enters(id, 'u13 sent');
  await work();
  assert.equal(await send(), 1);
  await person('u13 waits');
  await enters(id, 'u13 waits');
  await work();
  for (const userId of ['u13 sent', 'u13 waits']) await buys(userId);
  // In the transaction of the purchase: nothing else has run since.
  const stands = async (userId: string) =>
    (await messagesOf(userId)).map(({ status, skipReason }) => skipReason ?? status);
  assert.deepEqual([await stands('u13 sent'), await stands('u13 waits')], [['sent'], ['leftJourney']]);
  assert.equal(await send(), 0);
  assert.deepEqual((await counts(id)).wait?.left, { exitRule: 2 });
});

test('case 14: what takes people out counts from their entry on, or ever where the rule asks for what they have done', async () => {
  const ended = { event: { name: 'c14' } };
  const since = await publish({
    entry: byCall,
    exits: [{ name: 'done', ...ended }],
    start: 'wait',
    tiles: { wait },
  });
  const ever = await publish({
    entry: byCall,
    exits: [{ name: 'done', becomes: ended }],
    start: 'wait',
    tiles: { wait },
  });
  await person('u14');
  await track('u14', 'c14');
  await pass(hour);
  for (const id of [since, ever]) await enters(id, 'u14');
  await work();
  assert.equal((await passage(since, 'u14'))?.reason, null);
  assert.deepEqual(
    [(await why(ever, 'u14')).passages.length, await refusals(ever, 'u14')],
    [0, ['exitRule']],
  );
  await track('u14', 'c14');
  assert.equal((await passage(since, 'u14'))?.reason, 'exitRule');
});

test('case 15: an event that ends a wait and takes people out takes them out', async () => {
  const id = await publish({
    entry: byCall,
    exits: [{ name: 'bought', purchase: {}, goal: true }],
    start: 'hold',
    tiles: {
      hold: {
        kind: 'waitFor',
        branches: [{ name: 'bought', for: { purchase: {} }, next: 'thank' }],
        ...{ within: { hours: 5 }, timeout: 'end' },
      },
      thank: { kind: 'send', templateId, next: 'end' },
    },
  });
  await person('u15');
  await enters(id, 'u15');
  await work();
  await buys('u15');
  await work();
  assert.deepEqual(await wayOf(id, 'u15'), ['hold:waits', 'hold:goal']);
  assert.deepEqual(await messagesOf('u15'), []);
});

test('case 15: a purchase that both takes out and lets in begins the passage anew, also where two are of one instant', async () => {
  const id = await publish({
    entry: { on: { purchase: {} } },
    exits: [{ name: 'boughtAgain', purchase: {} }],
    start: 'wait',
    tiles: { wait },
  });
  const passages = async (userId: string) =>
    (await why(id, userId)).passages.map(({ reason }) => reason).toSorted();
  await person('u15 again');
  await buys('u15 again');
  await work();
  await buys('u15 again');
  await work();
  assert.deepEqual(await passages('u15 again'), ['exitRule', null]);
  await pass(hour);
  await buys('u15 again');
  await work();
  assert.deepEqual(await passages('u15 again'), ['exitRule', 'exitRule', null]);
  // Both are there before anybody hears of either.
  await person('u15 both');
  await buys('u15 both');
  await buys('u15 both');
  await work();
  assert.deepEqual(await passages('u15 both'), [null]);
  await call('POST', `/api/journeys/${id}/stop`);
});

test('case 35: closing stops entry, pausing stops all that moves, stopping lets all go', async () => {
  const id = await publish({ entry: byCall, start: 'wait', tiles: { wait } });
  for (const userId of ['u35', 'u35 late', 'u35 later']) await person(userId);
  await enters(id, 'u35');
  await work();
  const entry = { workflowId: id, userId: 'u35 late' };
  await call('POST', `/api/journeys/${id}/close`);
  assert.match(await refused('POST', '/api/workflows/triggerWorkflow', entry), /is closed/);
  await call('POST', `/api/journeys/${id}/pause`);
  await pass(49 * hour);
  assert.equal((await passage(id, 'u35'))?.leftAt, null);
  assert.match(await refused('POST', '/api/workflows/triggerWorkflow', entry), /is paused/);
  await call('POST', `/api/journeys/${id}/resume`);
  await work();
  assert.equal((await passage(id, 'u35'))?.reason, 'finished');
  await enters(id, 'u35 later');
  await work();
  await call('POST', `/api/journeys/${id}/stop`);
  await work();
  assert.equal((await passage(id, 'u35 later'))?.reason, 'stopped');
  assert.deepEqual((await counts(id)).wait?.left, { stopped: 1 });
});

test('case 36: who was due while a journey was held goes on as it is resumed, or leaves where it says so', async () => {
  const tiles = {
    wait: { ...wait, next: 'text' },
    text: { kind: 'send', templateId, waits: false, next: 'end' },
  };
  const goes = await publish({ entry: byCall, start: 'wait', tiles });
  const leaves = await publish({ entry: byCall, overdue: 'leave', start: 'wait', tiles });
  await person('u36 early');
  for (const id of [goes, leaves]) await enters(id, 'u36 early');
  await pass(20 * hour);
  await person('u36 late');
  for (const id of [goes, leaves]) await enters(id, 'u36 late');
  await work();
  for (const id of [goes, leaves]) await call('POST', `/api/journeys/${id}/pause`);
  await pass(30 * hour);
  for (const id of [goes, leaves]) await call('POST', `/api/journeys/${id}/resume`);
  await work();
  assert.equal((await passage(goes, 'u36 early'))?.reason, 'finished');
  assert.equal((await passage(leaves, 'u36 early'))?.reason, 'expiredWhilePaused');
  assert.deepEqual((await counts(leaves)).wait?.left, { expiredWhilePaused: 1 });
  await pass(18 * hour);
  for (const id of [goes, leaves]) assert.equal((await passage(id, 'u36 late'))?.reason, 'finished');
  assert.equal((await messagesOf('u36 early')).length, 1);
  assert.equal((await messagesOf('u36 late')).length, 2);
});

test('case 37: a journey that was published is not deleted; stopped and put away, it keeps its history', async () => {
  const id = await publish({ entry: byCall, start: 'wait', tiles: { wait } });
  await person('u37');
  await enters(id, 'u37');
  await work();
  assert.match(await refused('DELETE', `/api/journeys/${id}`), /was published/);
  assert.match(await refused('POST', `/api/journeys/${id}/archive`), /is open/);
  await call('POST', `/api/journeys/${id}/stop`);
  await call('POST', `/api/journeys/${id}/archive`);
  await work();
  assert.equal((await passage(id, 'u37'))?.reason, 'stopped');
  assert.match(await refused('DELETE', `/api/journeys/${id}`), /was published/);
});

test('case 39: who opts out of all that a journey sends leaves it, goes on without promotional messages where it says so, or leaves by a rule', async () => {
  const tiles = { wait: { ...wait, next: 'text' }, text: { kind: 'send', templateId, next: 'end' } };
  const { channels } = await call<{ channels: { id: number; name: string }[] }>('GET', '/api/channels');
  const channelId = channels.find(({ name }) => name === 'SMS Marketing')!.id;
  const goesOn = await publish({ entry: byCall, start: 'wait', tiles, onOptOut: 'stay' });
  const unlessTold = await publish({ entry: byCall, start: 'wait', tiles });
  const leaves = await publish({
    entry: byCall,
    exits: [{ name: 'optedOut', becomes: { subscription: { channelId, status: 'unsubscribed' } } }],
    start: 'wait',
    tiles,
  });
  await person('u39');
  for (const id of [goesOn, unlessTold, leaves]) await enters(id, 'u39');
  await work();
  await call('POST', '/api/users/updateSubscriptions', {
    userId: 'u39',
    unsubscribedChannelIds: [channelId],
  });
  assert.equal((await passage(leaves, 'u39'))?.detail, 'optedOut');
  assert.equal((await passage(unlessTold, 'u39'))?.reason, 'optedOut');
  await pass(2 * day);
  assert.deepEqual(await wayOf(goesOn, 'u39'), ['wait:waits', 'wait:next', 'text:skipped']);
  assert.deepEqual(
    (await messagesOf('u39')).map(({ status }) => status),
    ['skipped'],
  );
});

test('case 46: who reaches the goal before the first message is counted for the journey, and for no message', async () => {
  const id = await publish({
    entry: byCall,
    exits: [{ name: 'bought', purchase: {}, goal: true }],
    start: 'wait',
    tiles: {
      wait: { ...wait, next: 'text' },
      text: { kind: 'send', templateId, waits: false, next: 'after' },
      after: wait,
    },
  });
  for (const userId of ['u46 before', 'u46 after']) await person(userId);
  for (const userId of ['u46 before', 'u46 after']) await enters(id, userId);
  await work();
  await buys('u46 before');
  await pass(2 * day);
  await send();
  await buys('u46 after');
  await work();
  const { wait: first, text, after: last } = await counts(id);
  assert.deepEqual([first?.left, text?.arrived, text?.left, last?.left], [{ goal: 1 }, 1, {}, { goal: 1 }]);
  assert.deepEqual(await messagesOf('u46 before'), []);
});
