import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { unclearRoutes } from '../conversations/unclear-routes.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import type { UserRef } from '../users/identity.ts';
import { userRoutes } from '../users/routes.ts';
import { upsertUsers } from '../users/upsert-users.ts';
import { recordWishes } from './ledger.ts';
import { consentRoutes } from './routes.ts';
import type { Wish } from './wish.ts';

let server: TestApi;
let channelId: number;
let typeId: number;
before(async () => {
  server = await startTestApi([userRoutes, consentRoutes, unclearRoutes]);
  const type = await server.database.db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'channel_id')
    .select(['message_type.id', 'channel_id'])
    .where('channel.name', '=', 'SMS Marketing')
    .executeTakeFirstOrThrow();
  [channelId, typeId] = [type.channel_id, type.id];
});
after(() => server.close());

let people = 0;
async function somebody(): Promise<UserRef & { email: string }> {
  people += 1;
  const update = { email: `p${people}@example.com`, phone: `+1415555${3000 + people}` };
  const [outcome] = await upsertUsers(
    server.context.people,
    server.projectId,
    [update],
    { defaultCountry: 'US' },
    server.clock.now(),
  );
  assert.ok(outcome?.ok);
  return { ...outcome.user, email: update.email };
}

function wishOf(user: UserRef, action: Wish['action'], method: string, minutes = 0): Wish {
  const happenedAt = new Date(server.clock.now().getTime() + minutes * 60_000);
  const target = { kind: 'messageType' as const, targetId: typeId };
  return {
    ...{ lane: user.lane, userId: user.id, projectId: server.projectId, action, ...target },
    ...{ address: null, method, source: 'test', happenedAt },
  };
}

async function statusOf(user: UserRef, kind: 'channel' | 'messageType' = 'messageType') {
  const row = await server.database.db
    .selectFrom('subscription')
    .select('status')
    .where('lane', '=', user.lane)
    .where('user_id', '=', user.id)
    .where('kind', '=', kind)
    .executeTakeFirst();
  return row?.status;
}

test('opt-outs are never lost among opt-ins recorded at the same time', async () => {
  const users = await Promise.all(Array.from({ length: 6 }, somebody));
  await Promise.all(
    Array.from({ length: 12 }, (_, call) =>
      recordWishes(
        server.context,
        (call % 2 === 0 ? users : [...users].reverse()).map((user) =>
          call === 11
            ? wishOf(user, 'optOut', 'keyword')
            : wishOf(user, 'optIn', call % 3 === 0 ? 'api' : 'import'),
        ),
        server.clock.now(),
      ),
    ),
  );
  for (const user of users) assert.equal(await statusOf(user), 'unsubscribed');
});

test('an opt-out waits for what is on its way in its lane, and an opt-in does not', async () => {
  const user = await somebody();
  const worker = await server.database.pool.connect();
  try {
    await worker.query('SELECT pg_advisory_lock_shared($1, $2)', [0x6761_7465, user.lane]);
    await recordWishes(server.context, [wishOf(user, 'optIn', 'webForm')], server.clock.now());
    let done = false;
    const optOut = recordWishes(server.context, [wishOf(user, 'optOut', 'keyword')], server.clock.now()).then(
      () => {
        done = true;
      },
    );
    while (!(await someoneWaits())) assert.equal(done, false);
    assert.equal(await statusOf(user), 'subscribed');
    await worker.query('SELECT pg_advisory_unlock_shared($1, $2)', [0x6761_7465, user.lane]);
    await optOut;
    assert.equal(await statusOf(user), 'unsubscribed');
  } finally {
    worker.release();
  }
});

async function someoneWaits(): Promise<boolean> {
  const { rows } = await server.database.pool.query(
    "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted",
  );
  return rows.length > 0;
}

test('the API records consent with its proof, refuses what lacks a source, and lets an opt-out stand', async () => {
  const user = await somebody();
  const consent = {
    email: user.email,
    messageTypeId: typeId,
    method: 'webForm',
    source: 'https://acme.example/join',
  };
  const first = await server.call('POST', '/api/consent', {
    consents: [
      { ...consent, wording: 'Yes, text me offers', ip: '192.0.2.7', happenedAt: '2026-11-01T10:00:00Z' },
      { ...consent, source: ' ' },
      { ...consent, email: 'stranger@example.com' },
      { ...consent, messageTypeId: 999_999 },
    ],
  });
  const answer = first.body as {
    successCount: number;
    failures: { index: number; code: string; field: string }[];
  };
  assert.equal(answer.successCount, 1);
  assert.deepEqual(
    answer.failures.map(({ index, code, field }) => [index, code, field]),
    [
      [1, 'ConsentRequired', 'source'],
      [2, 'NotFound', 'email'],
      [3, 'NotFound', 'messageTypeId'],
    ],
  );
  const proof = await server.call('GET', `/api/consent/proof?email=${encodeURIComponent(user.email)}`);
  assert.match(proof.text, /Yes, text me offers/);
  assert.equal(await statusOf(user, 'channel'), 'subscribed');
  await server.call('POST', '/api/consent/optOut', {
    email: user.email,
    channelId,
    source: 'a call',
    note: 'no more',
  });
  const again = await server.call('POST', '/api/consent', {
    consents: [consent, { ...consent, method: 'api' }],
  });
  assert.match(again.text, /"code":"OptOutStands"/);
  assert.equal(await statusOf(user), 'unsubscribed');
  server.clock.advance(60_000);
  const proven = await server.call('POST', '/api/consent', { consents: [consent] });
  assert.match(proven.text, /"successCount":1/);
  assert.equal(await statusOf(user), 'subscribed');
});

test('a type with double opt-in waits for the handset', async () => {
  const made = await server.call('POST', '/api/messageTypes', {
    channelId,
    name: 'Drops',
    doubleOptIn: true,
  });
  const { id } = made.body as { id: number };
  const user = await somebody();
  const asked = { ...wishOf(user, 'optIn', 'webForm'), targetId: id };
  assert.equal((await recordWishes(server.context, [asked], server.clock.now()))[0]?.outcome, 'pending');
  assert.equal(await statusOf(user, 'channel'), undefined);
  await recordWishes(server.context, [{ ...asked, method: 'doubleOptIn' }], server.clock.now());
  assert.equal(await statusOf(user), 'subscribed');
  assert.equal(await statusOf(user, 'channel'), 'subscribed');
});

test('an unclear reply pauses until somebody decides', async () => {
  const user = await somebody();
  const { db } = server.database;
  await recordWishes(server.context, [wishOf(user, 'optIn', 'webForm')], server.clock.now());
  const pause = { ...wishOf(user, 'pause', 'reply'), kind: 'channel' as const, targetId: channelId };
  await recordWishes(server.context, [pause], server.clock.now());
  const reply = { project_id: server.projectId, lane: user.lane, user_id: user.id, channel_ids: [channelId] };
  const said = { ...reply, body: 'please stop texting me so much', received_at: server.clock.now() };
  const { id } = await db.insertInto('unclear_reply').values(said).returning('id').executeTakeFirstOrThrow();
  assert.match((await server.call('GET', '/api/consent/unclear')).text, /so much/);
  assert.equal(
    (await server.call('POST', `/api/consent/unclear/${id}/decide`, { decision: 'optOut' })).status,
    200,
  );
  assert.equal(await statusOf(user, 'channel'), 'unsubscribed');
  assert.equal(
    (await server.call('POST', `/api/consent/unclear/${id}/decide`, { decision: 'keep' })).status,
    400,
  );
});
