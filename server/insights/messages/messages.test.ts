import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { addMessages, addUsers, type Ground, groundOf } from '../../campaigns/campaign-fixtures.ts';
import { decodeMessageId, encodeMessageId } from '../../database/message-id.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { historyRoutes } from '../history/routes.ts';
import { messageRoutes } from './routes.ts';

let api: TestApi;
let ground: Ground;
before(async () => {
  api = await startTestApi([messageRoutes, historyRoutes]);
  ground = groundOf(api);
});
after(() => api.close());

test('messages are paged through, each once, and filtered by state and reason', async () => {
  const users = await addUsers(ground, 23);
  await addMessages(
    ground,
    users.map((user, index) => ({
      user,
      requestId: 1,
      campaignId: 5,
      status: index < 3 ? 'skipped' : 'delivered',
      skipReason: index === 0 ? 'optedOut' : 'noOptIn',
    })),
  );
  const seen: string[] = [];
  let after = '';
  do {
    const { body } = await api.call('GET', `/api/messages?campaignId=5&limit=7${after && `&after=${after}`}`);
    const page = body as { messages: { messageId: string }[]; nextAfter?: string };
    seen.push(...page.messages.map((message) => message.messageId));
    after = page.nextAfter ?? '';
  } while (after);
  assert.equal(seen.length, 23);
  assert.equal(new Set(seen).size, 23);
  const count = async (query: string) => {
    const { body } = await api.call('GET', `/api/messages?${query}`);
    return (body as { messages: unknown[] }).messages.length;
  };
  assert.equal(await count('status=skipped'), 3);
  assert.equal(await count('skipReason=optedOut'), 1);
  assert.equal(await count('campaignId=6'), 0);
  assert.equal((await api.call('GET', '/api/messages?status=lost')).status, 400);
});

test('one message tells its whole life', async () => {
  const [user] = await addUsers(ground, 1);
  assert.ok(user);
  const [id] = await addMessages(ground, [{ user, requestId: 2, campaignId: 8, status: 'delivered' }]);
  assert.ok(id);
  const later = new Date(ground.at.getTime() + 60_000);
  await sql`
    INSERT INTO link (lane, code, project_id, message_id, user_id, url)
    VALUES (${user.lane}, 'Abc', ${ground.projectId}, ${id}, ${user.id}, 'https://shop.example/hat')`.execute(
    ground.db,
  );
  await sql`
    INSERT INTO link_click (lane, id, project_id, message_id, code, visitor, clicked_at)
    VALUES (${user.lane}, nextval('link_click_id_seq'), ${ground.projectId}, ${id}, 'Abc', 'person', ${later})`.execute(
    ground.db,
  );
  const messageId = encodeMessageId(user.lane, id);
  const answer = await api.call('GET', `/api/messages/${messageId}`);
  assert.equal(answer.status, 200);
  const message = answer.body as { userId: string; price: number; life: { what: string; detail: string }[] };
  assert.equal(message.userId, `u${user.id}`);
  assert.equal(message.price, 0.0079);
  assert.deepEqual(
    message.life.map((entry) => entry.what),
    ['admitted', 'dispatched', 'delivered', 'clicked'],
  );
  assert.equal(message.life.at(-1)?.detail, 'https://shop.example/hat');
});

test('a message that has not left says what it waits for, and until when, in the list and in its person’s history', async () => {
  const users = await addUsers(ground, 6);
  const later = new Date(ground.at.getTime() + 3_600_000);
  const cases = [
    ['pause', { due_at: 'infinity' }],
    ['turn', {}],
    ['retry', { due_at: later, attempts: 1 }],
    ['time', { due_at: later, not_before: later }],
    ['hours', { due_at: later }],
    ['hoursOrLimit', { due_at: later, on_cap: 'delay' }],
  ] as const;
  const ids = await addMessages(
    ground,
    users.map((user) => ({ user, requestId: 3, campaignId: 9, status: 'queued' as const })),
  );
  for (const [index, [reason, columns]] of cases.entries()) {
    const user = users[index]!;
    await ground.db
      .updateTable('message')
      .set({ on_cap: 'skip', ...columns })
      .where('lane', '=', user.lane)
      .where('id', '=', ids[index]!)
      .execute();
    const dueAt = reason === 'pause' ? null : reason === 'turn' ? ground.at : later;
    const listed = await api.call('GET', `/api/messages/${encodeMessageId(user.lane, ids[index]!)}`);
    assert.partialDeepStrictEqual(listed.body, { waitingFor: reason, dueAt: dueAt?.getTime() ?? null });
    const history = await api.call('GET', `/api/users/id:${user.lane}.${user.id}/history`);
    const [told] = (history.body as { history: { details: object }[] }).history;
    assert.partialDeepStrictEqual(told?.details, { waitingFor: reason, dueAt: dueAt?.toJSON() ?? null });
  }
});

test('a message that went to another lane with its person is found by the id that it had', async () => {
  const { messages } = (await api.call('GET', '/api/messages?limit=1')).body as {
    messages: { messageId: string }[];
  };
  const place = decodeMessageId(messages[0]!.messageId)!;
  const former = encodeMessageId((place.lane + 1) % 64, place.id);
  const { status, body } = await api.call('GET', `/api/messages/${former}`);
  assert.deepEqual([status, (body as { messageId: string }).messageId], [200, messages[0]!.messageId]);
});

test('another project’s message is not found', async () => {
  const [user] = await addUsers(ground, 1);
  assert.ok(user);
  const [id] = await addMessages(ground, [{ user, requestId: 4, campaignId: 9, status: 'sent' }]);
  await sql`UPDATE message SET project_id = 999 WHERE lane = ${user.lane} AND id = ${id}`.execute(ground.db);
  assert.equal((await api.call('GET', `/api/messages/${encodeMessageId(user.lane, id ?? 0)}`)).status, 404);
  assert.equal((await api.call('GET', '/api/messages/nonsense!')).status, 400);
});
