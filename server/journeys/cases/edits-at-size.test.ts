import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { byCall, hour, startJourneySite } from '../testing/journey-site.ts';

/** RUNS_TIMES=50 for ten thousand. */
const people = 200 * Number(process.env.RUNS_TIMES ?? 1);
const atMost = 1_000;

const site = await startJourneySite();
after(() => site.close());
const { call, publish, republish, pass, work, counts, templateId, ground } = site;

type Tiles = Record<string, Record<string, unknown>>;
const wait = (hours: number, next: string) => ({ kind: 'wait', for: { hours }, next });
const text = (next: string, waits = false) => ({ kind: 'send', templateId, waits, next });
const began: Tiles = {
  first: wait(10, 'half'),
  half: {
    kind: 'randomSplit',
    branches: [
      { name: 'a', share: 50, next: 'long' },
      { name: 'b', share: 50, next: 'answer' },
    ],
  },
  long: wait(20, 'text'),
  answer: {
    kind: 'waitFor',
    branches: [{ name: 'came', for: { event: { name: 'came' } }, next: 'text' }],
    within: { hours: 20 },
    timeout: 'text',
  },
  text: text('rest'),
  rest: wait(30, 'end'),
};
const of = (tiles: Tiles, start = 'first') => ({ entry: byCall, start, tiles });

/** Each kind of edit: what is published, and what was chosen. Each begins with what the one before left. */
const edits: { what: string; tiles: Tiles; start?: string; choices?: object }[] = [
  { what: 'a wait is shorter, for who comes', tiles: { ...began, first: wait(5, 'half') } },
  {
    what: 'a wait is longer, for who is there too',
    tiles: { ...began, first: wait(12, 'half') },
    choices: { recompute: ['first'] },
  },
  {
    what: 'a tile comes before all',
    tiles: { ...began, first: wait(12, 'half'), mark: { kind: 'trackEvent', name: 'begun', next: 'first' } },
    start: 'mark',
  },
  {
    what: 'a tile comes between',
    tiles: { ...began, long: wait(20, 'between'), between: wait(2, 'text') },
    choices: {},
  },
  {
    what: 'shares of a split are others',
    tiles: {
      ...began,
      half: {
        kind: 'randomSplit',
        branches: [
          { name: 'a', share: 80, next: 'long' },
          { name: 'b', share: 20, next: 'answer' },
        ],
      },
    },
    choices: { moves: { between: 'text' } },
  },
  {
    what: 'a wait for something is a plain wait',
    tiles: { ...began, answer: wait(20, 'text') },
    choices: { recompute: ['answer'] },
  },
  {
    what: 'a tile is gone, and who is there goes to another',
    tiles: {
      ...Object.fromEntries(Object.entries(began).filter(([id]) => id !== 'long' && id !== 'answer')),
      half: {
        kind: 'randomSplit',
        branches: [
          { name: 'a', share: 50, next: 'text' },
          { name: 'b', share: 50, next: 'rest' },
        ],
      },
    },
    choices: { moves: { long: 'text', answer: 'end' } },
  },
  { what: 'an old version comes back', tiles: began },
  { what: 'the message is another', tiles: { ...began, text: { ...text('rest'), caps: 'skip' } } },
];

test(`each kind of edit with ${people} people inside loses none and doubles none`, async () => {
  const userIds = Array.from({ length: people }, (_, index) => `edit-${index}`);
  for (let from = 0; from < people; from += atMost)
    await call('POST', '/api/users/bulkUpdate', {
      users: userIds
        .slice(from, from + atMost)
        .map((userId) => ({ userId, preferUserId: true, dataFields: {} })),
    });
  const id = await publish(of(began));
  let entered = 0;
  for (const [index, { what, tiles, start, choices }] of edits.entries()) {
    // Some come in between, so that all tiles have people at them.
    const group = userIds.filter((_, place) => place % edits.length === index);
    const { listId } = await call<{ listId: number }>('POST', '/api/lists', { name: `Edit ${index}` });
    for (let from = 0; from < group.length; from += atMost)
      await call('POST', '/api/lists/subscribe', {
        listId,
        subscribers: group.slice(from, from + atMost).map((userId) => ({ userId, preferUserId: true })),
      });
    await call('POST', '/api/workflows/triggerWorkflow', { workflowId: id, listId });
    await pass(6 * hour);
    entered += group.length;
    await assertKept(id, entered, `before ${what}`);
    await republish(id, of(tiles, start), choices);
    await work();
    await assertKept(id, entered, what);
  }
  for (let days = 0; days < 5; days += 1) await pass(24 * hour);
  await assertKept(id, entered, 'at the end');
  assert.equal(
    Object.values(await counts(id)).reduce((sum, { inside }) => sum + inside, 0),
    0,
  );
});

/** Everybody who entered is inside once or has left once, counts and rows say the same, and no visit has two messages. */
async function assertKept(id: number, entered: number, when: string): Promise<void> {
  const { rows } = await sql<{ inside: number; ended: number; people: number; doubled: number }>`
    SELECT (SELECT count(*) FROM journey_run WHERE journey_id = ${id}) AS inside,
      (SELECT count(*) FROM journey_run_ended WHERE journey_id = ${id}) AS ended,
      (SELECT count(DISTINCT user_id) FROM (
        SELECT user_id FROM journey_run WHERE journey_id = ${id}
        UNION ALL SELECT user_id FROM journey_run_ended WHERE journey_id = ${id}) p) AS people,
      (SELECT count(*) FROM (SELECT run_id FROM journey_message GROUP BY lane, run_id, tile HAVING count(*) > 1) d) AS doubled`.execute(
    ground.db,
  );
  const [row] = rows;
  assert.deepEqual(
    { all: (row?.inside ?? 0) + (row?.ended ?? 0), people: row?.people, doubled: row?.doubled },
    { all: entered, people: entered, doubled: 0 },
    when,
  );
  const tiles = await counts(id);
  assert.equal(
    Object.values(tiles).reduce((sum, { inside }) => sum + inside, 0),
    row?.inside,
    when,
  );
  for (const [tile, { arrived, inside, ways, left }] of Object.entries(tiles))
    assert.equal(
      arrived,
      inside + [...Object.values(ways), ...Object.values(left)].reduce((sum, each) => sum + each, 0),
      `${tile}, ${when}`,
    );
}
