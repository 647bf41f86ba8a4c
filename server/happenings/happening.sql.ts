import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Happening } from '../http/happenings.ts';
import type { Due } from '../lanes/lane-queue.ts';

/** What a happening has besides that which all have. */
type Particular<Kind> = Kind extends Happening ? Omit<Kind, 'lane' | 'userId' | 'projectId' | 'at'> : never;

interface Row {
  id: number;
  userId: number;
  projectId: number;
  at: Date;
  kind: Happening['kind'];
  data: object;
}

/** Puts happenings of one lane into the outbox, in the order given. */
export async function insertHappenings(
  transaction: Database,
  lane: number,
  happenings: readonly Happening[],
): Promise<void> {
  const data = happenings.map(({ lane: _, userId, projectId, at, kind, ...rest }) => JSON.stringify(rest));
  await sql`
    INSERT INTO happening (lane, id, user_id, project_id, kind, data, at)
    SELECT ${lane}, nextval('happening_id_seq'), h.user_id, h.project_id, h.kind, h.data, h.at FROM (
      SELECT * FROM unnest(
        ${happenings.map((each) => each.userId)}::bigint[], ${happenings.map((each) => each.projectId)}::int[],
        ${happenings.map((each) => each.kind)}::text[], ${data}::jsonb[],
        ${happenings.map((each) => each.at)}::timestamptz[]
      ) WITH ORDINALITY AS given (user_id, project_id, kind, data, at, place) ORDER BY place
    ) h`.execute(transaction);
}

/** Which happenings of a lane are next: the oldest `limit` of those that are not left alone at `now`. */
export interface Next {
  lane: number;
  limit: number;
  now: Date;
}

/** Takes the next happenings of a lane out of the outbox, in their order. */
export async function takeHappenings(transaction: Database, next: Next): Promise<Happening[]> {
  const { rows } = await sql<Row>`
    DELETE FROM happening WHERE lane = ${next.lane} AND id IN (${idsOf(next)}) ${returnRow}`.execute(
    transaction,
  );
  return inOrder(next.lane, rows);
}

/** Takes all happenings of these users of a lane out of the outbox, in their order: those to be told, and those that never could be. */
export async function takeHappeningsOf(
  transaction: Database,
  lane: number,
  userIds: readonly number[],
): Promise<{ toTell: Happening[]; untold: Happening[] }> {
  const { rows } = await sql<Row & { failures: number }>`
    DELETE FROM happening WHERE lane = ${lane} AND user_id = ANY (${userIds}::bigint[])
    ${returnRow}, failures`.execute(transaction);
  return {
    toTell: inOrder(
      lane,
      rows.filter(({ failures }) => failures === 0),
    ),
    untold: inOrder(
      lane,
      rows.filter(({ failures }) => failures > 0),
    ),
  };
}

/** Leaves the next happening of a lane alone for a while, twice as long each time: 2 s first, an hour at most. */
export async function postponeNext(db: Database, lane: number, now: Date): Promise<void> {
  await sql`
    UPDATE happening SET failures = failures + 1,
      not_before = (${now}::timestamptz AT TIME ZONE 'UTC'
        + least(interval '1 hour', interval '2 seconds' * (2 ^ least(failures, 12)))) AT TIME ZONE 'UTC'
    WHERE lane = ${lane} AND id IN (${idsOf({ lane, limit: 1, now })})`.execute(db);
}

const isNext = (now: Date) => sql`(not_before IS NULL OR not_before <= ${now}::timestamptz)`;

function idsOf({ lane, limit, now }: Next) {
  return sql`SELECT id FROM happening WHERE lane = ${lane} AND ${isNext(now)} ORDER BY id LIMIT ${limit}`;
}

const returnRow = sql`RETURNING id, user_id AS "userId", project_id AS "projectId", at, kind, data`;

function inOrder(lane: number, rows: readonly Row[]): Happening[] {
  return rows
    .toSorted((a, b) => a.id - b.id)
    .map(({ userId, projectId, at, kind, data }) => {
      const particular = { kind, ...data } as Particular<Happening>;
      return { ...particular, lane, userId, projectId, at };
    });
}

/** Lanes in whose outbox something is to be told. */
export async function findLanesWithHappenings(db: Database, now: Date): Promise<Due<number>[]> {
  const { rows } = await sql<Due<number>>`
    SELECT l.lane, 0 AS due FROM lane l
    WHERE EXISTS (SELECT 1 FROM happening WHERE happening.lane = l.lane AND ${isNext(now)})`.execute(db);
  return rows;
}
