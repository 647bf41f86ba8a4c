import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { runsOf } from '../segments/testing/property-fixtures.ts';
import { startJourneySite } from './testing/journey-site.ts';
import {
  type Holds,
  type Length,
  leadsTo,
  type RandomJourney,
  type RandomTile,
  SlowWalk,
  type Walker,
} from './testing/slow-walk.ts';

const site = await startJourneySite();
after(() => site.close());
const { api, ground, call, publish, person, update, track, work, templateId } = site;
const { db } = ground;
const newList = async (name: string) =>
  (await call<{ listId: number }>('POST', '/api/lists', { name })).listId;
const listIds = [await newList('One'), await newList('Two')];

const peopleOfRun = 3;
const hourMs = 3_600_000;
const tiers = ['gold', 'plain', 'out'] as const;
const eventNames = ['start', 'rated', 'viewed', 'stopped'] as const;
/** By the project's clock, and by one that changes on other days. */
const zones = ['America/New_York', 'Europe/Rome'] as const;

const length = fc.oneof(
  fc.constantFrom(1, 30, 90).map((minutes): Length => ({ minutes })),
  fc.constantFrom(1, 5, 24, 72).map((hours): Length => ({ hours })),
);
const clock = fc.constantFrom('00:00', '01:30', '02:30', '09:00', '23:45');
const zone = fc.option(fc.constantFrom(...zones), { nil: undefined });
const weekdays = fc.option(fc.subarray(['monday', 'wednesday', 'saturday', 'sunday'], { minLength: 1 }), {
  nil: undefined,
});
const holds = fc.oneof(
  fc.constantFrom(...tiers).map((is): Holds => ({ field: { path: 'tier', is } })),
  fc.constantFrom(...listIds).map((id): Holds => ({ list: { ids: [id] } })),
);
const awaited = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('rated', 'viewed').map((name) => ({ event: { name } })) },
  {
    weight: 1,
    arbitrary: fc.constant({ event: { name: 'rated', where: { path: 'stars', atLeast: 3 } } }),
  },
  { weight: 1, arbitrary: holds.map((becomes) => ({ becomes })) },
);

/** A tile, whose ways lead where `to` says. */
function tileOf(to: fc.Arbitrary<string>): fc.Arbitrary<RandomTile> {
  const next = to;
  const maybe = fc.option(to, { nil: undefined });
  const without = <Shape extends object>(shape: Shape): Shape =>
    Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as Shape;
  const named = <More extends object>(more: fc.Arbitrary<More>) =>
    fc
      .array(fc.tuple(more, to), { minLength: 1, maxLength: 3 })
      .map((all) => all.map(([each, next], index) => ({ name: `w${index}`, ...each, next })));
  const wait = <More extends object>(more: Record<string, fc.Arbitrary<unknown>>) =>
    fc
      .record({ kind: fc.constant('wait' as const), ...more, next })
      .map((shape) => without(shape) as unknown as More & RandomTile);
  return fc.oneof(
    fc
      .record({ next, skipped: maybe })
      .map((ways) => without({ kind: 'send' as const, templateId, waits: false as const, ...ways })),
    wait({ for: length }),
    wait({ days: fc.integer({ min: 1, max: 3 }), at: fc.option(clock, { nil: undefined }), zone }),
    wait({ until: fc.record({ at: clock, on: weekdays }).map(without), zone }),
    wait({
      untilDate: fc
        .record({
          path: fc.constant('due'),
          of: fc.option(fc.constant('entry'), { nil: undefined }),
          days: fc.integer({ min: -2, max: 2 }),
          at: fc.option(clock, { nil: undefined }),
          ifPast: fc.option(fc.constant('skip'), { nil: undefined }),
        })
        .map(without),
      ...{ zone, skipped: maybe, noDate: maybe },
    }),
    fc
      .record({
        branches: named(awaited.map((what) => ({ for: what }))),
        since: fc.constantFrom('lastMessage' as const, 'entry' as const, 'arrival' as const, undefined),
        end: fc.option(fc.record({ within: length, timeout: to }), { nil: undefined }),
      })
      .map(({ end, ...rest }) => without({ kind: 'waitFor' as const, ...rest, ...end })),
    fc
      .record({
        branches: named(
          fc.oneof(
            holds.map((of) => ({ of })),
            fc.integer({ min: 0, max: 5 }).map((atLeast) => ({ entry: { path: 'stars', atLeast } })),
            holds.map((of) => ({ of, entry: { path: 'stars', atLeast: 3 } })),
          ),
        ),
        otherwise: to,
      })
      .map((ways) => ({ kind: 'split' as const, ...ways })),
    fc.tuple(to, to).map(([a, b]) => ({
      kind: 'randomSplit' as const,
      branches: [
        { name: 'a', share: 40, next: a },
        { name: 'b', share: 60, next: b },
      ],
    })),
    fc.tuple(fc.constantFrom('gold', 'plain', 'plain', 'out', null), to).map(([tier, next]) => ({
      kind: 'updateProfile' as const,
      ...(tier === null ? { remove: ['tier'] } : { set: { tier } }),
      next,
    })),
    fc
      .record({
        what: fc.constantFrom('add' as const, 'remove' as const),
        listId: fc.constantFrom(...listIds),
        next,
      })
      .map((list) => ({ kind: 'list' as const, ...list })),
    fc.constant({ kind: 'exit' as const, reason: 'so it is drawn' }),
  );
}

/** Tiles of which each leads on to later ones, those that nobody comes to left out. */
const journeys: fc.Arbitrary<RandomJourney> = fc.integer({ min: 2, max: 9 }).chain((count) => {
  const later = (index: number) =>
    fc.oneof(
      { weight: 1, arbitrary: fc.constant('end') },
      ...(index + 1 < count
        ? [
            {
              weight: 5,
              arbitrary: fc
                .integer({ min: index + 1, max: Math.min(count - 1, index + 3) })
                .map((to) => `t${to}`),
            },
          ]
        : []),
    );
  const tiles = Array.from({ length: count }, (_, index) => tileOf(later(index)));
  const exits = fc.subarray([
    { name: 'stopped', event: { name: 'stopped' } },
    { name: 'out', becomes: { field: { path: 'tier', is: 'out' } } },
    { name: 'listed', becomes: { list: { ids: [listIds[1]!] } } },
  ]);
  return fc
    .record({
      tiles: fc.tuple(...tiles),
      exits,
      lifetime: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
      apart: fc.option(length, { nil: undefined }),
    })
    .map(({ tiles: all, exits: rules, lifetime, apart }) => {
      const reached = new Set(['t0']);
      for (const id of reached)
        for (const to of waysOf(all[Number(id.slice(1))]!)) if (to !== 'end') reached.add(to);
      return {
        entry: {
          on: { event: { name: 'start' } },
          ...(lifetime !== undefined && { lifetime }),
          ...(apart && { apart }),
        },
        exits: rules,
        start: 't0',
        tiles: Object.fromEntries([...reached].map((id) => [id, all[Number(id.slice(1))]!])),
      };
    });
});

/** Where the ways of a tile lead. */
function waysOf(tile: RandomTile): string[] {
  if (tile.kind === 'exit') return [];
  const names =
    'branches' in tile
      ? [...tile.branches.map(({ name }) => name), ...['otherwise', 'timeout'].filter((name) => name in tile)]
      : ['next', ...['skipped', 'noDate'].filter((name) => name in tile)];
  return names.map((name) => leadsTo(tile, name));
}

type Step =
  | { who: number; event: (typeof eventNames)[number]; stars: number; due: number | null }
  | { who: number; tier: (typeof tiers)[number] | null }
  | { who: number; dueIn: number | null };

const steps = fc.array(
  fc.tuple(
    // Minutes that go by before.
    fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 60, max: 3_000 })),
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          who: fc.nat(peopleOfRun - 1),
          event: fc.constantFrom('start', 'start', 'start', 'rated', 'viewed', 'stopped'),
          stars: fc.integer({ min: 0, max: 5 }),
          due: fc.option(fc.integer({ min: -2, max: 4 })),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          who: fc.nat(peopleOfRun - 1),
          tier: fc.constantFrom('gold', 'plain', 'out', null),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          who: fc.nat(peopleOfRun - 1),
          dueIn: fc.option(fc.integer({ min: -1, max: 5 })),
        }),
      },
    ) as fc.Arbitrary<Step>,
  ),
  { minLength: 12, maxLength: 25 },
);

/** Two days before clocks change in New York or in Rome, forward or back, or any day. */
const begins = fc
  .tuple(
    fc.constantFrom('2027-03-12', '2027-03-26', '2027-10-29', '2027-11-05', '2027-07-01'),
    fc.integer({ min: 0, max: 47 }),
  )
  .map(([date, halfHours]) => new Date(`${date}T00:00:00Z`).getTime() + halfHours * (hourMs / 2));

let runNumber = 0;

test('whatever journey, and whatever happens to its people, each takes the way that the reference says, at the instant that it says', {
  timeout: 3_600_000,
}, async (t) => {
  const runs = runsOf(10);
  t.diagnostic(`SEED=${runs.seed}, ${runs.numRuns} runs`);
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(journeys, begins, steps, async (document, begin, history) => {
      const run = ++runNumber;
      api.clock.set(new Date(begin));
      const names = Array.from({ length: peopleOfRun }, (_, index) => `run${run}-${index}`);
      const walkers: Walker[] = [];
      for (const [index, name] of names.entries()) {
        // Who is in Italy for sure has no number, and gets no text.
        const isInItaly = index === 1;
        await (isInItaly ? update(name, { tier: 'plain', country: 'IT' }) : person(name, { tier: 'plain' }));
        walkers.push({
          ...{ zone: isInItaly ? zones[1] : zones[0], isTexted: !isInItaly, fields: { tier: 'plain' } },
          ...{ lists: new Set(), events: [] },
        });
      }
      const id = await publish(document);
      const walks = walkers.map(
        (walker, index) => new SlowWalk(document, walker, (tile) => wayByChance(id, names[index]!, tile)),
      );
      const goTo = async (instant: number) => {
        for (;;) {
          const due = Math.min(...walks.map((walk) => walk.due ?? Number.POSITIVE_INFINITY));
          if (due > instant) break;
          api.clock.set(new Date(due));
          await work();
          for (const walk of walks) if (walk.due === due) await walk.look(due);
        }
        api.clock.set(new Date(instant));
      };
      for (const [index, [minutes, step]] of history.entries()) {
        // Of each step its own milliseconds, so that no time is up as something happens.
        const at = (Math.floor(api.clock.now().getTime() / 60_000) + minutes) * 60_000 + index + 1;
        await goTo(at);
        const [name, walk] = [names[step.who]!, walks[step.who]!];
        const dayIn = (days: number | null) =>
          days === null ? null : new Date(at + days * 24 * hourMs).toISOString().slice(0, 10);
        if ('event' in step) {
          const data = { stars: step.stars, ...(step.due !== null && { due: dayIn(step.due) }) };
          await track(name, step.event, data);
          await work();
          await walk.event(step.event, data, at);
        } else {
          const fields = 'tier' in step ? { tier: step.tier } : { due: dayIn(step.dueIn) };
          await update(name, fields);
          await work();
          await walk.update(fields, at);
        }
      }
      await goTo(api.clock.now().getTime() + 200 * hourMs);
      await work();
      await compare(id, names, walks, document, seen);
      await call('POST', `/api/journeys/${id}/stop`);
      await work();
      const { inside } = await call<{ inside: number }>('GET', `/api/journeys/${id}/counts`);
      assert.equal(inside, 0);
    }),
    runs,
  );
  t.diagnostic(
    [...seen]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([what, times]) => `${what} ${times}`)
      .join(', '),
  );
});

/** By which way chance sent somebody at a tile: always the same. */
async function wayByChance(id: number, userId: string, tile: string): Promise<string> {
  const { passages } = await site.why(id, userId);
  const ways = passages.flatMap(({ turns }) =>
    turns.flatMap(({ steps: all }) => all.flatMap((step) => (step.tile === tile ? (step.way ?? []) : []))),
  );
  assert.equal(new Set(ways).size, 1, `${userId} at ${tile}: ${ways.join()}`);
  return ways[0]!;
}

async function compare(
  id: number,
  names: readonly string[],
  walks: readonly SlowWalk[],
  document: RandomJourney,
  seen: Map<string, number>,
): Promise<void> {
  const at = (instant: number) => new Date(instant).toISOString();
  for (const [index, walk] of walks.entries()) {
    const { passages, notEntered } = await site.why(id, names[index]!);
    const told = passages
      .toReversed()
      .map(({ turns, tile, reason }) => [
        ...turns.flatMap((turn) =>
          turn.steps.flatMap((step) =>
            step.way === null && step.left === undefined
              ? []
              : [`${at(turn.at)} ${step.tile}:${step.way ?? step.left}`],
          ),
        ),
        reason === null ? `stands at ${tile}` : reason,
      ]);
    const expected = walk.passages.map(({ steps: all, left, tile }) => [
      ...all.map((each) => `${at(each.at)} ${each.step}`),
      left ?? `stands at ${tile}`,
    ]);
    assert.deepEqual(told, expected, `${names[index]} in ${JSON.stringify(document)}`);
    assert.equal(notEntered.length, walk.refused, `${names[index]} did not enter`);
    for (const each of walk.passages.flatMap((passage) => passage.steps)) {
      const [tile = '', way] = each.step.split(':');
      const { kind } = document.tiles[tile]!;
      const what = way?.startsWith('w') ? `${kind}:branch` : `${kind}:${way}`;
      seen.set(what, (seen.get(what) ?? 0) + 1);
    }
  }
  const tiles = await site.counts(id);
  const whole = await call<{
    entered: number;
    inside: number;
    finished: number;
    left: Record<string, number>;
  }>('GET', `/api/journeys/${id}/counts`);
  const all = walks.flatMap((walk) => walk.passages);
  const left = Object.values(whole.left).reduce((sum, people) => sum + people, 0);
  assert.deepEqual(
    [whole.entered, whole.inside + whole.finished + left, tiles.t0?.arrived ?? 0],
    [all.length, all.length, all.length],
  );
  const { rows } = await sql<{ tile: string; times: number }>`
    SELECT m.tile, count(*)::int AS times FROM journey_message m
    LEFT JOIN journey_run r ON r.lane = m.lane AND r.id = m.run_id
    LEFT JOIN journey_run_ended e ON e.lane = m.lane AND e.id = m.run_id
    WHERE coalesce(r.journey_id, e.journey_id) = ${id} GROUP BY m.lane, m.run_id, m.tile`.execute(db);
  assert.ok(
    rows.every(({ times }) => times === 1),
    'nobody gets a message of one visit twice',
  );
  assert.equal(rows.length, all.flatMap(({ messages }) => messages).length);
}
