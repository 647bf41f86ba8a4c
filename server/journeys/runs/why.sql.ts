import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { UserRef } from '../../users/identity.ts';

interface Passage {
  id: number;
  key: string;
  enteredAt: Date;
  /** What let them in. */
  cause: unknown;
  tile: string;
  until: Date | null;
  leftAt: Date | null;
  reason: string | null;
  detail: string | null;
  stuck: string | null;
  isHeldOut: boolean;
}

/** Passages of one person that are told of, the newest first. */
const mostPassages = 100;

/** A person's ways through a journey, with all that was seen on them, and when they did not enter. */
export async function waysThrough(
  db: Database,
  projectId: number,
  journeyId: number,
  { lane, id: userId }: UserRef,
) {
  const { rows: passages } = await sql<Passage>`
    SELECT * FROM (
      SELECT id, key, entered_at AS "enteredAt", cause, tile, coalesce(wake_at, parked_at) AS until, NULL::timestamptz AS "leftAt", NULL::text AS reason,
        NULL::text AS detail, stuck, is_held_out AS "isHeldOut"
      FROM journey_run WHERE lane = ${lane} AND user_id = ${userId} AND journey_id = ${journeyId} AND project_id = ${projectId}
      UNION ALL
      SELECT id, key, entered_at, cause, tile, NULL, left_at, reason, detail, NULL, is_held_out
      FROM journey_run_ended WHERE lane = ${lane} AND user_id = ${userId} AND journey_id = ${journeyId} AND project_id = ${projectId}
    ) p ORDER BY id DESC LIMIT ${mostPassages}`.execute(db);
  const { rows: turns } = await sql<{ runId: number; at: Date; version: number; steps: unknown }>`
    SELECT run_id AS "runId", at, version, steps FROM journey_step
    WHERE lane = ${lane} AND run_id = ANY (${passages.map(({ id }) => id)}::bigint[]) ORDER BY id`.execute(
    db,
  );
  const { rows: others } = await sql<{ runId: number; at: Date; heldBy: number; journeyId: number | null }>`
    SELECT g.run_id AS "runId", g.received_at AS at, g.held_by AS "heldBy", coalesce(r.journey_id, e.journey_id) AS "journeyId"
    FROM journey_reply g
    LEFT JOIN journey_run r ON r.lane = ${lane} AND r.id = g.held_by
    LEFT JOIN journey_run_ended e ON e.lane = ${lane} AND e.id = g.held_by
    WHERE g.lane = ${lane} AND g.run_id = ANY (${passages.map(({ id }) => id)}::bigint[]) AND g.held_by <> g.run_id
    ORDER BY g.received_at, g.inbound_id`.execute(db);
  const { rows: notEntered } = await sql<{ at: Date; key: string; reason: string; cause: unknown }>`
    SELECT at, key, reason, cause FROM journey_not_entered
    WHERE lane = ${lane} AND user_id = ${userId} AND journey_id = ${journeyId} AND project_id = ${projectId}
    ORDER BY at DESC LIMIT ${mostPassages}`.execute(db);
  const { rows: waiting } = await sql<{ since: Date; key: string; cause: unknown }>`
    SELECT since, key, cause FROM journey_waiting
    WHERE lane = ${lane} AND user_id = ${userId} AND journey_id = ${journeyId} AND project_id = ${projectId}
    ORDER BY id LIMIT ${mostPassages}`.execute(db);
  const { rows: goals } = await sql<{ runId: number; at: Date; tile: string | null }>`
    SELECT run_id AS "runId", reached_at AS at, tile FROM journey_goal
    WHERE lane = ${lane} AND run_id = ANY (${passages.map(({ id }) => id)}::bigint[])`.execute(db);
  const goalOf = new Map(goals.map(({ runId, at, tile }) => [runId, { at: at.getTime(), tile }]));
  return {
    waiting: waiting.map(({ since, ...rest }) => ({ since: since.getTime(), ...rest })),
    passages: passages.map(({ id, enteredAt, until, leftAt, ...passage }) => ({
      ...passage,
      runId: `${lane}-${id}`,
      goal: goalOf.get(id) ?? null,
      enteredAt: enteredAt.getTime(),
      until: until?.getTime() ?? null,
      leftAt: leftAt?.getTime() ?? null,
      turns: turns
        .filter(({ runId }) => runId === id)
        .map(({ at, version, steps }) => ({ at: at.getTime(), version, steps })),
      repliesToOthers: others
        .filter(({ runId }) => runId === id)
        .map(({ at, heldBy, journeyId }) => ({ at: at.getTime(), journeyId, runId: `${lane}-${heldBy}` })),
    })),
    notEntered: notEntered.map(({ at, ...rest }) => ({ at: at.getTime(), ...rest })),
  };
}

/** A person's passages through all journeys: those under way, then those that are over, the newest first. */
export async function passagesOf(
  db: Database,
  projectId: number,
  { lane, id: userId }: UserRef,
): Promise<
  {
    journeyId: number;
    name: string;
    tile: string;
    enteredAt: Date;
    leftAt: Date | null;
    reason: string | null;
  }[]
> {
  const { rows } = await sql<{
    journeyId: number;
    name: string;
    tile: string;
    enteredAt: Date;
    leftAt: Date | null;
    reason: string | null;
  }>`
    SELECT p.*, j.name FROM (
      SELECT journey_id AS "journeyId", tile, entered_at AS "enteredAt", NULL::timestamptz AS "leftAt", NULL::text AS reason
      FROM journey_run WHERE lane = ${lane} AND user_id = ${userId} AND project_id = ${projectId}
      UNION ALL
      SELECT journey_id, tile, entered_at, left_at, reason
      FROM journey_run_ended WHERE lane = ${lane} AND user_id = ${userId} AND project_id = ${projectId}
    ) p JOIN journey j ON j.id = p."journeyId"
    ORDER BY p."leftAt" DESC NULLS FIRST, p."enteredAt" DESC LIMIT ${mostPassages}`.execute(db);
  return rows;
}
