import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { here } from '../../lanes/here.sql.ts';
import { overLanes } from '../../lanes/over-lanes.sql.ts';

/**
 * What is counted at tiles: who came, who is there, who went on by a way, who left and why; who reached the goal after a message of the tile, or after none where it
 * is ''; of those who began there who is held out, and who of these reached it.
 */
export type Counted =
  | ('arrived' | 'inside' | 'goal' | 'held out' | 'goal of held out')
  | `way ${string}`
  | `left ${string}`;

/** Changes of counts that are written together. */
export function openCounts() {
  const counts = new Map<string, { journeyId: number; tile: string; what: Counted; people: number }>();
  return {
    add(journeyId: number, tile: string, what: Counted, people = 1): void {
      const key = `${journeyId} ${tile} ${what}`;
      const known = counts.get(key);
      if (known) known.people += people;
      else counts.set(key, { journeyId, tile, what, people });
    },
    /** Writes them as rows of one lane, so that nobody waits for another. */
    async write(transaction: Database, lane: number): Promise<void> {
      const rows = [...counts.values()].filter(({ people }) => people !== 0);
      if (rows.length === 0) return;
      await sql`
        INSERT INTO journey_count (lane, journey_id, tile, what, people)
        SELECT here.lane, c.journey_id, c.tile, c.what, c.people FROM ${here(lane)} CROSS JOIN unnest(
          ${rows.map(({ journeyId }) => journeyId)}::int[], ${rows.map(({ tile }) => tile)}::text[],
          ${rows.map(({ what }) => what)}::text[], ${rows.map(({ people }) => people)}::bigint[]) AS c (journey_id, tile, what, people)`.execute(
        transaction,
      );
    },
  };
}

/** Folds what turns have added in a lane into one row for each thing that is counted. */
export async function foldCounts(db: Database, lane: number): Promise<void> {
  await sql`
    WITH several AS (
      SELECT journey_id, tile, what FROM journey_count WHERE lane = ${lane} GROUP BY 1, 2, 3 HAVING count(*) > 1
    ), gone AS (
      DELETE FROM journey_count c USING several s
      WHERE c.lane = ${lane} AND c.journey_id = s.journey_id AND c.tile = s.tile AND c.what = s.what
      RETURNING c.lane, c.journey_id, c.tile, c.what, c.people
    )
    INSERT INTO journey_count (lane, journey_id, tile, what, people)
    SELECT lane, journey_id, tile, what, sum(people) FROM gone GROUP BY 1, 2, 3, 4`.execute(db);
}

/** What was counted at a tile of a journey. */
export interface TileCount {
  tile: string;
  what: Counted;
  people: number;
}

/** What was counted in a journey. */
export async function countsOf(db: Database, journeyId: number): Promise<TileCount[]> {
  const rows = await overLanes<TileCount>(
    db,
    (isIn) => sql<TileCount>`
      SELECT tile, what, sum(people)::int8 AS people FROM journey_count
      WHERE lane ${isIn} AND journey_id = ${journeyId} GROUP BY tile, what`,
  );
  const sums = new Map<string, TileCount>();
  for (const { tile, what, people } of rows) {
    const known = sums.get(`${tile} ${what}`);
    if (known) known.people += Number(people);
    else sums.set(`${tile} ${what}`, { tile, what, people: Number(people) });
  }
  return [...sums.values()];
}

/** How many entered a journey and what became of them: entered = inside + finished + all that left. */
export interface Totals {
  entered: number;
  inside: number;
  finished: number;
  /** Those who left before an end, by reason. */
  left: Record<string, number>;
}

/** How many passages reached the goal of a journey. */
export interface Goals {
  /** Of all that are not held out. */
  reached: number;
  /** Of them, those to whom no message had left before. */
  withoutMessage: number;
  /** Of those who entered and are held out. */
  heldOut: { entered: number; reached: number };
}

/** Adds up what was counted of goals. Pure. */
export function goalsOf(counts: readonly TileCount[]): Goals {
  const sum = (wanted: Counted, of: readonly TileCount[] = counts) =>
    of.reduce((all, { what, people }) => (what === wanted ? all + people : all), 0);
  return {
    reached: sum('goal'),
    withoutMessage: sum(
      'goal',
      counts.filter(({ tile }) => tile === ''),
    ),
    heldOut: { entered: sum('held out'), reached: sum('goal of held out') },
  };
}

/** Adds up what was counted at tiles. Pure. */
export function totalsOf(counts: readonly Pick<TileCount, 'what' | 'people'>[]): Totals {
  const totals: Totals = { entered: 0, inside: 0, finished: 0, left: {} };
  for (const { what, people } of counts) {
    if (what === 'inside') totals.inside += people;
    else if (what === 'left finished') totals.finished += people;
    else if (what.startsWith('left ')) {
      const reason = what.slice(5);
      totals.left[reason] = (totals.left[reason] ?? 0) + people;
    } else continue;
    totals.entered += people;
  }
  return totals;
}

/** The same of several journeys. */
export async function totalsOfJourneys(
  db: Database,
  journeyIds: readonly number[],
): Promise<Map<number, Totals>> {
  const rows = await overLanes<{ journeyId: number; what: Counted; people: number }>(
    db,
    (isIn) => sql<{ journeyId: number; what: Counted; people: number }>`
      SELECT journey_id AS "journeyId", what, sum(people)::int8 AS people FROM journey_count
      WHERE lane ${isIn} AND journey_id = ANY (${journeyIds}::int[]) AND (what = 'inside' OR what LIKE 'left %')
      GROUP BY journey_id, what`,
  );
  const counted = rows.map((row) => ({ ...row, people: Number(row.people) }));
  return new Map(
    [...Map.groupBy(counted, ({ journeyId }) => journeyId)].map(([id, each]) => [id, totalsOf(each)]),
  );
}
