import { dropDates } from '../dates/dates.sql.ts';
import type { StepTools } from '../definition/tile-kind.ts';
import { keepRefused } from '../enter/entries.sql.ts';
import { takeFromLine } from '../enter/line.sql.ts';
import { isEnding, publishedJourneys } from '../journeys.sql.ts';
import { openCounts } from '../runs/counts.sql.ts';
import { peopleInside } from '../runs/inside.sql.ts';
import { holdJourneyLane } from '../runs/lane-lock.sql.ts';
import { endPassages } from './end-passages.ts';

/** People let go in one transaction. */
const mostAtOnce = 1_000;

/** Lets all who are in stopped journeys go, in one lane; who has taken its flow calls it. */
export async function letGo(
  { db, clock, announce }: Pick<StepTools, 'db' | 'clock' | 'announce'>,
  lane: number,
): Promise<void> {
  const ending = (await publishedJourneys(db)).filter(({ state }) => isEnding(state));
  if (ending.length === 0) return;
  const stopped = ending.map(({ id }) => id);
  await db.transaction().execute((transaction) => dropDates(transaction, lane, stopped));
  for (const journey of ending) while (await sendAway({ db, clock }, lane, journey));
  for (;;) {
    const count = await db.transaction().execute(async (transaction) => {
      // Who is let in by who saw it open is written by now, or sees that it is not.
      await holdJourneyLane(transaction, lane);
      const now = clock.now();
      const inside = await peopleInside(transaction, lane, stopped, mostAtOnce);
      const counts = openCounts();
      for (const { journeyId, tile } of inside) {
        counts.add(journeyId, tile, 'inside', -1);
        counts.add(journeyId, tile, 'left stopped');
      }
      const gone = inside.map(({ id, tile }) => ({ id, tile, reason: 'stopped', detail: null }) as const);
      await endPassages(transaction, announce, lane, gone, now);
      await counts.write(transaction, lane);
      return inside.length;
    });
    if (count < mostAtOnce) return;
  }
}

/** Sends people away who wait in line for a journey that was stopped; answers whether more may be there. */
async function sendAway(
  { db, clock }: Pick<StepTools, 'db' | 'clock'>,
  lane: number,
  { id: journeyId, projectId }: { id: number; projectId: number },
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    await holdJourneyLane(transaction, lane);
    let people = 0;
    for (const isCalled of [true, false]) {
      const page = await takeFromLine(transaction, lane, journeyId, isCalled, mostAtOnce);
      const refused = page.map(({ userId, key, cause }) => ({
        userId,
        key,
        cause,
        reason: 'notOpen' as const,
      }));
      await keepRefused(transaction, lane, { journeyId, projectId }, refused, clock.now());
      people += page.length;
    }
    return people > 0;
  });
}
