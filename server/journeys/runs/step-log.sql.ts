import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { here } from '../../lanes/here.sql.ts';
import { alike } from './alike.ts';

/** What somebody did at a tile, as the log keeps it. */
export interface LoggedStep {
  tile: string;
  /** By which way they went on, and to which tile; null where they stay or leave. */
  way: string | null;
  to?: string;
  /** Until when they stay at most, where they do. */
  until?: Date | null;
  /** Why they left, where they did. */
  left?: string;
  /** What was looked at. */
  seen?: unknown;
}

/** A turn of one passage. */
export interface LoggedTurn {
  runId: number;
  userId: number;
  version: number;
  steps: readonly LoggedStep[];
}

/** Writes what passages of a lane did in a turn. */
export async function logTurns(
  transaction: Database,
  lane: number,
  turns: readonly LoggedTurn[],
  at: Date,
): Promise<void> {
  if (turns.length === 0) return;
  const { distinct, places } = alike(turns, ({ version, steps }) => [version, steps]);
  await sql`
    WITH done AS MATERIALIZED (
      SELECT d.place, d.version, d.steps::jsonb AS steps
      FROM unnest(${distinct.map(({ version }) => version)}::int[], ${distinct.map(({ steps }) => JSON.stringify(steps))}::text[])
        WITH ORDINALITY AS d (version, steps, place)
    )
    INSERT INTO journey_step (lane, id, run_id, user_id, version, at, steps)
    SELECT here.lane, nextval('journey_step_id_seq'), t.run_id, t.user_id, d.version, ${at}::timestamptz, d.steps
    FROM ${here(lane)} CROSS JOIN unnest(${turns.map(({ runId }) => runId)}::bigint[],
      ${turns.map(({ userId }) => userId)}::bigint[], ${places}::int[]) AS t (run_id, user_id, place)
      JOIN done d ON d.place = t.place`.execute(transaction);
}
