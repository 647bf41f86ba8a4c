import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { IterableClient } from '@iterable/api';
import { decodeMessageId } from '../database/message-id.ts';
import { historyRoutes } from '../insights/history/routes.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { addressHash, laneOfHash } from './address-hash.ts';
import { findHolders, findOrCreateUser, findUsers } from './find-users.ts';
import type { UserRef } from './identity.ts';
import { mergeUsers } from './merge-users.ts';
import { userRoutes } from './routes.ts';
import { upsertUsers } from './upsert-users.ts';

let server: TestApi;
let client: IterableClient;
before(async () => {
  server = await startTestApi([userRoutes, historyRoutes]);
  client = new IterableClient({ apiKey: server.key, baseUrl: server.url });
});
after(async () => {
  client.destroy();
  await server.close();
});

const options = { defaultCountry: 'US' };
const upsert = (updates: Parameters<typeof upsertUsers>[2]) =>
  upsertUsers(server.context.people, server.projectId, updates, options, server.clock.now());

test('the official client creates users in bulk and learns which rows were refused and why', async () => {
  const answer = await client.bulkUpdateUsers({
    users: [
      {
        email: 'Ann@Example.com',
        userId: 'ann',
        dataFields: { phoneNumber: '(415) 555-0132', age: 30, zip: '94103' },
      },
      { email: 'bob@example.com', dataFields: { phoneNumber: '12' } },
      { email: 'cid@example.com', dataFields: { age: 'old' } },
      { email: 'nobody', dataFields: {} } as never,
      { userId: 'dee', dataFields: { phoneNumber: '+447400123456' } },
    ],
  });
  assert.equal(answer.successCount, 3);
  assert.deepEqual(answer.failedUpdates?.invalidEmails, ['nobody']);
  const { body } = await server.call('POST', '/api/users/bulkUpdate', {
    users: [{ email: 'cid@example.com', dataFields: { age: 'old' } }],
  });
  const failure = (body as { failures: Record<string, unknown>[] }).failures[0];
  assert.equal(failure?.code, 'RequestFieldsTypesMismatched');
  assert.equal(failure?.field, 'age');
  assert.match(String(failure?.reason), /string.*long/);
  const ann = await client.getUserByEmail({ email: 'ann@example.com' });
  assert.equal(ann.user?.dataFields?.phoneNumber, '+14155550132');
  const dee = await client.getUserByUserId({ userId: 'dee' });
  assert.equal(dee.user?.email, '');
  const byPhone = await server.call('GET', '/api/users/byPhone/(415)%20555-0132');
  assert.match(byPhone.text, /"userId":"ann"/);
  assert.deepEqual((await client.getUserByEmail({ email: 'none@example.com' })).user, undefined);
  assert.equal((await client.getUserFields()).fields.age, 'long');
});

test('a row that no table can hold is refused alone, and makes nobody wait', async () => {
  const { body } = await server.call('POST', '/api/users/bulkUpdate', {
    users: [
      { userId: 'whole' },
      { userId: 'half \ud800' },
      { userId: 'odd', dataFields: { '\udc00k': 'x' } },
      { userId: 'nul', dataFields: { note: { deep: ['a\0b'] } } },
    ],
  });
  const { successCount, failures } = body as {
    successCount: number;
    failures: { index: number; field: string }[];
  };
  assert.equal(successCount, 1);
  assert.deepEqual(
    failures.map(({ index, field }) => [index, field]),
    [
      [1, 'userId'],
      [2, 'dataFields."\\udc00k"'],
      [3, 'dataFields.note.deep.0'],
    ],
  );
  const alone = await server.call('POST', '/api/users/update', {
    userId: 'whole',
    dataFields: { '\udc00k': 'x' },
  });
  assert.equal(alone.status, 400);
});

test('a refusal names its field', async () => {
  for (const [row, said] of [
    [{ phoneNumber: '12' }, /"msg":"phoneNumber: has only 2 digits"/],
    [{ dataFields: { phoneNumber: {} } }, /phoneNumber: not a phone number/],
    [{ userId: 'p', dataFields: { email: 7 } }, /email: not an email address/],
    [{ dataFields: { userId: 7 } }, /a userId is text/],
    [{ whatsAppUserId: '   ' }, /WhatsApp user id has 1 to 255/],
  ] as const) {
    const answer = await server.call('POST', '/api/users/update', row);
    assert.equal(answer.status, 400);
    assert.match(answer.text, said);
  }
});

test('a number under another name than phoneNumber is kept, and whoever sent it is told that it is not texted', async () => {
  const fault = /is not texted; what is texted is phoneNumber/;
  for (const [name, value] of [
    ['phone', '+1 415 555 0188'],
    ['mobile', '(415) 555-0188'],
    ['sms', '4155550188'],
    ['Mobile Number', 14155550188],
    ['home_phone', '415.555'],
  ] as const) {
    const single = await client.updateUser({ userId: 'petra', dataFields: { [name]: value } });
    assert.match(single.msg, fault, name);
    assert.partialDeepStrictEqual(single.params, { warnings: [{ field: `dataFields.${name}`, value }] });
  }
  const { user } = await client.getUserByUserId({ userId: 'petra' });
  assert.deepEqual([user?.dataFields?.phone, user?.dataFields?.phoneNumber], ['+1 415 555 0188', undefined]);

  const rows = [
    { userId: 'petra', dataFields: { phone: '+14155550188' } },
    // What is no number, or stands beside the one that is texted, needs no word.
    {
      userId: 'paul',
      dataFields: { phoneModel: 'X 12345', smsCredits: 12345, phoneNumber: '+14155550189', phone: '1234567' },
    },
  ];
  const answer = await server.call('POST', '/api/users/bulkUpdate', { users: rows });
  const { successCount, warnings } = answer.body as {
    successCount: number;
    warnings: { index: number; field: string; reason: string }[];
  };
  assert.equal(successCount, 2);
  assert.deepEqual(
    warnings.map(({ index, field }) => [index, field]),
    [[0, 'dataFields.phone']],
  );
  assert.match(warnings[0]!.reason, fault);
});

test('a number that cannot be read costs the number, not the person whom email or userId name', async () => {
  await client.updateUser({ userId: 'wanda', dataFields: { phoneNumber: '+14155550187', town: 'Hull' } });
  const single = await client.updateUser({
    userId: 'wanda',
    dataFields: { phoneNumber: '12', town: 'York' },
  });
  assert.equal(single.code, 'Success');
  assert.match(single.msg, /^User updated; phoneNumber was left out: has only 2 digits$/);
  assert.deepEqual(single.params?.warnings, [
    { field: 'phoneNumber', value: '12', reason: 'has only 2 digits' },
  ]);
  const { user } = await client.getUserByUserId({ userId: 'wanda' });
  assert.deepEqual([user?.dataFields?.town, user?.dataFields?.phoneNumber], ['York', '+14155550187']);
  const rows = [{ email: 'walt@example.com', phoneNumber: 'none', dataFields: { town: 'Hull' } }];
  await client.bulkUpdateUsers({ users: rows });
  const bulk = await server.call('POST', '/api/users/bulkUpdate', {
    users: [...rows, { phoneNumber: '12' }],
  });
  const { successCount, failures, warnings } = bulk.body as Record<string, unknown>;
  assert.deepEqual(
    [successCount, failures, warnings],
    [
      1,
      [
        {
          ...{ index: 1, field: 'phoneNumber', value: '12' },
          ...{ reason: 'has only 2 digits', code: 'InvalidPhoneNumber' },
        },
      ],
      [
        {
          ...{ index: 0, field: 'phoneNumber', value: 'none' },
          reason: 'contains letters: write it in digits',
        },
      ],
    ],
  );
  const walt = await client.getUserByEmail({ email: 'walt@example.com' });
  assert.deepEqual([walt.user?.dataFields?.town, walt.user?.dataFields?.phoneNumber], ['Hull', undefined]);
});

test('of two merges of the same two people at once, one finds nobody left to merge', async () => {
  const [left, right] = await upsert([{ email: 'left@example.com' }, { email: 'right@example.com' }]);
  assert.ok(left?.ok && right?.ok);
  const merge = (source: UserRef, destination: UserRef) =>
    mergeUsers(server.context.people, server.projectId, source, destination, [], server.clock.now());
  const done = await Promise.allSettled([merge(left.user, right.user), merge(right.user, left.user)]);
  assert.deepEqual(done.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
});

test('rows of one person in one batch apply in order; null deletes, nested objects merge on request', async () => {
  const outcomes = await upsert([
    { email: 'eve@example.com', dataFields: { a: 1, o: { x: 1 }, gone: 'soon' } },
    { email: 'eve@example.com', userId: 'eve', dataFields: { a: 2, gone: null } },
    { userId: 'eve', dataFields: { o: { y: 2 } }, mergeNestedObjects: true },
  ]);
  assert.equal(new Set(outcomes.map((outcome) => outcome.ok && outcome.user.id)).size, 1);
  const { user } = await client.getUserByEmail({ email: 'eve@example.com' });
  assert.equal(user?.dataFields?.a, 2);
  assert.deepEqual(user?.dataFields?.o, { x: 1, y: 2 });
  assert.equal('gone' in (user?.dataFields ?? {}), false);
});

test('one number may belong to several people, and a new number frees the old one', async () => {
  await upsert([
    { email: 'fay@example.com', phone: '+14155550140' },
    { email: 'gus@example.com', phone: '+14155550141' },
  ]);
  const family = await client.bulkUpdateUsers({
    users: [
      { email: 'gus@example.com', dataFields: { phoneNumber: '+14155550140' } },
      { email: 'hal@example.com', dataFields: { phoneNumber: '+14155550140' } },
    ],
  });
  assert.equal(family.successCount, 2);
  const [holders] = await findHolders(server.database.db, server.projectId, [{ phone: '+14155550140' }]);
  assert.equal(holders?.length, 3);
  await upsert([{ email: 'fay@example.com', phone: '+14155550142' }]);
  const [left] = await findHolders(server.database.db, server.projectId, [{ phone: '+14155550140' }]);
  assert.equal(left?.length, 2);
  assert.equal((await findUsers(server.database.db, server.projectId, [{ phone: '+14155550141' }]))[0], null);
});

test('what names several people by their number alone is refused and says what to name', async () => {
  const phone = '+14155550143';
  await upsert([
    { email: 'ida@example.com', phone },
    { userId: 'jim', phone },
  ]);
  for (const answer of [
    await server.call('POST', '/api/users/update', { phoneNumber: phone, dataFields: { town: 'Hull' } }),
    await server.call('GET', `/api/users/byPhone/${encodeURIComponent(phone)}`),
  ]) {
    assert.equal(answer.status, 409);
    assert.match(answer.text, /belongs to 2 users; name one by email or userId/);
  }
  const { body } = await server.call('POST', '/api/users/bulkUpdate', {
    users: [{ phoneNumber: phone }, { email: 'ida@example.com', phoneNumber: phone }],
  });
  const { successCount, failures } = body as { successCount: number; failures: { code: string }[] };
  assert.deepEqual([successCount, failures.map(({ code }) => code)], [1, ['SharedPhoneNumber']]);
});

test('a newcomer is taken for whoever is known by the number alone, and for nobody who has a name', async () => {
  const phone = '+14155550144';
  const [stranger] = await upsert([{ phone }]);
  const [named] = await upsert([{ email: 'kay@example.com', phone }]);
  const [other] = await upsert([{ userId: 'lou', phone }]);
  assert.ok(stranger?.ok && named?.ok && other?.ok);
  assert.equal(named.user.id, stranger.user.id);
  assert.notEqual(other.user.id, stranger.user.id);
});

test('spellings of one line are one person to every call, and the number stays as it was given', async () => {
  for (const [stored, spelled] of [
    ['+525555550101', '+5215555550101'],
    ['+541155550103', '+5491155550103'],
    ['+541155550104', '011 15 5555-0104'],
    ['+5531988880105', '+553188880105'],
    ['+2290197456789', '+22997456789'],
    ['+2250707123456', '+22507123456'],
  ] as const) {
    const [first, second] = await upsert([{ phone: stored }, { phone: spelled }].slice(0, 1));
    assert.ok(first?.ok && !second);
    const [again] = await upsertUsers(
      server.context.people,
      server.projectId,
      [{ phone: spelled, dataFields: { town: 'here' } }],
      { defaultCountry: 'AR' },
      server.clock.now(),
    );
    assert.ok(again?.ok);
    assert.equal(again.user.id, first.user.id, spelled);
    assert.equal(again.created, false);
  }
  const found = await server.call('GET', `/api/users/byPhone/${encodeURIComponent('+5215555550101')}`);
  assert.match(found.text, /"phoneNumber":"\+525555550101"/);
});

test('thirty calls at once that create the same people make each of them once', async () => {
  const people = Array.from({ length: 12 }, (_, index) => index);
  const calls = Array.from({ length: 30 }, (_, call) => {
    const order = call % 2 === 0 ? people : [...people].reverse();
    return upsert(
      order.map((person) => ({
        ...(call % 3 === 0 ? {} : { email: `race${person}@example.com` }),
        userId: `race${person}`,
        phone: `+1415555${String(2000 + person)}`,
      })),
    );
  });
  const outcomes = (await Promise.all(calls)).flat();
  assert.ok(outcomes.every((outcome) => outcome.ok));
  assert.equal(new Set(outcomes.map((outcome) => outcome.ok && outcome.user.id)).size, people.length);
});

test('thirty calls at once that know people by their number alone make each of them once', async () => {
  const calls = Array.from({ length: 30 }, (_, call) => {
    const people = Array.from(
      { length: 12 },
      (_, person) => `+52${call % 2 ? '1' : ''}55555502${10 + person}`,
    );
    return upsert((call % 4 < 2 ? people : people.reverse()).map((phone) => ({ phone })));
  });
  const outcomes = (await Promise.all(calls)).flat();
  assert.ok(outcomes.every((outcome) => outcome.ok));
  assert.equal(new Set(outcomes.map((outcome) => outcome.ok && outcome.user.id)).size, 12);
});

test('whoever writes in is found or made, by number or by WhatsApp id', async () => {
  const { people } = server.context;
  const at = server.clock.now();
  const first = await findOrCreateUser(people, server.projectId, { whatsAppUserId: 'US.1349' }, at);
  const both = await findOrCreateUser(
    people,
    server.projectId,
    [{ whatsAppUserId: 'US.1349' }, { phone: '+14155550177' }],
    at,
  );
  const again = await findOrCreateUser(people, server.projectId, { phone: '+14155550177' }, at);
  assert.deepEqual(both, first);
  assert.deepEqual(again, first);
});

test('merging joins profiles and identities, and an opt-out of either stands', async () => {
  const [source, destination] = await upsert([
    { email: 'old@example.com', phone: '+14155550150', dataFields: { city: 'Reno', tags: ['a'] } },
    { userId: 'new', dataFields: { tags: ['b'] } },
  ]);
  assert.ok(source?.ok && destination?.ok);
  const { db } = server.database;
  await db
    .insertInto('subscription')
    .values({
      ...{ lane: source.user.lane, project_id: server.projectId, user_id: source.user.id, kind: 'channel' },
      ...{ target_id: 1, status: 'unsubscribed', entry_id: 1, since: server.clock.now() },
    })
    .execute();
  await client.mergeUsers({
    sourceEmail: 'old@example.com',
    destinationUserId: 'new',
    arrayMerge: [{ field: 'tags' }],
  });
  const { user } = await client.getUserByEmail({ email: 'old@example.com' });
  assert.equal(user?.userId, 'new');
  assert.deepEqual(user?.dataFields?.tags, ['b', 'a']);
  assert.equal(user?.dataFields?.phoneNumber, '+14155550150');
  const standing = await db
    .selectFrom('subscription')
    .select('status')
    .where('lane', '=', destination.user.lane)
    .where('user_id', '=', destination.user.id)
    .execute();
  assert.deepEqual(standing, [{ status: 'unsubscribed' }]);
});

test('a forgotten user leaves nothing but the hash of an opt-out, which binds the next owner', async () => {
  const [outcome] = await upsert([{ email: 'zed@example.com', phone: '+14155550160' }]);
  assert.ok(outcome?.ok);
  const { db } = server.database;
  const channel = await db
    .selectFrom('channel')
    .select('id')
    .where('name', '=', 'SMS Marketing')
    .where('project_id', '=', server.projectId)
    .executeTakeFirstOrThrow();
  await db
    .insertInto('subscription')
    .values({
      ...{ lane: outcome.user.lane, project_id: server.projectId, user_id: outcome.user.id, kind: 'channel' },
      ...{ target_id: channel.id, status: 'unsubscribed', entry_id: 1, since: server.clock.now() },
    })
    .execute();
  await server.database.pool.query(`
    INSERT INTO import (id, project_id, file_name, options, state, created_at)
      VALUES (77, ${server.projectId}, 'people.csv', '{}', 'done', now());
    INSERT INTO import_row_report (import_id, row_number, outcome, field, value, reason) VALUES
      (77, 2, 'warning', 'email', 'Zed@example.com', 'twice'), (77, 3, 'refused', 'phoneNumber', '(415) 555-0160', 'taken'),
      (77, 4, 'refused', 'phoneNumber', '12', 'has only 2 digits')`);
  await client.deleteUserByEmail({ email: 'zed@example.com' });
  const reports = await db.selectFrom('import_row_report').select('value').execute();
  assert.deepEqual(reports, [{ value: '12' }]);
  assert.equal((await client.getUserByEmail({ email: 'zed@example.com' })).user, undefined);
  const hash = addressHash(server.projectId, '+14155550160');
  const kept = await db.selectFrom('suppression').selectAll().where('lane', '=', laneOfHash(hash)).execute();
  assert.ok(kept.some((row) => row.address_hash.equals(hash)));
  const [back] = await upsert([{ userId: 'zed2', phone: '+14155550160' }]);
  assert.ok(back?.ok && back.created);
  const standing = await db
    .selectFrom('subscription')
    .select(['status', 'target_id'])
    .where('lane', '=', back.user.lane)
    .where('user_id', '=', back.user.id)
    .execute();
  assert.deepEqual(standing, [{ status: 'unsubscribed', target_id: channel.id }]);
  const history = await server.call('GET', '/api/users/zed2/history');
  assert.match(history.text, /an earlier opt-out/);
});

test('changing an email frees the old one and refuses a taken one', async () => {
  await upsert([{ email: 'one@example.com' }, { email: 'two@example.com' }]);
  await assert.rejects(client.updateEmail({ currentEmail: 'one@example.com', newEmail: 'two@example.com' }));
  await client.updateEmail({ currentEmail: 'one@example.com', newEmail: 'uno@example.com' });
  assert.equal((await client.getUserByEmail({ email: 'uno@example.com' })).user?.email, 'uno@example.com');
  assert.equal((await client.getUserByEmail({ email: 'one@example.com' })).user, undefined);
  assert.deepEqual((await client.getSentMessages({ email: 'uno@example.com' })).messages, []);
});

test('sent messages are shown with an id that names their lane, also after a merge', async () => {
  const [outcome] = await upsert([{ email: 'sent@example.com' }, { email: 'kept@example.com' }]);
  assert.ok(outcome?.ok);
  const { lane, id } = outcome.user;
  const at = server.clock.now();
  const what = {
    channel_id: 1,
    medium: 'sms',
    purpose: 'promotional',
    basis: 'optIn',
    status: 'delivered',
  } as const;
  await server.database.db
    .insertInto('message')
    .values({
      ...{ lane, id: 78, project_id: server.projectId, user_id: id, request_id: 2, ...what },
      ...{
        not_before: at,
        due_at: at,
        created_at: at,
        sent_at: at,
        content: JSON.stringify({ kind: 'sms', body: 'Hello' }),
      },
    })
    .execute();
  await client.mergeUsers({ sourceEmail: 'sent@example.com', destinationEmail: 'kept@example.com' });
  const { messages } = await client.getSentMessages({ email: 'kept@example.com', messageMedium: 'SMS' });
  assert.deepEqual(decodeMessageId(messages[0]?.messageId ?? ''), { lane, id: 78 });
  assert.match((await server.call('GET', '/api/users/kept@example.com/history')).text, /Hello/);
  assert.equal(decodeMessageId('!'), null);
  assert.equal(decodeMessageId('A'), null);
});
