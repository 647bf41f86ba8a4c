import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  addMessages,
  addSender,
  addTemplate,
  addUsers,
  type Ground,
  groundOf,
  type TestUser,
} from '../../campaigns/campaign-fixtures.ts';
import { campaignRoutes } from '../../campaigns/routes.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { clickOn, type TestSent, writeTo } from '../response-fixtures.ts';
import { responseRoutes } from './routes.ts';

let api: TestApi;
let ground: Ground;
let senderId: number;
let templateId: number;
before(async () => {
  api = await startTestApi([campaignRoutes, responseRoutes]);
  ground = groundOf(api);
  senderId = await addSender(ground);
  templateId = await addTemplate(ground);
});
after(() => api.close());

const hour = 3_600_000;

async function campaignTo(users: readonly TestUser[]) {
  const made = await api.call('POST', '/api/campaigns/create', { name: 'Sale', templateId });
  const { campaignId } = made.body as { campaignId: number };
  const ids = await addMessages(
    ground,
    users.map((user) => ({ user, requestId: campaignId, campaignId, senderId, status: 'delivered' })),
  );
  return {
    campaignId,
    messages: users.map((user, index) => ({ ...user, messageId: ids[index] ?? 0, campaignId })),
  };
}

const click = (message: TestSent, url: string, visitor: 'person' | 'preview' | 'bot') =>
  clickOn(ground, message, visitor, url);

const linksOf = async (campaignId: number) => {
  const answer = await api.call('GET', `/api/campaigns/${campaignId}/links`);
  assert.equal(answer.status, 200, answer.text);
  return (answer.body as { links: object[] }).links;
};

test('clicks are told by link, people apart from previews and bots; the way out is no link', async () => {
  const { campaignId, messages } = await campaignTo(await addUsers(ground, 2));
  const [one, two] = messages;
  assert.ok(one && two);
  const [hat, scarf] = ['https://shop.example/hat?c=1', 'https://shop.example/scarf-red'];
  for (const [message, url, visitor] of [
    [one, hat, 'person'],
    [one, hat, 'person'],
    [two, hat, 'person'],
    [two, hat, 'preview'],
    [two, scarf, 'bot'],
    [one, 'unsubscribe:1:+14155550100', 'person'],
  ] as const)
    await click(message, url, visitor);
  assert.deepEqual(await linksOf(campaignId), [
    { url: hat, total: 3, unique: 2, previews: 1, bots: 0 },
    { url: scarf, total: 0, unique: 0, previews: 0, bots: 1 },
  ]);
});

test('addresses that are each person’s own are counted as the page they lead to', async () => {
  const { campaignId, messages } = await campaignTo(await addUsers(ground, 60));
  for (const message of messages) await click(message, `https://shop.example/me?id=${message.id}`, 'person');
  assert.deepEqual(await linksOf(campaignId), [
    { url: 'https://shop.example/me', total: 60, unique: 60, previews: 0, bots: 0 },
  ]);
});

test('replies to a campaign are those to its sender within a day, the newest first, page by page', async () => {
  const { campaignId, messages } = await campaignTo(await addUsers(ground, 3));
  const write = (user: TestUser, body: string, afterMs: number, to = senderId) =>
    writeTo(ground, user, to, body, new Date(ground.at.getTime() + afterMs));
  const [one, two, three] = messages;
  assert.ok(one && two && three);
  await write(one, 'first', hour);
  await write(two, 'second', 2 * hour);
  await write(three, 'third', 3 * hour);
  await write(one, 'too late', 25 * hour);
  await write(two, 'before it', -hour);
  await write(three, 'to another number', hour, senderId + 1);
  const page = async (query: string) => {
    const answer = await api.call('GET', `/api/campaigns/${campaignId}/replies?${query}`);
    assert.equal(answer.status, 200, answer.text);
    return answer.body as { replies: { body: string; userRef: string }[]; nextAfter?: string };
  };
  const first = await page('limit=2');
  assert.deepEqual(
    first.replies.map((reply) => [reply.body, reply.userRef]),
    [
      ['third', `id:${three.lane}.${three.id}`],
      ['second', `id:${two.lane}.${two.id}`],
    ],
  );
  const rest = await page(`limit=2&after=${first.nextAfter}`);
  assert.deepEqual([rest.replies.map((reply) => reply.body), rest.nextAfter], [['first'], undefined]);
  assert.equal((await api.call('GET', `/api/campaigns/${campaignId}/replies?after=x!`)).status, 400);
  assert.equal((await api.call('GET', '/api/campaigns/999999/replies')).status, 404);
});
