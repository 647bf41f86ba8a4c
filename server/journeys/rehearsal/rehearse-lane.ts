import type { Database } from '../../database/connect.ts';
import { lanes } from '../../lanes/lanes.ts';
import { countPeople } from './count-people.ts';
import type { OpenRehearsal } from './open-rehearsal.ts';
import {
  endIfThrough,
  keepLane,
  lanesOfRehearsal,
  type Rehearsal,
  type RehearsedLane,
  standingsOfLane,
} from './rehearsals.sql.ts';
import { rehearsePeople } from './rehearse-people.ts';
import { countStandings, stepMsOf } from './standings.ts';
import { addTally, type Tally } from './tally.ts';

/** People who are gone through at once. */
const peopleAtOnce = 1_000;

/**
 * Rehearses the people of a lane from where it was left, a page at a time: with each page its place and what has been counted are written, so that a crash
 * repeats no more than one; `stop` says after a page whether it is left there. Whoever calls has the lane to themselves. Answers whether the lane is through.
 */
export async function rehearseLane(
  db: Database,
  { ground, entrants }: OpenRehearsal,
  { id, stock, asked }: Pick<Rehearsal, 'id' | 'stock' | 'asked'>,
  lane: number,
  now: () => Date,
  { stop = () => false, atOnce = peopleAtOnce }: { stop?: () => boolean; atOnce?: number } = {},
): Promise<boolean> {
  const known = await lanesOfRehearsal(db, id);
  const mine = known.find((each) => each.lane === lane);
  if (mine?.isDone) return true;
  const tally: Tally = new Map(Object.entries(mine?.tally ?? {}));
  const standings: Tally = new Map(Object.entries(mine ? await standingsOfLane(db, id, lane) : {}));
  const atStart = mine?.stock ?? leftOf(stock, known);
  const left = new Map(
    Object.entries(atStart ?? {}).map(([pool, codes]) => [
      Number(pool),
      codes - (tally.get(`code ${pool}`) ?? 0),
    ]),
  );
  let place = mine?.afterUserId ?? 0;
  for (;;) {
    const page = await entrants.next(db, lane, place, atOnce);
    const before = new Map(left);
    const people =
      page.of.size === 0 ? [] : await rehearsePeople({ ...ground, db, stock: left }, lane, page.of);
    addTally(tally, countPeople(people, ground.journey.start, ground.until));
    addTally(standings, countStandings(people, ground.journey.start, stepMsOf(asked.days)));
    addTally(
      tally,
      [...left].map(([pool, codes]) => [`code ${pool}`, (before.get(pool) ?? 0) - codes]),
    );
    place = page.last;
    const row: RehearsedLane = {
      ...{ lane, afterUserId: place, isDone: page.isEnd },
      ...{ tally: Object.fromEntries(tally), stock: atStart },
    };
    // It was cancelled meanwhile, or is gone.
    if (!(await keepLane(db, id, row, Object.fromEntries(standings)))) return true;
    if (page.isEnd) break;
    if (stop()) return false;
  }
  await endIfThrough(db, id, lanes.length, now());
  return true;
}

/** What is left of pools after the lanes that have been gone through. Pure. */
function leftOf(stock: Rehearsal['stock'], known: readonly RehearsedLane[]): Rehearsal['stock'] {
  if (stock === null) return null;
  const taken = (pool: string) => known.reduce((sum, { tally }) => sum + (tally[`code ${pool}`] ?? 0), 0);
  return Object.fromEntries(Object.entries(stock).map(([pool, codes]) => [pool, codes - taken(pool)]));
}
