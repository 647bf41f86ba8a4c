import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { consentRoutes } from '../../consent/routes.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { findUsers } from '../../users/find-users.ts';
import { userRoutes } from '../../users/routes.ts';
import { emptySettled, findToEmpty } from '../empty-messages.sql.ts';
import { settleReceipts } from './settle-receipts.ts';
import { openReceiptIntake } from './take-in.ts';

let server: TestApi;
let marketing: { channelId: number; typeId: number };
before(async () => {
  server = await startTestApi([userRoutes, consentRoutes]);
  const row = await server.database.db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'channel_id')
    .select(['channel_id', 'message_type.id'])
    .where('channel.name', '=', 'WhatsApp Marketing')
    .executeTakeFirstOrThrow();
  marketing = { channelId: row.channel_id, typeId: row.id };
});
after(() => server.close());

let count = 0;
async function call(method: string, path: string, body?: unknown): Promise<void> {
  const answer = await server.call(method, path, body);
  assert.equal(answer.status, 200, answer.text);
}

/** Somebody with an address that WhatsApp reaches, who is sent a message and deleted a minute later. */
async function sentAndDeleted(address: Record<string, string>): Promise<{ lane: number; id: number }> {
  const { db } = server.database;
  const email = `late${++count}@example.com`;
  await call('POST', '/api/users/update', { email, ...address });
  const [user] = await findUsers(db, server.projectId, [{ email }]);
  const at = server.clock.now();
  const message = { lane: user!.lane, id: count };
  await db
    .insertInto('message')
    .values({
      ...{ ...message, project_id: server.projectId, user_id: user!.id, request_id: count },
      ...{ channel_id: marketing.channelId, message_type_id: marketing.typeId, medium: 'whatsApp' },
      ...{ purpose: 'promotional', basis: 'optIn', to_address: Object.values(address)[0]!, status: 'sent' },
      ...{
        content: JSON.stringify({ kind: 'whatsApp', body: 'Hello Ann' }),
        provider_message_id: `w${count}`,
      },
      ...{ attempts: 1, not_before: at, due_at: at, created_at: at, dispatched_at: at, sent_at: at },
    })
    .execute();
  server.clock.advance(60_000);
  await call('DELETE', `/api/users/${email}`);
  return message;
}

/** What is left of a message. */
const left = ({ lane, id }: { lane: number; id: number }) =>
  server.database.db
    .selectFrom('message')
    .select(['status', 'to_address', 'content', 'error_detail'])
    .where('lane', '=', lane)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

/** Meta tells by webhook that its reader wants no marketing messages, and the message is emptied after that. */
async function refusedLate({ lane, id }: { lane: number; id: number }): Promise<void> {
  await openReceiptIntake(server.database.db).take({
    ...{ lane, messageId: id, wire: 'meta', status: 'failed', providerMessageId: `w${id}` },
    ...{ errorClass: null, code: '131050', detail: 'User has stopped marketing messages' },
    ...{ retryAfterMs: null, attempt: null, at: server.clock.now() },
  });
  await settleReceipts(server.context, lane);
  await emptyInAll();
}

async function emptyInAll(): Promise<void> {
  const { db } = server.database;
  const now = server.clock.now();
  for (const { lane } of await findToEmpty(db, now)) await emptySettled(db, lane, now);
}

/** Where somebody stands with WhatsApp's marketing who is made with an address now. */
async function nextStands(address: Record<string, string>): Promise<string | undefined> {
  const { db } = server.database;
  const email = `next${++count}@example.com`;
  await call('POST', '/api/users/update', { email, ...address });
  const [user] = await findUsers(db, server.projectId, [{ email }]);
  const row = await db
    .selectFrom('subscription')
    .select('status')
    .where('lane', '=', user!.lane)
    .where('user_id', '=', user!.id)
    .where('kind', '=', 'channel')
    .where('target_id', '=', marketing.channelId)
    .executeTakeFirst();
  return row?.status;
}

for (const [what, address] of [
  ['number', { phoneNumber: '+447700900701' }],
  ['WhatsApp user id', { whatsAppUserId: 'GB.13491208655302749001' }],
] as const)
  test(`an opt-out that Meta tells once its person was deleted binds whoever has the ${what} next, and then nothing is left of it`, async () => {
    const message = await sentAndDeleted(address);
    assert.deepEqual(await left(message), {
      ...{ status: 'sent', to_address: Object.values(address)[0], content: null, error_detail: null },
    });
    await emptyInAll();
    assert.notEqual((await left(message)).to_address, null);
    await refusedLate(message);
    assert.deepEqual(await left(message), {
      ...{ status: 'bounced', to_address: null, content: null, error_detail: null },
    });
    assert.equal(await nextStands(address), 'unsubscribed');
  });

test('whoever has the address by the time that Meta tells of the opt-out is out too', async () => {
  const address = { whatsAppUserId: 'GB.13491208655302749002' };
  const message = await sentAndDeleted(address);
  const email = 'back@example.com';
  await call('POST', '/api/users/update', { email, ...address });
  const { typeId: messageTypeId } = marketing;
  const stated = { email, messageTypeId, method: 'import', source: 'a file' };
  await call('POST', '/api/consent', { consents: [stated] });
  server.clock.advance(60_000);
  await refusedLate(message);
  const { text } = await server.call('GET', `/api/consent/proof?email=${email}`);
  assert.match(text, /refused by the provider with 131050/);
});

test('a day after it was sent, or when it arrived, the address of a person who is gone is kept no longer', async () => {
  const arrived = await sentAndDeleted({ phoneNumber: '+447700900702' });
  const silent = await sentAndDeleted({ phoneNumber: '+447700900703' });
  await openReceiptIntake(server.database.db).take({
    ...{ lane: arrived.lane, messageId: arrived.id, wire: 'meta', status: 'delivered' },
    ...{ providerMessageId: `w${arrived.id}`, errorClass: null, code: null, detail: null },
    ...{ retryAfterMs: null, attempt: null, at: server.clock.now() },
  });
  await settleReceipts(server.context, arrived.lane);
  await emptyInAll();
  assert.deepEqual(
    [(await left(arrived)).to_address, (await left(silent)).to_address],
    [null, '+447700900703'],
  );
  server.clock.advance(24 * 3_600_000 - 61_000);
  await emptyInAll();
  assert.equal((await left(silent)).to_address, '+447700900703');
  server.clock.advance(1_000);
  await emptyInAll();
  assert.equal((await left(silent)).to_address, null);
  assert.equal(await nextStands({ phoneNumber: '+447700900703' }), undefined);
});
