import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { segmentKinds as kinds } from '../program/segment-leaves.ts';
import { membersOfLanes } from './members.sql.ts';
import { conditionsOf, readDefinition } from './read-definition.ts';
import { tallyLanes } from './tally.sql.ts';
import { assertCrossed, clockChanges } from './testing/clock-changes.ts';
import { clearPeople, type TestPerson, writePeople } from './testing/people-fixtures.ts';
import { type PropertyGround, runsOf, startPropertyGround, timeZone } from './testing/property-fixtures.ts';
import { catalogItems, definitions, instants, person } from './testing/random.ts';
import { holdsOf } from './testing/slow-evaluation.ts';

let ground: PropertyGround;
before(async () => {
  ground = await startPropertyGround();
});
after(() => ground.api.close());

const segmentId = 77;
const peopleOfRun = 10;
const definitionsOfRun = 8;
/** Runs at each clock change of a year, and at instants of all kinds. */
const [runsOfChange, runsOfOthers] = [3, 25];

/** People, definitions that are asked of them, and one more that these may name. */
function worldsAt(now: Date) {
  const random = ground.random(now);
  const naming = { ...random, segmentIds: [segmentId] };
  return fc.record({
    now: fc.constant(now),
    people: fc.tuple(...Array.from({ length: peopleOfRun }, (_, index) => person(index + 1, random))),
    items: catalogItems(random),
    other: definitions(random, 1),
    asked: fc.array(definitions(naming), { minLength: definitionsOfRun, maxLength: definitionsOfRun }),
  });
}

test('whatever is asked of whatever people, a definition in SQL holds of those of whom its meaning does, user by user', {
  timeout: 1_200_000,
}, async (t) => {
  const { db } = ground.api.context;
  const { projectId } = ground.api;
  const others = runsOf(runsOfOthers);
  t.diagnostic(`seed ${others.seed}`);
  let [held, looked] = [0, 0];
  const walked: Date[] = [];
  for (const change of clockChanges(new Date('2026-01-01'), new Date('2026-12-31'))) {
    // The instant before, the change itself, and an hour in which clocks may show what they showed before.
    const walk = [-1, 0, 1_800_000].map((ms) => new Date(change.getTime() + ms));
    walked.push(...walk);
    await fc.assert(
      fc.asyncProperty(worldsAt(change), (world) => lookAt(world, walk)),
      runsOf(runsOfChange),
    );
  }
  await fc.assert(
    fc.asyncProperty(instants.chain(worldsAt), (world) => lookAt(world, [world.now])),
    others,
  );
  assertCrossed(walked);
  assert.ok(
    held > looked / 20 && held < (looked * 19) / 20,
    `the definitions tell people apart: ${held} of ${looked}`,
  );

  type Worlds = ReturnType<typeof worldsAt> extends fc.Arbitrary<infer World> ? World : never;
  async function lookAt({ people, items, other, asked }: Worlds, at: readonly Date[]) {
    await clearPeople(db);
    await writePeople(db, projectId, people);
    const segments = new Map([[segmentId, other]]);
    for (const now of at) {
      await ground.replaceItems(items, now);
      const world = ground.world(now, segments, items);
      for (const raw of asked) {
        const definition = readDefinition({ kinds, timeZone, segments }, raw);
        const found = await membersEverywhere(definition, now, people);
        for (const each of people) {
          const expected = holdsOf(raw, each, world);
          held += expected ? 1 : 0;
          looked += 1;
          assert.equal(
            found.has(each.id),
            expected,
            `${JSON.stringify(raw)} of ${JSON.stringify(each)} at ${now.toISOString()}`,
          );
        }
      }
    }
  }

  /** Asked of each lane, of some of its people alone, and counted, which must come to the same. */
  async function membersEverywhere(
    definition: ReturnType<typeof readDefinition>,
    now: Date,
    people: readonly TestPerson[],
  ) {
    const members = new Set<number>();
    const again = readDefinition(
      {
        kinds,
        timeZone: 'UTC',
        segments: new Map([[segmentId, { share: { salt: 'x', from: 0, to: 100 } }]]),
      },
      definition.stored,
    );
    assert.deepEqual(
      JSON.parse(JSON.stringify(again.stored)),
      JSON.parse(JSON.stringify(definition.stored)),
      'what is stored is read as it was',
    );
    const of = { projectId, now, among: null };
    const page = { lanes: [0, 1], afterUserId: 0, limit: 1_000 };
    const ids = (await membersOfLanes(db, definition, of, page)).map(({ id }) => id);
    const [first] = people;
    const among = await membersOfLanes(db, definition, { ...of, among: [first?.id ?? 0] }, page);
    assert.deepEqual(
      among.map(({ id }) => id),
      ids.filter((id) => id === first?.id),
      JSON.stringify(definition.stored),
    );
    const tallies = await tallyLanes(db, definition, of, [0, 1]);
    assert.equal(
      tallies.reduce((sum, tally) => sum + tally.people, 0),
      people.length,
    );
    assert.equal(
      tallies.reduce((sum, { matching }) => sum + matching, 0),
      ids.length,
      JSON.stringify(definition.stored),
    );
    assert.ok(tallies.every(({ each }) => each.length === conditionsOf(definition.tree).length));
    for (const id of ids) members.add(id);
    return members;
  }
});
