import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';

/**
 * Opens scheduled requests whose time has come, and sets their campaigns running. Campaigns are locked first, as by
 * whoever sends or cancels one by hand, so that neither waits for the other; one that is locked is taken the next time.
 */
export async function startDueRequests(db: Database, now: Date): Promise<void> {
  await sql`
    WITH due AS MATERIALIZED (
      SELECT c.id FROM send_request r JOIN campaign c ON c.id = r.campaign_id
      WHERE r.state = 'scheduled' AND r.send_at <= ${now}::timestamptz AND c.state = 'Scheduled'
      FOR UPDATE OF c SKIP LOCKED
    ), started AS (
      UPDATE send_request SET state = 'admitting'
      WHERE state = 'scheduled' AND send_at <= ${now}::timestamptz AND campaign_id IN (SELECT id FROM due)
      RETURNING campaign_id
    )
    UPDATE campaign SET state = 'Running', updated_at = ${now}::timestamptz
    WHERE id IN (SELECT campaign_id FROM started) AND state = 'Scheduled'
  `.execute(db);
}

/** Closes requests whose every lane is admitted. */
export async function closeAdmittedRequests(db: Database, now: Date): Promise<void> {
  await sql`
    UPDATE send_request r SET state = 'admitted', admitted_at = ${now}::timestamptz
    WHERE state = 'admitting' AND NOT EXISTS (
      SELECT 1 FROM send_request_lane l WHERE l.request_id = r.id AND NOT l.done)
  `.execute(db);
}

/** Finishes blasts that have nothing left to admit, to send or to settle on the wire. */
export async function finishCampaigns(db: Database, now: Date): Promise<void> {
  await sql`
    UPDATE campaign c SET state = 'Finished', ended_at = ${now}::timestamptz, updated_at = ${now}::timestamptz
    WHERE state = 'Running' AND kind = 'Blast'
      AND NOT EXISTS (SELECT 1 FROM send_request r WHERE r.campaign_id = c.id AND r.state IN ('scheduled', 'admitting'))
      AND EXISTS (SELECT 1 FROM send_request r WHERE r.campaign_id = c.id AND r.state = 'admitted')
      AND NOT EXISTS (SELECT 1 FROM message m WHERE m.campaign_id = c.id AND m.status IN ('queued', 'dispatching'))
  `.execute(db);
}
