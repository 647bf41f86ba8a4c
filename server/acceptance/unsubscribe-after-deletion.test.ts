import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { consentRoutes } from '../consent/routes.ts';
import { linkRoutes } from '../content/link-routes.ts';
import { newUnsubscribeLink } from '../content/unsubscribe-link.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { setTrap, trapGate, waits } from '../testing/trap.ts';
import { findUsers } from '../users/find-users.ts';
import { userRoutes } from '../users/routes.ts';

let server: TestApi;
let mail: { channelId: number; typeId: number };
before(async () => {
  server = await startTestApi([userRoutes, consentRoutes], [linkRoutes]);
  const row = await server.database.db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'channel_id')
    .select(['channel_id', 'message_type.id'])
    .where('channel.name', '=', 'Email Marketing')
    .executeTakeFirstOrThrow();
  mail = { channelId: row.channel_id, typeId: row.id };
});
after(() => server.close());

let count = 0;
async function call(method: string, path: string, body?: unknown): Promise<void> {
  const answer = await server.call(method, path, body);
  assert.equal(answer.status, 200, answer.text);
}

const optIn = (email: string) =>
  call('POST', '/api/consent', {
    consents: [{ email, messageTypeId: mail.typeId, method: 'webForm', source: 'a form' }],
  });

/** Somebody who was sent an email, and the code of its way out. */
async function written(): Promise<{ email: string; code: string }> {
  const email = `w${++count}@example.com`;
  await call('POST', '/api/users/update', { email });
  await optIn(email);
  const [user] = await findUsers(server.database.db, server.projectId, [{ email }]);
  const { lane, id } = user!;
  const at = server.clock.now();
  const link = newUnsubscribeLink('https://go.example', lane, { channelId: mail.channelId, address: email });
  const row = { lane, project_id: server.projectId, user_id: id };
  await server.database.db
    .insertInto('message')
    .values({
      ...{ ...row, id: count, request_id: count, channel_id: mail.channelId, message_type_id: mail.typeId },
      ...{ medium: 'email', purpose: 'promotional', basis: 'optIn', to_address: email, status: 'delivered' },
      ...{ not_before: at, due_at: at, created_at: at },
    })
    .execute();
  await server.database.db
    .insertInto('link')
    .values({ ...row, code: link.code, message_id: count, url: link.stored })
    .execute();
  return { email, code: link.code };
}

async function follow(code: string, method: string): Promise<string> {
  const answer = await fetch(`${server.url}/u/${code}`, { method });
  assert.equal(answer.status, 200);
  return answer.text();
}

async function standsWithMail(email: string): Promise<Record<string, string>> {
  const { db } = server.database;
  const [user] = await findUsers(db, server.projectId, [{ email }]);
  const rows = await db
    .selectFrom('subscription')
    .select(['kind', 'status'])
    .where('lane', '=', user!.lane)
    .where('user_id', '=', user!.id)
    .execute();
  return Object.fromEntries(rows.map(({ kind, status }) => [kind, status]));
}

for (const [word, remove] of [
  ['deleted', (email: string) => call('DELETE', `/api/users/${email}`)],
  ['forgotten', (email: string) => call('POST', '/api/users/forget', { email })],
] as const)
  test(`the way out of an email holds when its person was ${word}, and keeps the address out when it comes back`, async () => {
    const { email, code } = await written();
    await remove(email);
    const { rows } = await server.database.pool.query('SELECT url FROM link WHERE code = $1', [code]);
    assert.ok(!JSON.stringify(rows).includes(email), 'no address is kept');
    assert.match(await follow(code, 'GET'), /<form method="post">/);
    assert.match(await follow(code, 'POST'), /You are unsubscribed/);
    if (word === 'forgotten') await call('POST', '/api/users/unforget', { email });
    await call('POST', '/api/users/update', { email });
    assert.deepEqual(await standsWithMail(email), { channel: 'unsubscribed' });
  });

test('the way out of an email opts out whoever has its address again by then', async () => {
  const { email, code } = await written();
  await call('DELETE', `/api/users/${email}`);
  await call('POST', '/api/users/update', { email });
  await optIn(email);
  await follow(code, 'POST');
  assert.equal((await standsWithMail(email)).channel, 'unsubscribed');
});

test('an opt-out of one type of emails outlives its person, and leaves the rest of the channel open', async () => {
  const { email } = await written();
  await call('POST', '/api/consent/optOut', { email, messageTypeId: mail.typeId, source: 'a call' });
  await call('DELETE', `/api/users/${email}`);
  await call('POST', '/api/users/update', { email });
  assert.deepEqual(await standsWithMail(email), { messageType: 'unsubscribed' });
});

for (const [word, optOut] of [
  [
    'by hand',
    ({ email }: { email: string }) =>
      call('POST', '/api/consent/optOut', { email, channelId: mail.channelId, source: 'a call' }),
  ],
  ['by an old link', ({ code }: { code: string }) => follow(code, 'POST')],
] as const)
  test(`an opt-out of an email ${word} binds who is becoming a user with it at that moment`, async () => {
    const { pool, url } = server.database;
    const person = await written();
    await call('DELETE', `/api/users/${person.email}`);
    const trap = await setTrap(url, { table: 'users', when: 'BEFORE INSERT', does: waits });
    const open = await trap.shut();
    const isHeld = async () => {
      while ((await trap.held()) === 0);
    };
    const waitsForMaker = async () => {
      for (;;) {
        const { rows } = await pool.query(
          `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid <> ${trapGate}
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        );
        if (rows.length > 0) return;
      }
    };
    const made = call('POST', '/api/users/update', { email: person.email });
    await isHeld();
    const out = optOut(person);
    await Promise.race([out, waitsForMaker()]);
    await open();
    await Promise.all([made, out]);
    await trap.remove();
    assert.equal((await standsWithMail(person.email)).channel, 'unsubscribed');
  });
