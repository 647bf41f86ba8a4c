import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeCampaign } from '../testing/audience.ts';
import { startPlace } from '../testing/killable-place.ts';
import { until } from '../testing/program.ts';
import { readLedger } from '../testing/program-apart.ts';
import { seededRandom } from '../testing/seeded-random.ts';

const people = 300;
/** The transactional long code of a first start: no law's hours hold for it. */
const senderId = 2;
const waitMs = 5_000;

interface Counts {
  arrived: number;
  inside: number;
  ways: Record<string, number>;
  left: Record<string, number>;
}

test('case 43: kill -9 of the program while 300 people go through a journey: each gets one message and goes one way, and its numbers add up', async (t) => {
  const seed = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 2 ** 32));
  t.diagnostic(`CRASH_SEED=${seed}`);
  const random = seededRandom(seed);
  const place = await startPlace(t);
  const { call } = place;
  await call('PATCH', `/api/senders/${senderId}`, { mps: 100 });
  const { listId, templateId } = await makeCampaign(place, {
    ...{ count: people, channel: 'SMS Transactional', tag: 'journey' },
    message: 'Carillon: hi {{firstName}}',
  });
  const newList = async (name: string) =>
    (await call<{ listId: number }>('POST', '/api/lists', { name })).listId;
  const [reached, odd, even] = [await newList('Reached'), await newList('Odd'), await newList('Even')];
  const { id } = await call<{ id: number }>('POST', '/api/journeys', {
    name: 'Welcome',
    document: {
      entry: { on: { api: {} } },
      start: 'reached',
      tiles: {
        reached: { kind: 'list', what: 'add', listId: reached, next: 'text' },
        text: { kind: 'send', templateId, senderId, next: 'rest', skipped: 'end' },
        rest: { kind: 'wait', untilDate: { path: 'until', of: 'entry' }, next: 'half' },
        half: {
          kind: 'randomSplit',
          branches: [
            { name: 'odd', share: 50, next: 'odd' },
            { name: 'even', share: 50, next: 'even' },
          ],
        },
        odd: { kind: 'list', what: 'add', listId: odd, next: 'end' },
        even: { kind: 'list', what: 'add', listId: even, next: 'end' },
      },
    },
  });
  await call('POST', `/api/journeys/${id}/publish`, {});
  const untilThen = new Date(Date.now() + waitMs).toISOString();
  await call('POST', '/api/workflows/triggerWorkflow', {
    ...{ workflowId: id, listId, dataFields: { until: untilThen } },
  });
  // Each kill falls where so many have come so far: while they enter, while they are texted, and while they go their ways.
  for (const [what, from] of [
    ['entered', 20],
    ['texted', 100],
    ['through', 20],
  ] as const) {
    const come = async () => {
      const [row] = await place.database.query<{ entered: number; texted: number; through: number }>(
        `SELECT (SELECT count(*)::int FROM journey_entry) AS entered, (SELECT count(*)::int FROM journey_message) AS texted,
           (SELECT count(*)::int FROM journey_run_ended) AS through`,
        [],
      );
      return row!;
    };
    for (const wanted = from + random() * 60; (await come())[what] < wanted; ) await sleep(10);
    await place.program.kill();
    t.diagnostic(`killed: ${JSON.stringify(await come())}`);
    await place.restart();
  }
  const tiles = await until('all to be through', async () => {
    const { tiles: now } = await call<{ tiles: Record<string, Counts> }>('GET', `/api/journeys/${id}/counts`);
    return (now.odd?.ways.next ?? 0) + (now.even?.ways.next ?? 0) === people ? now : null;
  });
  for (const [tile, { arrived, inside, ways, left }] of Object.entries(tiles)) {
    const gone = [...Object.values(ways), ...Object.values(left)].reduce((sum, each) => sum + each, 0);
    assert.deepEqual([tile, inside, gone], [tile, 0, arrived]);
  }
  for (const tile of ['reached', 'text', 'rest', 'half']) assert.equal(tiles[tile]?.arrived, people, tile);
  const [row] = await place.database.query(
    `SELECT (SELECT count(*)::int FROM journey_run) AS inside,
       (SELECT count(DISTINCT user_id)::int FROM journey_run_ended WHERE reason = 'finished') AS finished,
       (SELECT count(*)::int FROM journey_run_ended) AS passages,
       (SELECT sum(entries)::int FROM journey_entry) AS entries,
       (SELECT count(DISTINCT user_id)::int FROM message) AS reached,
       (SELECT count(*)::int FROM message) AS messages`,
    [],
  );
  assert.deepEqual(row, {
    ...{ inside: 0, finished: people, passages: people },
    ...{ entries: people, reached: people, messages: people },
  });
  const [members] = await place.database.query<{ reached: number; odd: number; even: number }>(
    `SELECT count(*) FILTER (WHERE list_id = $1)::int AS reached, count(*) FILTER (WHERE list_id = $2)::int AS odd,
       count(*) FILTER (WHERE list_id = $3)::int AS even FROM list_member`,
    [reached, odd, even],
  );
  assert.deepEqual(members, {
    ...{ reached: people, odd: tiles.odd?.arrived, even: tiles.even?.arrived },
  });
  const lines = await until('all to be on handsets', async () => {
    const found = await readLedger(place);
    return found.length >= people ? found : null;
  });
  assert.equal(lines.length, people);
  assert.equal(new Set(lines.map(({ to }) => to)).size, people, 'nobody is texted twice');
});
