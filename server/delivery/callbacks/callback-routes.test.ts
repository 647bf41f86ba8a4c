import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { request } from 'undici';
import { insertProject } from '../../consent/new-project.ts';
import { encodeMessageId } from '../../database/message-id.ts';
import type { Medium } from '../../medium/media.ts';
import { builtInWires } from '../../providers/built-in.ts';
import type { InboundMessage } from '../../providers/callback.ts';
import type { MetaAccount } from '../../providers/meta/account.ts';
import type { SmtpAccount } from '../../providers/smtp/account.ts';
import type { TwilioAccount } from '../../providers/twilio/account.ts';
import { signTwilioRequest } from '../../providers/twilio/signature.ts';
import { openAccount } from '../../senders/account.ts';
import { insertFirstSenders } from '../../senders/first-senders.ts';
import { providerAccountRoutes } from '../../senders/provider-account-routes.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { giveProfileAddresses } from '../../testing/profile-addresses.ts';
import { insertMessages } from '../admission/new-message.ts';
import { settleReceipts } from '../receipts/settle-receipts.ts';
import { callbackRoutes } from './callback-routes.ts';

const lane = 7;
const phone = '+14155550100';

let api: TestApi;
let otherProject: number;
const inbound: InboundMessage[] = [];
before(async () => {
  const nothing = async () => undefined;
  api = await startTestApi(
    [providerAccountRoutes],
    [
      callbackRoutes({
        inbound: async (_context, _from, message) => void inbound.push(message),
        template: nothing,
        flow: nothing,
        preference: nothing,
        accountChange: nothing,
      }),
    ],
  );
  otherProject = await insertProject(api.database.db, { name: 'Other', brand: 'Other', at: api.clock.now() });
  for (const projectId of [api.projectId, otherProject])
    await insertFirstSenders(api.database.db, {
      ...{
        projectId,
        simulator: { url: 'http://127.0.0.1:9', smtp: { host: '127.0.0.1', port: 9 } },
        wires: builtInWires,
      },
      ...{ secrets: api.context.secrets, at: api.clock.now() },
    });
  await api.database.db
    .insertInto('users')
    .values({
      ...{ lane, id: 1, project_id: api.projectId, phone_number: phone },
      ...{ signed_up_at: api.clock.now(), updated_at: api.clock.now() },
    })
    .execute();
  await giveProfileAddresses(api.database.db);
});
after(() => api.close());
let messageId = 0;
beforeEach(async () => {
  inbound.length = 0;
  messageId = await sentMessage('sms');
});

let requests = 0;
/** A message of user 1 that its provider has accepted. */
async function sentMessage(medium: Medium): Promise<number> {
  const { db } = api.database;
  const now = api.clock.now();
  const sender = await db
    .selectFrom('sender')
    .select('id')
    .where('project_id', '=', api.projectId)
    .where('medium', '=', medium)
    .orderBy('id')
    .executeTakeFirstOrThrow();
  const id = ++requests;
  await insertMessages(db, lane, [
    {
      ...{ id, userId: 1, projectId: api.projectId, requestId: id, campaignId: null, templateId: 1 },
      ...{
        channelId: 1,
        messageTypeId: 1,
        medium,
        purpose: 'promotional',
        basis: 'optIn',
        senderId: sender.id,
      },
      ...{ toAddress: phone, content: { kind: 'sms', body: 'Hello' }, segments: 1, priceMicros: 0 },
      ...{ skipReason: null, detail: null, notBefore: now, dueAt: now, closesAt: null, legalCap: 3 },
      ...{ legalCapHours: 24, onQuiet: 'delay', onCap: 'skip', links: [], createdAt: now },
    },
  ]);
  await db
    .updateTable('message')
    .set({ status: 'sent', attempts: 1, provider_message_id: `ID${id}`, dispatched_at: now, sent_at: now })
    .where('lane', '=', lane)
    .where('id', '=', id)
    .execute();
  return id;
}

const standing = (id = messageId) =>
  api.database.db
    .selectFrom('message')
    .selectAll()
    .where('lane', '=', lane)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

interface Accounts {
  twilio: TwilioAccount;
  meta: MetaAccount;
  smtp: SmtpAccount;
}

async function accountOf<W extends keyof Accounts>(wire: W, projectId = api.projectId): Promise<Accounts[W]> {
  const row = await api.database.db
    .selectFrom('provider_account')
    .selectAll()
    .where('wire', '=', wire)
    .where('project_id', '=', projectId)
    .executeTakeFirstOrThrow();
  return openAccount(row, api.context.secrets, builtInWires) as Accounts[W];
}

/** Posts a status callback as Twilio does for an account, and does what a worker does of it. */
async function twilioSays(
  account: TwilioAccount,
  fields: Record<string, string>,
  authToken = account.authToken,
): Promise<number> {
  const path = `/callbacks/twilio/${account.id}/${encodeMessageId(lane, messageId)}`;
  const params = { MessageSid: `ID${messageId}`, ...fields };
  const answer = await fetch(api.url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signTwilioRequest(authToken, api.context.publicUrl + path, params),
    },
    body: new URLSearchParams(params).toString(),
  });
  await work();
  return answer.status;
}

/** Posts a webhook as Meta does, and does what a worker does of it. */
async function metaSays(value: Record<string, unknown>): Promise<number> {
  const account = await accountOf('meta');
  const body = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: account.businessAccountId, changes: [{ field: 'messages', value }] }],
  });
  const signature = createHmac('sha256', account.appSecret).update(body).digest('hex');
  const answer = await fetch(`${api.url}/callbacks/meta/${account.id}`, {
    method: 'POST',
    headers: { 'x-hub-signature-256': `sha256=${signature}` },
    body,
  });
  await work();
  return answer.status;
}

const status = (id: number, word: string, error?: { code: number; title: string }) => ({
  ...{ id: `ID${id}`, status: word, biz_opaque_callback_data: encodeMessageId(lane, id) },
  ...{ timestamp: String(api.clock.now().getTime() / 1_000), ...(error && { errors: [error] }) },
});

let foreign = 0;
async function work(): Promise<void> {
  ({ foreign } = await settleReceipts(api.context, lane));
}

test("an account's signature settles the messages of its own project only", async () => {
  const delivered = { MessageStatus: 'delivered' };
  assert.equal(await twilioSays(await accountOf('twilio', otherProject), delivered), 204);
  assert.equal((await standing()).status, 'sent');
  assert.equal(foreign, 1);
  assert.equal(await twilioSays(await accountOf('twilio'), delivered), 204);
  assert.equal((await standing()).status, 'delivered');
});

test('a message that the carrier gave up has bounced, and says when it is tried again', async () => {
  await twilioSays(await accountOf('twilio'), { MessageStatus: 'undelivered', ErrorCode: '30003' });
  const { status, failed_at, retry_at, retries, error_code } = await standing();
  assert.deepEqual([status, retries, error_code], ['bounced', 1, '30003']);
  const now = api.clock.now().getTime();
  assert.deepEqual([failed_at?.getTime(), retry_at?.getTime()], [now, now + 4 * 3_600_000]);
});

test('a callback is checked against the public address, whatever host or proxy the request itself names', async () => {
  const account = await accountOf('twilio');
  const path = `/callbacks/twilio/${account.id}/${encodeMessageId(lane, messageId)}`;
  const named = {
    ...{ host: 'thief.example', 'x-forwarded-host': 'thief.example', 'x-forwarded-proto': 'http' },
    'x-original-url': '/callbacks/twilio/1/x',
  };
  const says = (signedFor: string) =>
    request(api.url + path, {
      method: 'POST',
      headers: {
        ...named,
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': signTwilioRequest(account.authToken, signedFor + path, {}),
      },
    }).then(({ statusCode, body }) => body.dump().then(() => statusCode));
  assert.equal(await says(api.context.publicUrl), 204);
  for (const other of ['http://thief.example', 'https://thief.example', api.url])
    assert.equal(await says(other), 401, other);
});

test('while a token is rotated a callback may be signed with either', async () => {
  const account = await accountOf('twilio');
  const sent = { MessageStatus: 'sent' };
  assert.equal(await twilioSays(account, sent, 'new-token'), 401);
  const change = (secrets: Record<string, string | null>) =>
    api.call('PATCH', `/api/providerAccounts/${account.id}`, { secrets });
  assert.equal((await change({ otherAuthToken: 'new-token' })).status, 200);
  api.clock.advance(10_000);
  assert.equal(await twilioSays(account, sent, 'new-token'), 204);
  assert.equal((await change({ otherAuthToken: null })).status, 200);
  api.clock.advance(10_000);
  assert.equal(await twilioSays(account, sent, 'new-token'), 401);
});

test('a refused account stops with all its senders, and its messages are tried again soon', async () => {
  const { id } = await accountOf('twilio');
  await twilioSays(await accountOf('twilio'), { MessageStatus: 'failed', ErrorCode: '30002' });
  const stopped = (await api.call('GET', '/api/providerAccounts')).body as {
    providerAccounts: { id: number; stoppedReason: string | null }[];
  };
  assert.deepEqual(
    stopped.providerAccounts.filter((each) => each.stoppedReason !== null).map((each) => each.id),
    [id],
  );
  const waiting = await standing();
  assert.equal(waiting.status, 'bounced');
  assert.equal(waiting.retry_at?.getTime(), api.clock.now().getTime() + 60_000);
  const started = await api.call('PATCH', `/api/providerAccounts/${id}`, { stoppedReason: null });
  assert.partialDeepStrictEqual(started.body, { stoppedReason: null });
});

test('a code that says little makes an address unreachable after several failures, and a delivery reachable again', async () => {
  const unreachable = async () =>
    (await api.database.db.selectFrom('address').select('unreachable').executeTakeFirstOrThrow()).unreachable;
  const fail = async () => {
    api.clock.advance(60_000);
    const failed = status(await sentMessage('whatsApp'), 'failed', { code: 131026, title: 'no' });
    await metaSays({ statuses: [failed, failed] });
  };
  const arrive = async () => {
    api.clock.advance(60_000);
    await metaSays({ statuses: [status(await sentMessage('whatsApp'), 'delivered')] });
  };
  await fail();
  await fail();
  await arrive();
  await fail();
  await fail();
  assert.deepEqual(await unreachable(), {});
  await fail();
  const since = api.clock.now().toISOString();
  assert.deepEqual(await unreachable(), { whatsApp: { code: '131026', since } });
  await arrive();
  assert.deepEqual(await unreachable(), {});
});

test('signs that no database takes harm neither their own receipt nor those that come with it', async () => {
  const [one, two] = [await sentMessage('whatsApp'), await sentMessage('whatsApp')];
  const answer = await metaSays({
    statuses: [
      status(one, 'failed', { code: 131053, title: 'half \ud83d and \0' }),
      status(two, 'delivered'),
      { ...status(two, 'read'), timestamp: '-99999999999999' },
    ],
    metadata: { phone_number_id: '1' },
    messages: [
      { from: '14155550100', id: 'wamid.1', timestamp: '1', type: 'text', text: { body: 'a\0b\ud83d' } },
    ],
  });
  assert.equal(answer, 200);
  assert.equal((await standing(one)).error_detail, 'half \ufffd and ');
  assert.equal((await standing(two)).status, 'read');
  assert.equal(inbound[0]?.body, 'ab\ufffd');
});

test('an address that names no account is not found', async () => {
  for (const id of ['abc', '1.5', '99999999999', '0', '-1', '424242'])
    for (const path of [
      `/callbacks/twilio/${id}/A1`,
      `/callbacks/twilio/${id}/inbound`,
      `/callbacks/meta/${id}`,
    ])
      assert.equal((await fetch(api.url + path, { method: 'POST', body: 'a=b' })).status, 404, path);
});
