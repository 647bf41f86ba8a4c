import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { isBraked } from './brake.sql.ts';

/** How far a request's admission has come in one lane, and whom it goes through. */
export interface LanePlace {
  afterUserId: number;
  done: boolean;
  listIds: number[];
  suppressionListIds: number[];
}

/** Where a request stands in a lane; undefined when it is not being admitted. */
export async function lanePlace(
  db: Database,
  requestId: number,
  lane: number,
): Promise<LanePlace | undefined> {
  return db
    .selectFrom('send_request_lane')
    .innerJoin('send_request', 'send_request.id', 'send_request_lane.request_id')
    .select([
      'after_user_id as afterUserId',
      'done',
      'list_ids as listIds',
      'suppression_list_ids as suppressionListIds',
    ])
    .where('request_id', '=', requestId)
    .where('lane', '=', lane)
    .where('send_request.state', '=', 'admitting')
    .executeTakeFirst();
}

/**
 * Moves a lane's place on, holding its row to the transaction's end; false when the request was cancelled, its campaign is
 * braked, or the place is not where it was.
 */
export async function movePlace(
  transaction: Database,
  requestId: number,
  lane: number,
  { from, to, done }: { from: number; to: number; done: boolean },
): Promise<boolean> {
  const { rows } = await sql<{ lane: number }>`
    UPDATE send_request_lane l SET after_user_id = ${to}, done = ${done}
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

/** The place of a request in a lane, its row held to the transaction's end; null when the lane is through. */
export async function holdPlace(
  transaction: Database,
  { lane, requestId }: OpenPlace,
): Promise<number | null> {
  const { rows } = await sql<{ afterUserId: number }>`
    SELECT after_user_id AS "afterUserId" FROM send_request_lane
    WHERE request_id = ${requestId} AND lane = ${lane} AND NOT done FOR UPDATE`.execute(transaction);
  return rows[0]?.afterUserId ?? null;
}

/** Sets a held place, whatever the campaign's brake says. */
export async function setPlace(
  transaction: Database,
  { lane, requestId }: OpenPlace,
  { to, done }: { to: number; done: boolean },
): Promise<void> {
  await sql`
    UPDATE send_request_lane SET after_user_id = ${to}, done = ${done}
    WHERE request_id = ${requestId} AND lane = ${lane}`.execute(transaction);
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
