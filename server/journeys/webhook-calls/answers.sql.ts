import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { isHeld, type JourneyState } from '../journeys.sql.ts';
import { shareJourneyLane } from '../runs/lane-lock.sql.ts';
import type { Memory } from '../runs/run.ts';

/** What a call came to, for the visit of a tile that waits for it. */
export interface VisitAnswer {
  runId: number;
  /** What tells the visit from others of the passage (`memory.visit`). */
  visit: string;
  /** Which try of the visit it is of. */
  attempt: number;
  /** What the tile is to remember of it. */
  memory: Memory;
  /** When the passage is looked at again. */
  wakeAt: Date;
}

/**
 * Writes what calls came to into the passages of a lane that still wait for it. What an earlier try came to counts where it is an answer; that it failed says
 * nothing of the one that is under way.
 */
export async function writeAnswers(
  db: Database,
  lane: number,
  answers: readonly VisitAnswer[],
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    // Who has the lane to themselves goes by its passages as they have read them.
    await shareJourneyLane(transaction, lane);
    await sql`
    UPDATE journey_run r SET memory = r.memory || a.memory::jsonb, wake_at = a.wake_at
    FROM unnest(${answers.map(({ runId }) => runId)}::bigint[], ${answers.map(({ visit }) => visit)}::text[],
      ${answers.map(({ memory }) => JSON.stringify(memory))}::text[], ${answers.map(({ wakeAt }) => wakeAt)}::timestamptz[],
      ${answers.map(({ attempt }) => attempt)}::int[]) AS a (id, visit, memory, wake_at, attempt)
    WHERE r.lane = ${lane} AND r.id = a.id AND r.memory ->> 'visit' = a.visit AND r.memory -> 'answer' IS NULL AND r.stuck IS NULL
      AND (a.memory::jsonb -> 'answer' IS NOT NULL OR (r.memory ->> 'attempts')::int = a.attempt)`.execute(
      transaction,
    );
  });
}

/** Whether a passage still waits for the call of a visit, in a journey that is not held. */
export async function isAwaited(db: Database, lane: number, runId: number, visit: string): Promise<boolean> {
  const { rows } = await sql<{ journeyId: number }>`
    SELECT journey_id AS "journeyId" FROM journey_run
    WHERE lane = ${lane} AND id = ${runId} AND memory ->> 'visit' = ${visit} AND memory -> 'answer' IS NULL`.execute(
    db,
  );
  const [run] = rows;
  if (!run) return false;
  const { rows: journeys } = await sql<{ state: JourneyState }>`
    SELECT state FROM journey WHERE id = ${run.journeyId}`.execute(db);
  return journeys.some(({ state }) => !isHeld(state));
}
