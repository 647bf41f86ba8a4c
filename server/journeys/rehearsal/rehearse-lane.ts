import type { Database } from '../../database/connect.ts';
import { lanes } from '../../lanes/lanes.ts';
import type { OpenRehearsal } from './open-rehearsal.ts';
import {
  beginPage,
  endIfThrough,
  failRehearsal,
  isRunning,
  keepLane,
  laneOfRehearsal,
  lanesOfRehearsal,
  leavePage,
  mostTries,
  type Rehearsal,
  type RehearsedLane,
  standingsOfLane,
} from './rehearsals.sql.ts';
import { rehearsePeople } from './rehearse-people.ts';
import { stepMsOf } from './standings.ts';
import { openSums } from './sums.ts';
import { addTally, type Tally } from './tally.ts';

/** People who are gone through at once: as many as take about so long, in ms, so that other rehearsals wait no longer for their turn. */
const [mostAtOnce, leastAtOnce, turnMs] = [1_000, 50, 2_000];
/** How often it is asked whether a rehearsal has been cancelled while a page of it is gone through, in ms. */
const askMs = 1_000;

/** How a lane is gone through. */
interface Going {
  /** Whether it is left after a page. */
  stop?: () => boolean;
  /** Whether it is left at once, with a page half done, which is done again. */
  leaves?: () => boolean;
  /** People who are gone through at once; as many as it takes the usual time for unless told. */
  atOnce?: number;
}

/**
 * Rehearses the people of a lane from where it was left, a page at a time: with each page its place and what has been counted are written, so that a crash
 * repeats no more than one. Before a page it is written that it is tried, so that one that kills the program is not tried for ever. Whoever calls has the lane to
 * themselves. Answers whether the lane is through, or the rehearsal over.
 */
export async function rehearseLane(
  db: Database,
  open: OpenRehearsal,
  { id, stock, asked }: Pick<Rehearsal, 'id' | 'stock' | 'asked'>,
  lane: number,
  now: () => Date,
  { stop = () => false, leaves = () => false, atOnce }: Going = {},
): Promise<boolean> {
  const { ground, entrants, pace } = open;
  const mine = await laneOfRehearsal(db, id, lane);
  if (mine?.isDone) return true;
  const tally: Tally = new Map(Object.entries(mine?.tally ?? {}));
  const standings: Tally = new Map(Object.entries(mine ? await standingsOfLane(db, id, lane) : {}));
  const atStart = mine?.stock ?? (stock && leftOf(stock, await lanesOfRehearsal(db, id)));
  const left = new Map(
    Object.entries(atStart ?? {}).map(([pool, codes]) => [
      Number(pool),
      codes - (tally.get(`code ${pool}`) ?? 0),
    ]),
  );
  let place = mine?.afterUserId ?? 0;
  for (;;) {
    const tries = await beginPage(db, id, lane, atStart, now());
    if (tries === null) return true;
    if (tries > mostTries) {
      await failRehearsal(db, id, endedEachTime, now());
      return true;
    }
    const begun = performance.now();
    let askedAt = begun;
    const goesOn = async () => {
      if (leaves()) return false;
      if (performance.now() - askedAt < askMs) return true;
      askedAt = performance.now();
      return isRunning(db, id);
    };
    const page = await entrants.next(db, lane, place, atOnce ?? pace.atOnce);
    const before = new Map(left);
    const sums = openSums(ground.journey.start, ground.until, stepMsOf(asked.days));
    sums.tally.set('people', page.of.size);
    const isWhole =
      page.of.size === 0 ||
      (await rehearsePeople({ ...ground, db, stock: left, goesOn }, lane, page.of, sums.teller));
    if (!isWhole) {
      await leavePage(db, id, lane);
      return !leaves();
    }
    pace.atOnce = paceAfter(pace.atOnce, page.of.size, performance.now() - begun);
    addTally(tally, sums.tally);
    addTally(standings, sums.standings);
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

const endedEachTime = `The program ended ${mostTries} times while it went through the same people; rehearse fewer of them or fewer days, or take circles out of the journey`;

/** People to go through at once after so many took so long. Pure. */
const paceAfter = (atOnce: number, people: number, ms: number): number =>
  people === 0 || (people < atOnce && ms < turnMs)
    ? atOnce
    : Math.round(Math.min(mostAtOnce, Math.max(leastAtOnce, (people * turnMs) / Math.max(1, ms))));

/** What is left of pools after the lanes that have been gone through. Pure. */
function leftOf(
  stock: Readonly<Record<string, number>>,
  known: readonly RehearsedLane[],
): Record<string, number> {
  const taken = (pool: string) => known.reduce((sum, { tally }) => sum + (tally[`code ${pool}`] ?? 0), 0);
  return Object.fromEntries(Object.entries(stock).map(([pool, codes]) => [pool, codes - taken(pool)]));
}
