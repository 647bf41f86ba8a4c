import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { IterableClient } from '@iterable/api';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { userRoutes } from './routes.ts';

let server: TestApi;
let client: IterableClient;
before(async () => {
  server = await startTestApi([userRoutes]);
  client = new IterableClient({ apiKey: server.key, baseUrl: server.url });
});
after(async () => {
  client.destroy();
  await server.close();
});

test('a user is read by query as by path; a path that is no email is no empty success', async () => {
  await client.updateUser({ email: 'a+b@example.com', userId: 'a/b c', dataFields: { age: 3 } });
  const byPath = await client.getUserByEmail({ email: 'a+b@example.com' });
  for (const query of ['getByEmail?email=a%2Bb%40example.com', 'byUserId?userId=a%2Fb%20c'])
    assert.deepEqual((await server.call('GET', `/api/users/${query}`)).body, byPath, query);
  assert.deepEqual((await server.call('GET', '/api/users/getByEmail?email=no@example.com')).body, {});
  for (const path of ['getByEmail', 'byUserId', 'getbyemail', 'update', 'forgottenuserids']) {
    const answer = await server.call('GET', `/api/users/${path}`);
    assert.equal(answer.status, 400, path);
  }
  assert.equal((await server.call('DELETE', '/api/users/byUserId')).status, 400);
});

test('merging into one who is none gives the source that name', async () => {
  await client.updateUser({ email: 'old@example.com', userId: 'old', dataFields: { city: 'Reno' } });
  await client.mergeUsers({ sourceEmail: 'old@example.com', destinationEmail: 'new@example.com' });
  const renamed = (await client.getUserByEmail({ email: 'new@example.com' })).user;
  assert.deepEqual([renamed?.userId, renamed?.dataFields?.city], ['old', 'Reno']);
  assert.equal((await client.getUserByEmail({ email: 'old@example.com' })).user, undefined);
  await client.mergeUsers({ sourceUserId: 'old', destinationUserId: 'newer' });
  assert.equal((await client.getUserByUserId({ userId: 'newer' })).user?.email, 'new@example.com');
  assert.equal((await client.getUserByUserId({ userId: 'old' })).user, undefined);
  const merge = (destinationEmail: string) => client.mergeUsers({ sourceUserId: 'newer', destinationEmail });
  assert.equal((await server.call('POST', '/api/users/merge', {})).status, 400);
  await assert.rejects(merge('not-an-address' as never), {
    statusCode: 400,
    code: 'InvalidEmailAddressError',
  });
});

test('a source that is none is refused with 400, as in Iterable', async () => {
  await client.updateUser({ email: 'there@example.com' });
  for (const [call, code] of [
    [{ sourceEmail: 'none@example.com', destinationEmail: 'there@example.com' }, 'UnknownEmailError'],
    [{ sourceUserId: 'none', destinationEmail: 'there@example.com' }, 'UnknownUserIdError'],
  ] as const)
    await assert.rejects(client.mergeUsers(call), { statusCode: 400, code });
});

test('an email that is taken, unknown or broken is not changed, and the answer says which', async () => {
  await client.updateUser({ email: 'one@example.com', userId: 'one' });
  await client.updateUser({ email: 'two@example.com' });
  for (const [call, code] of [
    [{ currentEmail: 'one@example.com', newEmail: 'two@example.com' }, 'EmailAlreadyExists'],
    [{ currentEmail: 'none@example.com', newEmail: 'three@example.com' }, 'UnknownEmailError'],
    [{ currentUserId: 'none', newEmail: 'three@example.com' }, 'UnknownUserIdError'],
    [{ currentEmail: 'one@example.com', newEmail: 'three' }, 'InvalidEmailAddressError'],
  ] as const)
    await assert.rejects(client.updateEmail(call), { statusCode: 400, code });
  // Of two names the email counts.
  await client.updateEmail({
    ...{ currentEmail: 'two@example.com', currentUserId: 'one', newEmail: 'three@example.com' },
  });
  assert.equal((await client.getUserByUserId({ userId: 'one' })).user?.email, 'one@example.com');
});

test('a bulk update names every refused row in the list that says why', async () => {
  await client.updateUser({ email: 'aged@example.com', userId: 'aged', dataFields: { age: 3 } });
  const { body } = await server.call('POST', '/api/users/bulkUpdate', {
    users: [
      { email: 'fine@example.com' },
      { email: 'broken' },
      { userId: '' },
      { email: 'Old@Example.com', dataFields: { age: 'old' } },
      { userId: 'elder', dataFields: { age: 'old' } },
      { email: 'aged@example.com', userId: 'younger' },
    ],
  });
  const { failedUpdates, successCount, failCount } = body as {
    successCount: number;
    failCount: number;
    failedUpdates: Record<string, string[]>;
  };
  assert.deepEqual([successCount, failCount], [1, 5]);
  assert.deepEqual(failedUpdates, {
    ...{ invalidEmails: ['broken'], invalidUserIds: [''] },
    ...{ invalidDataEmails: ['Old@Example.com'], invalidDataUserIds: ['elder'] },
    ...{ conflictEmails: ['aged@example.com'], conflictUserIds: [] },
    ...{ notFoundEmails: [], notFoundUserIds: [], forgottenEmails: [], forgottenUserIds: [] },
    ...{ failedEmails: ['Old@Example.com', 'aged@example.com'], failedUserIds: ['elder'] },
  });
});
