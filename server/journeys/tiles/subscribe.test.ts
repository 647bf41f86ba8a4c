import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { findChannel } from '../../campaigns/campaign-fixtures.ts';
import { byCall, startJourneySite } from '../testing/journey-site.ts';

const site = await startJourneySite();
after(() => site.close());
const { ground, call, publish, person, update, track, enters, work, send, wayOf, passage, templateId } = site;
const { messageTypeId } = await findChannel(ground);

const opt = (more: object = {}) => ({
  ...{ kind: 'subscribe', messageTypeId, next: 'end', refused: 'no' },
  ...more,
});
const no = { kind: 'exit', reason: 'not opted in' };
const refusedOf = async (id: number, userId: string) =>
  (await passage(id, userId))?.turns.flatMap(({ steps }) => steps).find(({ tile }) => tile === 'opt')?.seen
    ?.refused;
const ledger = async (userId: string) =>
  (
    await sql<{ source: string; wording: string; method: string; address: string }>`
      SELECT e.source, e.wording, e.method, e.address FROM consent_entry e JOIN users u ON u.lane = e.lane AND u.id = e.user_id
      WHERE u.external_id = ${userId} AND e.kind = 'messageType' AND e.action = 'optIn' ORDER BY e.id`.execute(
      ground.db,
    )
  ).rows;

test('a text of theirs is the proof, with what they were asked and the number that it came from', async () => {
  const id = await publish({
    entry: byCall,
    start: 'ask',
    tiles: {
      ask: { kind: 'send', templateId, next: 'answer' },
      answer: {
        kind: 'waitFor',
        branches: [{ name: 'yes', for: { reply: { keywords: ['yes'] } }, next: 'opt' }],
        ...{ within: { hours: 24 }, timeout: 'opt' },
      },
      opt: opt({ reply: true }),
      no,
    },
  });
  for (const userId of ['says yes', 'says nothing']) await person(userId);
  for (const userId of ['says yes', 'says nothing']) await enters(id, userId);
  await work();
  await send();
  await work();
  await site.says('says yes', 'Yes!');
  await work();
  await site.pass(24 * 3_600_000);
  assert.equal((await wayOf(id, 'says yes')).at(-1), 'opt:next');
  assert.equal((await wayOf(id, 'says nothing')).at(-1), 'no:exitTile');
  assert.match(String(await refusedOf(id, 'says nothing')), /no text of theirs/);
  const [entry, ...more] = await ledger('says yes');
  assert.deepEqual(more, []);
  assert.equal(entry?.method, 'reply');
  assert.match(entry?.source ?? '', /^a text to \+/);
  assert.match(entry?.wording ?? '', /^Asked: .+\nAnswered: Yes!$/s);
  assert.match(entry?.address ?? '', /^\+1212555/);
});

test('what somebody wrote for others is no proof: fields of a list’s call, of another journey, of an event that a journey tracked', async () => {
  const proof = {
    ...{ source: 'https://shop.example/join', wording: 'Yes, text me' },
    happenedAt: site.api.clock.now().toISOString(),
  };
  const tiles = { opt: opt(), no };
  const called = await publish({ entry: { ...byCall, atOnce: 10 }, start: 'opt', tiles });
  const tracked = await publish({ entry: { on: { event: { name: 'agreed' } } }, start: 'opt', tiles });
  const writes = async (userId: string, does: object) => {
    const id = await publish({ entry: byCall, start: 'does', tiles: { does: { ...does, next: 'end' } } });
    await work();
    await enters(id, userId);
    for (let turn = 0; turn < 3; turn++) await work();
  };
  await update('own', { phoneNumber: '+12125558001' });
  await update('listed', { phoneNumber: '+12125558002' });
  await update('sent on', { phoneNumber: '+12125558003' });
  await update('made up', { phoneNumber: '+12125558004' });
  // As people write it.
  await track('own', 'agreed', { consent: { ...proof, address: '(212) 555-8001' } });
  await work();
  const { listId } = await call<{ listId: number }>('POST', '/api/lists', { name: 'All of them' });
  await call('POST', '/api/lists/subscribe', { listId, subscribers: [{ userId: 'listed' }] });
  const dataFields = (address: string) => ({ consent: { ...proof, address } });
  const ofList = { workflowId: called, listId, dataFields: dataFields('+12125558002') };
  await call('POST', '/api/workflows/triggerWorkflow', ofList);
  await work();
  const journey = { kind: 'startJourney', journeyId: called, dataFields: dataFields('+12125558003') };
  await writes('sent on', journey);
  await writes('made up', { kind: 'trackEvent', name: 'agreed', dataFields: dataFields('+12125558004') });
  assert.equal((await ledger('own')).length, 1);
  for (const [userId, id] of [
    ['listed', called],
    ['sent on', called],
    ['made up', tracked],
  ] as const) {
    assert.match(
      String(await refusedOf(id, userId)),
      /consent came with nothing that they did themselves/,
      userId,
    );
    assert.deepEqual(await ledger(userId), [], userId);
  }
});

test('no refusal, no call for help and no text without words is an agreement; an opt-out after the entry wins over any date of its proof', async () => {
  const { rows } = await sql<{ id: number }>`
    SELECT s.id FROM sender s JOIN message_type t ON t.id = ${messageTypeId} JOIN channel c ON c.id = t.channel_id
    WHERE s.project_id = c.project_id AND s.medium = c.medium AND s.purpose = c.purpose ORDER BY s.id LIMIT 1`.execute(
    ground.db,
  );
  const senderId = rows[0]?.id ?? 0;
  const any = await site.faultsOf({
    ...{ entry: { on: { received: {} } }, start: 'opt' },
    tiles: { opt: opt({ reply: true, refused: 'end' }) },
  });
  assert.match(any.join(), /document\.entry\.on\.received takes any text/);
  const id = await publish({
    entry: { on: { received: { contains: ['stop', 'help', 'join'] } } },
    start: 'opt',
    tiles: { opt: opt({ reply: true }), no },
  });
  for (const [userId, text] of [
    ['stops', 'STOP'],
    ['asks', 'HELP'],
    ['minds', 'please stop texting me'],
  ] as const) {
    await person(userId);
    await site.says(userId, text, senderId);
    await work();
    assert.deepEqual(await ledger(userId), [], text);
    assert.match(String(await refusedOf(id, userId)), /no agreement/, text);
  }
  const late = await publish({
    entry: { on: { event: { name: 'agreedLater' } } },
    start: 'rest',
    tiles: { rest: { kind: 'wait', for: { hours: 1 }, next: 'opt' }, opt: opt(), no },
  });
  await update('late', { phoneNumber: '+12125558009' });
  const happenedAt = new Date(site.api.clock.now().getTime() + 50_000).toISOString();
  const consent = { source: 'the shop', wording: 'Yes', address: '+12125558009', happenedAt };
  await track('late', 'agreedLater', { consent });
  await work();
  await site.pass(10_000);
  await site.says('late', 'STOP', senderId);
  await site.pass(3_600_000);
  await work();
  assert.match(String(await refusedOf(late, 'late')), /optOutStands/);
});

test('a journey whose proof can be none is not published', async () => {
  const first = async (entry: object, tile: object, more: object = {}) =>
    (
      await site.faultsOf({ entry, start: 'opt', tiles: { opt: opt({ refused: 'end', ...tile }), ...more } })
    )[0] ?? '';
  const { listId } = await call<{ listId: number }>('POST', '/api/lists', { name: 'Newcomers' });
  assert.match(
    await first({ on: { list: { id: listId, what: 'entered' } } }, {}),
    /tiles\.opt\.proof cannot come with an entry by list.*begin by event, purchase, api/,
  );
  assert.match(await first(byCall, { reply: true }), /tiles\.opt\.reply is never there/);
  assert.match(
    await first(byCall, { reply: true, proof: 'x' }),
    /tiles\.opt\.proof cannot be given beside reply/,
  );
  const crm = {
    kind: 'webhook',
    url: 'http://127.0.0.1:9/x',
    answer: { as: 'crm', keep: { ok: 'ok' } },
    next: 'opt',
  };
  const faults = await site.faultsOf({
    ...{ entry: byCall, start: 'crm' },
    tiles: { crm, opt: opt({ refused: 'end', proof: 'crm.ok' }) },
  });
  assert.match(faults.join(), /tiles\.opt\.proof is what the tile crm finds out/);
});
