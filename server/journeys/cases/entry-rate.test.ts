import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { lanes } from '../../lanes/lanes.ts';
import { runsOf } from '../../segments/testing/property-fixtures.ts';
import { letInLine } from '../enter/let-in-line.ts';
import { byCall, day, hour, startJourneySite } from '../testing/journey-site.ts';

/* What a journeys engine must answer where more people come than may enter in an hour or a day. */

const site = await startJourneySite();
after(() => site.close());
const { api, ground, call, publish, republish, person, track, buys, enters, work, pass } = site;
const { why, refusals, faultsOf } = site;
const { db } = ground;

const hold = { hold: { kind: 'wait', for: { hours: 1_000 }, next: 'end' } };
const rated = (rate: object, more: object = {}, entry: object = byCall) => ({
  ...{ entry: { ...entry, rate }, start: 'hold', tiles: hold },
  ...more,
});
const people = (count: number, name: string) =>
  Array.from({ length: count }, (_, index) => `${name} ${index}`);
const totals = async (id: number) => {
  const { entered, waiting } = await call<{ entered: number; waiting: number }>(
    'GET',
    `/api/journeys/${id}/counts`,
  );
  return { entered, waiting };
};

test('of more people than may enter in an hour the others wait, and enter in the order in which they came as there is room', async () => {
  const id = await publish(rated({ people: 3, per: 'hour' }));
  const all = people(8, 'rate');
  for (const userId of all) {
    await person(userId);
    const { params } = await enters(id, userId);
    assert.deepEqual(params, { runId: null, notEntered: null, waits: true });
  }
  const inside = async () => {
    const found = [];
    for (const userId of all) if ((await why(id, userId)).passages.length > 0) found.push(userId);
    return found;
  };
  await work();
  assert.deepEqual([await totals(id), await inside()], [{ entered: 3, waiting: 5 }, all.slice(0, 3)]);
  assert.equal((await why(id, 'rate 3')).waiting.length, 1);
  // Who waits may not come a second time.
  assert.equal((await enters(id, 'rate 3')).params.notEntered, 'alreadyInside');
  await pass(hour - 1);
  assert.deepEqual(await totals(id), { entered: 3, waiting: 5 });
  await pass(1);
  assert.deepEqual([await totals(id), await inside()], [{ entered: 6, waiting: 2 }, all.slice(0, 6)]);
  await pass(3 * hour);
  assert.deepEqual(await totals(id), { entered: 8, waiting: 0 });
});

test('who is taken out by an exit rule while they wait does not enter, at once and with the reason, and others have the room', async () => {
  const id = await publish(
    rated(
      { people: 1, per: 'day' },
      { exits: [{ name: 'bought', purchase: {} }] },
      { on: { event: { name: 'rated' } } },
    ),
  );
  for (const userId of ['exit 0', 'exit 1', 'exit 2']) {
    await person(userId);
    await track(userId, 'rated');
    await work();
  }
  assert.deepEqual(await totals(id), { entered: 1, waiting: 2 });
  await buys('exit 1');
  assert.deepEqual(
    [await totals(id), await refusals(id, 'exit 1')],
    [{ entered: 1, waiting: 1 }, ['exitRule']],
  );
  await pass(day);
  assert.equal((await why(id, 'exit 2')).passages.length, 1);
  assert.equal((await why(id, 'exit 1')).passages.length, 0);
});

test('where nobody is to wait, who comes when there is no room is turned away with the reason', async () => {
  const id = await publish(rated({ people: 2, per: 'day', over: 'refuse' }));
  const all = people(4, 'refused');
  for (const userId of all) {
    await person(userId);
    await enters(id, userId);
  }
  await work();
  assert.deepEqual(await totals(id), { entered: 2, waiting: 0 });
  const reasons = [];
  for (const userId of all) reasons.push(await refusals(id, userId));
  assert.deepEqual(reasons, [[], [], ['overRate'], ['overRate']]);
  await pass(day);
  await enters(id, 'refused 3');
  await work();
  assert.deepEqual(await totals(id), { entered: 3, waiting: 0 });
});

test('who waits stays where the journey is closed or paused, is let go where it is stopped, and enters at once where the rate is taken away', async () => {
  const [closed, stopped, freed] = [
    await publish(rated({ people: 1, per: 'day' })),
    await publish(rated({ people: 1, per: 'day' })),
    await publish(rated({ people: 1, per: 'day' })),
  ];
  for (const userId of ['state 0', 'state 1', 'state 2']) {
    await person(userId);
    for (const id of [closed, stopped, freed]) await enters(id, userId);
  }
  await work();
  await call('POST', `/api/journeys/${closed}/pause`, {});
  await call('POST', `/api/journeys/${stopped}/stop`, {});
  const { rate: _, ...entry } = rated({}).entry as { rate: object };
  await republish(freed, { ...rated({}), entry });
  await pass(2 * day);
  assert.deepEqual(await totals(closed), { entered: 1, waiting: 2 });
  assert.deepEqual(
    [await totals(stopped), await refusals(stopped, 'state 2')],
    [{ entered: 1, waiting: 0 }, ['notOpen']],
  );
  assert.deepEqual(await totals(freed), { entered: 3, waiting: 0 });
  await call('POST', `/api/journeys/${closed}/resume`, {});
  await work();
  assert.deepEqual(await totals(closed), { entered: 2, waiting: 1 });
});

test('a rate that is none is refused by its place', async () => {
  const fault = async (rate: object) => (await faultsOf(rated(rate)))[0];
  assert.match((await fault({ people: 0, per: 'hour' })) ?? '', /document.entry.rate/);
});

test('of lists and calls, whatever the lanes, in whatever order they are worked and wherever one is cut off, at most so many enter in each hour, and nobody is lost', async () => {
  const crowd = people(18, 'crowd');
  for (const userId of crowd) await person(userId);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.constantFrom(0, 10, 45, 60, 90), { minLength: 2, maxLength: 6 }),
      fc.infiniteStream(fc.nat(9)),
      async (most, minutes, dice) => {
        const id = await publish(rated({ people: most, per: 'hour' }));
        for (const userId of crowd.slice(0, 18)) await enters(id, userId);
        const drawn = dice[Symbol.iterator]();
        for (const step of minutes) {
          api.clock.advance(step * 60_000);
          for (const lane of lanes.toSorted(() => (drawn.next().value ?? 0) - 4.5)) {
            // A worker that dies in the middle: what it had begun is undone, and another goes on.
            const dies = (drawn.next().value ?? 0) === 0;
            const announce = dies
              ? async () => {
                  throw new Error('cut off');
                }
              : api.context.announce;
            const log = { ...api.context.log, error: () => undefined } as typeof api.context.log;
            while (await letInLine({ ...api.context, announce, log }, lane));
          }
        }
        const { rows: hours } = await sql<{ entered: number }>`
          SELECT count(*)::int AS entered FROM journey_run WHERE journey_id = ${id}
          GROUP BY date_trunc('hour', entered_at)`.execute(db);
        for (const { entered } of hours) assert.ok(entered <= most, `${entered} of ${most}`);
        const { entered, waiting } = await totals(id);
        assert.equal(entered + waiting, 18);
        // In the end all are in.
        for (let rounds = 0; rounds < 19; rounds++) await pass(hour);
        assert.deepEqual(await totals(id), { entered: 18, waiting: 0 });
        await call('POST', `/api/journeys/${id}/stop`, {});
        await work();
      },
    ),
    runsOf(4),
  );
});
