import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { byCall, hour, startJourneySite } from '../testing/journey-site.ts';

/* What a journeys engine must answer about messages. */

const site = await startJourneySite();
after(() => site.close());
const { ground, call, publish, person, update, enters, work, pass, send } = site;
const { wayOf, why, passage, counts, messagesOf, templateId } = site;

const text = (more: object = {}) => ({
  ...{ kind: 'send', templateId, waits: false, next: 'sent', skipped: 'aside' },
  ...more,
});
const of = (more: object = {}) => ({
  entry: byCall,
  start: 'text',
  tiles: {
    text: text(more),
    sent: { kind: 'exit', reason: 'sent' },
    aside: { kind: 'exit', reason: 'not sent' },
  },
});
/** Why a step says that somebody's message was skipped. */
const seenSkip = async (id: number, userId: string) =>
  (await passage(id, userId))?.turns
    .flatMap(({ steps }) => steps)
    .find(({ tile, way }) => tile === 'text' && way !== null)?.seen?.skipReason;

test('case 20: who gets no message goes by the way for that, and why is on record with the step', async () => {
  const aside = await publish(of());
  const through = await publish({
    ...of(),
    tiles: { text: { kind: 'send', templateId, next: 'sent' }, sent: { kind: 'exit', reason: 'sent' } },
  });
  await person('u20');
  await update('u20 noOptIn', { phoneNumber: '+12125550199' });
  await update('u20 noAddress');
  const people = ['u20', 'u20 noOptIn', 'u20 noAddress'];
  for (const userId of people) for (const id of [aside, through]) await enters(id, userId);
  await work();
  // A second promotional message of one person leaves with the claim after the first.
  await send();
  await send();
  await work();
  const reasons = [];
  for (const userId of people)
    reasons.push([(await passage(aside, userId))?.detail, await seenSkip(aside, userId)]);
  assert.deepEqual(reasons, [
    ['sent', undefined],
    ['not sent', 'noOptIn'],
    ['not sent', 'noOptIn'],
  ]);
  for (const userId of people) assert.equal((await passage(through, userId))?.detail, 'sent');
  assert.deepEqual((await counts(through)).text?.ways, { next: 1, skipped: 2 });
});

test('case 22: a message that hours hold back beyond its time is skipped with the reason, and is not sent late', async () => {
  const before = { within: { hours: 2 } };
  const held = await publish(of({ before, waits: true }));
  const free = await publish(of({ before: { within: { hours: 24 } }, waits: true }));
  await person('u22');
  // Eleven in the evening in New York, where nobody may be texted before eight in the morning.
  site.api.clock.set('2026-12-02T04:00:00Z');
  for (const id of [held, free]) await enters(id, 'u22');
  await work();
  assert.equal(await send(), 0);
  await pass(2 * hour);
  await pass(9 * hour);
  await send();
  await work();
  assert.deepEqual(
    [(await passage(held, 'u22'))?.detail, await seenSkip(held, 'u22')],
    ['not sent', 'tooLate'],
  );
  assert.equal((await passage(free, 'u22'))?.detail, 'sent');
});

test('case 23: a message beyond the cap is skipped, or waits until the cap lets it go, as its tile says', async () => {
  await call('PATCH', '/api/project', {
    frequencyCaps: [{ medium: 'sms', messages: 1, hours: 24 }],
  });
  const first = await publish(of({ waits: true }));
  const skips = await publish(of({ caps: 'skip', waits: true }));
  const waits = await publish(of({ caps: 'delay', waits: true }));
  await person('u23');
  await enters(first, 'u23');
  await work();
  assert.equal(await send(), 1);
  for (const id of [skips, waits]) await enters(id, 'u23');
  await work();
  assert.equal(await send(), 0);
  await work();
  assert.deepEqual(
    [(await passage(skips, 'u23'))?.detail, await seenSkip(skips, 'u23')],
    ['not sent', 'frequencyCap'],
  );
  assert.equal((await passage(waits, 'u23'))?.tile, 'text');
  await pass(25 * hour);
  assert.equal(await send(), 1);
  await work();
  assert.equal((await passage(waits, 'u23'))?.detail, 'sent');
  await call('PATCH', '/api/project', { frequencyCaps: [] });
});

test('case 22: who does not wait for their message is not sent it after its time either: the claim itself sees to it', async () => {
  const before = { within: { hours: 2 } };
  const id = await publish(of({ before, waits: false }));
  await person('u22 hasty');
  site.api.clock.set('2026-12-02T17:00:00Z');
  await enters(id, 'u22 hasty');
  await work();
  assert.equal((await passage(id, 'u22 hasty'))?.detail, 'sent', 'they went on at once');
  site.api.clock.advance(2 * hour);
  assert.equal(await send(), 0);
  assert.deepEqual(
    (await messagesOf('u22 hasty')).map(({ status, skipReason }) => [status, skipReason]),
    [['skipped', 'tooLate']],
  );
});

test('case 22: what is not on the wire in the last moments before its time is over does not leave, and its person goes on by skipped', async () => {
  const before = { within: { hours: 2 } };
  const id = await publish(of({ before, waits: true }));
  await person('u22 late');
  site.api.clock.set('2026-12-02T18:00:00Z');
  await enters(id, 'u22 late');
  await work();
  site.api.clock.advance(2 * hour - 2_000);
  assert.equal(await send(), 0);
  await work();
  assert.deepEqual(
    [(await passage(id, 'u22 late'))?.detail, await seenSkip(id, 'u22 late')],
    ['not sent', 'tooLate'],
  );
});

test('case 23: of two journeys that want the last message a person may get that of higher priority has it, and of two alike the older', async () => {
  await call('PATCH', '/api/project', { frequencyCaps: [{ medium: 'sms', messages: 1, hours: 24 }] });
  const wanting = (priority?: string, caps = 'skip') =>
    publish({ ...of({ caps, waits: true }), ...(priority && { priority }) });
  const low = await wanting('low');
  const usual = await wanting();
  const later = await wanting();
  const high = await wanting('high');
  const detailsOf = async (userId: string, ids: number[]) =>
    Promise.all(ids.map(async (id) => (await passage(id, userId))?.detail ?? null));
  const comesTo = async (userId: string, ids: number[]) => {
    await person(userId);
    for (const id of ids) {
      await enters(id, userId);
      await work();
      site.api.clock.advance(1_000);
    }
    assert.deepEqual([await send(), await send(), await send()], [1, 0, 0]);
    await work();
    return detailsOf(userId, ids);
  };
  assert.deepEqual(await comesTo('u23 high', [low, usual, high]), ['not sent', 'not sent', 'sent']);
  assert.deepEqual(await comesTo('u23 alike', [usual, later]), ['sent', 'not sent']);
  // The loser waits where its tile says so.
  const waits = await wanting('low', 'delay');
  assert.deepEqual(await comesTo('u23 waits', [waits, high]), [null, 'sent']);
  await pass(25 * hour);
  assert.equal(await send(), 1);
  await work();
  assert.deepEqual(await detailsOf('u23 waits', [waits]), ['sent']);
  await call('PATCH', '/api/project', { frequencyCaps: [] });
});

test('case 45: at a tile that sends, who arrived was sent a message, was skipped, or waits', async () => {
  const { listId } = await call<{ listId: number }>('POST', '/api/lists', { name: 'Case 45' });
  const id = await publish(of({ waits: true }));
  const people = Array.from({ length: 12 }, (_, index) => `u45-${index}`);
  for (const [index, userId] of people.entries())
    await (index % 3 === 0 ? update(userId, { phoneNumber: `+1212555${7000 + index}` }) : person(userId));
  await call('POST', '/api/lists/subscribe', { listId, subscribers: people.map((userId) => ({ userId })) });
  await call('POST', '/api/workflows/triggerWorkflow', { workflowId: id, listId });
  await work();
  const adds = async (sent: number, held: number) => {
    const { rows } = await sql<{ status: string; people: number }>`
      SELECT CASE WHEN m.status IN ('queued', 'skipped') THEN m.status ELSE 'sent' END AS status, count(*)::int AS people
      FROM journey_message j JOIN message m ON m.lane = j.lane AND m.id = j.message_id
      JOIN campaign c ON c.id = m.campaign_id
      JOIN journey_campaign jc ON jc.campaign_id = c.id AND jc.journey_id = ${id} GROUP BY 1`.execute(
      ground.db,
    );
    const of = Object.fromEntries(rows.map(({ status, people }) => [status, people]));
    const tile = (await counts(id)).text;
    assert.deepEqual(
      [of.sent ?? 0, of.queued ?? 0, of.skipped ?? 0, tile?.arrived, tile?.inside, tile?.ways],
      [sent, held, 4, 12, held, { ...(sent > 0 && { next: sent }), skipped: 4 }],
    );
  };
  await adds(0, 8);
  assert.equal(await send(), 8);
  await work();
  await adds(8, 0);
});

test('case 47: who is held out enters and walks through all of it, gets no message, and it is on record', async () => {
  const { listId } = await call<{ listId: number }>('POST', '/api/lists', { name: 'Case 47' });
  const id = await publish({
    ...of(),
    entry: { ...byCall, holdout: 50 },
    tiles: {
      text: text({ next: 'rest', skipped: 'aside' }),
      rest: { kind: 'wait', for: { hours: 1 }, next: 'sent' },
      sent: { kind: 'exit', reason: 'sent' },
      aside: { kind: 'exit', reason: 'not sent' },
    },
  });
  const people = Array.from({ length: 40 }, (_, index) => `u47-${index}`);
  for (const userId of people) await person(userId);
  await call('POST', '/api/lists/subscribe', { listId, subscribers: people.map((userId) => ({ userId })) });
  await call('POST', '/api/workflows/triggerWorkflow', { workflowId: id, listId });
  await work();
  await pass(hour);
  let heldOut = 0;
  for (const userId of people) {
    const walked = await passage(id, userId);
    assert.equal(walked?.detail, 'sent');
    assert.deepEqual(await wayOf(id, userId), ['text:next', 'rest:waits', 'rest:next', 'sent:exitTile']);
    assert.equal((await messagesOf(userId)).length, walked?.isHeldOut ? 0 : 1);
    assert.equal(await seenSkip(id, userId), walked?.isHeldOut ? 'holdout' : undefined);
    if (walked?.isHeldOut) heldOut++;
  }
  assert.ok(heldOut > 5 && heldOut < 35, String(heldOut));
});

test('case 49: one call says what let somebody in, each tile with what was seen there, and why they left', async () => {
  const id = await publish({
    entry: { on: { event: { name: 'c49' } } },
    start: 'which',
    tiles: {
      which: {
        kind: 'split',
        branches: [{ name: 'dear', entry: { path: 'price', atLeast: 100 }, next: 'text' }],
        otherwise: 'aside',
      },
      text: text(),
      sent: { kind: 'exit', reason: 'sent' },
      aside: { kind: 'exit', reason: 'not dear' },
    },
  });
  await person('u49');
  await site.track('u49', 'c49', { price: 150 });
  await work();
  const [only] = (await why(id, 'u49')).passages;
  assert.equal(only?.cause.event, 'c49');
  const steps = only?.turns.flatMap((turn) => turn.steps);
  assert.deepEqual(steps?.[0]?.seen, { held: { dear: true } });
  assert.equal(typeof steps?.[1]?.seen?.messageId, 'number');
  assert.deepEqual([only?.reason, only?.detail], ['exitTile', 'sent']);
});

test('case 51: a message about an item that is gone is skipped, and never sent empty', async () => {
  await call('POST', '/api/catalogs/c51');
  await call('PUT', '/api/catalogs/c51/items/here', { value: { name: 'Boots' } });
  const template = await site.newTemplate('{{#catalog "c51" sku as |item|}}Back: {{item.name}}{{/catalog}}');
  const id = await publish(of({ templateId: template }));
  for (const [userId, sku] of [
    ['u51 here', 'here'],
    ['u51 gone', 'gone'],
  ] as const) {
    await person(userId);
    await enters(id, userId, { sku });
  }
  await work();
  assert.match((await messagesOf('u51 here'))[0]?.body ?? '', /Back: Boots/);
  assert.equal((await passage(id, 'u51 gone'))?.detail, 'not sent');
  assert.equal(await seenSkip(id, 'u51 gone'), (await messagesOf('u51 gone'))[0]?.skipReason);
});
