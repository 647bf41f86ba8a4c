import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { findUsers } from '../users/find-users.ts';
import { userRoutes } from '../users/routes.ts';
import { consentRoutes } from './routes.ts';

let server: TestApi;
let sms: { channelId: number; typeId: number };
before(async () => {
  server = await startTestApi([userRoutes, consentRoutes]);
  const row = await server.database.db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'channel_id')
    .select(['channel_id', 'message_type.id'])
    .where('channel.name', '=', 'SMS Marketing')
    .executeTakeFirstOrThrow();
  sms = { channelId: row.channel_id, typeId: row.id };
});
after(() => server.close());

let count = 0;
/** A Brazilian mobile in today's spelling and in the one without the ninth digit. */
const newNumber = () => {
  const eight = String(88_880_000 + count++);
  return { phone: `+55319${eight}`, otherwise: `+5531${eight}` };
};
const newPerson = () => `p${count++}@example.com`;

async function call(method: string, path: string, body: unknown): Promise<unknown> {
  const answer = await server.call(method, path, body);
  assert.equal(answer.status, 200, answer.text);
  server.clock.advance(60_000);
  return answer.body;
}

const gains = (email: string, phoneNumber: string) =>
  call('POST', '/api/users/update', { email, phoneNumber });
const optsIn = (email: string, method = 'webForm') =>
  call('POST', '/api/consent', {
    consents: [{ email, messageTypeId: sms.typeId, method, source: 'a form' }],
  });
const optsOut = (who: Record<string, string>) =>
  call('POST', '/api/consent/optOut', { ...who, channelId: sms.channelId, source: 'a call' });

/** Where somebody stands with the channel. */
async function stands(email: string): Promise<string | undefined> {
  const { db } = server.database;
  const [user] = await findUsers(db, server.projectId, [{ email }]);
  const row = await db
    .selectFrom('subscription')
    .select('status')
    .where('lane', '=', user!.lane)
    .where('user_id', '=', user!.id)
    .where('kind', '=', 'channel')
    .where('target_id', '=', sms.channelId)
    .executeTakeFirst();
  return row?.status;
}

async function family(): Promise<{ mother: string; son: string; phone: string; otherwise: string }> {
  const { phone, otherwise } = newNumber();
  const [mother, son] = [newPerson(), newPerson()];
  await gains(mother, phone);
  await gains(son, otherwise);
  for (const each of [mother, son]) await optsIn(each);
  return { mother, son, phone, otherwise };
}

test('an opt-out binds everybody who has the number, whichever of them and whichever spelling it names', async () => {
  const names = [
    ({ mother }: Awaited<ReturnType<typeof family>>) => ({ email: mother }),
    ({ son }: Awaited<ReturnType<typeof family>>) => ({ email: son }),
    ({ phone }: Awaited<ReturnType<typeof family>>) => ({ phone }),
    ({ otherwise }: Awaited<ReturnType<typeof family>>) => ({ phone: otherwise }),
  ];
  for (const name of names) {
    const home = await family();
    assert.deepEqual([await stands(home.mother), await stands(home.son)], ['subscribed', 'subscribed']);
    await optsOut(name(home));
    assert.deepEqual([await stands(home.mother), await stands(home.son)], ['unsubscribed', 'unsubscribed']);
  }
});

test('whoever gains a number that refused is opted out too, until a newer proven opt-in of their own', async () => {
  const { mother, son, otherwise } = await family();
  await optsOut({ email: mother });
  const daughter = newPerson();
  await gains(daughter, otherwise);
  assert.equal(await stands(daughter), 'unsubscribed');
  const unproven = await optsIn(daughter, 'import');
  assert.match(JSON.stringify(unproven), /OptOutStands/);
  await optsIn(daughter);
  assert.equal(await stands(daughter), 'subscribed');
  assert.deepEqual([await stands(mother), await stands(son)], ['unsubscribed', 'unsubscribed']);
});

test('the newest word of a number counts for whoever gains it: an opt-in after the opt-out clears the record', async () => {
  const { phone, otherwise } = newNumber();
  const [first, second] = [newPerson(), newPerson()];
  await gains(first, phone);
  await optsOut({ phone: otherwise });
  await optsIn(first);
  await gains(second, otherwise);
  assert.equal(await stands(second), undefined);
  await optsIn(second, 'import');
  assert.equal(await stands(second), 'subscribed');
});

test('an opt-in by a number that several share is refused and says whom to name', async () => {
  const { otherwise } = await family();
  const answer = await call('POST', '/api/consent', {
    consents: [{ phone: otherwise, messageTypeId: sms.typeId, method: 'webForm', source: 'a form' }],
  });
  assert.match(JSON.stringify(answer), /"code":"SharedPhoneNumber"/);
  assert.match(JSON.stringify(answer), /name one by email or userId/);
});

test('an opt-out of a stranger’s number binds its other spelling', async () => {
  const { phone, otherwise } = newNumber();
  await optsOut({ phone: otherwise });
  const email = newPerson();
  await gains(email, phone);
  assert.equal(await stands(email), 'unsubscribed');
});

test('another spelling of one’s number is no other number: consent stays', async () => {
  const { phone, otherwise } = newNumber();
  const email = newPerson();
  await gains(email, phone);
  await optsIn(email);
  await gains(email, otherwise);
  assert.equal(await stands(email), 'subscribed');
  const { text } = await server.call('GET', `/api/users/${email}`);
  assert.match(text, new RegExp(`"phoneNumber":"\\${otherwise}"`), 'the number stands as it was given last');
});

test('of a number’s opt-out and newcomers who gain it at that moment, none is left out', async () => {
  for (let round = 0; round < 6; round++) {
    const { phone, otherwise } = newNumber();
    const first = newPerson();
    await gains(first, phone);
    const newcomers = Array.from({ length: 8 }, newPerson);
    await Promise.all([
      ...newcomers.map((email) =>
        server.call('POST', '/api/users/update', { email, phoneNumber: otherwise }),
      ),
      optsOut({ phone }),
    ]);
    for (const email of [first, ...newcomers]) assert.equal(await stands(email), 'unsubscribed', email);
  }
});

test('an opt-out of everything, told by a number, ends the emails of all who share it', async () => {
  const { mother, son, otherwise } = await family();
  await call('POST', '/api/consent/optOut', { phone: otherwise, source: 'a call' });
  for (const email of [mother, son]) {
    const { text } = await server.call('GET', `/api/consent/proof?email=${email}`);
    assert.match(text, /"name":"Email Marketing"[^}]*"status":"unsubscribed"/, email);
  }
});

test('whoever gains a number that refused a message type is out of its channel until they opt in provably', async () => {
  const { mother, son, otherwise } = await family();
  await call('POST', '/api/consent/optOut', { email: mother, messageTypeId: sms.typeId, source: 'a call' });
  const daughter = newPerson();
  await gains(daughter, otherwise);
  assert.match(JSON.stringify(await optsIn(daughter, 'import')), /OptOutStands/);
  assert.deepEqual([await stands(mother), await stands(son)], ['subscribed', 'subscribed']);
});
