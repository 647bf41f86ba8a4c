import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { addressHash } from '../../users/address-hash.ts';
import { openInbound, ours, whatsApp } from './inbound-fixtures.ts';
import { obeyPreference } from './preference.ts';

const { account, newNumber, optsIn, server, standings, userOf, writes } = await openInbound();
after(() => server.close());

test('on WhatsApp an opt-out and an unclear wish reach both users whom the keys name', async () => {
  const phone = newNumber();
  const from = { phone, whatsAppUserId: `US.${phone.slice(1)}` };
  const users = [await userOf({ phone }), await userOf({ whatsAppUserId: from.whatsAppUserId })];
  assert.notEqual(users[0]?.id, users[1]?.id);
  for (const user of users) await optsIn(user, 'WhatsApp Marketing');
  const id = 'unclear-once';
  await Promise.all(
    [1, 2, 3].map(() => writes(from, whatsApp, 'please stop texting me so much', { providerMessageId: id })),
  );
  for (const user of users) assert.equal((await standings(user))['WhatsApp Marketing'], 'subscribed, paused');
  const replies = await server.database.db
    .selectFrom('unclear_reply')
    .select('user_id')
    .where('provider_message_id', '=', id)
    .execute();
  assert.equal(replies.length, 2, 'one question for each of the two');
  await obeyPreference(server.context, account, {
    ...{ ...from, category: 'marketing_messages', value: 'stop', at: server.clock.now() },
  });
  for (const user of users) assert.equal((await standings(user))['WhatsApp Marketing'], 'unsubscribed');
});

test('a wrong number pauses, is asked about once, and decided as an opt-out binds the number', async () => {
  const phone = newNumber();
  const user = await userOf({ phone });
  await optsIn(user, 'SMS Marketing');
  for (let again = 0; again < 2; again++)
    await writes(phone, ours.promotional, 'Sorry, you have the wrong number');
  assert.equal((await standings(user))['SMS Marketing'], 'subscribed, paused');
  const open = await server.call('GET', '/api/consent/unclear?limit=200');
  const { replies } = open.body as { replies: { id: number; body: string; about: string }[] };
  const asked = replies.filter(({ body }) => body === 'Sorry, you have the wrong number');
  assert.deepEqual(
    asked.map(({ about }) => about),
    ['wrongNumber'],
  );
  await server.call('POST', `/api/consent/unclear/${asked[0]?.id}/decide`, { decision: 'optOut' });
  assert.equal((await standings(user))['SMS Marketing'], 'unsubscribed');
  const { rows } = await sql<{ address: string }>`SELECT DISTINCT address FROM consent_entry
    WHERE user_id = ${user.id} AND action = 'optOut'`.execute(server.database.db);
  assert.deepEqual(rows, [{ address: phone }]);
  const suppressed = await sql`SELECT FROM suppression WHERE project_id = ${server.projectId}
    AND address_hash = ${addressHash(server.projectId, phone)}`.execute(server.database.db);
  assert.ok(suppressed.rows.length > 0, 'whoever gets the number next is opted out too');
});

test('that somebody has died pauses; asked to be removed with it, they are', async () => {
  const phone = newNumber();
  const user = await userOf({ phone });
  await optsIn(user, 'SMS Marketing');
  await writes(phone, ours.promotional, 'My father passed away in May');
  assert.equal((await standings(user))['SMS Marketing'], 'subscribed, paused');
  await writes(phone, ours.promotional, 'Bob passed away, please remove');
  assert.equal((await standings(user))['SMS Marketing'], 'unsubscribed');
});
