import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { ofEachLane } from '../lanes/over-lanes.sql.ts';
import type { Asked, Definition } from './leaf-kind.ts';
import { conditionsOf, sqlOf } from './read-definition.ts';

/** What is counted of one lane. */
export interface Tally {
  /** All people of the project there. */
  people: number;
  /** Those of whom the definition holds. */
  matching: number;
  /** Those of whom each condition holds, alone, in the order in which conditions stand. */
  each: number[];
}

/** Counts lanes, a row for each; each condition is looked at once for each person. */
export function tallyLanes(
  db: Database,
  definition: Definition,
  of: Omit<Asked, 'lane'>,
  lanes: readonly number[],
): Promise<Tally[]> {
  const leaves = conditionsOf(definition.tree);
  const column = (index: number) => sql.ref(`c${index}`);
  const columnOf = new Map(leaves.map(({ place }, index) => [place, column(index)]));
  const whole = sqlOf(definition.tree, (_, place) => sql`${columnOf.get(place)}`);
  return ofEachLane(
    db,
    lanes,
    (lane) => sql<Tally>`
    SELECT count(*)::int AS people, count(*) FILTER (WHERE ${whole})::int AS matching,
      ARRAY[${sql.join(leaves.map((_, index) => sql`count(*) FILTER (WHERE ${column(index)})::int`))}] AS each
    FROM (
      SELECT ${sql.join(leaves.map(({ condition }, index) => sql`${condition.holds({ ...of, lane })} AS ${column(index)}`))}
      FROM users u WHERE u.lane = ${lane} AND u.project_id = ${of.projectId} OFFSET 0) looked`,
  );
}
