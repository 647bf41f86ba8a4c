import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { Memory } from '../runs/run.ts';

/** What a call came to, for the visit of a tile that waits for it. */
export interface VisitAnswer {
  runId: number;
  /** What tells the visit from others of the passage (`memory.visit`). */
  visit: string;
  /** What the tile is to remember of it. */
  memory: Memory;
  /** When the passage is looked at again. */
  wakeAt: Date;
}

/** Writes what calls came to into the passages of a lane that still wait for it. */
export async function writeAnswers(
  db: Database,
  lane: number,
  answers: readonly VisitAnswer[],
): Promise<void> {
  await sql`
    UPDATE journey_run r SET memory = r.memory || a.memory::jsonb, wake_at = a.wake_at
    FROM unnest(${answers.map(({ runId }) => runId)}::bigint[], ${answers.map(({ visit }) => visit)}::text[],
      ${answers.map(({ memory }) => JSON.stringify(memory))}::text[], ${answers.map(({ wakeAt }) => wakeAt)}::timestamptz[])
      AS a (id, visit, memory, wake_at)
    WHERE r.lane = ${lane} AND r.id = a.id AND r.memory ->> 'visit' = a.visit AND r.memory -> 'answer' IS NULL AND r.stuck IS NULL`.execute(
    db,
  );
}
