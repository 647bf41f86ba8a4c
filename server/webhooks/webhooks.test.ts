import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { IterableClient } from '@iterable/api';
import { sql } from 'kysely';
import { insertProject } from '../consent/new-project.ts';
import { encodeMessageId } from '../database/message-id.ts';
import type { MessageHappening } from '../http/happenings.ts';
import { signatureOf } from '../http/signature.ts';
import { openBell } from '../lanes/bell.ts';
import { laneOfUser } from '../lanes/lanes.ts';
import { openGuardedAgent } from '../outbound/connect.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { loopbackAllowed } from '../testing/outbound.ts';
import { deliverDueWebhooks, deliverWebhooks } from './deliver-webhooks.ts';
import { queueWebhookEvents, type WebhookEvent } from './queue-events.ts';
import { webhookRoutes } from './routes.ts';

interface Post {
  headers: IncomingHttpHeaders;
  body: string;
}

let api: TestApi;
let client: IterableClient;
let receiver: Server;
let endpoint: string;
let posts: Post[] = [];
let answerWith = 200;
let userId: number;
const agent = openGuardedAgent(loopbackAllowed, {
  ...{ connections: 5, connectTimeoutMs: 5_000, silenceTimeoutMs: 5_000 },
});

before(async () => {
  api = await startTestApi([webhookRoutes]);
  client = new IterableClient({ apiKey: api.key, baseUrl: api.url });
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    posts.push({ headers: request.headers, body });
    response.statusCode = answerWith;
    if (answerWith === 307) response.setHeader('location', '/elsewhere');
    if (answerWith !== 200) response.end('thanks');
    // Takes the event, and would talk on for ever.
    else if (request.url === '/endless') {
      const write = () => {
        while (response.write(Buffer.alloc(65_536))) if (response.destroyed) return;
      };
      response.on('drain', write);
      write();
    } else response.end('thanks');
    receiver.emit('posted');
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  endpoint = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  const { rows } = await sql<{ id: number }>`SELECT nextval('user_id_seq') AS id`.execute(api.database.db);
  userId = rows[0]?.id ?? 0;
  await sql`
    INSERT INTO users (lane, id, project_id, email, external_id, signed_up_at, updated_at)
    VALUES (${laneOfUser(userId)}, ${userId}, ${api.projectId}, 'ann@example.com', 'ann', ${api.clock.now()}, ${api.clock.now()})`.execute(
    api.database.db,
  );
});
beforeEach(async () => {
  posts = [];
  answerWith = 200;
  await sql`DELETE FROM webhook`.execute(api.database.db);
});
after(async () => {
  client.destroy();
  await agent.close();
  receiver.closeAllConnections();
  receiver.close();
  await api.close();
});

const bounce = (): WebhookEvent => ({
  name: 'smsBounce',
  person: { lane: laneOfUser(userId), userId },
  at: api.clock.now(),
  channelId: 1,
  messageTypeId: 1,
  dataFields: { campaignId: 7, messageId: 'A1' },
});

async function makeWebhook(settings: object = { childEvents: ['smsBounce'] }) {
  const made = await api.call('POST', '/api/webhooks/create', { endpoint, ...settings });
  assert.equal(made.status, 200, made.text);
  return made.body as { id: number; secret: string };
}

const waiting = async () => {
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM webhook_event`.execute(
    api.database.db,
  );
  return rows[0]?.count;
};

test('an event is posted in Iterable’s shape, signed over its raw body, with the chosen authorisation', async () => {
  const { secret } = await makeWebhook({
    childEvents: ['smsBounce'],
    authType: 'Basic',
    authToken: 'abc',
    customHeaders: [{ name: 'X-Shop', value: 'one' }],
  });
  await queueWebhookEvents(api.context.db, api.projectId, [bounce()]);
  assert.equal(await deliverDueWebhooks(api.context, agent), 1);
  const [post] = posts;
  assert.ok(post);
  assert.deepEqual(JSON.parse(post.body), {
    email: 'ann@example.com',
    userId: 'ann',
    eventName: 'smsBounce',
    dataFields: {
      email: 'ann@example.com',
      userId: 'ann',
      campaignId: 7,
      messageId: 'A1',
      channelId: 1,
      messageTypeId: 1,
      createdAt: api.clock.now().toISOString(),
    },
  });
  assert.equal(post.headers['x-carillon-signature'], signatureOf(post.body, secret));
  assert.equal(post.headers.authorization, 'Basic abc');
  assert.equal(post.headers['x-shop'], 'one');
  assert.equal(await waiting(), 0);
});

test('headers as Iterable’s call gives them go with each post; names that are not the operator’s are refused', async () => {
  const { id } = await makeWebhook();
  const changed = await api.call('POST', '/api/webhooks', {
    ...{ id, headers: [{ key: 'X-Shop', value: 'harbor' }] },
  });
  assert.equal(changed.status, 200, changed.text);
  for (const [header, says] of [
    ...[
      'Host',
      'content-length',
      'Transfer-Encoding',
      'Connection',
      'TE',
      'Upgrade',
      'Proxy-Authorization',
    ].map((key) => [{ key, value: 'x' }, /connection/] as const),
    [{ key: 'X-Carillon-Signature', value: 'sha256=0' }, /ours/],
    [{ key: 'Content-Type', value: 'text/plain' }, /application\/json/],
    [{ key: 'Authorization', value: 'Basic x' }, /authType/],
    [{ key: 'X Shop', value: 'x' }, /no name/],
    [{ key: '', value: 'x' }, /no name/],
    [{ key: 'X-Shop', value: 'a\r\nHost: b' }, /one line/],
    [{ key: 'X-Shop', value: '港' }, /Latin-1/],
  ] as const)
    for (const [path, body] of [
      ['/api/webhooks', { id, headers: [header] }],
      ['/api/webhooks/create', { endpoint, headers: [header] }],
      ['/api/webhooks', { id, customHeaders: [{ name: header.key, value: header.value }] }],
    ] as const) {
      const refused = await api.call('POST', path, body);
      assert.equal(refused.status, 400, header.key);
      assert.match(refused.text, says);
      assert.ok((refused.body as { msg: string }).msg.includes(JSON.stringify(header.key)), refused.text);
    }
  const twice = [
    { key: 'X-Shop', value: 'a' },
    { key: 'x-shop', value: 'b' },
  ];
  assert.match((await api.call('POST', '/api/webhooks', { id, headers: twice })).text, /twice/);
  const both = { id, headers: [], customHeaders: [] };
  assert.match((await api.call('POST', '/api/webhooks', both)).text, /one of them/);
  await queueWebhookEvents(api.context.db, api.projectId, [bounce()]);
  await deliverDueWebhooks(api.context, agent);
  assert.equal(posts[0]?.headers['x-shop'], 'harbor', 'what was refused changed nothing');
});

test('a receiver that fails gets the event again, later each time, until it takes it', async () => {
  await makeWebhook();
  await queueWebhookEvents(api.context.db, api.projectId, [bounce()]);
  answerWith = 500;
  assert.equal(await deliverDueWebhooks(api.context, agent), 1);
  assert.equal(await deliverDueWebhooks(api.context, agent), 0);
  api.clock.advance(10_000);
  assert.equal(await deliverDueWebhooks(api.context, agent), 1);
  api.clock.advance(10_000);
  assert.equal(await deliverDueWebhooks(api.context, agent), 0);
  api.clock.advance(10_000);
  answerWith = 204;
  assert.equal(await deliverDueWebhooks(api.context, agent), 1);
  assert.equal(posts.length, 3);
  assert.equal(new Set(posts.map((post) => post.headers['x-carillon-event'])).size, 1);
  assert.equal(await waiting(), 0);
});

test('a redirect is not followed, so that no secret goes where it leads; an answer without an end is not read on', async () => {
  const secrets = { authType: 'Bearer', authToken: 'stored-token' };
  const { id } = await makeWebhook({ childEvents: ['smsBounce'], ...secrets });
  await queueWebhookEvents(api.context.db, api.projectId, [bounce()]);
  answerWith = 307;
  await deliverDueWebhooks(api.context, agent);
  assert.deepEqual([posts.length, await waiting()], [1, 1]);
  answerWith = 200;
  const endless = endpoint.replace('/hook', '/endless');
  await api.call('POST', '/api/webhooks', { id, endpoint: endless, ...secrets });
  api.clock.advance(10_000);
  await deliverDueWebhooks(api.context, agent);
  assert.deepEqual([posts.length, await waiting()], [2, 0]);
});

test('after a day of failures the event is dropped', async () => {
  await makeWebhook();
  await queueWebhookEvents(api.context.db, api.projectId, [bounce()]);
  answerWith = 500;
  for (let hour = 0; hour < 30; hour++) {
    await deliverDueWebhooks(api.context, agent);
    api.clock.advance(3_600_000);
  }
  assert.equal(await waiting(), 0);
  assert.ok(posts.length >= 20 && posts.length <= 25, String(posts.length));
});

test('the loop posts what is due and ends when told', async () => {
  await makeWebhook();
  await queueWebhookEvents(api.context.db, api.projectId, [bounce()]);
  const stop = new AbortController();
  const posted = once(receiver, 'posted');
  const running = deliverWebhooks(api.context, openBell(), stop.signal);
  await posted;
  stop.abort();
  await running;
  assert.equal(await waiting(), 0);
});

test('a webhook hears only of what it asked for', async () => {
  await makeWebhook({ childEvents: [], blastSendEnabled: true });
  const send = (campaignKind: 'Blast' | 'Triggered'): WebhookEvent => ({
    ...bounce(),
    name: 'smsSend',
    campaignKind,
  });
  await queueWebhookEvents(api.context.db, api.projectId, [bounce(), send('Blast'), send('Triggered')]);
  assert.equal(await waiting(), 1);
  await sql`DELETE FROM webhook`.execute(api.database.db);
  await makeWebhook({ childEvents: ['smsBounce'], channelIds: [2] });
  await queueWebhookEvents(api.context.db, api.projectId, [bounce()]);
  assert.equal(await waiting(), 0);
});

test('what happened to messages is told under Iterable’s names, with what the call wants told back', async () => {
  await makeWebhook({ childEvents: ['smsSendSkip', 'smsBounce'] });
  const { db } = api.database;
  const [lane, at] = [laneOfUser(userId), api.clock.now()];
  await db
    .insertInto('message')
    .values({
      ...{
        lane,
        id: 5,
        project_id: api.projectId,
        user_id: userId,
        request_id: 5,
        channel_id: 1,
        medium: 'sms',
      },
      ...{
        purpose: 'promotional',
        basis: 'optIn',
        status: 'bounced',
        to_address: '+14155550100',
        segments: 1,
      },
      ...{ content: '{"kind":"sms","body":"Hello"}', metadata: '{"order":7}' },
      ...{ not_before: at, due_at: at, created_at: at },
    })
    .execute();
  const happened = (what: MessageHappening['what']): MessageHappening => ({
    ...{ kind: 'message', what, medium: 'sms', projectId: api.projectId, lane, messageId: 5, userId, at },
    ...{ campaignId: null },
    reason: what === 'sendSkip' ? 'noOptIn' : null,
  });
  await api.context.announce(db, (['send', 'sendSkip', 'delivered', 'bounce'] as const).map(happened));
  await api.tellHappenings();
  await deliverDueWebhooks(api.context, agent);
  const told = posts.map((post) => JSON.parse(post.body) as { eventName: string; dataFields: object });
  assert.deepEqual(told.map((post) => post.eventName).sort(), ['smsBounce', 'smsSendSkip']);
  assert.deepEqual(told.find((post) => post.eventName === 'smsSendSkip')?.dataFields, {
    ...{ email: 'ann@example.com', userId: 'ann', messageId: encodeMessageId(lane, 5), channelId: 1 },
    ...{ smsMessage: 'Hello', toPhoneNumber: '+14155550100', metadata: { order: 7 }, reason: 'noOptIn' },
    createdAt: at.toISOString(),
  });
});

test('what is rolled back is never told', async () => {
  await makeWebhook();
  await assert.rejects(
    api.context.db.transaction().execute(async (transaction) => {
      await queueWebhookEvents(transaction, api.projectId, [bounce()]);
      throw new Error('no');
    }),
  );
  assert.equal(await waiting(), 0);
});

test('the official client lists and changes webhooks; secrets are never shown again', async () => {
  const { id, secret } = await makeWebhook({ childEvents: ['smsBounce'], authToken: 'abc' });
  const changed = await client.updateWebhook({ webhookId: id, active: false, events: ['smsSend'] });
  assert.equal(changed.enabled, false);
  const { webhooks } = await client.getWebhooks();
  assert.equal(webhooks.length, 1);
  assert.equal(webhooks[0]?.endpoint, endpoint);
  const listed = await api.call('GET', '/api/webhooks');
  assert.ok(!listed.text.includes(secret) && !listed.text.includes('abc'));
  const refused = await api.call('POST', '/api/webhooks', { id, endpoint: 'file:///etc/passwd' });
  assert.equal(refused.status, 400);
  assert.match(refused.text, /endpoint/);
  assert.equal((await api.call('POST', '/api/webhooks', { id, childEvents: ['smsOops'] })).status, 400);
  assert.equal((await api.call('DELETE', `/api/webhooks/${id}`)).status, 200);
});

test('a webhook’s secrets go to no endpoint but the one they were given for', async () => {
  const token = { authType: 'Bearer', authToken: 'stored-token' };
  const header = { customHeaders: [{ name: 'X-Token', value: 'stored-value' }] };
  const { id } = await makeWebhook({ childEvents: ['smsBounce'], ...token, ...header });
  const change = (body: object) => api.call('POST', '/api/webhooks', { id, ...body });
  const thief = endpoint.replace('/hook', '/thief');
  for (const [body, asked] of [
    [{ endpoint: thief }, /endpoint becomes .*authToken and customHeaders again/],
    [{ url: thief, authToken: 'new' }, /give customHeaders again/],
    [{ endpoint: thief, headers: [] }, /give authToken again/],
    [{ endpoint: endpoint.replace('http:', 'https:'), customHeaders: [] }, /give authToken again/],
  ] as const) {
    const refused = await change(body);
    assert.equal(refused.status, 400, refused.text);
    assert.match(refused.text, asked);
    assert.doesNotMatch(refused.text, /stored-/);
  }
  assert.equal((await change({ endpoint, enabled: true })).status, 200, 'the same endpoint asks for nothing');
  // Left behind, they do not wait for the next change.
  assert.equal((await change({ endpoint: thief, authType: 'NoAuth', customHeaders: [] })).status, 200);
  assert.equal((await change({ authType: 'Bearer' })).status, 200);
  await queueWebhookEvents(api.context.db, api.projectId, [bounce()]);
  await deliverDueWebhooks(api.context, agent);
  assert.equal(posts.length, 1);
  assert.doesNotMatch(JSON.stringify(posts), /stored-/);
});

test('headers of one’s own are sealed in the database and shown by their names only', async () => {
  const customHeaders = [{ name: 'X-Token', value: 'stored-value' }];
  const made = await api.call('POST', '/api/webhooks/create', { endpoint, customHeaders });
  assert.doesNotMatch(made.text, /stored-value/);
  const { rows } = await sql<{ row: string }>`SELECT webhook::text AS row FROM webhook`.execute(
    api.context.db,
  );
  assert.doesNotMatch(JSON.stringify(rows), /stored-value/);
  for (const key of [api.key, api.readOnlyKey]) {
    const listed = await api.call('GET', '/api/webhooks', undefined, key);
    assert.doesNotMatch(listed.text, /stored-value/);
    assert.match(listed.text, /"customHeaders":\[\{"name":"X-Token","set":true\}\]/);
  }
});

test('a token that no header can carry is refused when it is given', async () => {
  for (const authToken of ['a\r\nX-Evil: 1', '港'])
    assert.match((await api.call('POST', '/api/webhooks/create', { endpoint, authToken })).text, /authToken/);
});

test('a webhook cannot be narrowed to channels or message types that are not the project’s', async () => {
  const other = await insertProject(api.database.db, { name: 'Other', brand: 'Other', at: api.clock.now() });
  const foreign = await api.database.db
    .selectFrom('message_type')
    .select(['id', 'channel_id'])
    .where('project_id', '=', other)
    .executeTakeFirstOrThrow();
  const { id } = await makeWebhook();
  for (const [path, body] of [
    ['/api/webhooks/create', { endpoint, channelIds: [foreign.channel_id] }],
    ['/api/webhooks', { id, messageTypeIds: [foreign.id] }],
  ] as const) {
    const refused = await api.call('POST', path, body);
    assert.equal(refused.status, 404);
    assert.match(refused.text, /in this project/);
  }
});
