import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Audience } from '../segments/audience.ts';
import { isBraked } from './brake.sql.ts';
import { listsAsOf } from './waiting-people.sql.ts';

/** Rows of `list_size` that a number of people is of (`listsAsOf`). */
export type ListsAsOf = string[];

/** How far a request's admission has come in one lane, and whom it goes through. */
export interface LanePlace extends Audience {
  afterUserId: number;
  done: boolean;
  asOf: ListsAsOf;
}

/** SQL: the segments of a request `r`. */
const audienceOf = sql`r.segment_ids AS "segmentIds", r.suppression_segment_ids AS "suppressionSegmentIds"`;

/** Where a request stands in a lane; undefined when it is not being admitted. */
export async function lanePlace(
  db: Database,
  requestId: number,
  lane: number,
): Promise<LanePlace | undefined> {
  const { rows } = await sql<LanePlace>`
    SELECT l.after_user_id AS "afterUserId", l.done, r.list_ids AS "listIds",
      r.suppression_list_ids AS "suppressionListIds", ${audienceOf}, ${listsAsOf(sql`${lane}`, 'r')} AS "asOf"
    FROM send_request_lane l JOIN send_request r ON r.id = l.request_id
    WHERE l.request_id = ${requestId} AND l.lane = ${lane} AND r.state = 'admitting'`.execute(db);
  return rows[0];
}

/** A step of a place: past how many people, who were read after the lists' state `asOf`. */
interface Step {
  to: number;
  done: boolean;
  people: number;
  asOf: ListsAsOf;
}

/** SQL: moves the place `l`. How many wait beyond it is known on where they were counted of the same lists. */
const moved = ({ to, done, people, asOf }: Step) => sql`after_user_id = ${to}, done = ${done},
  waiting = CASE WHEN l.waiting_as_of = ${asOf}::uuid[] THEN greatest(l.waiting - ${people}::int, 0) END`;

/**
 * Moves a lane's place on, holding its row to the transaction's end; false when the request was cancelled, its campaign is
 * braked, or the place is not where it was.
 */
export async function movePlace(
  transaction: Database,
  requestId: number,
  lane: number,
  { from, ...step }: Step & { from: number },
): Promise<boolean> {
  const { rows } = await sql<{ lane: number }>`
    UPDATE send_request_lane l SET ${moved(step)}
    FROM send_request r
    WHERE l.request_id = ${requestId} AND l.lane = ${lane} AND l.after_user_id = ${from} AND r.id = l.request_id
      AND r.state = 'admitting' AND NOT ${isBraked(sql.ref('r.campaign_id'))}
    RETURNING l.lane`.execute(transaction);
  return rows.length > 0;
}

/** A place that admission has not come to the end of. */
export interface OpenPlace {
  lane: number;
  requestId: number;
}

/** Where a campaign's requests are not all admitted, by lane. */
export async function findOpenPlaces(db: Database, campaignId: number): Promise<OpenPlace[]> {
  const { rows } = await sql<OpenPlace>`
    SELECT l.lane, l.request_id AS "requestId" FROM send_request_lane l JOIN send_request r ON r.id = l.request_id
    WHERE r.campaign_id = ${campaignId} AND r.state = 'admitting' AND NOT l.done
    ORDER BY l.lane, l.request_id`.execute(db);
  return rows;
}

/** A place whose row is held, and whom it goes through. */
export interface HeldPlace extends Audience {
  projectId: number;
  afterUserId: number;
  asOf: ListsAsOf;
}

/** The place of a request in a lane, its row held to the transaction's end; null when the lane is through. */
export async function holdPlace(
  transaction: Database,
  { lane, requestId }: OpenPlace,
): Promise<HeldPlace | null> {
  const { rows } = await sql<HeldPlace>`
    SELECT l.after_user_id AS "afterUserId", r.project_id AS "projectId", r.list_ids AS "listIds",
      r.suppression_list_ids AS "suppressionListIds", ${audienceOf}, ${listsAsOf(sql`${lane}`, 'r')} AS "asOf"
    FROM send_request_lane l JOIN send_request r ON r.id = l.request_id
    WHERE l.request_id = ${requestId} AND l.lane = ${lane} AND NOT l.done FOR UPDATE OF l`.execute(
    transaction,
  );
  return rows[0] ?? null;
}

/** Moves a held place, whatever the campaign's brake says. */
export async function setPlace(
  transaction: Database,
  { lane, requestId }: OpenPlace,
  step: Step,
): Promise<void> {
  await sql`
    UPDATE send_request_lane l SET ${moved(step)}
    WHERE l.request_id = ${requestId} AND l.lane = ${lane}`.execute(transaction);
}

/**
 * Holds all places of a campaign in a lane to the transaction's end: admission holds a place while it writes, so a page
 * under way is seen.
 */
export async function holdPlaces(transaction: Database, lane: number, campaignId: number): Promise<void> {
  await sql`
    SELECT 1 FROM send_request_lane l
    JOIN send_request r ON r.id = l.request_id
    WHERE r.campaign_id = ${campaignId} AND l.lane = ${lane} AND NOT l.done
    ORDER BY l.request_id
    FOR UPDATE OF l`.execute(transaction);
}
