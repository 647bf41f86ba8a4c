import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { ApiError } from '../../http/errors.ts';
import type { AskedRehearsal } from './asked.ts';
import type { Unforeseen } from './not-foreseen.ts';

export const rehearsalStates = ['running', 'done', 'failed', 'cancelled'] as const;
export type RehearsalState = (typeof rehearsalStates)[number];

/** A rehearsal as its row says it. */
export interface Rehearsal {
  id: number;
  projectId: number;
  journeyId: number;
  /** Null for a draft. */
  version: number | null;
  document: unknown;
  asked: AskedRehearsal;
  notForeseen: Unforeseen[];
  fromAt: Date;
  untilAt: Date;
  state: RehearsalState;
  fault: string | null;
  /** Codes that coupon pools had left, by pool; null where none are dealt. */
  stock: Record<string, number> | null;
  createdBy: string;
  createdAt: Date;
  endedAt: Date | null;
}

/** What a rehearsal has come to in a lane. */
export interface RehearsedLane {
  lane: number;
  afterUserId: number;
  isDone: boolean;
  tally: Record<string, number>;
  stock: Record<string, number> | null;
}

const columns = sql`id, project_id AS "projectId", journey_id AS "journeyId", version, document, asked, not_foreseen AS "notForeseen", from_at AS "fromAt",
  until_at AS "untilAt", state, fault, stock, created_by AS "createdBy", created_at AS "createdAt", ended_at AS "endedAt"`;

/** Rehearsals that are kept of a journey. */
const mostKept = 20;

/** Begins a rehearsal; of those of its journey that are over the oldest go, beyond those that are kept. Answers its id. */
export async function insertRehearsal(
  transaction: Database,
  {
    projectId,
    journeyId,
    version,
    document,
    asked,
    notForeseen,
    fromAt,
    untilAt,
    stock,
    createdBy,
    createdAt,
  }: Omit<Rehearsal, 'id' | 'state' | 'fault' | 'endedAt'>,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    INSERT INTO journey_rehearsal (project_id, journey_id, version, document, asked, not_foreseen, from_at, until_at, stock, created_by, created_at)
    VALUES (${projectId}, ${journeyId}, ${version}, ${JSON.stringify(document)}::jsonb, ${JSON.stringify(asked)}::jsonb,
      ${JSON.stringify(notForeseen)}::jsonb, ${fromAt},
      ${untilAt}, ${stock === null ? null : JSON.stringify(stock)}::jsonb, ${createdBy}, ${createdAt})
    RETURNING id`.execute(transaction);
  await sql`
    DELETE FROM journey_rehearsal WHERE journey_id = ${journeyId} AND state <> 'running' AND id NOT IN (
      SELECT id FROM journey_rehearsal WHERE journey_id = ${journeyId} ORDER BY id DESC LIMIT ${mostKept})`.execute(
    transaction,
  );
  return rows[0]!.id;
}

/** A journey's rehearsals, the newest first. */
export async function rehearsalsOf(db: Database, journeyId: number): Promise<Rehearsal[]> {
  const { rows } = await sql<Rehearsal>`
    SELECT ${columns} FROM journey_rehearsal WHERE journey_id = ${journeyId} ORDER BY id DESC LIMIT ${mostKept}`.execute(
    db,
  );
  return rows;
}

/** One rehearsal of a journey. @throws ApiError NotFound. */
export async function findRehearsal(db: Database, journeyId: number, id: number): Promise<Rehearsal> {
  const { rows } = await sql<Rehearsal>`
    SELECT ${columns} FROM journey_rehearsal WHERE journey_id = ${journeyId} AND id = ${id}`.execute(db);
  const [rehearsal] = rows;
  if (rehearsal) return rehearsal;
  throw new ApiError(
    'NotFound',
    `Journey ${journeyId} has no rehearsal ${id}; GET /api/journeys/${journeyId}/rehearsals lists those that are kept`,
    { field: 'rehearsalId', value: id },
  );
}

/** How many rehearsals of a project are being worked on. */
export async function countRunning(db: Database, projectId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM journey_rehearsal WHERE project_id = ${projectId} AND state = 'running'`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/** A rehearsal that is to be worked on. */
export interface DueRehearsal {
  id: number;
  dealsCoupons: boolean;
  /** Lanes that are gone through, and those that are not tried again yet. */
  lanesDone: number[];
  lanesResting: number[];
}

/** The oldest rehearsal of each project that is being worked on, with what is done of it at an instant. */
export async function dueRehearsals(db: Database, now: Date): Promise<DueRehearsal[]> {
  const { rows } = await sql<DueRehearsal>`
    SELECT r.id, r.stock IS NOT NULL AS "dealsCoupons",
      ARRAY(SELECT l.lane FROM journey_rehearsal_lane l WHERE l.rehearsal_id = r.id AND l.is_done) AS "lanesDone",
      ARRAY(SELECT l.lane FROM journey_rehearsal_lane l WHERE l.rehearsal_id = r.id AND l.again_at > ${now}::timestamptz) AS "lanesResting"
    FROM (SELECT DISTINCT ON (project_id) id, stock FROM journey_rehearsal WHERE state = 'running' ORDER BY project_id, id) r
    ORDER BY r.id`.execute(db);
  return rows;
}

/** Whether one is being worked on still. */
export async function isRunning(db: Database, id: number): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM journey_rehearsal WHERE id = ${id} AND state = 'running'`.execute(
    db,
  );
  return rows.length > 0;
}

/** One that is being worked on; null where it is over, or gone. */
export async function findRunning(db: Database, id: number): Promise<Rehearsal | null> {
  const { rows } = await sql<Rehearsal>`
    SELECT ${columns} FROM journey_rehearsal WHERE id = ${id} AND state = 'running'`.execute(db);
  return rows[0] ?? null;
}

/** What a rehearsal has come to in the lanes in which it has begun. */
export async function lanesOfRehearsal(db: Database, id: number): Promise<RehearsedLane[]> {
  const { rows } = await sql<RehearsedLane>`
    SELECT lane, after_user_id AS "afterUserId", is_done AS "isDone", tally, stock FROM journey_rehearsal_lane
    WHERE rehearsal_id = ${id} ORDER BY lane`.execute(db);
  return rows;
}

/** The same of one lane; null where it has not begun. */
export async function laneOfRehearsal(db: Database, id: number, lane: number): Promise<RehearsedLane | null> {
  const { rows } = await sql<RehearsedLane>`
    SELECT lane, after_user_id AS "afterUserId", is_done AS "isDone", tally, stock FROM journey_rehearsal_lane
    WHERE rehearsal_id = ${id} AND lane = ${lane}`.execute(db);
  return rows[0] ?? null;
}

/** Who came to and went from tiles as the virtual time went by, in a lane (`standings.ts`). */
export async function standingsOfLane(
  db: Database,
  id: number,
  lane: number,
): Promise<Record<string, number>> {
  const { rows } = await sql<{ standings: Record<string, number> }>`
    SELECT standings FROM journey_rehearsal_lane WHERE rehearsal_id = ${id} AND lane = ${lane}`.execute(db);
  return rows[0]?.standings ?? {};
}

/** The same of all lanes, added up. */
export async function standingsOfRehearsal(db: Database, id: number): Promise<Map<string, number>> {
  const { rows } = await sql<{ what: string; number: number }>`
    SELECT e.key AS what, sum(e.value::int)::float8 AS number
    FROM journey_rehearsal_lane l, jsonb_each_text(l.standings) e WHERE l.rehearsal_id = ${id} GROUP BY e.key`.execute(
    db,
  );
  return new Map(rows.map(({ what, number }) => [what, number]));
}

/** Pages are tried so often: what has failed or killed the program as often does so again. */
export const mostTries = 3;
/** After how long a page is tried again, in seconds: the first time, and so many times longer each time after. */
const [firstRest, restGrows] = [5, 6];

/**
 * Notes before a page of a lane is gone through that it is tried, so that one that kills the program counts, and is not tried again at once. Answers how
 * often it has been tried, this time counted; null where the rehearsal is over.
 */
export async function beginPage(
  db: Database,
  id: number,
  lane: number,
  stock: Rehearsal['stock'],
  now: Date,
): Promise<number | null> {
  const { rows } = await sql<{ tries: number }>`
    INSERT INTO journey_rehearsal_lane AS l (rehearsal_id, lane, after_user_id, is_done, tally, standings, stock, tries, again_at)
    SELECT r.id, ${lane}, 0, false, '{}'::jsonb, '{}'::jsonb, ${stock === null ? null : JSON.stringify(stock)}::jsonb, 1,
      ${now}::timestamptz + ${firstRest}::int * interval '1 second'
    FROM journey_rehearsal r WHERE r.id = ${id} AND r.state = 'running'
    ON CONFLICT (rehearsal_id, lane) DO UPDATE SET tries = l.tries + 1, stock = coalesce(l.stock, excluded.stock),
      again_at = ${now}::timestamptz + ${firstRest}::int * power(${restGrows}::int, l.tries) * interval '1 second'
    RETURNING tries`.execute(db);
  return rows[0]?.tries ?? null;
}

/** A page is left half done, on purpose: it was not tried. */
export async function leavePage(db: Database, id: number, lane: number): Promise<void> {
  await sql`
    UPDATE journey_rehearsal_lane SET tries = greatest(tries - 1, 0), again_at = NULL
    WHERE rehearsal_id = ${id} AND lane = ${lane}`.execute(db);
}

/** Writes how far a rehearsal has come in a lane, and to what, so that tries before count no more; false where it is over, and nothing is written. */
export async function keepLane(
  db: Database,
  id: number,
  lane: RehearsedLane,
  standings: Record<string, number>,
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE journey_rehearsal_lane SET after_user_id = ${lane.afterUserId}, is_done = ${lane.isDone},
      tally = ${JSON.stringify(lane.tally)}::jsonb, standings = ${JSON.stringify(standings)}::jsonb, tries = 0, again_at = NULL
    WHERE rehearsal_id = ${id} AND lane = ${lane.lane}
      AND EXISTS (SELECT 1 FROM journey_rehearsal r WHERE r.id = ${id} AND r.state = 'running')
    RETURNING 1`.execute(db);
  return rows.length > 0;
}

/** Ends a rehearsal of which all lanes are gone through. */
export async function endIfThrough(db: Database, id: number, lanes: number, at: Date): Promise<void> {
  await sql`
    UPDATE journey_rehearsal SET state = 'done', ended_at = ${at} WHERE id = ${id} AND state = 'running'
      AND (SELECT count(*) FROM journey_rehearsal_lane l WHERE l.rehearsal_id = ${id} AND l.is_done) = ${lanes}`.execute(
    db,
  );
}

/** Ends a rehearsal that is being worked on; false where it is over already. */
export async function cancelRehearsal(db: Database, id: number, at: Date): Promise<boolean> {
  const { rows } = await sql`
    UPDATE journey_rehearsal SET state = 'cancelled', ended_at = ${at} WHERE id = ${id} AND state = 'running' RETURNING 1`.execute(
    db,
  );
  return rows.length > 0;
}

/** Notes why a page of a lane could not be gone through; after some tries the rehearsal has failed. */
export async function noteFailure(
  db: Database,
  id: number,
  lane: number,
  fault: string,
  at: Date,
): Promise<void> {
  const { rows } = await sql<{ tries: number }>`
    SELECT tries FROM journey_rehearsal_lane WHERE rehearsal_id = ${id} AND lane = ${lane}`.execute(db);
  if ((rows[0]?.tries ?? 0) >= mostTries) await failRehearsal(db, id, fault, at);
}

/** Ends a rehearsal that cannot go on, with the reason. */
export async function failRehearsal(db: Database, id: number, fault: string, at: Date): Promise<void> {
  await sql`
    UPDATE journey_rehearsal SET state = 'failed', fault = ${fault}, ended_at = ${at}
    WHERE id = ${id} AND state = 'running'`.execute(db);
}
