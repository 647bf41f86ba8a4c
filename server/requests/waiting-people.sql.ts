import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { type Ask, overLanes } from '../lanes/over-lanes.sql.ts';

/**
 * SQL: what tells one state of a request's lists in a lane from all others: every change of their members makes other rows
 * of `list_size`. `lane`, `request` name the lane and the request's row.
 */
export const listsAsOf = (
  lane: RawBuilder<unknown>,
  request: string,
  isIn: RawBuilder<unknown> = sql`= ${lane}`,
): RawBuilder<unknown> => {
  const of = (column: string) => sql.ref(`${request}.${column}`);
  return sql`ARRAY(SELECT size.id FROM list_size size WHERE size.lane = ${lane} AND size.lane ${isIn}
    AND size.list_id = ANY (${of('list_ids')} || ${of('suppression_list_ids')}) ORDER BY size.id)`;
};

/** SQL: how many people of the request `r` are beyond its place `l` in a lane, counted one by one. */
const countedBeyond = (isIn: RawBuilder<unknown>) => sql`(
  SELECT count(DISTINCT m.user_id) FROM list_member m
  WHERE m.lane = l.lane AND m.lane ${isIn} AND m.list_id = ANY (r.list_ids) AND m.user_id > l.after_user_id
    AND NOT EXISTS (
      SELECT 1 FROM list_member s
      WHERE s.lane = m.lane AND s.lane ${isIn} AND s.list_id = ANY (r.suppression_list_ids) AND s.user_id = m.user_id))`;

const isKept = (isIn: RawBuilder<unknown>) =>
  sql`l.waiting IS NOT NULL AND l.waiting_as_of = ${listsAsOf(sql.ref('l.lane'), 'r', isIn)}`;

/** People of requests of one time who are not admitted yet. */
export interface Unadmitted {
  sendAt: Date;
  people: number;
}

/**
 * Who of a campaign's requests is not admitted yet, by the requests' time; of those of a range's time where it is given. A
 * lane's number is kept with its place, and counted only where lists have changed since.
 */
export function countUnadmitted(
  ask: Ask,
  {
    projectId,
    campaignId,
    range,
  }: { projectId: number; campaignId: number; range: { from: Date; to: Date } | null },
): Promise<Unadmitted[]> {
  const asked = range
    ? sql`AND r.send_at >= ${range.from}::timestamptz AND r.send_at < ${range.to}::timestamptz`
    : sql``;
  return ask.overLanes(
    (isIn) => sql<Unadmitted>`
    SELECT r.send_at AS "sendAt", sum(CASE WHEN ${isKept(isIn)} THEN l.waiting ELSE ${countedBeyond(isIn)} END)::bigint AS people
    FROM send_request r JOIN send_request_lane l ON l.request_id = r.id AND NOT l.done
    WHERE r.campaign_id = ${campaignId} AND r.project_id = ${projectId} AND l.lane ${isIn}
      AND r.state IN ('scheduled', 'admitting') ${asked}
    GROUP BY r.send_at`,
  );
}

/** Places whose number is made good in one look. */
const mostAtOnce = 16;

/**
 * Counts anew who waits beyond the places of open requests whose lists have changed, or whose number is not known yet, a few
 * at a time. The row of a place is held meanwhile, so that nobody is admitted between.
 */
export async function keepWaiting(db: Database): Promise<void> {
  const isOpen = sql`r.state IN ('scheduled', 'admitting')`;
  const { rows: open } = await sql`SELECT 1 FROM send_request r WHERE ${isOpen} LIMIT 1`.execute(db);
  if (open.length === 0) return;
  const rows = await overLanes(
    db,
    (isIn) => sql<{ requestId: number; lane: number }>`
      SELECT l.request_id AS "requestId", l.lane FROM send_request r
      JOIN send_request_lane l ON l.request_id = r.id AND NOT l.done
      WHERE ${isOpen} AND l.lane ${isIn} AND NOT coalesce(${isKept(isIn)}, false)
      ORDER BY r.id, l.lane LIMIT ${mostAtOnce}`,
  );
  for (const { requestId, lane } of rows.slice(0, mostAtOnce))
    await db.transaction().execute(async (transaction) => {
      const place = sql`request_id = ${requestId} AND lane = ${lane}`;
      const held = await sql`
        SELECT 1 FROM send_request_lane WHERE ${place} AND NOT done FOR UPDATE SKIP LOCKED`.execute(
        transaction,
      );
      if (held.rows.length === 0) return;
      const { rows: counted } = await sql<{ people: number; asOf: string[] }>`
        SELECT ${countedBeyond(sql`= ${lane}`)} AS people, ${listsAsOf(sql`${lane}`, 'r')} AS "asOf"
        FROM send_request_lane l JOIN send_request r ON r.id = l.request_id
        WHERE l.request_id = ${requestId} AND l.lane = ${lane}`.execute(transaction);
      await sql`
        UPDATE send_request_lane SET waiting = ${counted[0]?.people ?? null}, waiting_as_of = ${counted[0]?.asOf ?? null}::uuid[]
        WHERE ${place}`.execute(transaction);
    });
}
