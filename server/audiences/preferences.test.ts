import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { IterableClient } from '@iterable/api';
import { consentRoutes } from '../consent/routes.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { userRoutesWith } from '../users/routes.ts';
import { audienceRoutes } from './routes.ts';
import { subscriptionsOf } from './subscriptions-of.ts';

let server: TestApi;
let client: IterableClient;
let types: { id: number; channelId: number }[];
before(async () => {
  server = await startTestApi([
    userRoutesWith(subscriptionsOf),
    consentRoutes,
    audienceRoutes({ enqueue: async () => undefined }),
  ]);
  client = new IterableClient({ apiKey: server.key, baseUrl: server.url });
  types = (await client.getMessageTypes()).messageTypes;
});
after(async () => {
  client.destroy();
  await server.close();
});

const post = (path: string, body: unknown) => server.call('POST', path, body);

async function profileOf(email: string) {
  const fields = (await client.getUserByEmail({ email })).user?.dataFields ?? {};
  return {
    lists: fields.emailListIds as number[],
    channels: fields.unsubscribedChannelIds as number[],
    unsubscribed: fields.unsubscribedMessageTypeIds as number[],
    subscribed: fields.subscribedMessageTypeIds as number[],
  };
}

test('a profile tells its lists and subscriptions, and sent back they change nothing', async () => {
  const [one, two] = types as [(typeof types)[0], (typeof types)[0]];
  const email = 'profile@example.com';
  const { listId } = await client.createList({ name: 'Profiles' });
  await client.subscribeUserToList({ listId, subscribers: [{ email }] });
  assert.deepEqual(await profileOf(email), {
    lists: [listId],
    channels: [],
    unsubscribed: [],
    subscribed: [],
  });
  await client.updateUserSubscriptions({ email, subscribedMessageTypeIds: [one.id, two.id] });
  await client.updateUserSubscriptions({
    ...{ email, unsubscribedChannelIds: [one.channelId], unsubscribedMessageTypeIds: [two.id] },
  });
  const told = await profileOf(email);
  assert.deepEqual(told, {
    ...{ lists: [listId], channels: [one.channelId], unsubscribed: [two.id], subscribed: [] },
  });
  const again = await client.updateUserSubscriptions({
    ...{ email, emailListIds: told.lists, unsubscribedChannelIds: told.channels },
    ...{ unsubscribedMessageTypeIds: told.unsubscribed, subscribedMessageTypeIds: told.subscribed },
  });
  assert.equal(again.params, null);
  assert.deepEqual(await profileOf(email), told);
});

test('an opt-out that an array leaves out stands, and the answer says so', async () => {
  const [one] = types as [(typeof types)[0]];
  const email = 'stands@example.com';
  await client.updateUser({ email });
  await client.updateUserSubscriptions({ email, unsubscribedMessageTypeIds: [one.id] });
  const answer = await client.updateUserSubscriptions({ email, unsubscribedMessageTypeIds: [] });
  assert.match(answer.msg, /leaving \d+ out does not undo the opt-out/);
  assert.deepEqual((await profileOf(email)).unsubscribed, [one.id]);
  const untouched = await client.updateUserSubscriptions({ email, unsubscribedChannelIds: [] });
  assert.equal(untouched.msg, 'Subscriptions updated');
});

test('subscriptions of many are set in one call, and who cannot be is told why', async () => {
  const [one] = types as [(typeof types)[0]];
  const { listId } = await client.createList({ name: 'Many' });
  await client.bulkUpdateUsers({
    users: [{ email: 'm1@example.com' }, { userId: 'm2' }, { email: 'm3@example.com' }],
  });
  await client.updateUserSubscriptions({
    ...{ email: 'm3@example.com', unsubscribedMessageTypeIds: [one.id] },
  });
  await client.updateUser({ email: 'gone@example.com' });
  await post('/api/users/forget', { email: 'gone@example.com' });
  const { status, body } = await post('/api/users/bulkUpdateSubscriptions', {
    updateSubscriptionsRequests: [
      { email: 'm1@example.com', emailListIds: [listId], subscribedMessageTypeIds: [one.id] },
      { userId: 'm2', emailListIds: [listId], unsubscribedChannelIds: null },
      { email: 'broken' },
      { email: 'none@example.com' },
      { userId: 'none' },
      { email: 'gone@example.com' },
      { email: 'm1@example.com', emailListIds: [999_999] },
      { email: 'm3@example.com', subscribedMessageTypeIds: [one.id] },
      { email: 'm3@example.com', unsubscribedMessageTypeIds: [] },
      // The later row of one person is measured against the earlier.
      { email: 'm1@example.com', subscribedMessageTypeIds: [] },
    ],
  });
  assert.equal(status, 200);
  const answer = body as {
    successCount: number;
    failCount: number;
    invalidEmails: string[];
    validEmailFailures: string[];
    validUserIdFailures: string[];
    failedUpdates: Record<string, string[]>;
    failures: { index: number; code: string }[];
    warnings: { index: number; field: string }[];
  };
  assert.deepEqual([answer.successCount, answer.failCount], [4, 6]);
  assert.deepEqual(answer.invalidEmails, ['broken']);
  assert.deepEqual(answer.failedUpdates.notFoundEmails, ['none@example.com']);
  assert.deepEqual(answer.failedUpdates.notFoundUserIds, ['none']);
  assert.deepEqual(answer.failedUpdates.forgottenEmails, ['gone@example.com']);
  assert.ok(answer.validEmailFailures.includes('none@example.com'));
  assert.deepEqual(answer.validUserIdFailures, ['none']);
  assert.deepEqual(
    answer.failures.map(({ index, code }) => [index, code]),
    [
      [2, 'InvalidEmailAddressError'],
      [3, 'NotFound'],
      [4, 'NotFound'],
      [5, 'ForgottenUserError'],
      [6, 'BadParams'],
      [7, 'OptOutStands'],
    ],
  );
  assert.deepEqual(
    answer.warnings.map(({ index, field }) => [index, field]),
    [[8, 'unsubscribedMessageTypeIds']],
  );
  assert.equal((await client.getListSize({ listId })).size, 2);
  assert.deepEqual((await profileOf('m1@example.com')).unsubscribed, [one.id]);
});

test('taking people off a list names who is not known and who was forgotten', async () => {
  const { listId } = await client.createList({ name: 'Off' });
  await client.updateUser({ email: 'on@example.com' });
  await post('/api/users/forget', { userId: 'left' });
  const { body } = await post('/api/lists/unsubscribe', {
    listId,
    subscribers: [
      { email: 'on@example.com' },
      { email: 'stranger@example.com' },
      { userId: 'stranger' },
      { userId: 'left' },
    ],
  });
  const { successCount, failedUpdates } = body as {
    successCount: number;
    failedUpdates: Record<string, string[]>;
  };
  assert.equal(successCount, 1);
  assert.deepEqual(failedUpdates.notFoundEmails, ['stranger@example.com']);
  assert.deepEqual(failedUpdates.notFoundUserIds, ['stranger']);
  assert.deepEqual(failedUpdates.forgottenUserIds, ['left']);
});

test('a list that is none is refused with 400 wherever it is named', async () => {
  const email = 'nolist@example.com';
  await client.updateUser({ email });
  const none = 987_654;
  for (const [method, path, body] of [
    ['POST', '/api/lists/subscribe', { listId: none, subscribers: [{ email }] }],
    ['POST', '/api/lists/unsubscribe', { listId: none, subscribers: [{ email }] }],
    ['POST', '/api/users/updateSubscriptions', { email, emailListIds: [none] }],
    ['PUT', `/api/subscriptions/emailList/${none}?action=subscribe`, { users: [email] }],
    ['GET', `/api/lists/getUsers?listId=${none}`, undefined],
    ['GET', `/api/lists/${none}/size`, undefined],
    ['DELETE', `/api/lists/${none}`, undefined],
  ] as const) {
    const answer = await server.call(method, path, body);
    assert.equal(answer.status, 400, path);
    assert.match(answer.text, /987654/, path);
  }
});

test('a subscription group is known in any case, and an unknown one is named', async () => {
  const { listId } = await client.createList({ name: 'Case' });
  await client.updateUser({ email: 'case@example.com' });
  const patch = (group: string) =>
    server.call('PATCH', `/api/subscriptions/${group}/${listId}/user/case@example.com`);
  assert.equal((await patch('EmailList')).status, 200);
  assert.deepEqual((await profileOf('case@example.com')).lists, [listId]);
  assert.match((await patch('mailing')).text, /mailing is none of emailList/);
});

test('a double opt-in is asked for by SMS only, of somebody known who has a number and has not opted out', async () => {
  const { channels } = await client.getChannels();
  const sms = channels.find(({ name }) => name === 'SMS Marketing')!;
  const email = channels.find(({ name }) => name === 'Email Marketing')!;
  const typeOf = (channelId: number) => types.find((type) => type.channelId === channelId)!.id;
  const ask = (body: object) =>
    post('/api/subscriptions/subscribeToDoubleOptIn', { messageTypeIds: [typeOf(sms.id)], ...body });
  await client.updateUser({ userId: 'dot' });
  assert.match((await ask({ userId: 'dot' })).text, /phoneNumber: the user has none/);
  assert.equal((await ask({ userId: 'nobody', phoneNumber: '+14155550190' })).status, 400);
  assert.equal((await ask({ userId: 'dot', phoneNumber: '12' })).status, 400);
  assert.equal((await ask({ userId: 'dot', messageTypeIds: [typeOf(email.id)] })).status, 400);
  assert.equal((await ask({ userId: 'dot', brandName: 'Another brand' })).status, 400);
  const asked = await ask({ userId: 'dot', phoneNumber: '(415) 555-0190', brandName: 'Acme' });
  assert.deepEqual([asked.status, asked.text], [202, 'Request for double opt-in subscription accepted']);
  const { user } = await client.getUserByUserId({ userId: 'dot' });
  assert.equal(user?.dataFields?.phoneNumber, '+14155550190');
  assert.deepEqual(user?.dataFields?.subscribedMessageTypeIds, []);
  assert.match((await server.call('GET', '/api/consent/proof?userId=dot')).text, /"status":"pending"/);
  await client.updateUserSubscriptions({ userId: 'dot', unsubscribedChannelIds: [sms.id] });
  assert.equal((await ask({ userId: 'dot' })).status, 409);
});
