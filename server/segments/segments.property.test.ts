import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { deleteCatalog, findCatalog, insertCatalog } from '../content/catalogs/catalogs.sql.ts';
import { insertNewItems } from '../content/catalogs/items.sql.ts';
import { segmentKinds as kinds } from '../program/segment-leaves.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { membersOfLanes } from './members.sql.ts';
import { conditionsOf, readDefinition } from './read-definition.ts';
import { tallyLanes } from './tally.sql.ts';
import { clearPeople, type TestPerson, writePeople } from './testing/people-fixtures.ts';
import { catalogItems, definitions, instants, person, type RandomGround } from './testing/random.ts';
import { holdsOf, type World } from './testing/slow-evaluation.ts';

let api: TestApi;
let channelOfType: Map<number, number>;
let mediumOfChannel: Map<number, string>;
before(async () => {
  api = await startTestApi([]);
  const { db } = api.context;
  const types = await db.selectFrom('message_type').select(['id', 'channel_id']).execute();
  channelOfType = new Map(types.map((type) => [type.id, type.channel_id]));
  const channels = await db.selectFrom('channel').select(['id', 'medium']).execute();
  mediumOfChannel = new Map(channels.map((channel) => [channel.id, channel.medium]));
});
after(() => api.close());

const timeZone = 'America/New_York';
const segmentId = 77;
const peopleOfRun = 10;
const definitionsOfRun = 8;

/** People, definitions that are asked of them, and one more that these may name. */
const worlds = instants.chain((now) => {
  const ground: RandomGround = {
    now,
    listIds: [1, 2],
    segmentIds: [],
    channelIds: [...mediumOfChannel.keys()],
    messageTypeIds: [...channelOfType.keys()],
  };
  const naming = { ...ground, segmentIds: [segmentId] };
  return fc.record({
    now: fc.constant(now),
    people: fc.tuple(...Array.from({ length: peopleOfRun }, (_, index) => person(index + 1, ground))),
    items: catalogItems(ground),
    other: definitions(ground, 1),
    asked: fc.array(definitions(naming), { minLength: definitionsOfRun, maxLength: definitionsOfRun }),
  });
});

test('whatever is asked of whatever people, a definition in SQL holds of those of whom its meaning does, user by user', {
  timeout: 600_000,
}, async (t) => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  t.diagnostic(`seed ${seed}`);
  const { db } = api.context;
  const { projectId } = api;
  let [held, looked] = [0, 0];
  await fc.assert(
    fc.asyncProperty(worlds, async ({ now, people, items, other, asked }) => {
      await clearPeople(db);
      await writePeople(db, projectId, people);
      await writeCatalog(items, now);
      const segments = new Map([[segmentId, other]]);
      const world: World = { now, timeZone, segments, channelOfType, mediumOfChannel, items };
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
    }),
    { numRuns: 40, seed, endOnFailure: process.env.SHRINK === undefined },
  );
  assert.ok(
    held > looked / 20 && held < (looked * 19) / 20,
    `the definitions tell people apart: ${held} of ${looked}`,
  );

  async function writeCatalog(items: ReadonlyMap<string, Record<string, unknown>>, at: Date) {
    const known = await findCatalog(db, projectId, 'things');
    if (known) await deleteCatalog(db, known);
    await insertCatalog(db, projectId, 'things', at);
    const catalog = await findCatalog(db, projectId, 'things');
    assert.ok(catalog);
    const rows = [...items].map(([itemId, value]) => ({ itemId, text: JSON.stringify(value), bytes: 1 }));
    await insertNewItems(db, catalog.id, rows, at);
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
