import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { here } from '../../lanes/here.sql.ts';
import type { Due } from '../../lanes/lane-queue.ts';
import { overLanes } from '../../lanes/over-lanes.sql.ts';
import { priorities } from '../definition/journey.ts';
import { alike } from './alike.ts';
import type { LeaveReason, Run } from './run.ts';

/** SQL: a row of `journey_run`, `r`, as a `Run`. */
const asRun = sql`r.id, r.project_id AS "projectId", r.journey_id AS "journeyId", r.user_id AS "userId", r.key,
  r.entered_at AS "enteredAt", r.tile, r.arrived_at AS "arrivedAt", r.wake_at AS "wakeAt", r.hears, r.memory, r.data,
  r.passed, r.passed_since AS "passedSince", r.hops, r.rank, r.is_held_out AS "isHeldOut", r.failures`;

const ranks = priorities.map((_, rank) => rank);

/** Signs of what came with entries that a turn reads at once. */
const mostRead = 16 * 1024 * 1024;

/** A passage that is due, as far as one has to know to choose what is done. */
export interface DueRun extends Pick<Run, 'id' | 'projectId' | 'journeyId' | 'userId' | 'tile'> {
  /** Whether its tile's deed is done already. */
  isActed: boolean;
}

/**
 * A lane's passages that are due, those of the first rank first, and of these those that waited longest. Fewer where much came with them: 500 of the
 * largest events are 128 MB.
 */
export async function dueRuns(db: Database, lane: number, now: Date, limit: number): Promise<DueRun[]> {
  const { rows } = await sql<DueRun>`
    SELECT r.id, r.project_id AS "projectId", r.journey_id AS "journeyId", r.user_id AS "userId", r.tile, r.acted AS "isActed" FROM (
      SELECT d.*, sum(d.signs) OVER (ORDER BY d.rank, d.wake_at, d.id) - d.signs AS before FROM (
        SELECT due.id, due.project_id, due.journey_id, due.user_id, due.tile, due.rank, due.wake_at,
          due.memory @> '{"acted": true}' AS acted,
          CASE WHEN pg_column_size(due.data) < 1000 THEN 1000 ELSE octet_length(due.data::text) END AS signs
        FROM unnest(${ranks}::smallint[]) AS k (rank) CROSS JOIN LATERAL (
          SELECT * FROM journey_run due
          WHERE due.lane = ${lane} AND due.rank = k.rank AND due.wake_at <= ${now}::timestamptz
          ORDER BY due.wake_at, due.id LIMIT ${limit}) due
        ORDER BY due.rank, due.wake_at, due.id LIMIT ${limit}
      ) d
    ) r WHERE r.before < ${mostRead} ORDER BY r.rank, r.wake_at, r.id`.execute(db);
  return rows;
}

/** Those of these passages that are still at their tile, and still the same people's. Who has the lane to themselves finds them as they stay. */
export async function readRuns(
  db: Database,
  lane: number,
  runs: readonly Pick<Run, 'id' | 'tile' | 'userId'>[],
): Promise<Run[]> {
  const { rows } = await sql<Run>`
    SELECT ${asRun} FROM journey_run r WHERE r.lane = ${lane} AND r.id = ANY (${runs.map(({ id }) => id)}::bigint[])
    ORDER BY r.id`.execute(db);
  return rows.filter(isAsBefore(runs));
}

/** Those of these passages, held already, that are still under way. */
export async function stillInside(transaction: Database, lane: number, held: readonly Run[]): Promise<Run[]> {
  const { rows } = await sql<{ id: number }>`
    SELECT id FROM journey_run WHERE lane = ${lane} AND id = ANY (${held.map(({ id }) => id)}::bigint[])`.execute(
    transaction,
  );
  const inside = new Set(rows.map(({ id }) => id));
  return held.filter(({ id }) => inside.has(id));
}

/** Those of these passages that are still at a tile, and still the same people's, held to the transaction's end. */
export async function holdRuns(
  transaction: Database,
  lane: number,
  runs: readonly Pick<Run, 'id' | 'tile' | 'userId'>[],
): Promise<Run[]> {
  const { rows } = await sql<Run>`
    SELECT ${asRun} FROM journey_run r WHERE r.lane = ${lane} AND r.id = ANY (${runs.map(({ id }) => id)}::bigint[])
    ORDER BY r.id FOR UPDATE`.execute(transaction);
  return rows.filter(isAsBefore(runs));
}

function isAsBefore(runs: readonly Pick<Run, 'id' | 'tile' | 'userId'>[]): (run: Run) => boolean {
  const before = new Map(runs.map((run) => [run.id, run]));
  return ({ id, tile, userId }) => {
    const run = before.get(id);
    return run?.tile === tile && run.userId === userId;
  };
}

/** Which lanes have something due, and when the next of each other lane is; for each rank apart. */
export async function nextWakes(db: Database): Promise<{ lane: number; at: Date }[]> {
  const { rows } = await sql<{ lane: number; at: Date }>`
    SELECT l.lane, r.wake_at AS at FROM lane l CROSS JOIN unnest(${ranks}::smallint[]) AS k (rank) CROSS JOIN LATERAL (
      SELECT r.wake_at FROM journey_run r
      WHERE r.lane = l.lane AND r.rank = k.rank AND r.wake_at IS NOT NULL ORDER BY r.wake_at LIMIT 1
    ) r`.execute(db);
  return rows;
}

/** Has passages that are due, of journeys that are held, looked at no more until these move again. */
export async function parkRuns(
  db: Database,
  lane: number,
  runs: readonly Pick<Run, 'id'>[],
  now: Date,
): Promise<void> {
  if (runs.length === 0) return;
  await sql`
    UPDATE journey_run SET parked_at = least(parked_at, wake_at), wake_at = NULL
    WHERE lane = ${lane} AND id = ANY (${runs.map(({ id }) => id)}::bigint[]) AND wake_at <= ${now}::timestamptz`.execute(
    db,
  );
}

/** Has the passages of journeys looked at that came to be due while these were held, as if they were due since then. */
export async function unparkRuns(db: Database, lane: number, journeyIds: readonly number[]): Promise<void> {
  if (journeyIds.length === 0) return;
  await sql`
    UPDATE journey_run SET wake_at = CASE WHEN stuck IS NULL THEN parked_at END, parked_at = NULL
    WHERE lane = ${lane} AND journey_id = ANY (${journeyIds}::int[]) AND parked_at IS NOT NULL`.execute(db);
}

/** Where passages of these journeys are parked. */
export function parkedIn(
  db: Database,
  journeyIds: readonly number[],
): Promise<{ lane: number; journeyId: number }[]> {
  return overLanes(
    db,
    (isIn) => sql<{ lane: number; journeyId: number }>`
      SELECT l.lane, j.id AS "journeyId" FROM lane l CROSS JOIN unnest(${journeyIds}::int[]) AS j (id)
      WHERE l.lane ${isIn} AND EXISTS (SELECT 1 FROM journey_run r
        WHERE r.lane = l.lane AND r.journey_id = j.id AND r.parked_at IS NOT NULL)`,
  );
}

/** Lanes with a passage that is due, as work for the flow. */
export const asDue = (wakes: readonly { lane: number; at: Date }[], now: Date): Due<number>[] =>
  wakes.filter(({ at }) => at <= now).map(({ lane }) => ({ lane, due: 0 }));

/** Takes new numbers for passages. */
export async function takeRunIds(db: Database, count: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    SELECT nextval('journey_run_id_seq') AS id FROM generate_series(1, ${count}::int)`.execute(db);
  return rows.map(({ id }) => id);
}

/** Lets people in: rows of one lane, each with what lets them in. */
export async function insertRuns(
  transaction: Database,
  lane: number,
  runs: readonly (Run & { cause: unknown })[],
): Promise<void> {
  if (runs.length === 0) return;
  await sql`
    INSERT INTO journey_run (lane, id, project_id, journey_id, user_id, key, entered_at, tile, arrived_at, wake_at, data,
      passed_since, hops, rank, is_held_out, cause)
    SELECT here.lane, n.id, n.project_id, n.journey_id, n.user_id, n.key, n.entered_at, n.tile, n.entered_at, n.entered_at,
      n.data::jsonb, n.entered_at, n.hops, n.rank, n.is_held_out, n.cause::jsonb
    FROM ${here(lane)} CROSS JOIN unnest(${column(runs, 'id')}::bigint[], ${column(runs, 'projectId')}::int[],
      ${column(runs, 'journeyId')}::int[], ${column(runs, 'userId')}::bigint[], ${column(runs, 'key')}::text[],
      ${column(runs, 'enteredAt')}::timestamptz[], ${column(runs, 'tile')}::text[],
      ${runs.map(({ data }) => JSON.stringify(data))}::text[], ${column(runs, 'hops')}::smallint[], ${column(runs, 'rank')}::smallint[],
      ${column(runs, 'isHeldOut')}::boolean[], ${runs.map(({ cause }) => JSON.stringify(cause))}::text[])
      AS n (id, project_id, journey_id, user_id, key, entered_at, tile, data, hops, rank, is_held_out, cause)`.execute(
    transaction,
  );
}

const column = <Row, Name extends keyof Row>(rows: readonly Row[], name: Name): Row[Name][] =>
  rows.map((row) => row[name]);

/** Where a passage is now; its data is null where it has not changed. */
export type MovedRun = Omit<Run, 'data'> & { data: Run['data'] | null };

/** Writes where held passages of a lane are now. */
export async function moveRuns(
  transaction: Database,
  lane: number,
  runs: readonly MovedRun[],
): Promise<void> {
  if (runs.length === 0) return;
  // Many stand alike after a turn: each way to stand is sent and read once.
  const { distinct, places } = alike(
    runs,
    ({ tile, arrivedAt, wakeAt, hears, memory, data, passed, passedSince }) => [
      // A number is written faster than an instant.
      ...[tile, arrivedAt.getTime(), wakeAt?.getTime(), hears, memory, data, passed, passedSince.getTime()],
    ],
  );
  // A set of texts each in one text: an array of arrays would have to be as long in each row.
  await sql`
    WITH state AS MATERIALIZED (
      SELECT s.place, s.tile, s.arrived_at, s.wake_at, ARRAY(SELECT jsonb_array_elements_text(s.hears::jsonb)) AS hears,
        s.memory::jsonb AS memory, s.data::jsonb AS data, s.passed, s.passed_since
      FROM unnest(${column(distinct, 'tile')}::text[], ${column(distinct, 'arrivedAt')}::timestamptz[],
        ${column(distinct, 'wakeAt')}::timestamptz[], ${distinct.map(({ hears }) => JSON.stringify(hears))}::text[],
        ${distinct.map(({ memory }) => JSON.stringify(memory))}::text[],
        ${distinct.map(({ data }) => (data === null ? null : JSON.stringify(data)))}::text[],
        ${column(distinct, 'passed')}::smallint[], ${column(distinct, 'passedSince')}::timestamptz[])
        WITH ORDINALITY AS s (tile, arrived_at, wake_at, hears, memory, data, passed, passed_since, place)
    )
    UPDATE journey_run r SET tile = s.tile, arrived_at = s.arrived_at, wake_at = s.wake_at, hears = s.hears, memory = s.memory,
      data = coalesce(s.data, r.data), passed = s.passed, passed_since = s.passed_since, failures = 0, stuck = NULL,
      parked_at = NULL
    FROM unnest(${column(runs, 'id')}::bigint[], ${places}::int[]) AS n (id, place) JOIN state s ON s.place = n.place
    WHERE r.lane = ${lane} AND r.id = n.id`.execute(transaction);
}

/** A passage that is over. */
export interface Ended {
  id: number;
  journeyId: number;
  projectId: number;
  userId: number;
  tile: string;
  reason: LeaveReason;
  detail: string | null;
}

/** A passage that waits at a tile, with its lane. */
export type Waiting = Run & { lane: number };

/** Passages that wait at tiles of a journey and are not due, at most so many, in any order. */
export function waitingAt(
  db: Database,
  journeyId: number,
  tiles: readonly string[],
  now: Date,
  limit: number,
): Promise<Waiting[]> {
  return overLanes<Waiting>(
    db,
    (isIn) => sql<Waiting>`
      SELECT r.lane, ${asRun} FROM journey_run r
      WHERE r.lane ${isIn} AND r.journey_id = ${journeyId} AND r.tile = ANY (${tiles}::text[]) AND r.stuck IS NULL
        AND r.parked_at IS NULL AND (r.wake_at IS NULL OR r.wake_at > ${now}::timestamptz) LIMIT ${limit}`,
  );
}

/** Has the passages of a journey in a lane go on by this rank. */
export async function rankRuns(
  transaction: Database,
  lane: number,
  journeyId: number,
  rank: number,
): Promise<void> {
  await sql`
    UPDATE journey_run SET rank = ${rank} WHERE lane = ${lane} AND journey_id = ${journeyId} AND rank <> ${rank}`.execute(
    transaction,
  );
}

/** Ends passages of a lane: their rows move to those that are over. Answers those that were still there. */
export async function endRuns(
  transaction: Database,
  lane: number,
  ended: readonly Pick<Ended, 'id' | 'reason' | 'detail' | 'tile'>[],
  at: Date,
): Promise<Ended[]> {
  if (ended.length === 0) return [];
  const { rows } = await sql<Ended>`
    WITH gone AS (
      DELETE FROM journey_run r WHERE r.lane = ${lane} AND r.id = ANY (${ended.map(({ id }) => id)}::bigint[])
      RETURNING r.lane, r.id, r.project_id, r.journey_id, r.user_id, r.key, r.entered_at, r.cause, r.is_held_out
    ), over_now AS (
      INSERT INTO journey_run_ended (lane, id, project_id, journey_id, user_id, key, entered_at, cause, left_at, tile, reason, detail, is_held_out)
      SELECT g.lane, g.id, g.project_id, g.journey_id, g.user_id, g.key, g.entered_at, g.cause, ${at}::timestamptz, e.tile, e.reason, e.detail,
        g.is_held_out
      FROM gone g JOIN unnest(${ended.map(({ id }) => id)}::bigint[], ${ended.map(({ tile }) => tile)}::text[],
        ${ended.map(({ reason }) => reason)}::text[], ${ended.map(({ detail }) => detail)}::text[]) AS e (id, tile, reason, detail) ON e.id = g.id
      RETURNING id, journey_id, project_id, user_id, tile, reason, detail
    )
    SELECT id, journey_id AS "journeyId", project_id AS "projectId", user_id AS "userId", tile, reason, detail FROM over_now`.execute(
    transaction,
  );
  return rows;
}

/** Passages of people of a lane, in some journeys. */
export async function runsOfUsers(
  db: Database,
  lane: number,
  userIds: readonly number[],
  journeyIds: readonly number[],
): Promise<Run[]> {
  const { rows } = await sql<Run>`
    SELECT ${asRun} FROM journey_run r
    WHERE r.lane = ${lane} AND r.user_id = ANY (${userIds}::bigint[]) AND r.journey_id = ANY (${journeyIds}::int[])`.execute(
    db,
  );
  return rows;
}

/** Has those passages of people looked at that wait for what happened to them; answers how many. */
export async function wakeRuns(
  transaction: Database,
  lane: number,
  heard: readonly { userId: number; name: string }[],
  at: Date,
): Promise<number> {
  if (heard.length === 0) return 0;
  const { rows } = await sql<{ id: number }>`
    UPDATE journey_run r SET wake_at = ${at}::timestamptz
    FROM unnest(${heard.map(({ userId }) => userId)}::bigint[], ${heard.map(({ name }) => name)}::text[]) AS h (user_id, name)
    WHERE r.lane = ${lane} AND r.user_id = h.user_id AND h.name = ANY (r.hears) AND r.stuck IS NULL
      AND (r.wake_at IS NULL OR r.wake_at > ${at}::timestamptz)
    RETURNING r.id`.execute(transaction);
  return rows.length;
}

/** Has passages tried again later after something of theirs failed; after some tries they wait for somebody to look. */
export async function setBack(
  db: Database,
  lane: number,
  runIds: readonly number[],
  fault: string,
  at: Date,
): Promise<void> {
  await sql`
    UPDATE journey_run SET failures = failures + 1,
      stuck = CASE WHEN failures >= ${mostTries} THEN ${fault}::text END,
      wake_at = CASE WHEN failures < ${mostTries} THEN ${at}::timestamptz + least(interval '1 hour', interval '2 seconds' * (2 ^ failures)) END
    WHERE lane = ${lane} AND id = ANY (${runIds}::bigint[])`.execute(db);
}

/** Has passages that are due looked at later, for whom nothing can be done yet: it is no step of theirs, and no try. */
export async function putOff(
  db: Database,
  lane: number,
  later: readonly { id: number; at: Date }[],
  now: Date,
): Promise<void> {
  if (later.length === 0) return;
  await sql`
    UPDATE journey_run r SET wake_at = l.at
    FROM unnest(${later.map(({ id }) => id)}::bigint[], ${later.map(({ at }) => at)}::timestamptz[]) AS l (id, at)
    WHERE r.lane = ${lane} AND r.id = l.id AND r.wake_at <= ${now}::timestamptz AND r.stuck IS NULL`.execute(
    db,
  );
}

/** Notes what keeps held passages from going on by themselves. */
export async function stickRuns(
  transaction: Database,
  lane: number,
  stuck: readonly { id: number; fault: string }[],
): Promise<void> {
  if (stuck.length === 0) return;
  await sql`
    UPDATE journey_run r SET stuck = s.fault, wake_at = NULL
    FROM unnest(${stuck.map(({ id }) => id)}::bigint[], ${stuck.map(({ fault }) => fault)}::text[]) AS s (id, fault)
    WHERE r.lane = ${lane} AND r.id = s.id`.execute(transaction);
}

/** Tries after which a passage waits for somebody to look at it: about an hour has gone by. */
const mostTries = 10;
