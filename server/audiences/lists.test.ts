import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { IterableClient } from '@iterable/api';
import { consentRoutes } from '../consent/routes.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { userRoutes } from '../users/routes.ts';
import { audienceRoutes } from './routes.ts';

let server: TestApi;
let client: IterableClient;
before(async () => {
  server = await startTestApi([
    userRoutes,
    consentRoutes,
    audienceRoutes({ enqueue: async () => undefined }),
  ]);
  client = new IterableClient({ apiKey: server.key, baseUrl: server.url });
});
after(async () => {
  client.destroy();
  await server.close();
});

async function statuses(email: string): Promise<Record<string, string>> {
  const { body } = await server.call('GET', `/api/consent/proof?email=${encodeURIComponent(email)}`);
  const { standings } = body as { standings: { kind: string; targetId: number; status: string }[] };
  return Object.fromEntries(standings.map((row) => [`${row.kind} ${row.targetId}`, row.status]));
}

test('the official client makes, fills, counts, reads, empties and deletes a list', async () => {
  const { listId } = await client.createList({ name: 'Friends', description: 'of the house' });
  const answer = await client.subscribeUserToList({
    listId,
    subscribers: [
      { email: 'a@example.com' },
      { userId: 'b', dataFields: { phoneNumber: '4155550101' } },
      { email: 'nope' },
    ],
  });
  assert.equal(answer.successCount, 2);
  assert.deepEqual(answer.failedUpdates?.invalidEmails, ['nope']);
  assert.equal((await client.getListSize({ listId })).size, 2);
  const { users } = await client.getListUsers({ listId });
  assert.deepEqual(users.map((user) => user.email).sort(), ['a@example.com', 'b']);
  assert.equal((await client.getListPreviewUsers({ listId, size: 1 })).users.length, 1);
  const skipped = await client.subscribeUserToList({
    listId,
    subscribers: [{ email: 'unknown@example.com' }],
    updateExistingUsersOnly: true,
  });
  assert.equal(skipped.failCount, 1);
  assert.equal(
    (await client.unsubscribeUserFromList({ listId, subscribers: [{ userId: 'b' }] })).successCount,
    1,
  );
  assert.deepEqual((await client.getListUsers({ listId })).users, [{ email: 'a@example.com' }]);
  assert.ok((await client.getLists()).lists.some((list) => list.id === listId));
  await client.deleteList({ listId });
  assert.equal((await server.call('GET', `/api/lists/${listId}/size`)).status, 400);
});

test('whoever puts somebody on a list with a number that will not be texted is told so', async () => {
  const { listId } = await client.createList({ name: 'By another name' });
  const subscribers = [{ email: 'p@example.com', dataFields: { mobile: '+14155550188' } }];
  const { text } = await server.call('POST', '/api/lists/subscribe', { listId, subscribers });
  assert.match(text, /"warnings":\[\{"index":0,"field":"dataFields\.mobile".*what is texted is phoneNumber/);
});

test('the official client subscribes and unsubscribes; an opt-out stands against it', async () => {
  await client.bulkUpdateUsers({ users: [{ email: 'c@example.com' }, { userId: 'd' }] });
  const { body } = await server.call('GET', '/api/messageTypes');
  const [type] = (
    body as { messageTypes: { id: number; channelId: number; channelName: string; name: string }[] }
  ).messageTypes;
  assert.ok(type);
  const { channels } = await client.getChannels();
  assert.equal(type.channelName, channels.find(({ id }) => id === type.channelId)?.name);
  const group = { subscriptionGroup: 'messageType' as const, subscriptionGroupId: type.id };
  await client.subscribeUserByEmail({ ...group, userEmail: 'c@example.com' });
  const open = { [`channel ${type.channelId}`]: 'subscribed', [`messageType ${type.id}`]: 'subscribed' };
  assert.deepEqual(await statuses('c@example.com'), open);
  const bulk = await client.bulkUpdateSubscriptions({
    ...group,
    action: 'subscribe',
    users: ['c@example.com', 'nobody@example.com'],
    usersByUserId: ['d'],
  });
  assert.equal(bulk.params?.failCount, 1);
  await client.unsubscribeUserByEmail({ ...group, userEmail: 'c@example.com' });
  await assert.rejects(client.subscribeUserByEmail({ ...group, userEmail: 'c@example.com' }), /opted out/);
  await client.unsubscribeUserByUserId({
    ...group,
    subscriptionGroup: 'messageChannel',
    subscriptionGroupId: type.channelId,
    userId: 'd',
  });
  const proof = await server.call('GET', '/api/consent/proof?userId=d');
  assert.match(proof.text, /"source":"key test"/);
});

test('updateSubscriptions sets lists and message types as the whole truth, and never undoes an opt-out', async () => {
  const email = 'e@example.com';
  await client.bulkUpdateUsers({ users: [{ email }] });
  const { body } = await server.call('GET', '/api/messageTypes');
  const [one, two, three] = (body as { messageTypes: { id: number; channelId: number }[] }).messageTypes;
  const lists = [await client.createList({ name: 'L1' }), await client.createList({ name: 'L2' })];
  const [first, second] = lists.map((list) => list.listId);
  await client.updateUserSubscriptions({
    email,
    emailListIds: [first!],
    subscribedMessageTypeIds: [one!.id, two!.id],
  });
  await client.updateUserSubscriptions({
    email,
    emailListIds: [second!],
    subscribedMessageTypeIds: [two!.id],
  });
  assert.equal((await client.getListSize({ listId: first! })).size, 0);
  assert.equal((await client.getListSize({ listId: second! })).size, 1);
  const now = await statuses(email);
  assert.equal(now[`messageType ${one!.id}`], 'unsubscribed');
  assert.equal(now[`messageType ${two!.id}`], 'subscribed');
  const refused = await server.call('POST', '/api/users/updateSubscriptions', {
    email,
    subscribedMessageTypeIds: [one!.id, two!.id, three!.id],
  });
  assert.equal(refused.status, 409);
  assert.match(refused.text, /OptOutStands/);
  assert.equal((await statuses(email))[`messageType ${three!.id}`], 'subscribed');
});

test('people are taken off a list by phone number too; who cannot be is told why', async () => {
  const { listId } = await client.createList({ name: 'Callers' });
  const subscribe = { listId, subscribers: [{ phoneNumber: '(415) 555-0177' }] };
  assert.equal((await server.call('POST', '/api/lists/subscribe', subscribe)).status, 200);
  const { body } = await server.call('POST', '/api/lists/unsubscribe', {
    listId,
    subscribers: [
      { phoneNumber: '+1 415 555 0177' },
      { phoneNumber: '12' },
      { phoneNumber: '4155550178' },
      {},
      { email: 'no address' },
    ],
  });
  const { successCount, failures } = body as {
    successCount: number;
    failures: { index: number; code: string }[];
  };
  assert.equal(successCount, 1);
  assert.deepEqual(
    failures.map(({ index, code }) => [index, code]),
    [
      [1, 'InvalidPhoneNumber'],
      [2, 'NotFound'],
      [3, 'BadParams'],
      [4, 'InvalidEmailAddressError'],
    ],
  );
  assert.equal((await client.getListSize({ listId })).size, 0);
});

test('leaving a list with channelUnsubscribe ends all marketing too', async () => {
  const { listId } = await client.createList({ name: 'Leavers' });
  const email = 'leaver@example.com';
  await client.subscribeUserToList({ listId, subscribers: [{ email }] });
  const body = { listId, subscribers: [{ email }], channelUnsubscribe: true };
  assert.equal((await server.call('POST', '/api/lists/unsubscribe', body)).status, 200);
  const { channels } = (await server.call('GET', '/api/channels')).body as {
    channels: { id: number; channelType: string }[];
  };
  const marketing = channels.filter((channel) => channel.channelType === 'Marketing');
  assert.deepEqual(
    await statuses(email),
    Object.fromEntries(marketing.map(({ id }) => [`channel ${id}`, 'unsubscribed'])),
  );
});
