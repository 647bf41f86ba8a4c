import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { idsOfPage } from '../../delivery/admission/audience-page.ts';
import type { Context } from '../../http/context.ts';
import { readAudience } from '../../segments/audience.ts';
import type { Journeys } from '../definition/published.ts';
import { openAmong } from '../journeys.sql.ts';
import { holdJourneyLane } from '../runs/lane-lock.sql.ts';
import { enter } from './enter.ts';
import { asFollowed } from './enter-next.ts';
import { type Intake, intakePlaces, openIntakes, placeIntake } from './intakes.sql.ts';

/** People who enter in one transaction. */
const pageSize = 500;

/** What taking in works with. */
export type IntakeTools = Pick<Context, 'db' | 'clock' | 'announce' | 'log' | 'segmentKinds'> & {
  journeys: Journeys;
};

/** Lets the audiences of intakes enter, in one lane; who has taken the lane's flow calls it. Each page is one transaction with its place, so that a crash repeats and loses none. */
export async function takeIn(tools: IntakeTools, lane: number): Promise<void> {
  const { db, log } = tools;
  const open = await openIntakes(db);
  if (open.length === 0) return;
  const taking = await openAmong(
    db,
    open.map(({ journeyId }) => journeyId),
  );
  for (const intake of open) {
    if (!taking.has(intake.journeyId)) continue;
    try {
      while (await nextPage(tools, lane, intake));
    } catch (error) {
      // It is tried again with the next look, and keeps nobody else waiting.
      log.error({ err: error, lane, intake: intake.id }, 'an audience could not enter a journey');
    }
  }
}

/** Lets the next page of an intake enter; answers whether more may come. */
async function nextPage(tools: IntakeTools, lane: number, intake: Intake): Promise<boolean> {
  const { db, clock, announce, segmentKinds, journeys } = tools;
  return db.transaction().execute(async (transaction) => {
    await holdJourneyLane(transaction, lane);
    const now = clock.now();
    const { projectId, journeyId } = intake;
    const newest = (await journeys.ofProject(transaction, projectId)).filter(({ id }) => id === journeyId);
    const [journey] = await asFollowed(transaction, { announce, journeys }, lane, newest, now);
    // What is held, or takes nobody in any more, waits for what is decided on it.
    if (!journey) return false;
    const [place] = await intakePlaces(transaction, [intake.id], [lane]);
    if (place?.isDone) return false;
    const audience = await readAudience({ db: transaction, segmentKinds }, projectId, intake);
    const page = idsOfPage({
      projectId,
      lane,
      audience,
      afterUserId: place?.afterUserId ?? 0,
      limit: pageSize,
      now,
    });
    const ids = await idsOf(transaction, page);
    const isDone = ids.length < pageSize;
    const { cause, data } = intake;
    const caused = ids.map((userId) => ({ userId, at: now, eventId: null, cause, data }));
    await enter(transaction, announce, lane, journey, caused, now);
    await placeIntake(transaction, lane, intake.id, {
      afterUserId: ids.at(-1) ?? place?.afterUserId ?? 0,
      isDone,
    });
    return !isDone;
  });
}

async function idsOf(db: Database, page: ReturnType<typeof idsOfPage>): Promise<number[]> {
  const { rows } = await sql<{
    id: number;
  }>`SELECT p.user_id AS id FROM (${page}) p ORDER BY p.user_id`.execute(db);
  return rows.map(({ id }) => id);
}
