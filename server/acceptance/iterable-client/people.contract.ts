import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ann, bob, channelAndType, cid, client } from './ground-fixtures.ts';

test('users are read, changed, renamed, merged and deleted', async () => {
  await client.updateUser({ email: 'dee@example.com', userId: 'dee', dataFields: { age: 40 } });
  const dee = await client.getUserByEmail({ email: 'dee@example.com' });
  assert.equal(dee.user?.dataFields?.age, 40);
  await client.updateEmail({ currentEmail: 'dee@example.com', newEmail: 'dora@example.com' });
  assert.equal((await client.getUserByUserId({ userId: 'dee' })).user?.email, 'dora@example.com');
  assert.equal((await client.getUserFields()).fields.age, 'long');
  await client.updateUser({ email: 'eve@example.com', userId: 'eve', dataFields: { city: 'Bonn' } });
  await client.mergeUsers({ sourceEmail: 'eve@example.com', destinationEmail: 'dora@example.com' });
  assert.equal((await client.getUserByEmail({ email: 'eve@example.com' })).user, undefined);
  await client.updateUser({ userId: 'fay', email: 'fay@example.com' });
  await client.deleteUserByUserId({ userId: 'fay' });
  await client.deleteUserByEmail({ email: 'dora@example.com' });
  assert.equal((await client.getUserByUserId({ userId: 'dee' })).user, undefined);
  const { messages } = await client.getSentMessages({ email: ann, limit: 10, messageMedium: 'SMS' });
  assert.equal(messages.length, 1);
});

test('events are tracked one by one and in bulk, and read back by email and userId', async () => {
  await client.trackEvent({ email: ann, eventName: 'opened box', dataFields: { colour: 'red' } });
  const bulk = await client.trackBulkEvents({
    events: [
      { userId: 'cid', eventName: 'walked in', id: 'walk-1' },
      { email: bob, eventName: 'walked out', createdAt: 1_795_000_000 },
    ],
  });
  assert.deepEqual([bulk.successCount, bulk.failCount], [2, 0]);
  const ofAnn = await client.getUserEventsByEmail({ email: ann });
  assert.ok(ofAnn.events.some((event) => event.eventName === 'opened box'));
  const ofCid = await client.getUserEventsByUserId({ userId: 'cid', limit: 5 });
  assert.ok(ofCid.events.some((event) => event.eventName === 'walked in'));
});

test('lists are counted, read, left and deleted', async () => {
  const { listId } = await client.createList({ name: 'Short-lived' });
  await client.subscribeUserToList({ listId, subscribers: [{ email: ann }, { email: bob }] });
  assert.equal((await client.getListSize({ listId })).size, 2);
  assert.deepEqual(
    (await client.getListUsers({ listId, maxResults: 10 })).users.map(({ email }) => email).sort(),
    [ann, bob],
  );
  assert.equal((await client.getListPreviewUsers({ listId, preferUserId: true, size: 10 })).users.length, 2);
  assert.equal(
    (await client.unsubscribeUserFromList({ listId, subscribers: [{ email: bob }] })).successCount,
    1,
  );
  assert.ok(
    (await client.getLists()).lists.some((list) => list.id === listId && list.name === 'Short-lived'),
  );
  await client.deleteList({ listId });
  assert.ok(!(await client.getLists()).lists.some((list) => list.id === listId));
});

test('subscriptions are changed for one user by email, by userId, and as a whole', async () => {
  const { channelId, typeId } = await channelAndType('SMS Marketing');
  const group = { subscriptionGroup: 'messageType', subscriptionGroupId: typeId } as const;
  await client.subscribeUserByEmail({ ...group, userEmail: cid });
  await client.subscribeUserByUserId({ ...group, userId: 'cid' });
  await client.unsubscribeUserByEmail({ ...group, userEmail: cid });
  await client.unsubscribeUserByUserId({ ...group, userId: 'cid' });
  await client.updateUserSubscriptions({
    email: bob,
    subscribedMessageTypeIds: [typeId],
    unsubscribedChannelIds: [],
    validateChannelAlignment: false,
  });
  await client.updateUserSubscriptions({ email: bob, unsubscribedChannelIds: [channelId] });
});
