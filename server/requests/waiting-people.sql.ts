import { type RawBuilder, sql } from 'kysely';
import { type Ask, overLanes } from '../lanes/over-lanes.sql.ts';
import { type Audience, readAudience } from '../segments/audience.ts';
import { countOfLane } from '../segments/audience-size.sql.ts';
import type { SegmentTools } from '../segments/ground.ts';

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

/** SQL: the request `r` goes to segments too: who is of them is asked one request and lane at a time. */
const hasSegments = sql`cardinality(r.segment_ids || r.suppression_segment_ids) > 0`;

const isKept = (isIn: RawBuilder<unknown>) =>
  sql`l.waiting IS NOT NULL AND l.waiting_as_of = ${listsAsOf(sql.ref('l.lane'), 'r', isIn)}`;

/** People of requests of one time who are not admitted yet. */
export interface Unadmitted {
  sendAt: Date;
  people: number;
}

/**
 * Who of a campaign's requests is not admitted yet, by the requests' time; of those of a range's time where it is given. A
 * lane's number is kept with its place, and counted only where lists have changed since. Of an audience of segments it is what
 * there were when a worker counted them, a moment after the launch.
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
    SELECT r.send_at AS "sendAt", sum(CASE WHEN ${isKept(isIn)} THEN l.waiting
      WHEN ${hasSegments} THEN coalesce(l.waiting, 0) ELSE ${countedBeyond(isIn)} END)::bigint AS people
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
export async function keepWaiting(tools: SegmentTools, now: Date): Promise<void> {
  const { db } = tools;
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
      const { rows: counted } = await sql<Waiting>`
        SELECT CASE WHEN NOT ${hasSegments} THEN ${countedBeyond(sql`= ${lane}`)} END AS people,
          ${listsAsOf(sql`${lane}`, 'r')} AS "asOf", r.project_id AS "projectId", l.after_user_id AS "afterUserId",
          r.list_ids AS "listIds", r.suppression_list_ids AS "suppressionListIds", r.segment_ids AS "segmentIds",
          r.suppression_segment_ids AS "suppressionSegmentIds"
        FROM send_request_lane l JOIN send_request r ON r.id = l.request_id
        WHERE l.request_id = ${requestId} AND l.lane = ${lane}`.execute(transaction);
      const [waiting] = counted;
      if (!waiting) return;
      const people =
        waiting.people ?? (await countSegments({ ...tools, db: transaction }, waiting, lane, now));
      await sql`
        UPDATE send_request_lane SET waiting = ${people}, waiting_as_of = ${waiting.asOf}::uuid[]
        WHERE ${place}`.execute(transaction);
    });
}

/** Who waits beyond a place; the number is null where it goes through segments. */
interface Waiting extends Audience {
  people: number | null;
  asOf: string[];
  projectId: number;
  afterUserId: number;
}

async function countSegments(
  tools: SegmentTools,
  waiting: Waiting,
  lane: number,
  now: Date,
): Promise<number> {
  const { projectId, afterUserId } = waiting;
  const audience = await readAudience(tools, projectId, waiting);
  return countOfLane(tools.db, audience, { projectId, lane, now, among: null }, afterUserId);
}
