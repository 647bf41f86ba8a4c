import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { deleteUsers } from '../../users/delete-users.ts';
import { mergeUsers } from '../../users/merge-users.ts';
import { openInbound, ours, sms, smsOut, whatsApp } from './inbound-fixtures.ts';

const { channels, makeType, newNumber, optsIn, server, standings, told, userOf, writes } =
  await openInbound();
after(() => server.close());

test('the later of STOP and START counts, in whatever order they arrive; of two at once STOP', async () => {
  for (const [first, second, expected] of [
    [['STOP', 5], ['START', 10], smsOut],
    [['START', 5], ['STOP', 10], sms],
    [['START', 5], ['STOP', 5], smsOut],
    [['STOP', 5], ['START', 5], smsOut],
    [['STOP', 10], ['START', 5], sms],
  ] as const) {
    const phone = newNumber();
    const user = await userOf({ phone });
    await optsIn(user, 'SMS Marketing');
    await writes(phone, ours.promotional, first[0], { secondsAgo: first[1] });
    await writes(phone, ours.promotional, second[0], { secondsAgo: second[1] });
    assert.deepEqual(await standings(user), expected, `${first.join()} then ${second.join()}`);
  }
});

test('a YES that the provider calls START opts nobody in, and a STOP of its own opts out', async () => {
  const phone = newNumber();
  await writes(phone, ours.promotional, 'YES', { providerOptOut: 'START' });
  const user = await userOf({ phone });
  assert.deepEqual(await standings(user), {});
  await optsIn(user, 'SMS Marketing');
  await writes(phone, ours.promotional, 'nix mehr', { providerOptOut: 'STOP' });
  assert.deepEqual(await standings(user), smsOut);
  assert.deepEqual(await told(phone), []);
});

test('a button called Start that stands for something else opts nobody in, one called Stop opts out', async () => {
  const phone = newNumber();
  await writes(phone, whatsApp, 'Start', { payload: 'survey:1:size:small' });
  const user = await userOf({ phone });
  assert.deepEqual(await standings(user), {});
  await optsIn(user, 'WhatsApp Marketing');
  await writes(phone, whatsApp, 'Stop', { payload: 'survey:1:size:none' });
  assert.equal((await standings(user))['WhatsApp Marketing'], 'unsubscribed');
  await writes(phone, whatsApp, 'Start', { payload: 'survey:1:size:small' });
  assert.equal((await standings(user))['WhatsApp Marketing'], 'unsubscribed');
  server.clock.advance(1_000);
  await writes(phone, whatsApp, 'START', { payload: 'Start' });
  assert.equal((await standings(user))['WhatsApp Marketing'], 'subscribed');
});

test('YES confirms only what this sender has asked this number about', async () => {
  const typeId = await makeType('SMS Marketing', { doubleOptIn: true, frequency: '4 msgs/mo' });
  const phone = newNumber();
  const user = await userOf({ phone });
  assert.equal(await optsIn(user, 'SMS Marketing', typeId), 'pending');
  const pending = { [`messageType ${typeId}`]: 'pending' };
  await server.tellHappenings();
  await writes(phone, ours.promotional, 'YES');
  assert.deepEqual(await standings(user), pending, 'the question waits with us yet');
  const asked = sql`UPDATE message SET status = 'delivered', dispatched_at = ${server.clock.now()}
    WHERE to_address = ${phone} AND template_id IS NULL AND message_type_id = ${typeId} RETURNING sender_id`;
  await asked.execute(server.database.db);
  await writes(phone, ours.tollFree, 'YES');
  assert.deepEqual(await standings(user), pending, 'another sender asked nothing');
  await writes(phone, ours.promotional, 'Yes!');
  const confirmed = { 'SMS Marketing': 'subscribed', [`messageType ${typeId}`]: 'subscribed' };
  assert.deepEqual(await standings(user), confirmed);
  assert.match((await told(phone))[0] ?? '', /recurring texts\. 4 msgs\/mo\./);
});

test('a YES to another message, as a press on its button is, confirms no opt-in', async () => {
  const typeId = await makeType('SMS Marketing', { doubleOptIn: true });
  const phone = newNumber();
  const user = await userOf({ phone });
  await optsIn(user, 'SMS Marketing', typeId);
  await server.tellHappenings();
  await writes(phone, ours.promotional, 'HELP');
  const { db } = server.database;
  // Of messages on WhatsApp answers name which one they are to.
  await sql`UPDATE message SET status = 'delivered', dispatched_at = ${server.clock.now()}, medium = 'whatsApp',
    provider_message_id = CASE WHEN basis = 'pendingOptIn' THEN 'the question' ELSE 'another' END
    WHERE to_address = ${phone}`.execute(db);
  await writes(phone, ours.promotional, 'YES', { inReplyTo: 'another' });
  assert.deepEqual(await standings(user), { [`messageType ${typeId}`]: 'pending' });
  await writes(phone, ours.promotional, 'YES', { inReplyTo: 'the question' });
  assert.partialDeepStrictEqual(await standings(user), { [`messageType ${typeId}`]: 'subscribed' });
});

test('START brings back what STOP ended and nothing besides', async () => {
  const other = await makeType('SMS Marketing', {});
  const left = await makeType('SMS Marketing', {});
  const phone = newNumber();
  const user = await userOf({ phone });
  for (const typeId of [other, left]) await optsIn(user, 'SMS Marketing', typeId);
  await server.call('POST', '/api/consent/optOut', { phone, messageTypeId: left, source: 'a call' });
  server.clock.advance(60_000);
  await writes(phone, ours.promotional, 'STOP');
  server.clock.advance(60_000);
  await writes(phone, ours.promotional, 'START');
  assert.deepEqual(await standings(user), {
    'SMS Marketing': 'subscribed',
    [`messageType ${other}`]: 'subscribed',
    [`messageType ${left}`]: 'unsubscribed',
  });
});

test("START to a transactional sender is about its own purpose, and a newcomer's about one type", async () => {
  const phone = newNumber();
  const user = await userOf({ phone });
  await optsIn(user, 'SMS Marketing');
  await optsIn(user, 'SMS Transactional');
  await writes(phone, ours.transactional, 'STOP');
  server.clock.advance(60_000);
  await writes(phone, ours.transactional, 'START');
  const transactional = { 'SMS Transactional': 'subscribed', 'SMS Transactional type': 'subscribed' };
  assert.deepEqual(await standings(user), { ...smsOut, ...transactional });
  const stranger = newNumber();
  await writes(stranger, ours.transactional, 'ALTA');
  assert.deepEqual(await standings(await userOf({ phone: stranger })), transactional);
  const doubled = await makeType('SMS Marketing', { doubleOptIn: true, startSubscribes: true });
  const careful = newNumber();
  await writes(careful, ours.promotional, 'START');
  assert.deepEqual(await standings(await userOf({ phone: careful })), {
    [`messageType ${doubled}`]: 'pending',
  });
  assert.match((await told(careful)).join(), /^[^,]*Reply YES/);
  await server.call('PUT', `/api/messageTypes/${channels.get('SMS Marketing')!.typeId}`, {
    startSubscribes: true,
  });
});

test('from the day of the federal rule a refusal from the United States ends all texts', async () => {
  const refuse = async (phone: string) => {
    const user = await userOf({ phone });
    await optsIn(user, 'SMS Transactional');
    await writes(phone, ours.promotional, 'STOP');
    return (await standings(user))['SMS Transactional'];
  };
  server.clock.set('2027-01-31T04:59:59Z');
  assert.equal(await refuse(newNumber()), 'subscribed');
  server.clock.set('2027-01-31T05:00:00Z');
  assert.equal(await refuse('+447400123456'), 'subscribed');
  assert.equal(await refuse(newNumber()), 'unsubscribed');
});

test('what somebody writes as they are merged or deleted is kept with who is there then, and its unclear wish too', async () => {
  const { context, database, projectId, clock } = server;
  for (let round = 0; round < 24; round++) {
    const [phone, other] = [newNumber(), newNumber()];
    const [from, to] = [await userOf({ phone }), await userOf({ phone: other })];
    const body = ['a question', 'STOP', 'please no more of this'][round % 3]!;
    // One ends up before, in the midst of or after the other.
    const wait = () => new Promise((resolve) => setTimeout(resolve, round % 8));
    await Promise.all([
      writes(phone, ours.promotional, body),
      wait().then(() =>
        round < 16
          ? mergeUsers(context.people, projectId, from, to, [], clock.now())
          : deleteUsers(context.people, projectId, [from], clock.now()),
      ),
    ]);
  }
  for (const table of ['inbound_message', 'unclear_reply']) {
    const { rows } = await sql`
      SELECT 1 FROM ${sql.table(table)} i
      WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u.lane = i.lane AND u.id = i.user_id)`.execute(
      database.db,
    );
    assert.deepEqual(rows, [], table);
  }
});
