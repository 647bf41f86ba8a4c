import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { watchCatalogs } from '../../content/catalogs/watched.sql.ts';
import type { Happening } from '../../http/happenings.ts';
import { segmentKinds as kinds } from '../../program/segment-leaves.ts';
import { readDefinition } from '../read-definition.ts';
import { definitionsOf } from '../segments.sql.ts';
import { assertCrossed, clockChanges } from '../testing/clock-changes.ts';
import { replacePeople, type TestPerson } from '../testing/people-fixtures.ts';
import { type PropertyGround, runsOf, startPropertyGround, timeZone } from '../testing/property-fixtures.ts';
import { catalogItems, definitions, instants, person, temporal } from '../testing/random.ts';
import { holdsOf } from '../testing/slow-evaluation.ts';
import { insertMeaning, meaningRows, newestOf, settleMeaning } from './meanings.sql.ts';
import { openMeanings } from './meanings.ts';
import { recheckCatalogs } from './recheck.ts';
import { segmentListener } from './segment-listener.ts';
import { fillLane, sweepLane } from './segments-flow.ts';

let ground: PropertyGround;
before(async () => {
  ground = await startPropertyGround();
});
after(() => ground.api.close());

const innerId = 77;
const peopleOfRun = 6;
const definitionsOfRun = 10;
const stepsOfRun = 32;
const lanes = [0, 1];
const dayMs = 86_400_000;
/** Both clock changes of a year come in it, wherever it begins: they are on Sundays. */
const walkMs = 380 * dayMs;
const minuteMs = 60_000;

/** What of somebody becomes another at once. */
const aspects = [
  'dataFields',
  'events',
  'lists',
  'standings',
  'messages',
  'addresses',
  'placeKey',
  'replies',
] as const;
type Aspect = (typeof aspects)[number];

type Step =
  /** Time goes on: by so many milliseconds, or to the next instant that is known, and as many milliseconds more. */
  | { kind: 'wait'; ms: number }
  | { kind: 'flip'; more: number }
  | { kind: 'change'; of: Aspect; as: TestPerson }
  /** The catalog has these items now. */
  | { kind: 'items'; items: Items };
type Items = Map<string, Record<string, unknown>>;

/** People, definitions that are kept live, and what happens within about a year. */
const worlds = instants.chain((now) => {
  const random = ground.random(now);
  const somebody = fc.integer({ min: 1, max: peopleOfRun }).chain((id) => person(id, random));
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
    people: fc.tuple(...Array.from({ length: peopleOfRun }, (_, index) => person(index + 1, random))),
    items: catalogItems(random),
    other: definitions(random, 1),
    asked: fc.array(
      fc.oneof(
        { weight: 2, arbitrary: definitions({ ...random, segmentIds: [innerId] }) },
        { weight: 3, arbitrary: temporal(random) },
      ),
      { minLength: definitionsOfRun, maxLength: definitionsOfRun },
    ),
    steps: fc.array(
      fc.oneof(
        { weight: 6, arbitrary: flip },
        { weight: 2, arbitrary: wait },
        { weight: 3, arbitrary: change },
        {
          weight: 1,
          arbitrary: catalogItems(random).map((items): Step => ({ kind: 'items', items })),
        },
      ),
      {
        minLength: stepsOfRun,
        maxLength: stepsOfRun,
      },
    ),
  });
});

test('whatever is kept live of whatever people, after all that happens and at whatever instant of a year it is who is of it by its meaning', {
  timeout: 3_600_000,
}, async (t) => {
  const runs = runsOf(20);
  t.diagnostic(`seed ${runs.seed}, ${runs.numRuns} runs`);
  const { context, projectId, clock } = ground.api;
  const { db } = context;
  let [flips, looked, entered, rechecked] = [0, 0, 0, 0];
  await fc.assert(
    fc.asyncProperty(worlds, async ({ now, people: given, items: first, other, asked, steps }) => {
      const people = new Map(given.map((each) => [each.id, each]));
      let items = first;
      clock.set(now);
      await sql`
        DELETE FROM segment_meaning; DELETE FROM segment_lane; DELETE FROM segment_standing; DELETE FROM segment_stale;
        DELETE FROM segment; DELETE FROM catalog_change`.execute(db);
      await replacePeople(db, projectId, given);
      await ground.replaceItems(items, now);
      await watchCatalogs(db, projectId, ['things']);
      const told: Happening[] = [];
      const announce = async (_: unknown, happenings: readonly Happening[]) => {
        told.push(...happenings);
      };
      const meanings = openMeanings(kinds);
      const tools = { db, clock, announce, meanings };
      const segments = new Map([[innerId, other]]);
      await keep(innerId, readDefinition({ kinds, timeZone, segments }, other), false);
      for (const [index, raw] of asked.entries())
        await keep(index + 1, readDefinition({ kinds, timeZone, segments }, raw), true);
      await fill();
      const listener = segmentListener(tools);
      let standing = await standings();
      const walked: Date[] = [now];
      check('filled');

      for (const step of steps) {
        const at = clock.now().getTime();
        if (step.kind === 'change') await happen(step.of, step.as);
        else if (step.kind === 'items') await changeItems(step.items);
        else {
          const next = step.kind === 'wait' ? at + step.ms : await nextFlip();
          if (next === null) continue;
          await goTo(new Date(next + (step.kind === 'flip' ? step.more : 0)));
        }
        await settleDown(JSON.stringify(step));
      }
      const end = new Date(now.getTime() + walkMs);
      if (clock.now() < end) await goTo(end);
      await settleDown('a year');
      assertCrossed(walked);

      /** Goes to an instant through each clock change on the way, to the millisecond. */
      async function goTo(instant: Date) {
        for (const change of clockChanges(clock.now(), instant))
          for (const ms of [-1, 0]) {
            clock.set(new Date(Math.max(clock.now().getTime(), change.getTime() + ms)));
            await settleDown('a clock change');
          }
        clock.set(instant);
      }

      /** Whose time has come is looked at; then all is as it should be. */
      async function settleDown(what: string) {
        walked.push(clock.now());
        for (const lane of lanes) while (await sweepLane(tools, lane));
        const before = standing;
        standing = await standings();
        check(what);
        toldAsItWas(before);
      }

      /** A segment and its definition; `isLive`: it is kept. */
      async function keep(id: number, { stored }: ReturnType<typeof readDefinition>, isLive: boolean) {
        const named = JSON.stringify(stored).includes('"segment"') ? [`segment:${innerId}`] : [];
        await sql`
          INSERT INTO segment (id, project_id, name, definition, refers_to, live, created_at, updated_at, updated_by)
          VALUES (${id}, ${projectId}, 'One', ${JSON.stringify(stored)}::jsonb, ${named}::text[], ${isLive}, ${now}, ${now}, '')`.execute(
          db,
        );
        if (!isLive) return;
        const definitions = await definitionsOf(db, projectId, [id]);
        await insertMeaning(db, { segmentId: id, projectId, definitions, announces: false }, now);
      }

      /** Fills lanes by what is new, as the flow does. */
      async function fill() {
        for (const lane of lanes) await fillLane(tools, lane);
        for (const meaning of newestOf(await meaningRows(db)).values())
          if (!meaning.isSettled) await settleMeaning(db, meaning);
      }

      /** Other items: those who compare with them are looked at again, a minute after the last time. */
      async function changeItems(others: Items) {
        await goTo(new Date(clock.now().getTime() + minuteMs));
        await settleDown('a minute');
        items = others;
        await ground.replaceItems(items, clock.now());
        await recheckCatalogs(db, clock.now());
        rechecked += (await meaningRows(db)).filter(({ isSettled }) => !isSettled).length;
        await fill();
      }

      function check(what: string) {
        const world = ground.world(clock.now(), segments, items);
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
            return [change('message'), { kind: 'click', messageId: 1, campaignId: null, url: '', ...person }];
          case 'addresses':
            return [change('address')];
          case 'replies':
            return [
              {
                kind: 'received',
                medium: 'sms',
                from: '',
                to: '',
                senderId: 1,
                body: '',
                inboundId: 1,
                ...person,
              },
            ];
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
    runs,
  );
  t.diagnostic(
    `${looked} standings looked at, ${entered} came or went, ${flips} instants that were known, ${rechecked} looks for items`,
  );
  assert.ok(entered > runs.numRuns && rechecked > 0, 'people came and went, and items changed');
});
