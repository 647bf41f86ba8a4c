import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { Happening } from '../../http/happenings.ts';
import { segmentKinds as kinds } from '../../program/segment-leaves.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { readDefinition } from '../read-definition.ts';
import { replacePeople, type TestPerson } from '../testing/people-fixtures.ts';
import { definitions, instants, person, type RandomGround, temporal } from '../testing/random.ts';
import { holdsOf, type World } from '../testing/slow-evaluation.ts';
import { insertMeaning } from './meanings.sql.ts';
import { openMeanings } from './meanings.ts';
import { segmentListener } from './segment-listener.ts';
import { fillLane, sweepLane } from './segments-flow.ts';

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
const innerId = 77;
const peopleOfRun = 6;
const definitionsOfRun = 10;
const stepsOfRun = 32;
const lanes = [0, 1];
const dayMs = 86_400_000;

/** What of somebody becomes another at once. */
const aspects = ['dataFields', 'events', 'lists', 'standings', 'messages', 'addresses', 'placeKey'] as const;
type Aspect = (typeof aspects)[number];

type Step =
  /** Time goes on: by so many milliseconds, or to the next instant that is known, and as many milliseconds more. */
  | { kind: 'wait'; ms: number }
  | { kind: 'flip'; more: number }
  | { kind: 'change'; of: Aspect; as: TestPerson };

/** People, definitions that are kept live, and what happens within about a year. */
const worlds = instants.chain((now) => {
  const ground: RandomGround = {
    now,
    listIds: [1, 2],
    segmentIds: [],
    channelIds: [...mediumOfChannel.keys()],
    messageTypeIds: [...channelOfType.keys()],
  };
  const somebody = fc.integer({ min: 1, max: peopleOfRun }).chain((id) => person(id, ground));
  const wait = fc
    .tuple(
      fc.constantFrom(1, 60_000, 3_600_000, dayMs, 7 * dayMs, 40 * dayMs),
      fc.integer({ min: 1, max: 23 }),
    )
    .map(([unit, times]): Step => ({ kind: 'wait', ms: unit * Math.min(times, unit >= 7 * dayMs ? 2 : 23) }));
  const flip = fc.constantFrom(0, 0, 1).map((more): Step => ({ kind: 'flip', more }));
  const change = fc
    .tuple(fc.constantFrom(...aspects), somebody)
    .map(([of, as]): Step => ({ kind: 'change', of, as }));
  return fc.record({
    now: fc.constant(now),
    people: fc.tuple(...Array.from({ length: peopleOfRun }, (_, index) => person(index + 1, ground))),
    other: definitions(ground, 1),
    asked: fc.array(
      fc.oneof(
        { weight: 2, arbitrary: definitions({ ...ground, segmentIds: [innerId] }) },
        { weight: 3, arbitrary: temporal(ground) },
      ),
      { minLength: definitionsOfRun, maxLength: definitionsOfRun },
    ),
    steps: fc.array(
      fc.oneof(
        { weight: 6, arbitrary: flip },
        { weight: 2, arbitrary: wait },
        { weight: 3, arbitrary: change },
      ),
      {
        minLength: stepsOfRun,
        maxLength: stepsOfRun,
      },
    ),
  });
});

test('whatever is kept live of whatever people, after all that happens and at whatever instant it is who is of it by its meaning', {
  timeout: 1_200_000,
}, async (t) => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  const numRuns = Number(process.env.RUNS ?? 25);
  t.diagnostic(`seed ${seed}, ${numRuns} runs`);
  const { context, projectId, clock } = api;
  const { db } = context;
  let [flips, looked, entered] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(worlds, async ({ now, people: given, other, asked, steps }) => {
      const people = new Map(given.map((each) => [each.id, each]));
      clock.set(now);
      await sql`DELETE FROM segment_meaning; DELETE FROM segment_lane; DELETE FROM segment_standing`.execute(
        db,
      );
      await replacePeople(db, projectId, given);
      const told: Happening[] = [];
      const announce = async (_: unknown, happenings: readonly Happening[]) => {
        told.push(...happenings);
      };
      const meanings = openMeanings(kinds);
      const tools = { db, clock, announce, meanings };
      const segments = new Map([[innerId, other]]);
      for (const [index, raw] of asked.entries()) {
        const ids = new Map<number, unknown>([
          [innerId, readDefinition({ kinds, timeZone, segments }, other).stored],
          [index + 1, readDefinition({ kinds, timeZone, segments }, raw).stored],
        ]);
        await insertMeaning(db, { segmentId: index + 1, projectId, definitions: ids, announces: false }, now);
      }
      for (const lane of lanes) await fillLane(tools, lane);
      const listener = segmentListener(tools);
      let standing = await standings();
      check('filled');

      for (const step of steps) {
        if (step.kind === 'change') await happen(step.of, step.as);
        else {
          const next = step.kind === 'wait' ? clock.now().getTime() + step.ms : await nextFlip();
          if (next === null) continue;
          clock.set(new Date(next + (step.kind === 'flip' ? step.more : 0)));
        }
        for (const lane of lanes) while (await sweepLane(tools, lane));
        const before = standing;
        standing = await standings();
        check(JSON.stringify(step));
        toldAsItWas(before);
      }

      function check(what: string) {
        const world: World = {
          now: clock.now(),
          timeZone,
          segments,
          channelOfType,
          mediumOfChannel,
          items: new Map(),
        };
        for (const [index, raw] of asked.entries())
          for (const each of people.values()) {
            looked += 1;
            assert.equal(
              standing.get(index + 1)?.has(each.id) ?? false,
              holdsOf(raw, each, world),
              `${JSON.stringify(raw)} of ${JSON.stringify(each)} at ${clock.now().toISOString()}, after ${what}`,
            );
          }
      }

      function toldAsItWas(before: Map<number, Set<number>>) {
        const expected = asked.flatMap((_, index) => {
          const [was, is] = [before.get(index + 1) ?? new Set(), standing.get(index + 1) ?? new Set()];
          return [
            ...[...is].filter((id) => !was.has(id)).map((id) => `${index + 1} entered ${id}`),
            ...[...was].filter((id) => !is.has(id)).map((id) => `${index + 1} left ${id}`),
          ];
        });
        entered += expected.length;
        // Somebody may have come and gone within a step of a week, which is told too.
        const sums = new Map<string, number>();
        for (const each of told.splice(0)) {
          assert.equal(each.kind, 'segment');
          if (each.kind !== 'segment') continue;
          const key = `${each.segmentId} ${each.userId}`;
          sums.set(key, (sums.get(key) ?? 0) + (each.what === 'entered' ? 1 : -1));
        }
        const net = [...sums].flatMap(([key, sum]) => {
          const [segmentId, userId] = key.split(' ');
          return sum === 0 ? [] : `${segmentId} ${sum > 0 ? 'entered' : 'left'} ${userId}`;
        });
        assert.deepEqual(net.toSorted(), expected.toSorted());
      }

      async function happen(of: Aspect, as: TestPerson) {
        const before = people.get(as.id)!;
        const after = { ...before, [of]: as[of] };
        people.set(as.id, after);
        await replacePeople(db, projectId, [...people.values()]);
        const happenings = happeningsOf(of, before, after);
        await db.transaction().execute((transaction) => listener.hear(transaction, happenings, announce));
      }

      function happeningsOf(of: Aspect, before: TestPerson, after: TestPerson): Happening[] {
        const person = { projectId, lane: after.lane, userId: after.id, at: clock.now() };
        const change = (what: Extract<Happening, { kind: 'change' }>['of']) => ({
          kind: 'change' as const,
          of: what,
          ...person,
        });
        switch (of) {
          case 'dataFields': {
            const names = [...new Set([...Object.keys(before.dataFields), ...Object.keys(after.dataFields)])];
            const changes = Object.fromEntries(names.map((name) => [name, {}]));
            return [{ kind: 'profile', isNew: false, changes, ...person }];
          }
          case 'events':
            return [...before.events, ...after.events].map(({ kind, name }) => ({
              ...{
                kind: kind === 'purchase' ? ('purchase' as const) : ('event' as const),
                name,
                eventId: 1,
                ...person,
              },
            }));
          case 'lists':
            return [1, 2].map((listId) => ({ kind: 'list', what: 'entered', listId, ...person }));
          case 'standings':
            return [change('consent')];
          case 'messages':
            return [change('message'), { kind: 'click', messageId: 1, url: '', ...person }];
          case 'addresses':
            return [change('address')];
          default:
            return [change('place')];
        }
      }

      async function nextFlip(): Promise<number | null> {
        const { rows } = await sql<{
          at: Date | null;
        }>`SELECT min(flips_at) AS at FROM segment_standing`.execute(db);
        const at = rows[0]?.at ?? null;
        if (at === null) return null;
        assert.ok(at > clock.now(), 'what is due has been looked at');
        flips += 1;
        return at.getTime();
      }

      async function standings(): Promise<Map<number, Set<number>>> {
        const { rows } = await sql<{ segmentId: number; userId: number; isMember: boolean }>`
          SELECT segment_id AS "segmentId", user_id AS "userId", is_member AS "isMember" FROM segment_standing`.execute(
          db,
        );
        const sizes = await sql<{ segmentId: number; members: number }>`
          SELECT segment_id AS "segmentId", sum(members)::int AS members FROM segment_lane GROUP BY 1`.execute(
          db,
        );
        const found = new Map(sizes.rows.map(({ segmentId }) => [segmentId, new Set<number>()]));
        for (const { segmentId, userId, isMember } of rows) if (isMember) found.get(segmentId)?.add(userId);
        for (const { segmentId, members } of sizes.rows) assert.equal(members, found.get(segmentId)?.size);
        return found;
      }
    }),
    { numRuns, seed, endOnFailure: process.env.SHRINK === undefined },
  );
  t.diagnostic(`${looked} standings looked at, ${entered} came or went, ${flips} instants that were known`);
  assert.ok(entered > numRuns, 'people came and went');
});
