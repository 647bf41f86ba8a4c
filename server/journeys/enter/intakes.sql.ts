import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { here } from '../../lanes/here.sql.ts';
import type { Audience } from '../../segments/audience.ts';

/** An audience that is to enter a journey. */
export interface Intake extends Audience {
  id: number;
  journeyId: number;
  projectId: number;
  /** What comes with each entry, and what is told as its cause: JSON. */
  data: Readonly<Record<string, unknown>>;
  cause: Readonly<Record<string, unknown>>;
}

/** Has an audience enter a journey from now on; null where the same was asked before. `once` names what is done once, null for nothing. */
export async function insertIntake(
  transaction: Database,
  {
    journeyId,
    projectId,
    listIds,
    suppressionListIds,
    segmentIds,
    suppressionSegmentIds,
    data,
    cause,
  }: Omit<Intake, 'id'>,
  once: string | null,
  at: Date,
): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    INSERT INTO journey_intake (journey_id, project_id, list_ids, suppression_list_ids, segment_ids, suppression_segment_ids, data,
      cause, once, begun_at)
    VALUES (${journeyId}, ${projectId}, ${listIds}::int[], ${suppressionListIds}::int[], ${segmentIds}::int[],
      ${suppressionSegmentIds}::int[], ${JSON.stringify(data)}::jsonb, ${JSON.stringify(cause)}::jsonb, ${once}, ${at})
    ON CONFLICT (journey_id, once) DO NOTHING RETURNING id`.execute(transaction);
  return rows[0]?.id ?? null;
}

/** Intakes that are not through, the oldest first. */
export async function openIntakes(db: Database): Promise<Intake[]> {
  const { rows } = await sql<Intake>`
    SELECT id, journey_id AS "journeyId", project_id AS "projectId", list_ids AS "listIds", suppression_list_ids AS "suppressionListIds",
      segment_ids AS "segmentIds", suppression_segment_ids AS "suppressionSegmentIds", data, cause
    FROM journey_intake WHERE NOT is_done ORDER BY id`.execute(db);
  return rows;
}

/** Whether an intake of the same lists and segments into a journey is not through yet. */
export async function isComingIn(
  db: Database,
  journeyId: number,
  { listIds, segmentIds }: Pick<Audience, 'listIds' | 'segmentIds'>,
): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM journey_intake WHERE NOT is_done AND journey_id = ${journeyId}
      AND list_ids = ${listIds}::int[] AND segment_ids = ${segmentIds}::int[]`.execute(db);
  return rows.length > 0;
}

/** How far intakes have come in each lane; where there is nothing, none has begun. */
export async function intakePlaces(
  db: Database,
  intakeIds: readonly number[],
  lanes: readonly number[],
): Promise<{ lane: number; intakeId: number; afterUserId: number; isDone: boolean }[]> {
  const { rows } = await sql<{ lane: number; intakeId: number; afterUserId: number; isDone: boolean }>`
    SELECT lane, intake_id AS "intakeId", after_user_id AS "afterUserId", is_done AS "isDone" FROM journey_intake_lane
    WHERE lane = ANY (${lanes}::smallint[]) AND intake_id = ANY (${intakeIds}::int[])`.execute(db);
  return rows;
}

/** Notes how far an intake has come in a lane. */
export async function placeIntake(
  transaction: Database,
  lane: number,
  intakeId: number,
  { afterUserId, isDone }: { afterUserId: number; isDone: boolean },
): Promise<void> {
  await sql`
    INSERT INTO journey_intake_lane (lane, intake_id, after_user_id, is_done)
    SELECT here.lane, ${intakeId}, ${afterUserId}, ${isDone} FROM ${here(lane)}
    ON CONFLICT (lane, intake_id) DO UPDATE SET after_user_id = excluded.after_user_id, is_done = excluded.is_done`.execute(
    transaction,
  );
}

/** Notes that intakes are through in all lanes. */
export async function closeIntakes(db: Database, intakeIds: readonly number[]): Promise<void> {
  await sql`UPDATE journey_intake SET is_done = true WHERE id = ANY (${intakeIds}::int[])`.execute(db);
}

/** Until when the schedules of these versions of journeys are through: their newest time that came, else since when they are published. */
export async function schedulesSince(
  db: Database,
  journeys: readonly { id: number; version: number }[],
): Promise<Map<number, Date>> {
  if (journeys.length === 0) return new Map();
  const { rows } = await sql<{ id: number; since: Date }>`
    SELECT v.journey_id AS id, coalesce((SELECT max(i.begun_at) FROM journey_intake i
      WHERE i.journey_id = v.journey_id AND i.once LIKE 'schedule %'), v.published_at) AS since
    FROM unnest(${journeys.map(({ id }) => id)}::int[], ${journeys.map(({ version }) => version)}::int[]) AS j (id, version)
    JOIN journey_version v ON v.journey_id = j.id AND v.version = j.version`.execute(db);
  return new Map(rows.map(({ id, since }) => [id, since]));
}
