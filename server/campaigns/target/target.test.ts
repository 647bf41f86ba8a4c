import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { audienceRoutes } from '../../audiences/routes.ts';
import { insertProject } from '../../consent/new-project.ts';
import { consentRoutes } from '../../consent/routes.ts';
import { templateRoutes } from '../../content/templates/template-routes.ts';
import { decodeMessageId } from '../../database/message-id.ts';
import { sendTest } from '../../delivery/send-test.ts';
import { insertKey, newKey } from '../../projects/api-key.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { makeCampaign } from '../../testing/audience.ts';
import { userRoutes } from '../../users/routes.ts';
import { addSender, groundOf } from '../campaign-fixtures.ts';
import { campaignRoutes } from '../routes.ts';
import { targetRoutes } from './target-routes.ts';

interface Answer {
  status: number;
  code: string;
  msg: string;
  params: { messageId?: string; skipReason?: string | null; cancelled?: number; reason?: string };
}

let api: TestApi;
let sms: { campaignId: number; templateId: number; emails: string[] };
let promotional: typeof sms;
let email: number;

before(async () => {
  api = await startTestApi([
    userRoutes,
    consentRoutes,
    audienceRoutes({ enqueue: async () => undefined }),
    templateRoutes(sendTest),
    campaignRoutes,
    targetRoutes,
  ]);
  const ground = groundOf(api);
  for (const [medium, purpose] of [
    ['sms', 'transactional'],
    ['sms', 'promotional'],
    ['email', 'transactional'],
  ] as const)
    await addSender(ground, medium, purpose);
  const program = { call: called };
  sms = await makeCampaign(program, { tag: 'code', channel: 'SMS Transactional', count: 3 });
  promotional = await makeCampaign(program, {
    tag: 'sale',
    channel: 'SMS Marketing',
    count: 3,
    phoneOf: (index) => `+1415300${1000 + index}`,
  });
  email = await emailCampaign();
});
after(() => api.close());

async function called<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await api.call(method, path, body);
  assert.ok(answer.status < 300, answer.text);
  return answer.body as T;
}

/** A transactional email campaign to whoever is in `sms`, who have agreed to it. */
async function emailCampaign(): Promise<number> {
  const { messageTypes } = await called<{ messageTypes: { id: number; channelId: number }[] }>(
    'GET',
    '/api/messageTypes',
  );
  const { channels } = await called<{ channels: { id: number; name: string }[] }>('GET', '/api/channels');
  const channelId = channels.find((channel) => channel.name === 'Email Transactional')?.id;
  const messageTypeId = messageTypes.find((type) => type.channelId === channelId)?.id;
  await called('PUT', `/api/subscriptions/messageType/${messageTypeId}?action=subscribe`, {
    users: sms.emails,
  });
  const saved = await called<{ params: { templateId: number } }>('POST', '/api/templates/email/upsert', {
    ...{ clientTemplateId: 'mail', messageTypeId, subject: 'Code', html: '<p>{{code}}</p>' },
  });
  const { campaignId } = await called<{ campaignId: number }>('POST', '/api/campaigns/create', {
    ...{ name: 'mail', templateId: saved.params.templateId },
  });
  await called('POST', '/api/campaigns/activateTriggered', { campaignId });
  return campaignId;
}

async function post(path: string, body: object, idempotencyKey?: string, key = api.key): Promise<Answer> {
  const answer = await fetch(api.url + path, {
    method: 'POST',
    headers: {
      'Api-Key': key,
      'Content-Type': 'application/json',
      ...(idempotencyKey && { 'Idempotency-Key': idempotencyKey }),
    },
    body: JSON.stringify(body),
  });
  return { status: answer.status, ...((await answer.json()) as Omit<Answer, 'status'>) };
}

async function countUsers(): Promise<number> {
  const row = await api.database.db
    .selectFrom('users')
    .select((of) => of.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

test('a recipient who cannot be one is refused by name, and nobody is made a user', async () => {
  const before = await countUsers();
  const { campaignId, templateId } = sms;
  for (const [recipient, reason] of [
    [{ recipientEmail: 'not an email at all' }, 'InvalidEmailAddressError'],
    [{ recipientUserId: '   ' }, 'InvalidUserIdError'],
    [{ recipientEmail: '   ' }, 'InvalidEmailAddressError'],
    [{ recipientUserId: 'x'.repeat(6_000) }, 'InvalidUserIdError'],
    [{ recipientUserId: 'unheard-of' }, 'NotFound'],
    [{ recipientPhone: '12' }, 'InvalidPhoneNumber'],
    [{}, 'BadParams'],
  ] as const) {
    const refused = await post('/api/sms/target', { campaignId, ...recipient });
    assert.equal(refused.params?.reason, reason);
    assert.match(refused.msg, /recipient/);
    const { recipientPhone, ...rest } = { recipientPhone: undefined, ...recipient };
    const proof = { templateId, recipientPhoneNumber: recipientPhone, ...rest };
    assert.equal((await post('/api/templates/sms/proof', proof)).params?.reason, reason);
  }
  const stranger = { recipientEmail: 'stranger@example.com' };
  assert.equal((await post('/api/sms/target', { campaignId: 999_999, ...stranger })).code, 'BadParams');
  assert.equal((await post('/api/email/target', { campaignId, ...stranger })).code, 'BadParams');
  assert.equal(await countUsers(), before);
});

test('a key finds its message in any order of the fields, and after the user has gone', async () => {
  const recipientEmail = sms.emails[0];
  const first = await post(
    '/api/sms/target',
    { campaignId: sms.campaignId, recipientEmail, dataFields: { code: '4711' } },
    'order',
  );
  assert.equal(first.status, 200);
  const again = () =>
    post(
      '/api/sms/target',
      { dataFields: { code: '4711' }, recipientEmail, campaignId: sms.campaignId },
      'order',
    );
  assert.equal((await again()).params.messageId, first.params.messageId);
  const kept = await api.database.db.selectFrom('request_key').selectAll().execute();
  assert.equal(kept.length > 0, true);
  assert.doesNotMatch(JSON.stringify(kept), /4711|order/);
  await called('POST', '/api/users/forget', { email: recipientEmail });
  const before = await countUsers();
  const late = await again();
  assert.equal(late.status, 200);
  assert.equal(late.params.messageId, first.params.messageId);
  assert.equal(await countUsers(), before);
  assert.equal((await post('/api/sms/target', { campaignId: sms.campaignId }, 'k'.repeat(201))).status, 400);
  const proof = { templateId: sms.templateId, recipientEmail: sms.emails[1] };
  const refused = await post('/api/templates/sms/proof', proof, 'proof');
  assert.match(refused.msg, /Idempotency-Key is not kept/);
});

test('a call that broke off between its key and its message, as it may on a cluster, is done by who repeats it, once', async () => {
  const body = { campaignId: sms.campaignId, recipientEmail: sms.emails[2] };
  const first = await post('/api/sms/target', body, 'broken off');
  const { lane, id } = decodeMessageId(first.params.messageId ?? '') ?? { lane: -1, id: -1 };
  const { db } = api.database;
  const gone = await db
    .deleteFrom('message')
    .where('lane', '=', lane)
    .where('id', '=', id)
    .executeTakeFirst();
  assert.equal(gone.numDeletedRows, 1n);
  const again = await Promise.all(
    Array.from({ length: 5 }, () => post('/api/sms/target', body, 'broken off')),
  );
  for (const answer of again) assert.deepEqual([answer.status, answer.params], [200, first.params]);
  const other = { ...body, recipientEmail: sms.emails[1] };
  assert.equal((await post('/api/sms/target', other, 'broken off')).status, 409);
  const made = db.selectFrom('message').select('request_id').where('lane', '=', lane);
  const { request_id } = await made.where('id', '=', id).executeTakeFirstOrThrow();
  assert.equal((await made.where('request_id', '=', request_id).execute()).length, 1);
});

test('a campaign that is paused or stopped takes no call from the answer on, and the refusal says what helps', async () => {
  const { campaignId } = await called<{ campaignId: number }>('POST', '/api/campaigns/create', {
    ...{ name: 'Codes', templateId: sms.templateId },
  });
  await called('POST', '/api/campaigns/activateTriggered', { campaignId });
  const target = () => post('/api/sms/target', { campaignId, recipientEmail: sms.emails[2] });
  assert.equal((await target()).status, 200);
  await called('POST', `/api/campaigns/${campaignId}/pause`);
  const paused = await target();
  assert.deepEqual([paused.status, paused.params.messageId], [400, undefined]);
  assert.match(
    paused.msg,
    /is Paused and must be Running; resume it first \(POST \/api\/campaigns\/\d+\/resume\)/,
  );
  await called('POST', `/api/campaigns/${campaignId}/resume`);
  assert.equal((await target()).status, 200);
  await called('POST', '/api/campaigns/abort', { campaignId });
  assert.match((await target()).msg, /is Aborted and must be Running; use another campaign/);
});

test('a cancellation is of its own medium only', async () => {
  const recipientEmail = sms.emails[1] ?? '';
  const sendAt = '2026-11-24 12:00:00 +00:00';
  const text = await post('/api/sms/target', { campaignId: sms.campaignId, recipientEmail, sendAt });
  const dataFields = { code: '17' };
  const mail = await post('/api/email/target', { campaignId: email, recipientEmail, sendAt, dataFields });
  assert.equal(text.params.skipReason, null);
  assert.equal(mail.params.skipReason, null);
  const scheduledMessageId = text.params.messageId;
  const foreign = await post('/api/email/cancel', { scheduledMessageId });
  assert.equal(foreign.code, 'BadParams');
  assert.match(foreign.msg, /api\/sms\/cancel/);
  assert.equal((await post('/api/sms/cancel', { email: recipientEmail })).params.cancelled, 1);
  assert.equal((await post('/api/email/cancel', { email: recipientEmail })).params.cancelled, 1);
});

test('who has had a promotional campaign is not sent it again where no repeat is allowed', async () => {
  const { campaignId, emails } = promotional;
  const once = (recipientEmail = '') =>
    post('/api/sms/target', { campaignId, recipientEmail, allowRepeatMarketingSends: false });
  const answers = await Promise.all(Array.from({ length: 5 }, () => once(emails[0])));
  const reasons = answers.map((answer) => answer.params.skipReason);
  assert.equal(reasons.filter((reason) => reason === null).length, 1);
  assert.equal(reasons.filter((reason) => reason === 'alreadySent').length, 4);
  assert.equal((await once(emails[1])).params.skipReason, null);
  const more = await post('/api/sms/target', { campaignId, recipientEmail: emails[0] });
  assert.equal(more.params.skipReason, null);
});

test('another project asking for a campaign first changes nothing for its owner', async () => {
  const at = api.clock.now();
  const other = await insertProject(api.database.db, { name: 'Other', brand: 'Other', at });
  const key = newKey();
  await insertKey(api.database.db, { projectId: other, name: 'other', kind: 'server', key, at });
  api.clock.advance(5_000);
  const body = { campaignId: sms.campaignId, recipientEmail: sms.emails[2] };
  assert.equal((await post('/api/sms/target', body, undefined, key)).code, 'BadParams');
  assert.equal((await post('/api/sms/target', body)).status, 200);
});
