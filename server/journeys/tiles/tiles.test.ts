import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { addTemplate, findChannel } from '../../campaigns/campaign-fixtures.ts';
import { couponRoutes } from '../../content/coupons/pool-routes.ts';
import { feedRoutes } from '../../content/feeds/feed-routes.ts';
import { type JourneyGround, openJourneyGround } from '../testing/journey-ground.ts';

let journeys: JourneyGround;

before(async () => {
  // Monday, noon in New York.
  journeys = await openJourneyGround([couponRoutes, feedRoutes], '2026-11-23T17:00:00Z');
});
after(() => journeys.api.close());

const hour = 3_600_000;
const by = (name: string, start: string, tiles: object, more: object = {}) => ({
  entry: { on: { event: { name } }, atOnce: 10, ...more },
  start,
  tiles,
});

test('a code of a pool is given once for each visit, stands in messages, and who gets none goes another way', async () => {
  const { publish, person, track, wayOf, why, call, ground, work, templateId } = journeys;
  await call('POST', '/api/coupons/pools', { name: 'Spring', oneFor: 'message' });
  const { rows: pools } = await sql<{ id: number }>`SELECT id FROM coupon_pool WHERE name = 'Spring'`.execute(
    ground.db,
  );
  await call('POST', `/api/coupons/pools/${pools[0]!.id}/codes`, { codes: ['AAA1', 'AAA2'] });
  await sql`UPDATE template SET content = jsonb_set(content, '{message}', '"Yours: {{gift}}"') WHERE id = ${templateId}`.execute(
    ground.db,
  );
  const id = await publish(
    by('gives', 'code', {
      code: { kind: 'coupon', pool: 'Spring', as: 'gift', next: 'text', none: 'late' },
      text: { kind: 'send', templateId, waits: false, next: 'end' },
      late: { kind: 'exit', reason: 'no code' },
    }),
  );
  await person('ann');
  await person('ben');
  for (const userId of ['ann', 'ann', 'ben']) await track(userId, 'gives');
  await work();
  const ways = [...(await why(id, 'ann')).passages, ...(await why(id, 'ben')).passages].map(
    ({ turns }) => turns.flatMap(({ steps }) => steps)[0]?.way,
  );
  assert.deepEqual(ways.sort(), ['next', 'next', 'none']);
  const { rows: bodies } = await sql<{ body: string }>`
    SELECT content ->> 'body' AS body FROM message WHERE content IS NOT NULL ORDER BY body`.execute(
    ground.db,
  );
  assert.deepEqual(
    bodies.map(({ body }) => /Yours: (AAA\d)/.exec(body)?.[1]),
    ['AAA1', 'AAA2'],
  );
  const { rows: codes } =
    await sql`SELECT 1 FROM coupon WHERE state = 'given' AND message_id IS NULL`.execute(ground.db);
  assert.equal(codes.length, 2);
  assert.ok(await wayOf(id, 'ben'));
  const wrong = { code: { kind: 'coupon', pool: 'Nothing', as: 'gift', next: 'end' } };
  assert.match(
    (await journeys.faultsOf(by('x', 'code', wrong)))[0]!,
    /code\.pool names the coupon pool “Nothing”/,
  );
});

test('who is held out gets no code; a pool that a journey gives codes of is not deleted', async () => {
  const { publish, person, track, wayOf, why, call, ground, work, api } = journeys;
  await call('POST', '/api/coupons/pools', { name: 'Half' });
  const { rows: pools } = await sql<{ id: number }>`SELECT id FROM coupon_pool WHERE name = 'Half'`.execute(
    ground.db,
  );
  const poolId = pools[0]!.id;
  const codes = Array.from({ length: 40 }, (_, index) => `HALF${index}`);
  await call('POST', `/api/coupons/pools/${poolId}/codes`, { codes });
  const tiles = { code: { kind: 'coupon', pool: 'Half', as: 'gift', next: 'end' } };
  const id = await publish(by('half', 'code', tiles, { holdout: 50 }));
  const people = Array.from({ length: 16 }, (_, index) => `coupon-${index}`);
  for (const userId of people) {
    await person(userId);
    await track(userId, 'half');
  }
  await work();
  const passages = await Promise.all(people.map(async (userId) => (await why(id, userId)).passages[0]));
  for (const userId of people) assert.equal((await wayOf(id, userId))?.at(-1), 'code:next');
  const given = passages.filter((each) => !each?.isHeldOut).length;
  assert.ok(given > 0 && given < people.length, String(given));
  const { rows } = await sql<{ given: number }>`
    SELECT count(*)::int AS given FROM coupon WHERE pool_id = ${poolId} AND state = 'given'`.execute(
    ground.db,
  );
  assert.equal(rows[0]?.given, given);
  const refused = await api.call('DELETE', `/api/coupons/pools/${poolId}`);
  assert.equal(refused.status, 409);
  assert.match(refused.text, new RegExp(`needed by journey ${id} `));
  for (const verb of ['stop', 'archive']) await call('POST', `/api/journeys/${id}/${verb}`);
  await call('DELETE', `/api/coupons/pools/${poolId}`);
});

test('who waits for a data feed keeps nobody else waiting, and each passage gets what was asked for it', async () => {
  const { publish, person, track, wayOf, call, ground, work, pass } = journeys;
  const held: { path: string; answer: () => void }[] = [];
  const shop = createServer((request, response) => {
    const path = request.url ?? '';
    held.push({ path, answer: () => response.end(JSON.stringify({ item: `the item of ${path}` })) });
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  const { port } = shop.address() as AddressInfo;
  const { id: feedId } = await call<{ id: number }>('POST', '/api/dataFeeds', {
    name: 'Orders',
    url: `http://127.0.0.1:${port}/{{order}}`,
  });
  const templateId = await addTemplate(ground);
  await sql`
    UPDATE template SET data_feed_ids = ARRAY[${feedId}::int], content = jsonb_set(content, '{message}', '"[[item]] STOP ends"')
    WHERE id = ${templateId}`.execute(ground.db);
  const fed = await publish(
    by('ordered', 'text', { text: { kind: 'send', templateId, waits: false, next: 'end' } }),
  );
  const plain = await publish(by('looked', 'bye', { bye: { kind: 'exit', reason: 'came' } }));
  await person('fed');
  await person('plain');
  for (const order of ['one', 'two']) await track('fed', 'ordered', { order });
  await track('plain', 'looked');
  await work();
  assert.deepEqual(await wayOf(plain, 'plain'), ['bye:exitTile']);
  assert.deepEqual(await wayOf(fed, 'fed'), [], 'nothing is told of the waiting');
  // Two passages of one person, one after the other.
  for (const _ of ['one', 'two']) {
    while (held.length === 0) await pause(5);
    for (const { answer } of held.splice(0)) answer();
    await pause(50);
    await pass(1_000);
  }
  await pass(1_000);
  const { rows } = await sql<{ body: string }>`
    SELECT content ->> 'body' AS body FROM message WHERE template_id = ${templateId} ORDER BY body`.execute(
    ground.db,
  );
  assert.deepEqual(
    rows.map(({ body }) => /the item of \/\w+/.exec(body)?.[0]),
    ['the item of /one', 'the item of /two'],
  );
  assert.deepEqual(await wayOf(fed, 'fed'), ['text:next']);
  shop.closeAllConnections();
  shop.close();
});

test('who is in quiet hours is held until these end where they are, and nobody else', async () => {
  const { publish, person, track, wayOf, why, ground, work, api } = journeys;
  const { messageTypeId } = await findChannel(ground);
  const id = await publish(by('holds', 'hold', { hold: { kind: 'hold', messageTypeId, next: 'end' } }));
  await person('day');
  await track('day', 'holds');
  await work();
  assert.deepEqual(await wayOf(id, 'day'), ['hold:next']);
  // Late in the evening in New York.
  api.clock.set('2026-11-24T04:00:00Z');
  await person('night');
  await track('night', 'holds');
  await work();
  const [passage] = (await why(id, 'night')).passages;
  assert.equal(passage?.leftAt, null);
  const until = new Date(passage?.until ?? 0);
  assert.ok(
    until > new Date('2026-11-24T12:59:00Z') && until < new Date('2026-11-24T17:00:00Z'),
    String(until),
  );
  api.clock.set(until);
  await work();
  assert.deepEqual(await wayOf(id, 'night'), ['hold:waits', 'hold:next']);
});

test('what cannot leave before its time is over is skipped: at once where hours are closed until then, else when it is over', async () => {
  const { publish, person, track, wayOf, why, ground, work, api, templateId, faultsOf } = journeys;
  const send = (before: object) => ({
    text: { kind: 'send', templateId, before, next: 'end', skipped: 'late' },
    late: { kind: 'exit', reason: 'too late' },
  });
  await sql`UPDATE template SET content = jsonb_set(content, '{message}', '"Now"') WHERE id = ${templateId}`.execute(
    ground.db,
  );
  const byNine = await publish(by('late', 'text', send({ at: '07:00', zone: 'America/New_York' })));
  const inTwo = await publish(by('soon', 'text', send({ within: { hours: 2 } })));
  api.clock.set('2026-11-25T04:00:00Z');
  await person('eve');
  await track('eve', 'late');
  await work();
  assert.deepEqual(await wayOf(byNine, 'eve'), ['text:skipped', 'late:exitTile']);
  const seen = (await why(byNine, 'eve')).passages[0]?.turns.flatMap(({ steps }) => steps)[0]?.seen;
  assert.equal(seen?.skipReason, 'tooLate');
  // Nobody sends here: the message waits for its sender until its time is over.
  api.clock.set('2026-11-25T17:00:00Z');
  await track('eve', 'soon');
  await work();
  api.clock.advance(2 * hour - 1_000);
  await work();
  assert.deepEqual(await wayOf(inTwo, 'eve'), ['text:waits']);
  api.clock.advance(1_000);
  await work();
  assert.deepEqual((await wayOf(inTwo, 'eve'))?.slice(-2), ['text:skipped', 'late:exitTile']);
  const { rows } = await sql<{ status: string; reason: string }>`
    SELECT m.status, m.skip_reason AS reason FROM message m JOIN users u ON u.lane = m.lane AND u.id = m.user_id
    WHERE u.external_id = 'eve' ORDER BY m.id`.execute(ground.db);
  assert.deepEqual(rows, [
    { status: 'skipped', reason: 'tooLate' },
    { status: 'skipped', reason: 'tooLate' },
  ]);
  const wrong = async (before: object, more: object = {}) =>
    (
      await faultsOf(by('x', 'text', { text: { kind: 'send', templateId, before, next: 'end', ...more } }))
    )[0];
  assert.match((await wrong({})) ?? '', /before must have exactly one of within, at or date/);
  assert.match(
    (await wrong({ at: '09:00', within: { hours: 1 } })) ?? '',
    /before must have exactly one of within, at or date/,
  );
});

test('nobody is opted in without the proof that came with the entry, and an opt-out stands', async () => {
  const { publish, person, track, wayOf, why, call, ground, work, api } = journeys;
  const { messageTypeId } = await findChannel(ground);
  const id = await publish(
    by('signs', 'opt', {
      opt: { kind: 'subscribe', messageTypeId, method: 'webForm', proof: 'form', next: 'end', refused: 'no' },
      no: { kind: 'exit', reason: 'no proof' },
    }),
  );
  const apiOnly = await publish(
    by('says', 'opt', { opt: { kind: 'subscribe', messageTypeId, next: 'end', refused: 'end' } }),
  );
  for (const userId of ['fay', 'gus', 'hal'])
    await call('POST', '/api/users/update', {
      ...{ userId, preferUserId: true },
      dataFields: { phoneNumber: `+1212555${{ fay: 9001, gus: 9002, hal: 9003 }[userId]}` },
    });
  const proof = {
    address: '+12125559001',
    source: 'https://shop.example/join',
    wording: 'Yes, text me offers',
    happenedAt: api.clock.now().toISOString(),
  };
  await track('fay', 'signs', { form: proof });
  await track('gus', 'signs', { form: { ...proof, wording: '' } });
  await track('hal', 'signs', {});
  await work();
  assert.deepEqual(
    [await wayOf(id, 'fay'), await wayOf(id, 'gus'), await wayOf(id, 'hal')],
    [['opt:next'], ['opt:refused', 'no:exitTile'], ['opt:refused', 'no:exitTile']],
  );
  const refusedOf = async (journeyId: number, userId: string) =>
    (await why(journeyId, userId)).passages[0]?.turns.flatMap(({ steps }) => steps)[0]?.seen?.refused;
  assert.match(String(await refusedOf(id, 'gus')), /form\.wording is missing: the text that they agreed to/);
  assert.match(String(await refusedOf(id, 'hal')), /form did not come with the entry/);
  const { rows } = await sql<{ source: string; wording: string; method: string }>`
    SELECT e.source, e.wording, e.method FROM consent_entry e JOIN users u ON u.lane = e.lane AND u.id = e.user_id
    WHERE u.external_id IN ('fay', 'gus', 'hal') AND e.kind = 'messageType'`.execute(ground.db);
  assert.deepEqual(rows, [{ source: proof.source, wording: proof.wording, method: 'webForm' }]);
  await person('ida');
  await call('DELETE', `/api/subscriptions/messageType/${messageTypeId}/byUserId/ida`);
  const { rows: phones } = await sql<{ phone: string }>`
    SELECT phone_number AS phone FROM users WHERE external_id = 'ida'`.execute(ground.db);
  const address = phones[0]!.phone;
  await track('ida', 'says', { consent: proof });
  await work();
  assert.equal(await refusedOf(apiOnly, 'ida'), 'addressGone', 'another’s number');
  await track('ida', 'says', { consent: { ...proof, address } });
  await work();
  assert.deepEqual(
    [await wayOf(apiOnly, 'ida'), await refusedOf(apiOnly, 'ida')],
    [['opt:refused'], 'optOutStands'],
  );
});
