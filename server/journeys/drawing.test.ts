import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { audienceRoutes } from '../audiences/routes.ts';
import { addSender, addTemplate, type Ground, groundOf } from '../campaigns/campaign-fixtures.ts';
import { eventRoutes } from '../events/routes.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { userRoutes } from '../users/routes.ts';
import { adoptVersions } from './publish/adopt.ts';
import { journeysRoutes } from './routes/routes.ts';
import { turnLane } from './step/turn.ts';

let api: TestApi;
let ground: Ground;
let templateId: number;
before(async () => {
  const lists = audienceRoutes({ enqueue: async () => undefined });
  api = await startTestApi([userRoutes, eventRoutes, lists, journeysRoutes]);
  ground = groundOf(api);
  await addSender(ground);
  templateId = await addTemplate(ground);
});
after(() => api.close());

interface Answer {
  id: number;
  updatedAt: number;
  params: {
    faults: { field: string; fault: string }[];
    words: { entry: string; tiles: Record<string, string> };
  };
}

const call = async (method: string, path: string, body?: unknown) => {
  const { status, body: answer } = await api.call(method, path, body);
  return { status, answer: answer as Answer };
};

const document = (tiles: object) => ({
  entry: { on: { event: { name: 'begins' } } },
  start: 'hour',
  tiles: { hour: { kind: 'wait', for: { hours: 1 }, next: 'text' }, ...tiles },
});
const right = () => document({ text: { kind: 'send', templateId, next: 'end' } });

test('a draft that somebody else changed meanwhile is not written over', async () => {
  const made = (await call('POST', '/api/journeys', { name: 'Two draw', document: right() })).answer;
  const path = `/api/journeys/${made.id}`;
  api.clock.advance(1_000);
  const theirs = await call('PATCH', path, { document: right(), basedOn: made.updatedAt });
  assert.equal(theirs.status, 200);
  const mine = await call('PATCH', path, { document: document({}), basedOn: made.updatedAt });
  assert.equal(mine.status, 409);
  const again = await call('PATCH', path, { document: right(), basedOn: theirs.answer.updatedAt });
  assert.equal(again.status, 200);
  api.clock.advance(1_000);
  await call('PATCH', path, { document: right() });
  // Nor is it published unseen.
  const unseen = await call('POST', `${path}/publish`, { basedOn: again.answer.updatedAt });
  assert.equal(unseen.status, 409);
  const seen = (await call('GET', path)).answer.updatedAt;
  assert.equal((await call('POST', `${path}/publish`, { basedOn: seen })).status, 200);
  for (const verb of ['stop', 'archive']) assert.equal((await call('POST', `${path}/${verb}`)).status, 200);
  assert.notEqual((await call('PATCH', path, { document: right() })).status, 200, 'what is put away stays');
});

test('what is right in a draft is told in words while something else is wrong', async () => {
  const draft = document({ text: { kind: 'send', templateId, next: 'other' }, other: { kind: 'exit' } });
  const { id } = (await call('POST', '/api/journeys', { name: 'Half done', document: draft })).answer;
  const { status, answer } = await call('POST', `/api/journeys/${id}/check`);
  assert.equal(status, 400);
  assert.deepEqual(
    answer.params.faults.map(({ field }) => field),
    ['document.tiles.other'],
  );
  assert.equal(answer.params.words.entry, 'the event “begins”');
  assert.equal(answer.params.words.tiles.hour, 'wait 1 hour');
  assert.match(answer.params.words.tiles.text ?? '', /^get the message “/);
});

test('a draft that sends by a template which is not there is told so before it is published', async () => {
  const draft = document({ text: { kind: 'send', templateId: 999_999, next: 'end' } });
  const { id } = (await call('POST', '/api/journeys', { name: 'No template', document: draft })).answer;
  const { answer } = await call('POST', `/api/journeys/${id}/check`);
  assert.equal(answer.params.faults[0]?.field, 'document.tiles.text.templateId');
});

test('entered is inside and all who left; of a held journey it is told how many would go on', async () => {
  const { id } = (await call('POST', '/api/journeys', { name: 'Counted', document: right() })).answer;
  await call('POST', `/api/journeys/${id}/publish`, {});
  for (const userId of ['ann', 'bob']) {
    await call('POST', '/api/users/update', { userId, preferUserId: true });
    await call('POST', '/api/events/track', { userId, eventName: 'begins' });
  }
  const work = async () => {
    await api.tellHappenings();
    const { rows } = await sql<{ lane: number }>`SELECT DISTINCT lane FROM users`.execute(ground.db);
    for (const { lane } of rows) {
      await adoptVersions({ ...api.context, db: api.context.db }, lane);
      while (await turnLane({ ...api.context, db: api.context.db }, lane));
    }
  };
  await work();
  interface Counts {
    entered: number;
    inside: number;
    finished: number;
    left: Record<string, number>;
    due: number | null;
    campaigns: Record<string, number>;
  }
  const counts = async () => (await api.call('GET', `/api/journeys/${id}/counts`)).body as Counts;
  const { entered, inside, finished, left, due, campaigns } = await counts();
  assert.deepEqual(
    { entered, inside, finished, left, due },
    { entered: 2, inside: 2, finished: 0, left: {}, due: null },
  );
  assert.deepEqual(Object.keys(campaigns), ['text']);
  await call('POST', `/api/journeys/${id}/pause`);
  api.clock.advance(2 * 3_600_000);
  assert.equal((await counts()).due, 2);
  await call('POST', `/api/journeys/${id}/resume`);
  await work();
  const over = await counts();
  assert.deepEqual([over.entered, over.inside + over.finished], [2, 2]);
  const { journeys } = (await api.call('GET', '/api/journeys?pageSize=50')).body as {
    journeys: { id: number; entered: number; inside: number }[];
  };
  const listed = journeys.find((each) => each.id === id);
  assert.deepEqual([listed?.entered, listed?.inside], [2, over.inside]);
});
