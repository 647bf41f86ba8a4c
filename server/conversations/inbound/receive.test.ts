import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { recordWishes } from '../../consent/ledger.ts';
import { consentRoutes } from '../../consent/routes.ts';
import type { Purpose } from '../../database/tables/consent.ts';
import type { CallingAccount } from '../../delivery/callbacks/account-cache.ts';
import type { Medium } from '../../medium/media.ts';
import type { InboundMessage } from '../../providers/callback.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { addressHash } from '../../users/address-hash.ts';
import { findOrCreateUser } from '../../users/find-users.ts';
import type { UserKey, UserRef } from '../../users/identity.ts';
import { unclearRoutes } from '../unclear-routes.ts';
import { obeyPreference } from './preference.ts';
import { receive } from './receive.ts';

let server: TestApi;
let account: CallingAccount;
const channels = new Map<string, { channelId: number; typeId: number }>();
const ours = { promotional: '+12025550110', transactional: '+12025550120', tollFree: '+18005550130' };
const whatsApp = '1349';

before(async () => {
  server = await startTestApi([consentRoutes, unclearRoutes]);
  const { db } = server.database;
  const rows = await db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'channel_id')
    .select(['channel.name', 'channel_id', 'message_type.id'])
    .execute();
  for (const row of rows) channels.set(row.name, { channelId: row.channel_id, typeId: row.id });
  const { id } = await db
    .insertInto('provider_account')
    .values({
      ...{ project_id: server.projectId, name: 'A', wire: 'twilio', settings: '{}' },
      ...{ secrets: Buffer.alloc(0), simulated: true, created_at: server.clock.now() },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  account = { projectId: server.projectId, account: { id } as CallingAccount['account'] };
  await addSender('longCode', 'sms', 'promotional', ours.promotional);
  await addSender('longCode', 'sms', 'transactional', ours.transactional);
  await addSender('tollFree', 'sms', 'promotional', ours.tollFree);
  await addSender('whatsApp', 'whatsApp', 'promotional', whatsApp);
});
after(() => server.close());

async function addSender(
  kind: 'longCode' | 'tollFree' | 'whatsApp',
  medium: Medium,
  purpose: Purpose,
  address: string,
): Promise<void> {
  await server.database.db
    .insertInto('sender')
    .values({
      ...{
        project_id: server.projectId,
        provider_account_id: account.account.id,
        name: address,
        kind,
        medium,
      },
      ...{ address, wire_address: address, country: 'US', purpose, mps: 10, created_at: server.clock.now() },
    })
    .execute();
}

let count = 0;
const newNumber = () => `+1415555${String(4000 + count++)}`;

/** Somebody writes; `secondsAgo` is how long before it came to us. */
function writes(
  from: string | InboundMessage['from'],
  to: string,
  body: string,
  more: Partial<InboundMessage> & { secondsAgo?: number } = {},
): Promise<void> {
  const { secondsAgo = 0, ...rest } = more;
  return receive(server.context, account, {
    wire: 'twilio',
    providerMessageId: `in-${count++}`,
    to,
    from: typeof from === 'string' ? { phone: from } : from,
    body,
    media: [],
    at: new Date(server.clock.now().getTime() - secondsAgo * 1_000),
    ...rest,
  });
}

const userOf = (key: UserKey): Promise<UserRef> =>
  findOrCreateUser(server.context.people, server.projectId, key, server.clock.now());

/** Opts a person in by a form, a minute ago. */
async function optsIn(
  user: UserRef,
  channel: string,
  typeId = channels.get(channel)!.typeId,
): Promise<string> {
  const [outcome] = await recordWishes(
    server.context,
    [
      {
        ...{ lane: user.lane, userId: user.id, projectId: server.projectId, action: 'optIn' },
        ...{ kind: 'messageType', targetId: typeId, address: null, method: 'webForm', source: 'a form' },
        happenedAt: new Date(server.clock.now().getTime() - 60_000),
      },
    ],
    server.clock.now(),
  );
  return outcome!.outcome;
}

/** The person's standings by channel name, and types of further names by their id. */
async function standings(user: UserRef): Promise<Record<string, string>> {
  const rows = await server.database.db
    .selectFrom('subscription')
    .select(['kind', 'target_id', 'status', 'paused_at'])
    .where('lane', '=', user.lane)
    .where('user_id', '=', user.id)
    .execute();
  const names = new Map(
    [...channels].flatMap(([name, { channelId, typeId }]) => [
      [`channel ${channelId}`, name],
      [`messageType ${typeId}`, `${name} type`],
    ]),
  );
  return Object.fromEntries(
    rows.map((row) => {
      const text = `${row.kind} ${row.target_id}`;
      return [names.get(text) ?? text, row.paused_at ? `${row.status}, paused` : row.status];
    }),
  );
}

/** What waits to be sent to a number, answers first. */
async function told(phone: string): Promise<string[]> {
  await server.tellHappenings();
  const { rows } = await sql<{ body: string }>`
    SELECT content->>'body' AS body FROM message WHERE to_address = ${phone} AND status <> 'skipped'
    ORDER BY due_at, id`.execute(server.database.db);
  return rows.map((row) => row.body);
}

async function makeType(channel: string, more: Record<string, unknown>): Promise<number> {
  const made = await server.call('POST', '/api/messageTypes', {
    ...{ channelId: channels.get(channel)!.channelId, name: `Type ${count++}` },
    ...more,
  });
  return (made.body as { id: number }).id;
}

const sms = { 'SMS Marketing': 'subscribed', 'SMS Marketing type': 'subscribed' };
const smsOut = { 'SMS Marketing': 'unsubscribed', 'SMS Marketing type': 'unsubscribed' };

test('the later of STOP and START counts, in whatever order they arrive; of two at once STOP', async () => {
  for (const [first, second, expected] of [
    [['STOP', 5], ['START', 10], smsOut],
    [['START', 5], ['STOP', 10], sms],
    [['START', 5], ['STOP', 5], smsOut],
    [['STOP', 5], ['START', 5], smsOut],
    [['STOP', 10], ['START', 5], sms],
  ] as const) {
    const phone = newNumber();
    const user = await userOf({ phone });
    await optsIn(user, 'SMS Marketing');
    await writes(phone, ours.promotional, first[0], { secondsAgo: first[1] });
    await writes(phone, ours.promotional, second[0], { secondsAgo: second[1] });
    assert.deepEqual(await standings(user), expected, `${first.join()} then ${second.join()}`);
  }
});

test('a YES that the provider calls START opts nobody in, and a STOP of its own opts out', async () => {
  const phone = newNumber();
  await writes(phone, ours.promotional, 'YES', { providerOptOut: 'START' });
  const user = await userOf({ phone });
  assert.deepEqual(await standings(user), {});
  await optsIn(user, 'SMS Marketing');
  await writes(phone, ours.promotional, 'nix mehr', { providerOptOut: 'STOP' });
  assert.deepEqual(await standings(user), smsOut);
  assert.deepEqual(await told(phone), []);
});

test('YES confirms only what this sender has asked this number about', async () => {
  const typeId = await makeType('SMS Marketing', { doubleOptIn: true, frequency: '4 msgs/mo' });
  const phone = newNumber();
  const user = await userOf({ phone });
  assert.equal(await optsIn(user, 'SMS Marketing', typeId), 'pending');
  const pending = { [`messageType ${typeId}`]: 'pending' };
  await server.tellHappenings();
  await writes(phone, ours.promotional, 'YES');
  assert.deepEqual(await standings(user), pending, 'the question waits with us yet');
  const asked = sql`UPDATE message SET status = 'delivered', dispatched_at = ${server.clock.now()}
    WHERE to_address = ${phone} AND template_id IS NULL AND message_type_id = ${typeId} RETURNING sender_id`;
  await asked.execute(server.database.db);
  await writes(phone, ours.tollFree, 'YES');
  assert.deepEqual(await standings(user), pending, 'another sender asked nothing');
  await writes(phone, ours.promotional, 'Yes!');
  const confirmed = { 'SMS Marketing': 'subscribed', [`messageType ${typeId}`]: 'subscribed' };
  assert.deepEqual(await standings(user), confirmed);
  assert.match((await told(phone))[0] ?? '', /recurring texts\. 4 msgs\/mo\./);
});

test('START brings back what STOP ended and nothing besides', async () => {
  const other = await makeType('SMS Marketing', {});
  const left = await makeType('SMS Marketing', {});
  const phone = newNumber();
  const user = await userOf({ phone });
  for (const typeId of [other, left]) await optsIn(user, 'SMS Marketing', typeId);
  await server.call('POST', '/api/consent/optOut', { phone, messageTypeId: left, source: 'a call' });
  server.clock.advance(60_000);
  await writes(phone, ours.promotional, 'STOP');
  server.clock.advance(60_000);
  await writes(phone, ours.promotional, 'START');
  assert.deepEqual(await standings(user), {
    'SMS Marketing': 'subscribed',
    [`messageType ${other}`]: 'subscribed',
    [`messageType ${left}`]: 'unsubscribed',
  });
});

test("START to a transactional sender is about its own purpose, and a newcomer's about one type", async () => {
  const phone = newNumber();
  const user = await userOf({ phone });
  await optsIn(user, 'SMS Marketing');
  await optsIn(user, 'SMS Transactional');
  await writes(phone, ours.transactional, 'STOP');
  server.clock.advance(60_000);
  await writes(phone, ours.transactional, 'START');
  const transactional = { 'SMS Transactional': 'subscribed', 'SMS Transactional type': 'subscribed' };
  assert.deepEqual(await standings(user), { ...smsOut, ...transactional });
  const stranger = newNumber();
  await writes(stranger, ours.transactional, 'ALTA');
  assert.deepEqual(await standings(await userOf({ phone: stranger })), transactional);
  const doubled = await makeType('SMS Marketing', { doubleOptIn: true, startSubscribes: true });
  const careful = newNumber();
  await writes(careful, ours.promotional, 'START');
  assert.deepEqual(await standings(await userOf({ phone: careful })), {
    [`messageType ${doubled}`]: 'pending',
  });
  assert.match((await told(careful)).join(), /^[^,]*Reply YES/);
  await server.call('PUT', `/api/messageTypes/${channels.get('SMS Marketing')!.typeId}`, {
    startSubscribes: true,
  });
});

test('on WhatsApp an opt-out and an unclear wish reach both users whom the keys name', async () => {
  const phone = newNumber();
  const from = { phone, whatsAppUserId: `US.${phone.slice(1)}` };
  const users = [await userOf({ phone }), await userOf({ whatsAppUserId: from.whatsAppUserId })];
  assert.notEqual(users[0]?.id, users[1]?.id);
  for (const user of users) await optsIn(user, 'WhatsApp Marketing');
  const id = 'unclear-once';
  await Promise.all(
    [1, 2, 3].map(() => writes(from, whatsApp, 'please stop texting me so much', { providerMessageId: id })),
  );
  for (const user of users) assert.equal((await standings(user))['WhatsApp Marketing'], 'subscribed, paused');
  const replies = await server.database.db
    .selectFrom('unclear_reply')
    .select('user_id')
    .where('provider_message_id', '=', id)
    .execute();
  assert.equal(replies.length, 2, 'one question for each of the two');
  await obeyPreference(server.context, account, {
    ...{ ...from, category: 'marketing_messages', value: 'stop', at: server.clock.now() },
  });
  for (const user of users) assert.equal((await standings(user))['WhatsApp Marketing'], 'unsubscribed');
});

test('on a toll-free number we are silent only where the network speaks', async () => {
  const said = async (body: string) => {
    const phone = newNumber();
    await optsIn(await userOf({ phone }), 'SMS Marketing');
    await writes(phone, ours.tollFree, body);
    return (await told(phone)).length;
  };
  assert.deepEqual([await said('STOP'), await said(' stop ')], [0, 0]);
  assert.deepEqual([await said('please stop texting me'), await said('UNSUBSCRIBE')], [1, 1]);
});

test('the confirmation says what goes on, in the tongue of the word or of the number', async () => {
  const told1 = async (phone: string, body: string, transactional = false) => {
    const user = await userOf({ phone });
    await optsIn(user, 'SMS Marketing');
    if (transactional) await optsIn(user, 'SMS Transactional');
    await writes(phone, ours.promotional, body);
    return (await told(phone))[0] ?? '';
  };
  assert.match(await told1(newNumber(), 'STOP', true), /no more marketing messages\. Service messages go on/);
  assert.match(await told1(newNumber(), 'STOP'), /no more messages/);
  assert.match(await told1('+5511987654321', 'CANCELAR'), /Cadastro cancelado/);
  assert.match(await told1('+33612345678', 'STOP'), /Désabonnement/);
  assert.match(await told1('+41791234567', 'STOP'), /unsubscribed/);
});

test('from the day of the federal rule a refusal from the United States ends all texts', async () => {
  const refuse = async (phone: string) => {
    const user = await userOf({ phone });
    await optsIn(user, 'SMS Transactional');
    await writes(phone, ours.promotional, 'STOP');
    return (await standings(user))['SMS Transactional'];
  };
  server.clock.set('2027-01-31T04:59:59Z');
  assert.equal(await refuse(newNumber()), 'subscribed');
  server.clock.set('2027-01-31T05:00:00Z');
  assert.equal(await refuse('+447400123456'), 'subscribed');
  assert.equal(await refuse(newNumber()), 'unsubscribed');
});

/** The answers queued for a number, in order. */
const answersTo = async (phone: string): Promise<number> => (await told(phone)).length;

test('HELP twice in one instant is answered once, and one sender answers a number a few times a day', async () => {
  const phone = newNumber();
  await Promise.all([1, 2, 3].map(() => writes(phone, ours.promotional, 'HELP')));
  assert.equal(await answersTo(phone), 1);
  for (let again = 0; again < 6; again++) {
    server.clock.advance(120_000);
    await writes(phone, ours.promotional, 'help');
  }
  assert.equal(await answersTo(phone), 3, 'the same words three times a day');
  await writes(phone, ours.transactional, 'HELP');
  assert.equal(await answersTo(phone), 4, 'another sender answers for itself');
  server.clock.advance(24 * 3_600_000);
  await writes(phone, ours.promotional, 'HELP');
  assert.equal(await answersTo(phone), 5);
});

test('two machines that say STOP and START for ever are obeyed each time and soon not answered', async () => {
  const phone = newNumber();
  const user = await userOf({ phone });
  await optsIn(user, 'SMS Marketing');
  for (let round = 0; round < 8; round++)
    for (const word of ['STOP', 'START']) {
      server.clock.advance(10_000);
      await writes(phone, ours.promotional, word);
      assert.equal((await standings(user))['SMS Marketing'], word === 'STOP' ? 'unsubscribed' : 'subscribed');
    }
  assert.equal(await answersTo(phone), 6, 'three confirmations of each');
});

test('a word of the project’s own is answered no more often', async () => {
  await server.database.db
    .insertInto('keyword')
    .values({
      ...{
        project_id: server.projectId,
        word: 'HOURS',
        fold: 'hours',
        meaning: 'help',
        answer: 'HOURS: 9 to 5',
      },
      created_at: server.clock.now(),
    })
    .execute();
  const phone = newNumber();
  for (let again = 0; again < 5; again++) {
    await Promise.all([1, 2].map(() => writes(phone, ours.promotional, 'hours')));
    server.clock.advance(120_000);
  }
  assert.equal(await answersTo(phone), 3);
});

test('our own text that comes back is no wish; what a person adds to it is', async () => {
  const phone = newNumber();
  const user = await userOf({ phone });
  await optsIn(user, 'SMS Marketing');
  await writes(phone, ours.promotional, 'HELP');
  await sql`UPDATE message SET dispatched_at = ${server.clock.now()} WHERE to_address = ${phone}`.execute(
    server.database.db,
  );
  const [help = ''] = await told(phone);
  assert.match(help, /STOP/);
  await writes(phone, ours.promotional, help);
  for (const quoted of [`Liked “${help}”`, `👍 to “${help}”`, `> ${help}`])
    await writes(phone, ours.promotional, quoted);
  assert.deepEqual(await standings(user), sms, 'neither opted out nor paused');
  assert.equal(await answersTo(phone), 1);
  await writes(phone, ours.promotional, `> ${help}\nSTOP`);
  assert.equal((await standings(user))['SMS Marketing'], 'unsubscribed');
});

test('a wrong number pauses, is asked about once, and decided as an opt-out binds the number', async () => {
  const phone = newNumber();
  const user = await userOf({ phone });
  await optsIn(user, 'SMS Marketing');
  for (let again = 0; again < 2; again++)
    await writes(phone, ours.promotional, 'Sorry, you have the wrong number');
  assert.equal((await standings(user))['SMS Marketing'], 'subscribed, paused');
  const open = await server.call('GET', '/api/consent/unclear?limit=200');
  const { replies } = open.body as { replies: { id: number; body: string; about: string }[] };
  const asked = replies.filter(({ body }) => body === 'Sorry, you have the wrong number');
  assert.deepEqual(
    asked.map(({ about }) => about),
    ['wrongNumber'],
  );
  await server.call('POST', `/api/consent/unclear/${asked[0]?.id}/decide`, { decision: 'optOut' });
  assert.equal((await standings(user))['SMS Marketing'], 'unsubscribed');
  const { rows } = await sql<{ address: string }>`SELECT DISTINCT address FROM consent_entry
    WHERE user_id = ${user.id} AND action = 'optOut'`.execute(server.database.db);
  assert.deepEqual(rows, [{ address: phone }]);
  const suppressed = await sql`SELECT FROM suppression WHERE project_id = ${server.projectId}
    AND address_hash = ${addressHash(server.projectId, phone)}`.execute(server.database.db);
  assert.ok(suppressed.rows.length > 0, 'whoever gets the number next is opted out too');
});

test('that somebody has died pauses; asked to be removed with it, they are', async () => {
  const phone = newNumber();
  const user = await userOf({ phone });
  await optsIn(user, 'SMS Marketing');
  await writes(phone, ours.promotional, 'My father passed away in May');
  assert.equal((await standings(user))['SMS Marketing'], 'subscribed, paused');
  await writes(phone, ours.promotional, 'Bob passed away, please remove');
  assert.equal((await standings(user))['SMS Marketing'], 'unsubscribed');
});
