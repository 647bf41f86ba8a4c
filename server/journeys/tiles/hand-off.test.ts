import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { silentDesk } from '../../inbox/news.ts';
import { inboxRoutes } from '../../inbox/routes.ts';
import { type JourneyGround, openJourneyGround } from '../testing/journey-ground.ts';

let journeys: JourneyGround;
before(async () => {
  journeys = await openJourneyGround([inboxRoutes(silentDesk)], '2026-11-23T17:00:00Z');
});
after(() => journeys.api.close());

const hour = 3_600_000;
const handing = (more: object = {}) => ({
  entry: { on: { event: { name: 'complains' } }, atOnce: 10 },
  start: 'people',
  tiles: {
    people: { kind: 'handOff', note: 'They complained about an order', next: 'done', ...more },
    done: { kind: 'exit', reason: 'an agent saw to it' },
    ...('timeout' in more && { late: { kind: 'exit', reason: 'nobody did' } }),
  },
});

interface Thread {
  id: string;
  state: string;
  preview: string;
  assignee: string | null;
  lastInboundAt: string | null;
}
const threadOf = async (userId: string): Promise<Thread | undefined> => {
  const { rows } = await sql<{ name: string }>`
    SELECT phone_number AS name FROM users WHERE external_id = ${userId}`.execute(journeys.ground.db);
  const query = encodeURIComponent(rows[0]!.name);
  return (
    await journeys.call<{ threads: Thread[] }>('GET', `/api/inbox/threads?query=${query}`)
  ).threads.find(({ state }) => state !== 'resolved');
};

test('a journey hands somebody who never wrote over to the agents, and goes on when one of them closes the thread', async () => {
  const { publish, person, track, work, wayOf, call } = journeys;
  const id = await publish(handing());
  await person('ann');
  await track('ann', 'complains');
  await work();
  const thread = await threadOf('ann');
  assert.deepEqual(
    [thread?.state, thread?.preview, thread?.lastInboundAt],
    ['open', 'They complained about an order', null],
  );
  const { entries } = await call<{ entries: { kind: string; text: string }[] }>(
    'GET',
    `/api/inbox/threads/${thread?.id}`,
  );
  assert.deepEqual(
    entries.map(({ kind }) => kind),
    ['note', 'log'],
  );
  await journeys.pass(100 * hour);
  assert.deepEqual(await wayOf(id, 'ann'), ['people:waits']);
  await call('POST', `/api/inbox/threads/${thread?.id}/state`, { state: 'resolved' });
  await work();
  assert.deepEqual(await wayOf(id, 'ann'), ['people:waits', 'people:next', 'done:exitTile']);
});

test('whom nobody sees to in time goes on by timeout, and the thread stays; who has a thread open is handed over in it', async () => {
  const { publish, person, track, work, wayOf, call, pass } = journeys;
  const id = await publish(handing({ within: { hours: 2 }, timeout: 'late' }));
  await person('ben');
  for (let times = 0; times < 2; times++) {
    await track('ben', 'complains');
    await work();
  }
  const thread = await threadOf('ben');
  await pass(2 * hour);
  assert.deepEqual(await wayOf(id, 'ben'), ['people:waits', 'people:timeout', 'late:exitTile']);
  assert.equal((await threadOf('ben'))?.state, 'open');
  await call('POST', `/api/inbox/threads/${thread?.id}/state`, { state: 'spam' });
  await track('ben', 'complains');
  await work();
  assert.equal((await wayOf(id, 'ben'))?.at(-1), 'done:exitTile', 'nobody looks after spam');
});

test('a tile that says within and no timeout is refused', async () => {
  const [fault] = await journeys.faultsOf(handing({ within: { hours: 2 } }));
  assert.match(fault ?? '', /people has within and no timeout/);
});
