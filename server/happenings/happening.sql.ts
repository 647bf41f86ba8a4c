import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Happening } from '../http/happenings.ts';
import type { Due } from '../lanes/lane-queue.ts';
import { lanes } from '../lanes/lanes.ts';

/** What a happening has besides that which all have. */
type Particular<Kind> = Kind extends Happening ? Omit<Kind, 'lane' | 'userId' | 'projectId' | 'at'> : never;

interface Row {
  id: number;
  userId: number;
  projectId: number;
  at: Date;
  particular: Particular<Happening>;
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

/** Takes the oldest `limit` happenings of a lane out of the outbox, in their order. */
export async function takeHappenings(
  transaction: Database,
  lane: number,
  limit: number,
): Promise<Happening[]> {
  const { rows } = await sql<Row>`
    DELETE FROM happening WHERE lane = ${lane} AND id IN (
      SELECT id FROM happening WHERE lane = ${lane} ORDER BY id LIMIT ${limit})
    ${returnRow}`.execute(transaction);
  return inOrder(lane, rows);
}

/** Takes all happenings of these users of a lane out of the outbox, in their order. */
export async function takeHappeningsOf(
  transaction: Database,
  lane: number,
  userIds: readonly number[],
): Promise<Happening[]> {
  const { rows } = await sql<Row>`
    DELETE FROM happening WHERE lane = ${lane} AND user_id = ANY (${userIds}::bigint[]) ${returnRow}`.execute(
    transaction,
  );
  return inOrder(lane, rows);
}

const returnRow = sql`RETURNING id, user_id AS "userId", project_id AS "projectId", at,
  jsonb_build_object('kind', kind) || data AS particular`;

function inOrder(lane: number, rows: readonly Row[]): Happening[] {
  return rows
    .toSorted((a, b) => a.id - b.id)
    .map(({ userId, projectId, at, particular }) => ({ ...particular, lane, userId, projectId, at }));
}

/** Lanes whose outbox is not empty. */
export async function findLanesWithHappenings(db: Database): Promise<Due<number>[]> {
  const { rows } = await sql<Due<number>>`
    SELECT l.lane, 0 AS due FROM unnest(${lanes}::smallint[]) l (lane)
    WHERE EXISTS (SELECT 1 FROM happening h WHERE h.lane = l.lane)`.execute(db);
  return rows;
}
