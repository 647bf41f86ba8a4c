import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { breaks, setTrap } from '../testing/trap.ts';
import { findUsers } from '../users/find-users.ts';
import type { UserKey } from '../users/identity.ts';
import { userRoutes } from '../users/routes.ts';
import { recordWishes } from './ledger.ts';
import { consentRoutes } from './routes.ts';

let server: TestApi;
const types = new Map<string, { channelId: number; typeId: number }>();
before(async () => {
  server = await startTestApi([userRoutes, consentRoutes]);
  const rows = await server.database.db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'channel_id')
    .select(['channel.name', 'channel_id', 'message_type.id'])
    .execute();
  for (const row of rows) types.set(row.name, { channelId: row.channel_id, typeId: row.id });
});
after(() => server.close());

let count = 0;
const newNumber = () => `+1415555${String(6000 + count++)}`;

async function call(method: string, path: string, body: unknown): Promise<unknown> {
  const answer = await server.call(method, path, body);
  assert.equal(answer.status, 200, answer.text);
  server.clock.advance(60_000);
  return answer.body;
}

/** Somebody with a number who opted in to marketing by text and email. */
async function subscriber(more: Record<string, unknown> = {}): Promise<{ email: string; phone: string }> {
  const phone = newNumber();
  const email = `u${count++}@example.com`;
  await call('POST', '/api/users/update', { email, phoneNumber: phone, ...more });
  await optIn({ email }, 'SMS Marketing');
  await optIn({ email }, 'Email Marketing');
  return { email, phone };
}

const optIn = (who: { email: string }, channel: string) =>
  call('POST', '/api/consent', {
    consents: [{ ...who, messageTypeId: types.get(channel)!.typeId, method: 'webForm', source: 'a form' }],
  });
const optOut = (who: Record<string, string>, channel: string) =>
  call('POST', '/api/consent/optOut', { ...who, channelId: types.get(channel)!.channelId, source: 'a call' });

/** Where somebody stands with a channel and its type; absent standings are none. */
async function stands(key: UserKey, channel: string): Promise<string[]> {
  const { db } = server.database;
  const [user] = await findUsers(db, server.projectId, [key]);
  const { channelId, typeId } = types.get(channel)!;
  const rows = await db
    .selectFrom('subscription')
    .select(['kind', 'target_id', 'status'])
    .where('lane', '=', user!.lane)
    .where('user_id', '=', user!.id)
    .execute();
  const status = (kind: string, id: number) =>
    rows.find((row) => row.kind === kind && row.target_id === id)?.status ?? 'none';
  return [status('channel', channelId), status('messageType', typeId)];
}

const subscribed = ['subscribed', 'subscribed'];
const none = ['none', 'none'];

test('an opt-out stays with the number and with the person, whoever has the number next', async () => {
  const { email, phone } = await subscriber();
  await optOut({ email }, 'SMS Marketing');
  await call('POST', '/api/users/update', { email, phoneNumber: newNumber() });
  assert.deepEqual(await stands({ email }, 'SMS Marketing'), ['unsubscribed', 'unsubscribed']);
  const next = `u${count++}@example.com`;
  await call('POST', '/api/users/update', { email: next, phoneNumber: phone });
  assert.equal((await stands({ email: next }, 'SMS Marketing'))[0], 'unsubscribed');
  const stated = { email: next, messageTypeId: types.get('SMS Marketing')!.typeId, source: 'a file' };
  const refused = await call('POST', '/api/consent', { consents: [{ ...stated, method: 'import' }] });
  assert.match(JSON.stringify(refused), /OptOutStands/);
  await optIn({ email: next }, 'SMS Marketing');
  assert.deepEqual(await stands({ email: next }, 'SMS Marketing'), subscribed);
});

test('an opt-in does not follow to another number, and what waits for the old one is skipped', async () => {
  const { email, phone } = await subscriber();
  const { db } = server.database;
  const [user] = await findUsers(db, server.projectId, [{ email }]);
  const at = server.clock.now();
  const waiting = {
    ...{ lane: user!.lane, project_id: server.projectId, user_id: user!.id, medium: 'sms' as const },
    ...{
      channel_id: types.get('SMS Marketing')!.channelId,
      message_type_id: types.get('SMS Marketing')!.typeId,
    },
    ...{ purpose: 'promotional' as const, status: 'queued' as const, to_address: phone },
    ...{ not_before: at, due_at: at, created_at: at },
  };
  await db
    .insertInto('message')
    .values([
      { ...waiting, basis: 'optIn', id: 7001, request_id: 7001 },
      { ...waiting, basis: 'ownMessage', id: 7002, request_id: 7002, message_type_id: null },
    ])
    .execute();
  await call('POST', '/api/users/update', { email, phoneNumber: newNumber() });
  assert.deepEqual(await stands({ email }, 'SMS Marketing'), none);
  assert.deepEqual(await stands({ email }, 'Email Marketing'), subscribed);
  const rows = await db
    .selectFrom('message')
    .select(['status', 'skip_reason'])
    .where('lane', '=', user!.lane)
    .where('id', 'in', [7001, 7002])
    .orderBy('id')
    .execute();
  assert.deepEqual(rows, [
    { status: 'skipped', skip_reason: 'noOptIn' },
    { status: 'queued', skip_reason: null },
  ]);
  const proof = await server.call('GET', `/api/consent/proof?email=${email}`);
  assert.match(proof.text, new RegExp(`"address":"\\${phone}"`));
  await optIn({ email }, 'SMS Marketing');
  assert.deepEqual(await stands({ email }, 'SMS Marketing'), subscribed);
});

test('the same number in other writing changes nothing, nor does a first number', async () => {
  const { email, phone } = await subscriber();
  const written = `(415) ${phone.slice(5, 8)}-${phone.slice(8)}`;
  await call('POST', '/api/users/update', { email, dataFields: { phoneNumber: written, city: 'Reno' } });
  assert.deepEqual(await stands({ email }, 'SMS Marketing'), subscribed);
  const later = `u${count++}@example.com`;
  await call('POST', '/api/users/update', { email: later });
  await optIn({ email: later }, 'SMS Marketing');
  await call('POST', '/api/users/update', { email: later, phoneNumber: newNumber() });
  assert.deepEqual(await stands({ email: later }, 'SMS Marketing'), subscribed);
});

test('a WhatsApp user id that becomes another one takes no opt-in along on WhatsApp, though the number stays', async () => {
  const { email } = await subscriber();
  await optIn({ email }, 'WhatsApp Marketing');
  await call('POST', '/api/users/update', { email, whatsAppUserId: 'US.5550001' });
  assert.deepEqual(
    await stands({ email }, 'WhatsApp Marketing'),
    subscribed,
    'it was learnt beside the number',
  );
  await call('POST', '/api/users/update', { email, whatsAppUserId: 'US.5550001' });
  assert.deepEqual(await stands({ email }, 'WhatsApp Marketing'), subscribed);
  await call('POST', '/api/users/update', { email, whatsAppUserId: 'US.5550002' });
  assert.deepEqual(await stands({ email }, 'WhatsApp Marketing'), none);
  for (const channel of ['SMS Marketing', 'Email Marketing'])
    assert.deepEqual(await stands({ email }, channel), subscribed, channel);
  await optIn({ email }, 'WhatsApp Marketing');
  assert.deepEqual(await stands({ email }, 'WhatsApp Marketing'), subscribed);
  // A number that is learnt beside the account is the account's.
  const account = { userId: `a${count++}` };
  await call('POST', '/api/users/update', { ...account, whatsAppUserId: 'US.5550003' });
  await call('POST', '/api/consent', {
    consents: [
      {
        ...account,
        messageTypeId: types.get('WhatsApp Marketing')!.typeId,
        method: 'webForm',
        source: 'a form',
      },
    ],
  });
  await call('POST', '/api/users/update', { ...account, phoneNumber: newNumber() });
  assert.deepEqual(await stands(account, 'WhatsApp Marketing'), subscribed);
});

test('a number that is taken away, or moves to another user in one batch, takes no opt-in along', async () => {
  const gone = await subscriber();
  await call('POST', '/api/users/update', { email: gone.email, dataFields: { phoneNumber: null } });
  assert.deepEqual(await stands({ email: gone.email }, 'SMS Marketing'), none);
  const [giver, taker] = [await subscriber(), await subscriber()];
  await optOut({ email: giver.email }, 'SMS Marketing');
  await call('POST', '/api/users/bulkUpdate', {
    users: [
      { email: giver.email, phoneNumber: newNumber() },
      { email: taker.email, phoneNumber: giver.phone },
    ],
  });
  assert.equal((await stands({ email: taker.email }, 'SMS Marketing'))[0], 'unsubscribed');
  assert.deepEqual(await stands({ email: taker.email }, 'Email Marketing'), subscribed);
});

test('another email takes consent to email along, and an opt-out stays with the old one too', async () => {
  const { email } = await subscriber();
  const newEmail = `new-${email}`;
  await call('POST', '/api/users/updateEmail', { currentEmail: email, newEmail });
  assert.deepEqual(await stands({ email: newEmail }, 'Email Marketing'), subscribed);
  assert.deepEqual(await stands({ email: newEmail }, 'SMS Marketing'), subscribed);
  await optOut({ email: newEmail }, 'Email Marketing');
  await call('POST', '/api/users/updateEmail', { currentEmail: newEmail, newEmail: `newer-${email}` });
  assert.equal((await stands({ email: `newer-${email}` }, 'Email Marketing'))[0], 'unsubscribed');
  await call('POST', '/api/users/update', { email: newEmail });
  assert.equal((await stands({ email: newEmail }, 'Email Marketing'))[0], 'unsubscribed');
});

test('merged into a user with a number of its own, an opt-in ends and an opt-out stays with the number', async () => {
  const source = await subscriber({ userId: `s${count++}` });
  const destination = { email: `u${count++}@example.com` };
  await call('POST', '/api/users/update', { ...destination, phoneNumber: newNumber() });
  await optOut({ email: source.email }, 'Email Marketing');
  const merge = { sourceEmail: source.email, destinationEmail: destination.email };
  await call('POST', '/api/users/merge', merge);
  assert.deepEqual(await stands(destination, 'SMS Marketing'), none);
  assert.equal((await stands(destination, 'Email Marketing'))[0], 'unsubscribed');
  await call('POST', '/api/users/update', { email: source.email });
  assert.equal((await stands({ email: source.email }, 'Email Marketing'))[0], 'unsubscribed');
  const heir = { userId: `h${count++}` };
  await call('POST', '/api/users/update', heir);
  const other = await subscriber();
  const into = { sourceEmail: other.email, destinationUserId: heir.userId };
  await call('POST', '/api/users/merge', into);
  assert.deepEqual(
    await stands({ email: other.email }, 'SMS Marketing'),
    subscribed,
    'the number came along',
  );
});

for (const deed of ['a change of number', 'a merge'] as const)
  test(`${deed} whose connection breaks as it commits has changed nothing, and asked for again does all`, async () => {
    const gone = await subscriber();
    await optOut({ email: gone.email }, 'Email Marketing');
    const remains = { email: `u${count++}@example.com` };
    await call('POST', '/api/users/update', { ...remains, phoneNumber: newNumber() });
    const [path, body] =
      deed === 'a merge'
        ? ['/api/users/merge', { sourceEmail: gone.email, destinationEmail: remains.email }]
        : ['/api/users/update', { email: gone.email, phoneNumber: newNumber() }];
    const trap = await setTrap(server.database.url, {
      ...{ table: 'users', when: 'AFTER UPDATE OR DELETE', does: breaks, atCommit: true },
    });
    const broken = await server.call('POST', path, body);
    await trap.remove();
    assert.ok(broken.status >= 500, broken.text);
    assert.deepEqual(await stands({ email: gone.email }, 'SMS Marketing'), subscribed);
    assert.equal((await stands({ email: gone.email }, 'Email Marketing'))[0], 'unsubscribed');
    assert.equal((await findUsers(server.database.db, server.projectId, [{ phone: gone.phone }])).length, 1);
    const kept = await server.database.db.selectFrom('suppression').select('address_hash').execute();
    await call('POST', path, body);
    const after = deed === 'a merge' ? remains.email : gone.email;
    assert.deepEqual(await stands({ email: after }, 'SMS Marketing'), none, 'the number was given up');
    assert.equal((await stands({ email: after }, 'Email Marketing'))[0], 'unsubscribed');
    if (deed === 'a merge') {
      const now = await server.database.db.selectFrom('suppression').select('address_hash').execute();
      assert.ok(now.length > kept.length, 'the opt-out is kept with the email that nobody has now');
    }
  });

test('an opt-out by a call from an unknown number is kept, and binds whoever is made with it', async () => {
  const phone = newNumber();
  const said = { phone, source: 'a call to the shop', note: 'never again' };
  const answer = await call('POST', '/api/consent/optOut', said);
  assert.deepEqual(answer, { successCount: 4, failCount: 0, pendingCount: 0, failures: [] });
  const unknown = await server.call('POST', '/api/consent/optOut', { userId: 'nobody', source: 'a call' });
  assert.match(unknown.text, /NotFound/);
  const email = `u${count++}@example.com`;
  await call('POST', '/api/users/update', { email, phoneNumber: phone });
  for (const channel of ['SMS Marketing', 'SMS Transactional', 'WhatsApp Marketing'])
    assert.equal((await stands({ email }, channel))[0], 'unsubscribed', channel);
  assert.deepEqual(await stands({ email }, 'Email Marketing'), none);
  const { text } = await server.call('GET', `/api/consent/proof?email=${email}`);
  assert.match(text, /a call to the shop \(recorded by key test\)/);
  assert.match(text, /never again/);
});

test('a refusal of somebody who was merged since, by an old link or from a provider, is the remaining user’s', async () => {
  const source = await subscriber();
  const destination = { userId: `d${count++}` };
  await call('POST', '/api/users/update', destination);
  const [gone] = await findUsers(server.database.db, server.projectId, [{ email: source.email }]);
  await call('POST', '/api/users/merge', {
    sourceEmail: source.email,
    destinationUserId: destination.userId,
  });
  for (const channel of ['SMS Marketing', 'Email Marketing'])
    assert.deepEqual(await stands(destination, channel), subscribed);
  const at = server.clock.now();
  const said = { method: 'link', source: 'an old message', address: null, happenedAt: at };
  const wish = { ...said, projectId: server.projectId, lane: gone!.lane, userId: gone!.id };
  const target = (name: string) => ({ kind: 'channel' as const, targetId: types.get(name)!.channelId });
  await recordWishes(
    server.context,
    [
      { ...wish, ...target('SMS Marketing'), action: 'optOut' },
      { ...wish, ...target('Email Marketing'), action: 'optOut' },
    ],
    at,
  );
  for (const channel of ['SMS Marketing', 'Email Marketing'])
    assert.deepEqual(await stands(destination, channel), ['unsubscribed', 'unsubscribed']);
});

test('an opt-out that comes with an address or a merge ends the types of its channel too', async () => {
  const mover = await subscriber({ userId: `m${count++}` });
  const refused = `u${count++}@example.com`;
  await optOut({ email: refused }, 'Email Marketing');
  await call('POST', '/api/users/updateEmail', { currentEmail: mover.email, newEmail: refused });
  assert.deepEqual(await stands({ email: refused }, 'Email Marketing'), ['unsubscribed', 'unsubscribed']);
  const source = { userId: `s${count++}` };
  await call('POST', '/api/users/update', { ...source, email: `u${count++}@example.com` });
  await optOut(source, 'Email Marketing');
  const destination = await subscriber();
  await call('POST', '/api/users/merge', {
    sourceUserId: source.userId,
    destinationEmail: destination.email,
  });
  assert.deepEqual(await stands({ email: destination.email }, 'Email Marketing'), [
    'unsubscribed',
    'unsubscribed',
  ]);
});
