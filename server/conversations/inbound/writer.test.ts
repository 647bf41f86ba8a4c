import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { consentRoutes } from '../../consent/routes.ts';
import { callbackRoutes } from '../../delivery/callbacks/callback-routes.ts';
import { builtInWires } from '../../providers/built-in.ts';
import { isMetaAccount } from '../../providers/meta/account.ts';
import { createMetaWire } from '../../providers/meta/meta-wire.ts';
import { openAccount } from '../../senders/account.ts';
import { insertFirstSenders } from '../../senders/first-senders.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { findHolders, findUsers } from '../../users/find-users.ts';
import type { UserRef } from '../../users/identity.ts';
import { userRoutes } from '../../users/routes.ts';
import { noteWhatsAppNumber } from '../../users/whatsapp-number.ts';
import { unclearRoutes } from '../unclear-routes.ts';
import { obeyAccountChange } from './account-change.ts';
import { obeyPreference } from './preference.ts';
import { receive } from './receive.ts';

let server: TestApi;
let meta: { id: number; appSecret: string; sender: { id: number; wireAddress: string } };
const channels = new Map<string, { channelId: number; typeId: number }>();

before(async () => {
  const nothing = async () => undefined;
  server = await startTestApi(
    [userRoutes, consentRoutes, unclearRoutes],
    [
      callbackRoutes({
        ...{ inbound: receive, template: nothing },
        ...{ flow: async () => undefined, preference: obeyPreference, accountChange: obeyAccountChange },
      }),
    ],
  );
  const { db } = server.database;
  await insertFirstSenders(db, {
    ...{
      projectId: server.projectId,
      simulator: { url: 'http://127.0.0.1:9', smtp: { host: '127.0.0.1', port: 9 } },
      wires: builtInWires,
    },
    ...{ secrets: server.context.secrets, at: server.clock.now() },
  });
  const types = await db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'channel_id')
    .select(['channel.name', 'channel_id', 'message_type.id'])
    .execute();
  for (const row of types) channels.set(row.name, { channelId: row.channel_id, typeId: row.id });
  const account = await db
    .selectFrom('provider_account')
    .selectAll()
    .where('wire', '=', 'meta')
    .executeTakeFirstOrThrow();
  const sender = await db
    .selectFrom('sender')
    .select(['id', 'wire_address as wireAddress'])
    .where('provider_account_id', '=', account.id)
    .where('purpose', '=', 'promotional')
    .executeTakeFirstOrThrow();
  const opened = openAccount(account, server.context.secrets, builtInWires);
  assert.ok(isMetaAccount(opened));
  meta = { id: account.id, appSecret: opened.appSecret, sender };
});
after(() => server.close());

let count = 0;
const newPerson = () => `w${count++}@example.com`;
const newNumber = () => `+52555555${String(1000 + count++)}`;
/** The spelling WhatsApp has for a Mexican number. */
const asWhatsApp = (phone: string) => `521${phone.slice(3)}`;

/** A webhook of Meta's with these messages. */
async function told(...messages: Record<string, unknown>[]): Promise<void> {
  server.clock.advance(60_000);
  const timestamp = String(Math.floor(server.clock.now().getTime() / 1_000));
  const value = {
    messaging_product: 'whatsapp',
    metadata: { phone_number_id: meta.sender.wireAddress },
    messages: messages.map((message) => ({ id: `wamid.${count++}`, timestamp, ...message })),
  };
  await webhook({ field: 'messages', value });
}

async function webhook(change: { field: string; value: unknown }): Promise<void> {
  const body = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [change] }],
  });
  const signature = createHmac('sha256', meta.appSecret).update(body).digest('hex');
  const answer = await fetch(`${server.url}/callbacks/meta/${meta.id}`, {
    method: 'POST',
    headers: { 'x-hub-signature-256': `sha256=${signature}` },
    body,
  });
  assert.equal(answer.status, 200);
}

const writes = (from: string, body: string, more: Record<string, unknown> = {}) =>
  told({ from, type: 'text', text: { body }, ...more });

async function call(path: string, body: unknown): Promise<void> {
  const answer = await server.call('POST', path, body);
  assert.equal(answer.status, 200, answer.text);
  server.clock.advance(60_000);
}

/** Somebody with a number who opted in to marketing on WhatsApp and by text. */
async function subscriber(phoneNumber: string): Promise<string> {
  const email = newPerson();
  await call('/api/users/update', { email, phoneNumber });
  for (const name of ['WhatsApp Marketing', 'SMS Marketing'])
    await call('/api/consent', {
      consents: [{ email, messageTypeId: channels.get(name)!.typeId, method: 'webForm', source: 'a form' }],
    });
  return email;
}

async function userOf(email: string): Promise<UserRef> {
  const [user] = await findUsers(server.database.db, server.projectId, [{ email }]);
  return user!;
}

async function stands(email: string, channel = 'WhatsApp Marketing'): Promise<string | undefined> {
  const user = await userOf(email);
  const row = await server.database.db
    .selectFrom('subscription')
    .select(['status', 'paused_at'])
    .where('lane', '=', user.lane)
    .where('user_id', '=', user.id)
    .where('kind', '=', 'channel')
    .where('target_id', '=', channels.get(channel)!.channelId)
    .executeTakeFirst();
  return row?.paused_at ? 'paused' : row?.status;
}

/** What a person is on record as having written. */
async function wrote(email: string): Promise<string[]> {
  const user = await userOf(email);
  const rows = await server.database.db
    .selectFrom('inbound_message')
    .select('body')
    .where('lane', '=', user.lane)
    .where('user_id', '=', user.id)
    .orderBy('received_at')
    .execute();
  return rows.map((row) => row.body);
}

/** A message that left to somebody on WhatsApp; answers its wamid. */
async function wasSent(email: string, toAddress: string, senderId = meta.sender.id): Promise<string> {
  const user = await userOf(email);
  server.clock.advance(60_000);
  const at = server.clock.now();
  const id = 9_000 + count++;
  await server.database.db
    .insertInto('message')
    .values({
      ...{ lane: user.lane, id, project_id: server.projectId, user_id: user.id, request_id: id },
      ...{ channel_id: channels.get('WhatsApp Marketing')!.channelId, medium: 'whatsApp' },
      ...{
        purpose: 'promotional',
        basis: 'optIn',
        sender_id: senderId,
        to_address: toAddress,
        status: 'sent',
      },
      ...{ provider_message_id: `wamid.out${id}`, not_before: at, due_at: at, created_at: at },
      ...{ dispatched_at: at, sent_at: at },
    })
    .execute();
  return `wamid.out${id}`;
}

test('a STOP ends the subscription whatever spelling of the number WhatsApp has', async () => {
  for (const [stored, from] of [
    ['+525555550101', '5215555550101'],
    ['+541155550103', '5491155550103'],
    ['+5531988880105', '553188880105'],
    ['+2290197456789', '22997456789'],
    ['+2250545123456', '22545123456'],
  ] as const) {
    const email = await subscriber(stored);
    await writes(from, 'STOP');
    assert.equal(await stands(email), 'unsubscribed', from);
    const [holders] = await findHolders(server.database.db, server.projectId, [{ phone: `+${from}` }]);
    assert.equal(holders?.length, 1, `${from} made nobody new`);
    await writes(from, 'START');
    assert.equal(await stands(email), 'subscribed', from);
  }
});

test('WhatsApp’s own control for marketing knows a number by any spelling', async () => {
  const phone = newNumber();
  const email = await subscriber(phone);
  const timestamp = Math.floor(server.clock.now().getTime() / 1_000);
  await webhook({
    field: 'user_preferences',
    value: {
      metadata: { phone_number_id: meta.sender.wireAddress },
      user_preferences: [
        { wa_id: asWhatsApp(phone), category: 'marketing_messages', value: 'stop', timestamp },
      ],
    },
  });
  assert.equal(await stands(email), 'unsubscribed');
});

test('a number that Meta’s answer names is that person’s, though no rule tells', async () => {
  const phone = '+447400123301';
  const email = await subscriber(phone);
  const other = newPerson();
  await call('/api/users/update', { email: other, phoneNumber: '+447400123303' });
  const { db } = server.database;
  await noteWhatsAppNumber(db, server.projectId, phone, '+447400999301', server.clock.now());
  await writes('447400999301', 'STOP');
  assert.equal(await stands(email), 'unsubscribed');
  assert.deepEqual(await wrote(email), ['STOP']);
  const later = newPerson();
  await call('/api/users/update', { email: later, phoneNumber: '+447400999301' });
  assert.equal(await stands(later), 'unsubscribed', 'the other name is bound too');
});

test('the wire keeps by which number Meta knows the recipient', async () => {
  const answer = {
    contacts: [{ input: '+525555550101', wa_id: '5215555550101' }],
    messages: [{ id: 'wamid.1' }],
  };
  const wire = createMetaWire({
    run: async () => ({ kind: 'answered', status: 200, body: JSON.stringify(answer), headers: {} }),
    close: async () => undefined,
  } as unknown as Parameters<typeof createMetaWire>[0]);
  const account = {
    ...{ id: 1, wire: 'meta' as const, baseUrl: 'http://127.0.0.1:9', version: 'v23.0' },
    ...{ businessAccountId: '1', accessToken: 'a', appSecret: 'b', verifyToken: 'c' },
  };
  const message = {
    reference: 'r',
    from: '1',
    to: '+525555550101',
    content: { kind: 'whatsAppMessage', type: 'text', body: 'Hi' },
  };
  const result = await wire.send(account, message as never, { onDeparted: () => undefined });
  assert.deepEqual(result, { outcome: 'accepted', providerMessageId: 'wamid.1', knownAs: '+5215555550101' });
});

test('an answer to a message of ours is from that message’s person, whatever number it spells', async () => {
  const phone = newNumber();
  const email = await subscriber(phone);
  const wamid = await wasSent(email, phone);
  const strange = '447400123399';
  await writes(strange, 'STOP', { context: { id: wamid } });
  assert.equal(await stands(email), 'unsubscribed');
  assert.deepEqual(await findUsers(server.database.db, server.projectId, [{ phone: `+${strange}` }]), [null]);
  // A message that left by another account, or is none of ours, names nobody.
  const sender = await server.database.db
    .selectFrom('sender')
    .select('id')
    .where('medium', '=', 'sms')
    .executeTakeFirstOrThrow();
  const safe = await subscriber(newNumber());
  await writes('447400123398', 'STOP', { context: { id: await wasSent(safe, '+4412', sender.id) } });
  await writes('447400123397', 'STOP', { context: { id: 'wamid.nobody' } });
  assert.equal(await stands(safe), 'subscribed');
});

test('on a shared number words are of the one who was written to last, and a STOP is of all', async () => {
  const phone = newNumber();
  const [mother, son] = [await subscriber(phone), await subscriber(`+${asWhatsApp(phone)}`)];
  await writes(asWhatsApp(phone), 'to the oldest');
  await wasSent(son, phone);
  await writes(asWhatsApp(phone), 'to the son');
  await wasSent(mother, `+${asWhatsApp(phone)}`);
  await writes(phone.slice(1), 'to the mother', { from_user_id: 'MX.77' });
  assert.deepEqual(await wrote(mother), ['to the oldest', 'to the mother']);
  assert.deepEqual(await wrote(son), ['to the son']);
  await writes(asWhatsApp(phone), 'STOP', { from_user_id: 'MX.77' });
  assert.deepEqual([await stands(mother), await stands(son)], ['unsubscribed', 'unsubscribed']);
  await wasSent(son, phone);
  await writes(asWhatsApp(phone), 'START');
  assert.deepEqual([await stands(mother), await stands(son)], ['unsubscribed', 'subscribed']);
});

test('a number that was given up is not written to on WhatsApp again, by whatever way it comes back', async () => {
  const phone = '+447400123201';
  const email = await subscriber(phone);
  const change = {
    ...{ from: '447400123201', type: 'system' },
    system: {
      ...{ wa_id: '447400123202', type: 'user_changed_number' },
      body: 'User A changed from 447400123201 to 447400123202',
    },
  };
  await told(change);
  assert.equal(await stands(email), 'unsubscribed');
  assert.equal(await stands(email, 'SMS Marketing'), 'paused', 'texts wait for somebody who decides');
  const { text } = await server.call('GET', `/api/consent/proof?email=${email}`);
  assert.match(text, /changed from 447400123201 to 447400123202/);
  const imported = newPerson();
  await call('/api/users/update', { email: imported, phoneNumber: phone });
  assert.equal(await stands(imported), 'unsubscribed');
  await call('/api/users/update', { email, phoneNumber: '+447400123202' });
  assert.equal(await stands(email, 'SMS Marketing'), undefined, 'the new number starts without consent');
  const open = await server.database.db.selectFrom('unclear_reply').select('body').execute();
  assert.deepEqual(
    open.map((row) => row.body),
    [change.system.body],
  );
  // Nobody's yet when it is told.
  await told({ ...change, from: '447400123205' });
  const later = newPerson();
  await call('/api/users/update', { email: later, phoneNumber: '+447400123205' });
  assert.equal(await stands(later), 'unsubscribed');
});

test('an account that was registered anew, or has another user id, waits for somebody who decides', async () => {
  for (const type of ['customer_identity_changed', 'user_identity_changed', 'user_changed_user_id']) {
    const phone = newNumber();
    const email = await subscriber(phone);
    await told({ from: asWhatsApp(phone), type: 'system', system: { type } });
    assert.equal(await stands(email), 'paused', type);
    assert.equal(await stands(email, 'SMS Marketing'), 'subscribed', type);
  }
});
