import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Ask } from '../lanes/over-lanes.sql.ts';
import { type Audience, isOfLists } from '../segments/audience.ts';
import { isBraked } from './brake.sql.ts';
import { findByKey, keepKey, type RequestKey, takeRequestId } from './request-key.sql.ts';

/** What is sent, from whom and how: all that admission knows of who asks. */
export interface Asking {
  projectId: number;
  campaign: { id: number; name: string };
  templateId: number;
  /** What the template said at launch; null for the template as it is. */
  snapshotId: number | null;
  senderId: number | null;
  poolId: number | null;
  /** As `readOptions` reads them. */
  options: unknown;
}

/** A request for messages to an audience, as it is about to be stored. */
export interface AudienceRequest extends Asking, Audience {
  state: 'scheduled' | 'admitting';
  dataFields: Record<string, unknown>;
  /** Whether who has had a message of the campaign may have another. */
  allowRepeats: boolean;
  sendAt: Date;
  at: Date;
}

/**
 * Stores a request with its row for each lane, and returns its id. One that came in under the same key at the same
 * moment is found instead (`Conflict` when it asked for something else).
 */
export async function insertAudienceRequest(
  transaction: Database,
  request: AudienceRequest,
  key: RequestKey | null,
): Promise<number> {
  const id = await takeRequestId(transaction);
  if (key !== null && !(await keepKey(transaction, key, { requestId: id, message: null }))) {
    const other = await findByKey(transaction, key);
    if (!other) throw new Error('a request conflicted with one that is not there');
    return other.requestId;
  }
  await sql`
    INSERT INTO send_request (id, project_id, campaign_id, campaign_name, template_id, snapshot_id, sender_id, pool_id,
      options, state, list_ids, suppression_list_ids, segment_ids, suppression_segment_ids, data_fields, allow_repeats, send_at, created_at)
    VALUES (${id}, ${request.projectId}, ${request.campaign.id}, ${request.campaign.name}, ${request.templateId},
      ${request.snapshotId}, ${request.senderId}, ${request.poolId}, ${JSON.stringify(request.options)}::jsonb,
      ${request.state}, ${request.listIds}::int[], ${request.suppressionListIds}::int[],
      ${request.segmentIds}::int[], ${request.suppressionSegmentIds}::int[],
      ${JSON.stringify(request.dataFields)}::jsonb, ${request.allowRepeats}, ${request.sendAt}, ${request.at})`.execute(
    transaction,
  );
  // Of one list, nobody left out, it is known how many they are.
  const isOneList =
    isOfLists(request) && request.listIds.length === 1 && request.suppressionListIds.length === 0;
  await sql`
    INSERT INTO send_request_lane (request_id, lane, waiting, waiting_as_of)
    SELECT ${id}, lane.lane, size.members, size.ids FROM lane
    LEFT JOIN LATERAL (
      SELECT coalesce(sum(s.members), 0)::int AS members, coalesce(array_agg(s.id ORDER BY s.id), '{}') AS ids
      FROM list_size s WHERE s.lane = lane.lane AND s.list_id = ANY (${request.listIds}::int[])
    ) size ON ${isOneList}`.execute(transaction);
  return id;
}

/** A request to an audience: all its messages belong to the time it was to be sent at. */
export interface Launch {
  id: number;
  sendAt: Date;
}

/** A campaign's requests to audiences. */
export function launchesOf(
  ask: Ask,
  { projectId, campaignId }: { projectId: number; campaignId: number },
): Promise<Launch[]> {
  return ask.one(sql<Launch>`
    SELECT id, send_at AS "sendAt" FROM send_request
    WHERE campaign_id = ${campaignId} AND project_id = ${projectId} ORDER BY id`);
}

/** Those whom a campaign's open requests have not admitted yet get what it says now, from whom it says now. */
export async function followCampaign(transaction: Database, asking: Asking): Promise<void> {
  await sql`
    UPDATE send_request SET campaign_name = ${asking.campaign.name}, template_id = ${asking.templateId},
      snapshot_id = ${asking.snapshotId}, sender_id = ${asking.senderId}, pool_id = ${asking.poolId},
      options = ${JSON.stringify(asking.options)}::jsonb
    WHERE campaign_id = ${asking.campaign.id} AND project_id = ${asking.projectId}
      AND state IN ('scheduled', 'admitting')`.execute(transaction);
}

/** Cancels a campaign's requests that are not through: those not begun, or those begun too. */
export async function cancelRequests(
  transaction: Database,
  campaignId: number,
  states: readonly ('scheduled' | 'admitting')[],
): Promise<void> {
  await sql`
    UPDATE send_request SET state = 'cancelled'
    WHERE campaign_id = ${campaignId} AND state = ANY (${states}::text[])`.execute(transaction);
}

/** Deletes the requests of a campaign that is deleted itself. */
export async function deleteRequests(transaction: Database, campaignId: number): Promise<void> {
  await sql`DELETE FROM send_request WHERE campaign_id = ${campaignId}`.execute(transaction);
}

/** Opens what is due of the scheduled requests of these campaigns. Returns the campaigns that have begun by it. */
export async function openDueRequests(
  transaction: Database,
  campaignIds: readonly number[],
  now: Date,
): Promise<number[]> {
  const { rows } = await sql<{ id: number; campaignId: number }>`
    UPDATE send_request SET state = 'admitting'
    WHERE state = 'scheduled' AND send_at <= ${now}::timestamptz AND campaign_id = ANY (${campaignIds}::int[])
    RETURNING id, campaign_id AS "campaignId"`.execute(transaction);
  // Who is of a segment is another by now than when the number was kept.
  await sql`
    UPDATE send_request_lane l SET waiting = NULL FROM send_request r
    WHERE r.id = l.request_id AND r.id = ANY (${rows.map(({ id }) => id)}::bigint[])
      AND cardinality(r.segment_ids || r.suppression_segment_ids) > 0`.execute(transaction);
  return rows.map((row) => row.campaignId);
}

/** Closes requests whose every lane is admitted. */
export async function closeAdmittedRequests(db: Database, now: Date): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    SELECT r.id FROM send_request r JOIN send_request_lane l ON l.request_id = r.id
    WHERE r.state = 'admitting' GROUP BY r.id HAVING bool_and(l.done)`.execute(db);
  if (rows.length === 0) return;
  // What is done in a lane stays done.
  await sql`
    UPDATE send_request SET state = 'admitted', admitted_at = ${now}::timestamptz
    WHERE state = 'admitting' AND id = ANY (${rows.map(({ id }) => id)}::bigint[])`.execute(db);
}

/** Lanes in which an audience is not yet admitted, with the request's id. */
export async function findDueRequests(db: Database): Promise<{ lane: number; due: number }[]> {
  const { rows } = await sql<{ lane: number; due: number }>`
    SELECT l.lane, r.id AS due FROM send_request r
    JOIN send_request_lane l ON l.request_id = r.id AND NOT l.done
    WHERE r.state = 'admitting' AND NOT ${isBraked(sql.ref('r.campaign_id'))}
    ORDER BY r.id`.execute(db);
  return rows;
}
