import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { openDueRequests } from '../requests/audience-request.sql.ts';

/** What campaigns do by themselves, once a second: begin when their time has come, and end when they are through. */
export async function keepCampaigns(db: Database, now: Date): Promise<void> {
  await startDueCampaigns(db, now);
  await finishCampaigns(db, now);
  await endStoppedCampaigns(db, now);
}

/**
 * Opens scheduled requests whose time has come, and sets their campaigns running. Campaigns are locked first, as by
 * whoever sends or cancels one by hand, so that neither waits for the other; one that is locked is taken the next time.
 */
export async function startDueCampaigns(db: Database, now: Date): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    SELECT DISTINCT c.id FROM send_request r JOIN campaign c ON c.id = r.campaign_id
    WHERE r.state = 'scheduled' AND r.send_at <= ${now}::timestamptz AND c.state = 'Scheduled'`.execute(db);
  if (rows.length === 0) return;
  const due = rows.map((row) => row.id);
  await db.transaction().execute(async (transaction) => {
    const locked = await sql<{ id: number }>`
      SELECT id FROM campaign WHERE id = ANY (${due}::int[]) AND state = 'Scheduled'
      ORDER BY id FOR UPDATE SKIP LOCKED`.execute(transaction);
    const ids = locked.rows.map((row) => row.id);
    const begun = await openDueRequests(transaction, ids, now);
    await sql`
      UPDATE campaign SET state = 'Running', updated_at = ${now}::timestamptz
      WHERE id = ANY (${begun}::int[])`.execute(transaction);
  });
}

/** Finishes blasts that have nothing left to admit, to send or to settle on the wire. */
async function finishCampaigns(db: Database, now: Date): Promise<void> {
  await sql`
    UPDATE campaign c SET state = 'Finished', ended_at = ${now}::timestamptz, updated_at = ${now}::timestamptz
    WHERE state = 'Running' AND kind = 'Blast'
      AND NOT EXISTS (SELECT 1 FROM send_request r WHERE r.campaign_id = c.id AND r.state IN ('scheduled', 'admitting'))
      AND EXISTS (SELECT 1 FROM send_request r WHERE r.campaign_id = c.id AND r.state = 'admitted')
      AND NOT EXISTS (SELECT 1 FROM message m WHERE m.campaign_id = c.id AND m.status IN ('queued', 'dispatching'))
  `.execute(db);
}

/** Ends stopped campaigns of which everybody has their row and their reason. */
async function endStoppedCampaigns(db: Database, now: Date): Promise<void> {
  await sql`
    UPDATE campaign c SET ended_at = ${now}::timestamptz
    WHERE state IN ('Aborted', 'Archived') AND ended_at IS NULL
      AND EXISTS (SELECT 1 FROM brake b WHERE b.campaign_id = c.id AND b.state = 'aborted' AND b.settled)
  `.execute(db);
}
