import { type DateTools, dropOldDates, followDates } from './dates/follow-dates.ts';
import { letInLine } from './enter/let-in-line.ts';
import { type IntakeTools, takeIn } from './enter/take-in.ts';
import { isHeld, publishedJourneys } from './journeys.sql.ts';
import { letGo } from './leave/let-go.ts';
import { adoptVersions } from './publish/adopt.ts';
import { foldCounts } from './runs/counts.sql.ts';
import { unparkRuns } from './runs/runs.sql.ts';
import { type TurnTools, turnLane } from './step/turn.ts';

/** Does all that is due of journeys in a lane, whose flow one has taken; answers whether more is. */
export async function workLane(tools: TurnTools & IntakeTools & DateTools, lane: number): Promise<boolean> {
  await adoptVersions(tools, lane);
  await letGo(tools, lane);
  await unpark(tools, lane);
  await followDates(tools, lane);
  await takeIn(tools, lane);
  const isMoreInLine = await letInLine(tools, lane);
  const isMore = (await turnLane(tools, lane)) || isMoreInLine;
  if (!isMore) {
    await foldCounts(tools.db, lane);
    await dropOldDates(tools, lane);
  }
  return isMore;
}

/** Has those go on who came to be due while their journey was held, where it is held no more. */
async function unpark({ db }: Pick<TurnTools, 'db'>, lane: number): Promise<void> {
  const moving = (await publishedJourneys(db)).filter(({ state }) => !isHeld(state));
  await unparkRuns(
    db,
    lane,
    moving.map(({ id }) => id),
  );
}
