import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { lanes } from '../database/lanes.ts';
import { keyConflict } from '../http/idempotency.ts';

/** What asks for messages of a campaign, as it is about to be stored. */
export interface NewSendRequest {
  projectId: number;
  campaignId: number;
  kind: 'blast' | 'trigger';
  state: 'scheduled' | 'admitting';
  idempotencyKey: string | null;
  fingerprint: string | null;
  listIds: readonly number[];
  suppressionListIds: readonly number[];
  dataFields: Record<string, unknown>;
  /** Whether who has had a message of the campaign may have another. */
  allowRepeats: boolean;
  sendAt: Date;
  at: Date;
}

/**
 * The request that was made before with this key, null when there is none. Throws `Conflict` when it was made
 * of something else.
 */
export async function findRepeatedRequest(
  db: Database,
  projectId: number,
  idempotencyKey: string | null,
  fingerprint: string | null,
): Promise<{ id: number } | null> {
  if (idempotencyKey === null) return null;
  const earlier = await db
    .selectFrom('send_request')
    .select(['id', 'fingerprint'])
    .where('project_id', '=', projectId)
    .where('idempotency_key', '=', idempotencyKey)
    .executeTakeFirst();
  if (!earlier) return null;
  if (earlier.fingerprint !== fingerprint) throw keyConflict();
  return { id: earlier.id };
}

/**
 * Stores a request with its row for each lane, and returns its id. A request that came in with the same key at
 * the same moment is found instead (`Conflict` when it asked for something else).
 */
export async function insertSendRequest(transaction: Database, request: NewSendRequest): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    INSERT INTO send_request (project_id, campaign_id, kind, idempotency_key, fingerprint, state, list_ids,
      suppression_list_ids, data_fields, allow_repeats, send_at, created_at)
    VALUES (${request.projectId}, ${request.campaignId}, ${request.kind}, ${request.idempotencyKey},
      ${request.fingerprint}, ${request.state}, ${request.listIds}::int[], ${request.suppressionListIds}::int[],
      ${JSON.stringify(request.dataFields)}::jsonb, ${request.allowRepeats}, ${request.sendAt}, ${request.at})
    ON CONFLICT (project_id, idempotency_key) DO NOTHING
    RETURNING id`.execute(transaction);
  const inserted = rows[0];
  if (!inserted) {
    const other = await findRepeatedRequest(
      transaction,
      request.projectId,
      request.idempotencyKey,
      request.fingerprint,
    );
    if (!other) throw new Error('a request conflicted with one that is not there');
    return other.id;
  }
  await sql`
    INSERT INTO send_request_lane (request_id, lane)
    SELECT ${inserted.id}, lane FROM unnest(${lanes}::smallint[]) lane`.execute(transaction);
  return inserted.id;
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
