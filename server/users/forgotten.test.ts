import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { IterableApiError, IterableClient } from '@iterable/api';
import { eventRoutes } from '../events/routes.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { findOrCreateUser, findUsers } from './find-users.ts';
import { userRoutes } from './routes.ts';

let server: TestApi;
let client: IterableClient;
before(async () => {
  server = await startTestApi([userRoutes, eventRoutes]);
  client = new IterableClient({ apiKey: server.key, baseUrl: server.url });
});
after(async () => {
  client.destroy();
  await server.close();
});

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const post = (path: string, body: unknown) => server.call('POST', path, body);

/** A forgotten user, who was known by email, userId and number. */
async function forgetSomebody(name: string, phoneNumber: string) {
  const person = { email: `${name}@example.com`, userId: name, dataFields: { phoneNumber } };
  await client.updateUser(person);
  assert.equal((await post('/api/users/forget', { email: person.email.toUpperCase() })).status, 200);
  return person;
}

test('a forgotten user stays away from every update, by email and by userId, until they are unforgotten', async () => {
  const gone = await forgetSomebody('ida', '+14155550180');
  assert.equal((await client.getUserByEmail({ email: gone.email })).user, undefined);
  for (const update of [{ email: gone.email }, { userId: gone.userId }, { userId: 'x', email: gone.email }])
    await assert.rejects(client.updateUser(update), (error) => {
      assert.ok(error instanceof IterableApiError);
      assert.deepEqual([error.statusCode, error.code], [409, 'ForgottenUserError']);
      assert.match(error.message, /unforget/);
      return true;
    });
  await client.updateUser({ email: 'other@example.com', userId: 'other' });
  for (const refused of [
    () => client.updateEmail({ currentEmail: 'other@example.com', newEmail: gone.email }),
    () => client.mergeUsers({ sourceEmail: 'other@example.com', destinationUserId: gone.userId }),
    () => client.trackEvent({ email: gone.email, eventName: 'seen' }),
  ])
    await assert.rejects(refused, { statusCode: 409, code: 'ForgottenUserError' });
  assert.equal((await client.getUserByEmail({ email: gone.email })).user, undefined);

  await post('/api/users/unforget', { email: gone.email });
  await client.updateUser({ userId: gone.userId });
  assert.equal((await client.getUserByUserId({ userId: gone.userId })).user?.userId, gone.userId);
  assert.match((await post('/api/users/unforget', { email: gone.email })).text, /was not forgotten/);
});

test('what a call wanted told back of a message is forgotten with its person', async () => {
  const person = { email: 'meta@example.com', userId: 'meta' };
  await client.updateUser(person);
  const { db } = server.database;
  const [ref] = await findUsers(db, server.projectId, [{ email: person.email }]);
  assert.ok(ref);
  const at = server.clock.now();
  await db
    .insertInto('message')
    .values({
      ...{
        lane: ref.lane,
        id: 91,
        project_id: server.projectId,
        user_id: ref.id,
        request_id: 9,
        channel_id: 1,
      },
      ...{
        medium: 'sms',
        purpose: 'promotional',
        basis: 'optIn',
        status: 'delivered',
        to_address: '+14155550182',
      },
      ...{
        content: '{"kind":"sms","body":"Hello"}',
        metadata: '{"order":7,"name":"Ada"}',
        error_detail: 'Ada',
      },
      ...{ not_before: at, due_at: at, created_at: at, sent_at: at },
    })
    .execute();
  await client.deleteUserByEmail({ email: person.email });
  const kept = await db
    .selectFrom('message')
    .select(['to_address', 'content', 'metadata', 'error_detail', 'status'])
    .where('lane', '=', ref.lane)
    .where('id', '=', 91)
    .executeTakeFirstOrThrow();
  const gone = { to_address: null, content: null, metadata: null, error_detail: null };
  assert.deepEqual(kept, { ...gone, status: 'delivered' }, 'totals still count it');
});

test('bulk calls name who was forgotten, and take the others', async () => {
  const gone = await forgetSomebody('jon', '+14155550181');
  const { body } = await post('/api/users/bulkUpdate', {
    users: [{ email: 'Jon@Example.com' }, { userId: gone.userId }, { email: 'kay@example.com' }],
  });
  const { successCount, failedUpdates } = body as {
    successCount: number;
    failedUpdates: Record<string, string[]>;
  };
  assert.equal(successCount, 1);
  assert.deepEqual(failedUpdates.forgottenEmails, ['Jon@Example.com']);
  assert.deepEqual(failedUpdates.forgottenUserIds, ['jon']);
  const events = await post('/api/events/trackBulk', { events: [{ email: gone.email, eventName: 'seen' }] });
  assert.match(events.text, /"forgottenEmails":\["jon@example.com"\]/);
});

test('only hashes of the forgotten are kept, and told as Iterable tells them', async () => {
  const gone = await forgetSomebody('Lea', '+14155550182');
  const emails = (await server.call('GET', '/api/users/forgotten')).body as { hashedEmails: string[] };
  const ids = (await server.call('GET', '/api/users/forgottenUserIds')).body as { hashedUserIds: string[] };
  assert.ok(emails.hashedEmails.includes(sha256('lea@example.com')));
  assert.ok(ids.hashedUserIds.includes(sha256('lea')));
  const { rows } = await server.database.pool.query('SELECT * FROM forgotten_identity');
  assert.doesNotMatch(JSON.stringify(rows).toLowerCase(), /lea|4155550182/);
  // Another person's userId that differs by case is another person's.
  await client.updateUser({ userId: gone.userId.toLowerCase() });
});

test('who is not known yet can be forgotten beforehand; a broken address is refused', async () => {
  assert.equal((await post('/api/users/forget', { email: 'never@example.com' })).status, 200);
  await assert.rejects(client.updateUser({ email: 'never@example.com' }), { statusCode: 409 });
  assert.equal((await post('/api/users/forget', { email: 'never' })).status, 400);
  assert.equal((await post('/api/users/forget', {})).status, 400);
});

test('a deleted user may come back, as deleting does not forget', async () => {
  await client.updateUser({ email: 'mia@example.com' });
  await client.deleteUserByEmail({ email: 'mia@example.com' });
  await client.updateUser({ email: 'mia@example.com' });
});

test('a forgotten number alone brings nobody back, but whoever writes from it is a new person', async () => {
  const gone = await forgetSomebody('ned', '+14155550183');
  const alone = await post('/api/users/update', { phoneNumber: '(415) 555-0183' });
  assert.equal(alone.status, 409);
  const { db, people } = server.context;
  const user = await findOrCreateUser(
    people,
    server.projectId,
    { phone: '+14155550183' },
    server.clock.now(),
  );
  assert.equal((await post('/api/users/update', { phoneNumber: '+14155550183' })).status, 200);
  const [same] = await findUsers(db, server.projectId, [{ phone: '+14155550183' }]);
  assert.equal(same?.id, user.id);
  await assert.rejects(client.updateUser({ email: gone.email }), { statusCode: 409 });
});

test('a number passes on: another person who has it now is no forgotten one', async () => {
  await forgetSomebody('ole', '+14155550184');
  await client.updateUser({ email: 'pia@example.com', dataFields: { phoneNumber: '+14155550184' } });
  const { user } = await client.getUserByEmail({ email: 'pia@example.com' });
  assert.equal(user?.dataFields?.phoneNumber, '+14155550184');
});

test('whatever order forgetting and updates come in, nobody is both forgotten and there', async () => {
  const email = 'race@example.com';
  for (let round = 0; round < 8; round++) {
    const calls = Array.from({ length: 6 }, (_, index) =>
      index === 3
        ? post('/api/users/forget', { email })
        : post('/api/users/update', { email, dataFields: { round } }),
    );
    await Promise.all(calls);
    assert.equal((await client.getUserByEmail({ email })).user, undefined);
    await post('/api/users/unforget', { email });
  }
});
