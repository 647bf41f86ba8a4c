import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { Context } from '../../http/context.ts';
import { restAfter } from '../../lanes/courtesy.ts';
import { laneCount, lanes } from '../../lanes/lanes.ts';
import { answerKey } from '../../lanes/ongoing-answers.sql.ts';
import { type Begun, type OfPeople, openOngoing } from '../../lanes/ongoing-answers.ts';
import { ofEachLane } from '../../lanes/over-lanes.sql.ts';
import { inAll } from '../estimate.ts';
import type { Asked, Definition } from '../leaf-kind.ts';
import { storedWithin } from '../read-definition.ts';

/** A live segment, as it is and as it is to be. */
export interface MeaningChange {
  id: number;
  before: Definition;
  after: Definition;
}

/** How many would come to be of live segments, and be of them no longer. Projected where not all are looked at yet. */
export interface ChangeCount {
  isCounted: boolean;
  /** In the order of the segments. */
  segments: { id: number; entering: number; leaving: number }[];
}

/** So many people are looked at before the first answer; a smaller project is counted to the last. */
const lookedAtOnce = 50_000;
const [firstLanes, lanesAtOnce] = [4, 4];

/** Counts changes of live segments, all of one project, as `openCounts` counts definitions. */
export function openChangeCounts(context: Pick<Context, 'db' | 'clock' | 'log'>, atOnce = lookedAtOnce) {
  const { db, clock } = context;
  const ask = openOngoing(context, (json) => json as ChangeCount);

  async function begin(projectId: number, changes: readonly MeaningChange[]): Promise<Begun<ChangeCount>> {
    const at = { projectId, now: clock.now(), among: null };
    const sums = {
      lanes: 0,
      people: 0,
      segments: changes.map(({ id }) => ({ id, entering: 0, leaving: 0 })),
    };
    const countOn = async (howMany: number) => {
      const next = lanes.slice(sums.lanes, sums.lanes + howMany);
      for (const { people, entering, leaving } of await countChanges(db, changes, at, next)) {
        sums.people += people;
        sums.segments = sums.segments.map((each, index) => ({
          id: each.id,
          entering: each.entering + (entering[index] ?? 0),
          leaving: each.leaving + (leaving[index] ?? 0),
        }));
      }
      sums.lanes += next.length;
    };
    const answer = (): OfPeople<ChangeCount> => {
      const all = (figure: number) => inAll(figure, sums.lanes / laneCount);
      return {
        judged: sums.people,
        answer: {
          isCounted: sums.lanes === laneCount,
          segments: sums.segments.map(({ id, entering, leaving }) => ({
            ...{ id, entering: all(entering), leaving: all(leaving) },
          })),
        },
      };
    };
    await countOn(firstLanes);
    const wanted = Math.ceil((atOnce - sums.people) / Math.max(1, sums.people / sums.lanes));
    if (wanted > 0) await countOn(wanted);
    async function* rest(): AsyncGenerator<OfPeople<ChangeCount>> {
      while (sums.lanes < laneCount) {
        await restAfter(clock, () => countOn(lanesAtOnce));
        yield answer();
      }
    }
    return { ...answer(), rest: sums.lanes === laneCount ? null : rest };
  }

  return (projectId: number, changes: readonly MeaningChange[]): Promise<ChangeCount> => {
    const parts = changes.map(({ id, before, after }) => [id, storedWithin(before), storedWithin(after)]);
    return ask(answerKey(projectId, ['segmentChange', parts]), () => begin(projectId, changes));
  };
}

interface LaneCount {
  people: number;
  entering: number[];
  leaving: number[];
}

/** Counts the changes in lanes, a row for each. */
async function countChanges(
  db: Database,
  changes: readonly MeaningChange[],
  of: Omit<Asked, 'lane'>,
  asked: readonly number[],
): Promise<LaneCount[]> {
  if (changes.length === 0) return [];
  const columns = changes.map((_, index) => [sql.ref(`b${index}`), sql.ref(`a${index}`)] as const);
  const counts = (isMeant: (column: (typeof columns)[number]) => ReturnType<typeof sql>) =>
    sql`ARRAY[${sql.join(columns.map((column) => sql`count(*) FILTER (WHERE ${isMeant(column)})::int`))}]`;
  return ofEachLane(db, asked, (lane) => {
    const both = changes.flatMap(({ before, after }, index) => [
      sql`${before.holds({ ...of, lane })} AS ${columns[index]?.[0]}`,
      sql`${after.holds({ ...of, lane })} AS ${columns[index]?.[1]}`,
    ]);
    return sql<LaneCount>`
      SELECT count(*)::int AS people, ${counts(([before, after]) => sql`${after} AND NOT ${before}`)} AS entering,
        ${counts(([before, after]) => sql`${before} AND NOT ${after}`)} AS leaving
      FROM (SELECT ${sql.join(both)} FROM users u
        WHERE u.lane = ${lane} AND u.project_id = ${of.projectId} OFFSET 0) looked`;
  });
}
