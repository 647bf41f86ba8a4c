import type { Database } from '../../database/connect.ts';
import type { Context } from '../../http/context.ts';
import { wakeWorkersOnCommit } from '../../lanes/wake.ts';
import type { PublishedJourney } from '../definition/journey.ts';
import type { Journeys } from '../definition/published.ts';
import { journeysFlowName } from '../flow-name.ts';
import { holdJourneyLane } from '../runs/lane-lock.sql.ts';
import { enterFromLine } from './enter.ts';
import { asFollowed } from './enter-next.ts';
import { keepRefused } from './entries.sql.ts';
import type { EntryRate } from './entry-rate.ts';
import {
  callOff,
  callUp,
  firstInLine,
  giveRoomBack,
  holdRate,
  linesIn,
  linesOf,
  ratedJourneys,
  takeFromLine,
  takeRoom,
} from './line.sql.ts';

/*
 * Where so many enter a journey in an hour or a day, all who are to enter wait in line, in their lanes. Whoever finds somebody there calls up, of all lanes, those who
 * came first, as many as there is room for: one short transaction, in which the room that is taken and who it was taken for are written together, so that a crash
 * loses neither. Who is called enters in the turn of their lane. So no lane waits for another while people enter.
 */

/** Called up at once, at most: the row of the journey's room is held meanwhile. */
const mostCalled = 5_000;
/** Let in, or turned away, in one transaction. */
const pageSize = 500;

type LineTools = Pick<Context, 'db' | 'clock' | 'announce' | 'log'> & { journeys: Journeys };

/** Lets people enter, in one lane, who wait in line there, as far as there is room; who has taken the lane’s flow calls it. Answers whether more may at once. */
export async function letInLine(tools: LineTools, lane: number): Promise<boolean> {
  const { db, clock, log } = tools;
  const rated = await ratedJourneys(db);
  if (rated.length === 0) return false;
  const open = new Map((await tools.journeys.open(db)).map((each) => [each.id, each]));
  const lines = await linesIn(
    db,
    lane,
    rated.flatMap(({ journeyId }) => (open.has(journeyId) ? [journeyId] : [])),
  );
  let isMore = false;
  for (const { journeyId, hasCalled, hasOthers } of lines) {
    const journey = open.get(journeyId);
    if (!journey) continue;
    try {
      if (hasCalled) while (await nextPage(tools, lane, journey, 'called'));
      const room = hasOthers ? await callNext(db, journey, clock.now()) : 'full';
      while (await nextPage(tools, lane, journey, 'called'));
      if (room === 'left') isMore = true;
      else if (hasOthers && journey.entry.rate?.over === 'refuse')
        while (await nextPage(tools, lane, journey, 'turnedAway'));
    } catch (error) {
      // It is tried again with the next look, and keeps nobody else waiting.
      log.error({ err: error, lane, journey: journeyId }, 'people in line could not enter a journey');
    }
  }
  return isMore;
}

/** Room that a rate leaves at an instant, when so much of it is taken. Pure. */
const roomOf = (
  rate: EntryRate | null,
  { since, taken }: { since: Date; taken: number },
  now: Date,
): { since: Date; taken: number; room: number } => {
  // Who waits where there is no rate any more waits for nothing.
  if (!rate) return { since, taken, room: Number.POSITIVE_INFINITY };
  const { from } = rate.period(now);
  const ofPeriod = from.getTime() === since.getTime() ? taken : 0;
  return { since: from, taken: ofPeriod, room: Math.max(0, rate.people - ofPeriod) };
};

/** Calls up those of a journey who came first, as far as there is room; answers whether some is left, so that more may be called. */
async function callNext(
  db: Database,
  { id, entry: { rate } }: PublishedJourney,
  now: Date,
): Promise<'left' | 'full'> {
  const seen = (await ratedJourneys(db)).find(({ journeyId }) => journeyId === id);
  if (!seen || roomOf(rate, seen, now).room === 0) return 'full';
  return db.transaction().execute(async (transaction) => {
    const held = await holdRate(transaction, id);
    if (!held) return 'full';
    const { since, taken, room } = roomOf(rate, held, now);
    const limit = Math.min(room, mostCalled);
    if (limit === 0) return 'full';
    const first = await firstInLine(transaction, id, limit);
    let called = 0;
    for (const [lane, ofLane] of Map.groupBy(first, (each) => each.lane))
      called += await callUp(
        transaction,
        lane,
        ofLane.map((each) => each.id),
        since,
      );
    if (called === 0) return 'full';
    await takeRoom(transaction, id, { since, taken: taken + called });
    const lanes = new Set(first.map(({ lane }) => lane));
    await wakeWorkersOnCommit(
      transaction,
      [...lanes].map((lane) => ({ flow: journeysFlowName, lane, due: 0 })),
    );
    return called < room ? 'left' : 'full';
  });
}

/** Lets the next of a lane in who are called, or turns those away who are not; answers whether more may come. */
async function nextPage(
  { db, clock, announce, journeys }: LineTools,
  lane: number,
  newest: PublishedJourney,
  which: 'called' | 'turnedAway',
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    await holdJourneyLane(transaction, lane);
    const now = clock.now();
    // Of one that takes nobody in meanwhile they wait on.
    const [journey] = await asFollowed(transaction, { announce, journeys }, lane, [newest], now);
    if (!journey) return false;
    const { id: journeyId, projectId } = journey;
    // As the newest version has it, by which people are called.
    const { rate } = newest.entry;
    const since = rate?.period(now).from;
    // Whoever was called in an hour that is over would be one too many in this one.
    if (since) await callOff(transaction, lane, journeyId, since);
    const page = await takeFromLine(transaction, lane, journeyId, which === 'called', pageSize);
    if (which === 'called') {
      const entered = await enterFromLine(transaction, announce, lane, journey, page, now);
      if (since) await giveRoomBack(transaction, journeyId, since, page.length - entered);
    } else {
      const refused = page.map(({ userId, key, cause }) => ({
        ...{ userId, key, cause },
        reason: 'overRate' as const,
      }));
      await keepRefused(transaction, lane, { journeyId, projectId }, refused, now);
    }
    return page.length === pageSize;
  });
}

/** Lanes in which somebody is in line for whom there is room, and when there is room again for the others. */
export async function linesToMove({
  db,
  clock,
  journeys,
}: Pick<LineTools, 'db' | 'clock' | 'journeys'>): Promise<{ lanes: number[]; nextAt: Date | null }> {
  const rated = await ratedJourneys(db);
  if (rated.length === 0) return { lanes: [], nextAt: null };
  const open = new Map((await journeys.open(db)).map((each) => [each.id, each]));
  const lines = await linesOf(
    db,
    rated.flatMap(({ journeyId }) => (open.has(journeyId) ? [journeyId] : [])),
  );
  const now = clock.now();
  const found = new Set<number>();
  let nextAt: Date | null = null;
  for (const { lane, journeyId, hasCalled, hasOthers } of lines) {
    const rate = open.get(journeyId)?.entry.rate ?? null;
    const taken = rated.find((each) => each.journeyId === journeyId);
    const hasRoom = taken && roomOf(rate, taken, now).room > 0;
    if (hasCalled || hasRoom || rate?.over === 'refuse') found.add(lane);
    else if (hasOthers && rate) {
      const { until } = rate.period(now);
      if (nextAt === null || until < nextAt) nextAt = until;
    }
  }
  return { lanes: [...found], nextAt };
}
