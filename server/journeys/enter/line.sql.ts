import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { here } from '../../lanes/here.sql.ts';
import { overLanes } from '../../lanes/over-lanes.sql.ts';
import type { Caused } from '../triggers/trigger-kind.ts';

/** Somebody who waits in line to enter a journey, with what is to let them in. */
export interface InLine extends Required<Caused> {
  id: number;
  /** What tells their passages apart. */
  key: string;
}

const asInLine = sql`id, user_id AS "userId", key, happened_at AS at, event_id AS "eventId", cause, data, hops`;

/** Whether a journey has, or had, a rate: whoever enters it may be in line. */
export async function keepRateOf(transaction: Database, journeyId: number): Promise<void> {
  await sql`
    INSERT INTO journey_rate (journey_id, since, taken) VALUES (${journeyId}, 'epoch', 0)
    ON CONFLICT (journey_id) DO NOTHING`.execute(transaction);
}

/** The journeys for which anybody may be in line, with the room that was taken in the hour or day that began at `since`. */
export async function ratedJourneys(
  db: Database,
): Promise<{ journeyId: number; since: Date; taken: number }[]> {
  const { rows } = await sql<{ journeyId: number; since: Date; taken: number }>`
    SELECT journey_id AS "journeyId", since, taken FROM journey_rate ORDER BY journey_id`.execute(db);
  return rows;
}

/** Has people wait in line, in the order given, in a lane that one has to oneself. */
export async function lineUp(
  transaction: Database,
  lane: number,
  { journeyId, projectId }: { journeyId: number; projectId: number },
  people: readonly Omit<InLine, 'id'>[],
  now: Date,
): Promise<void> {
  if (people.length === 0) return;
  const { rows } = await sql<{ id: number }>`
    SELECT nextval('journey_waiting_id_seq') AS id FROM generate_series(1, ${people.length}::int)`.execute(
    transaction,
  );
  await sql`
    INSERT INTO journey_waiting (lane, id, project_id, journey_id, user_id, key, since, happened_at, event_id, cause, data, hops)
    SELECT here.lane, n.id, ${projectId}, ${journeyId}, n.user_id, n.key, ${now}::timestamptz, n.at, n.event_id, n.cause::jsonb, n.data::jsonb, n.hops
    FROM ${here(lane)} CROSS JOIN unnest(${rows.map(({ id }) => id)}::bigint[], ${people.map(({ userId }) => userId)}::bigint[],
      ${people.map(({ key }) => key)}::text[], ${people.map(({ at }) => at)}::timestamptz[],
      ${people.map(({ eventId }) => eventId)}::bigint[], ${people.map(({ cause }) => JSON.stringify(cause))}::text[],
      ${people.map(({ data }) => JSON.stringify(data))}::text[], ${people.map(({ hops }) => hops)}::smallint[])
      AS n (id, user_id, key, at, event_id, cause, data, hops)`.execute(transaction);
}

/** How many of these people's entries into a journey are in line, by their keys. */
export async function entriesInLine(
  db: Database,
  lane: number,
  journeyId: number,
  userIds: readonly number[],
): Promise<{ userId: number; key: string; entries: number }[]> {
  const { rows } = await sql<{ userId: number; key: string; entries: number }>`
    SELECT user_id AS "userId", key, count(*)::int AS entries FROM journey_waiting
    WHERE lane = ${lane} AND journey_id = ${journeyId} AND user_id = ANY (${userIds}::bigint[])
    GROUP BY user_id, key`.execute(db);
  return rows;
}

/** Whether anybody is in line in a lane for one of these journeys: called to enter, or not yet. */
export async function linesIn(
  db: Database,
  lane: number,
  journeyIds: readonly number[],
): Promise<{ journeyId: number; hasCalled: boolean; hasOthers: boolean }[]> {
  const { rows } = await sql<{ journeyId: number; hasCalled: boolean; hasOthers: boolean }>`
    SELECT j.id AS "journeyId", ${hasWaiting(sql`${lane}::smallint`, true)} AS "hasCalled", ${hasWaiting(sql`${lane}::smallint`, false)} AS "hasOthers"
    FROM unnest(${journeyIds}::int[]) AS j (id)`.execute(db);
  return rows.filter(({ hasCalled, hasOthers }) => hasCalled || hasOthers);
}

const hasWaiting = (lane: ReturnType<typeof sql>, isCalled: boolean) => sql`EXISTS (
  SELECT 1 FROM journey_waiting w WHERE w.lane = ${lane} AND w.journey_id = j.id AND w.is_called = ${isCalled})`;

/** The same of all lanes. */
export function linesOf(
  db: Database,
  journeyIds: readonly number[],
): Promise<{ lane: number; journeyId: number; hasCalled: boolean; hasOthers: boolean }[]> {
  return overLanes(
    db,
    (isIn) => sql<{ lane: number; journeyId: number; hasCalled: boolean; hasOthers: boolean }>`
      SELECT * FROM (
        SELECT l.lane, j.id AS "journeyId", ${hasWaiting(sql`l.lane`, true)} AS "hasCalled", ${hasWaiting(sql`l.lane`, false)} AS "hasOthers"
        FROM lane l CROSS JOIN unnest(${journeyIds}::int[]) AS j (id) WHERE l.lane ${isIn}) f
      WHERE f."hasCalled" OR f."hasOthers"`,
  );
}

/** How many are in line for a journey. */
export async function lengthOfLine(db: Database, journeyId: number): Promise<number> {
  const rows = await overLanes<{ people: number }>(
    db,
    (isIn) => sql<{ people: number }>`
      SELECT count(*) AS people FROM journey_waiting WHERE lane ${isIn} AND journey_id = ${journeyId}`,
  );
  return rows.reduce((sum, { people }) => sum + Number(people), 0);
}

/** The room of a journey that was taken, held to the transaction's end against whoever else calls people up. */
export async function holdRate(
  transaction: Database,
  journeyId: number,
): Promise<{ since: Date; taken: number } | null> {
  const { rows } = await sql<{ since: Date; taken: number }>`
    SELECT since, taken FROM journey_rate WHERE journey_id = ${journeyId} FOR UPDATE`.execute(transaction);
  return rows[0] ?? null;
}

/** Writes how much of its room is taken, in the hour or day that began then. */
export async function takeRoom(
  transaction: Database,
  journeyId: number,
  { since, taken }: { since: Date; taken: number },
): Promise<void> {
  await sql`
    UPDATE journey_rate SET since = ${since}, taken = ${taken} WHERE journey_id = ${journeyId}`.execute(
    transaction,
  );
}

/** Gives room back that was taken in the hour or day that began then, for people who did not enter after all. */
export async function giveRoomBack(
  transaction: Database,
  journeyId: number,
  since: Date,
  people: number,
): Promise<void> {
  if (people === 0) return;
  await sql`
    UPDATE journey_rate SET taken = greatest(0, taken - ${people}::int)
    WHERE journey_id = ${journeyId} AND since = ${since}`.execute(transaction);
}

/** Those who came first of those in line for a journey who are not called yet, over all lanes. */
export async function firstInLine(
  db: Database,
  journeyId: number,
  limit: number,
): Promise<{ lane: number; id: number }[]> {
  const rows = await overLanes<{ lane: number; id: number }>(
    db,
    (isIn) => sql<{ lane: number; id: number }>`
      SELECT l.lane, w.id FROM lane l CROSS JOIN LATERAL (
        SELECT id FROM journey_waiting
        WHERE lane = l.lane AND journey_id = ${journeyId} AND NOT is_called ORDER BY id LIMIT ${limit}) w
      WHERE l.lane ${isIn} ORDER BY w.id LIMIT ${limit}`,
  );
  return rows.toSorted((a, b) => a.id - b.id).slice(0, limit);
}

/** Calls people of a lane to enter, who are still in line; answers how many, room having been taken for them in the hour or day that began then. */
export async function callUp(
  transaction: Database,
  lane: number,
  ids: readonly number[],
  since: Date,
): Promise<number> {
  const { rows } = await sql`
    UPDATE journey_waiting SET is_called = true, called_of = ${since}::timestamptz
    WHERE lane = ${lane} AND id = ANY (${ids}::bigint[]) AND NOT is_called RETURNING id`.execute(transaction);
  return rows.length;
}

/** Has those of a lane be in line again, in their places, who were called in an hour or day that is over and did not enter in it. */
export async function callOff(
  transaction: Database,
  lane: number,
  journeyId: number,
  since: Date,
): Promise<void> {
  await sql`
    UPDATE journey_waiting SET is_called = false, called_of = NULL
    WHERE lane = ${lane} AND journey_id = ${journeyId} AND is_called AND called_of <> ${since}::timestamptz`.execute(
    transaction,
  );
}

/** Takes the first of a lane who are, or are not, called out of the line, in a lane that one has to oneself. */
export async function takeFromLine(
  transaction: Database,
  lane: number,
  journeyId: number,
  isCalled: boolean,
  limit: number,
): Promise<InLine[]> {
  const { rows } = await sql<InLine>`
    WITH gone AS (
      DELETE FROM journey_waiting WHERE lane = ${lane} AND id = ANY (ARRAY(
        SELECT id FROM journey_waiting
        WHERE lane = ${lane} AND journey_id = ${journeyId} AND is_called = ${isCalled} ORDER BY id LIMIT ${limit}))
      RETURNING *
    ) SELECT ${asInLine} FROM gone ORDER BY id`.execute(transaction);
  return rows;
}

/** Who of these people is in line for one of these journeys, their rows held to the transaction's end. */
export async function holdInLine(
  transaction: Database,
  lane: number,
  userIds: readonly number[],
  journeyIds: readonly number[],
): Promise<(InLine & { journeyId: number })[]> {
  if (journeyIds.length === 0) return [];
  const { rows } = await sql<InLine & { journeyId: number }>`
    SELECT ${asInLine}, journey_id AS "journeyId" FROM journey_waiting
    WHERE lane = ${lane} AND user_id = ANY (${userIds}::bigint[]) AND journey_id = ANY (${journeyIds}::int[])
    ORDER BY id FOR UPDATE`.execute(transaction);
  return rows;
}

/** Has people of a lane be in line no more. */
export async function leaveLine(transaction: Database, lane: number, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`DELETE FROM journey_waiting WHERE lane = ${lane} AND id = ANY (${ids}::bigint[])`.execute(
    transaction,
  );
}
