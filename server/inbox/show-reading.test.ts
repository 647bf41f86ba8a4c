import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { ours, whatsApp } from '../conversations/inbound/inbound-fixtures.ts';
import { startHttpProvider } from '../providers/testing/http-provider.ts';
import { openInbox } from './inbox-fixtures.ts';
import { silentDesk } from './news.ts';

const site = await openInbox(silentDesk, ours.promotional);
const { ann, as, asks, server, writes } = site;
const { db } = server.database;
const meta = await startHttpProvider((baseUrl) => ({ id: 0, wire: 'meta', baseUrl }));
after(() => Promise.all([server.close(), meta.close()]));
meta.answerWith(() => ({ status: 200, body: { success: true } }));

const { id } = await db
  .insertInto('provider_account')
  .values({
    ...{ project_id: server.projectId, name: 'Meta', wire: 'meta', simulated: false },
    settings: JSON.stringify({ baseUrl: meta.baseUrl, businessAccountId: '1', version: 'v26.0' }),
    secrets: server.context.secrets.seal({ accessToken: 'x', appSecret: 'x', verifyToken: 'x' }),
    created_at: server.clock.now(),
  })
  .returning('id')
  .executeTakeFirstOrThrow();
await db.updateTable('sender').set({ provider_account_id: id }).execute();
site.account.account = { ...site.account.account, id };

interface Told {
  status: string;
  message_id: string;
  typing_indicator?: { type: string };
}
/** What Meta has been told by now, and no more comes of what was done. */
async function told(): Promise<Told[]> {
  for (let before = -1; before !== meta.requests.length; ) {
    before = meta.requests.length;
    await pause(150);
  }
  return meta.requests.splice(0).map(({ body }) => JSON.parse(body) as Told);
}
const writing = (threadId: string) =>
  as(ann, 'POST', '/presence', { window: 'w', threadId, doing: 'writing' });
const reads = (threadId: string) => as(ann, 'POST', `/threads/${threadId}/read`, { read: true });

test('who wrote on WhatsApp sees that it was read, once, and that somebody writes, every 20 seconds at most', async () => {
  const { phone, thread } = await asks('Anybody there?', whatsApp);
  server.clock.advance(1_000);
  await writes(phone, whatsApp, 'Hello?', { providerMessageId: 'wamid.last' });
  assert.deepEqual(await told(), []);
  await reads(thread.id);
  await reads(thread.id);
  assert.deepEqual(await told(), [
    { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.last' },
  ]);
  for (let signs = 0; signs < 3; signs++) {
    await Promise.all([writing(thread.id), writing(thread.id)]);
    server.clock.advance(10_000);
  }
  const typing = await told();
  assert.equal(typing.length, 2, '0 and 20 seconds after the first');
  assert.deepEqual(typing[0]?.typing_indicator, { type: 'text' });
  await as(ann, 'POST', '/presence', { window: 'w', threadId: thread.id, doing: 'looking' });
  assert.deepEqual(await told(), []);
});

test('a text message is told nothing of, nor is anybody where the project wishes none of it; what fails holds nobody up', async () => {
  const byText = await asks('By text');
  await reads(byText.thread.id);
  await writing(byText.thread.id);
  assert.deepEqual(await told(), []);
  meta.answerWith(() => ({ status: 500, body: 'no' }));
  const { thread } = await asks('On WhatsApp', whatsApp);
  assert.equal((await reads(thread.id)).status, 200);
  assert.equal((await told()).length, 1);
  await as(ann, 'PATCH', '/settings', { readReceipts: false });
  server.clock.advance(60_000);
  const other = await asks('And now?', whatsApp);
  await reads(other.thread.id);
  await writing(other.thread.id);
  assert.deepEqual(await told(), []);
});
