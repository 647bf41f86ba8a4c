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

/** SQL: nothing of the campaign `c` is left to admit. */
const isAdmitted = sql`
  NOT EXISTS (SELECT 1 FROM send_request r WHERE r.campaign_id = c.id AND r.state IN ('scheduled', 'admitting'))
  AND EXISTS (SELECT 1 FROM send_request r WHERE r.campaign_id = c.id AND r.state = 'admitted')`;

/** Finishes blasts that have nothing left to admit, to send or to settle on the wire. */
async function finishCampaigns(db: Database, now: Date): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    SELECT c.id FROM campaign c WHERE state = 'Running' AND kind = 'Blast' AND ${isAdmitted}`.execute(db);
  if (rows.length === 0) return;
  const admitted = rows.map(({ id }) => id);
  // Lane by lane, as of one moment each, and by the sums: of the messages themselves, nearly all would be looked at for the few that are not through.
  const waiting = sql`WHERE campaign_id = ANY (${admitted}::int[]) AND standing IN ('queued', 'retrying', 'dispatching')`;
  const { rows: sending } = await sql<{ id: number }>`
    SELECT campaign_id AS id FROM (
      SELECT lane, campaign_id, messages FROM message_rollup ${waiting}
      UNION ALL SELECT lane, campaign_id, messages FROM message_rollup_change ${waiting}) rolled
    GROUP BY lane, campaign_id HAVING sum(messages) <> 0`.execute(db);
  const through = admitted.filter((id) => !sending.some((each) => each.id === id));
  if (through.length === 0) return;
  await sql`
    UPDATE campaign c SET state = 'Finished', ended_at = ${now}::timestamptz, updated_at = ${now}::timestamptz,
      nothing_sent = id = ANY (${await reachingNobody(db, through)}::int[])
    WHERE id = ANY (${through}::int[]) AND state = 'Running' AND ${isAdmitted}`.execute(db);
}

/** Those of the campaigns of whose last send everybody was skipped, by the sums. */
async function reachingNobody(db: Database, campaignIds: readonly number[]): Promise<number[]> {
  const those = sql`SELECT lane, campaign_id, standing, messages, last_request_id`;
  const ofThem = sql`WHERE campaign_id = ANY (${campaignIds}::int[])`;
  const { rows } = await sql<{ id: number }>`
    SELECT campaign_id AS id FROM (
      SELECT campaign_id, standing, max(last_request_id) AS last FROM (
        ${those} FROM message_rollup ${ofThem} UNION ALL ${those} FROM message_rollup_change ${ofThem}) rolled
      GROUP BY lane, campaign_id, standing HAVING sum(messages) > 0) standings
    GROUP BY campaign_id
    HAVING coalesce(max(last) FILTER (WHERE standing <> 'skipped'), 0) < max(last) FILTER (WHERE standing = 'skipped')`.execute(
    db,
  );
  return rows.map((row) => row.id);
}

/** Ends stopped campaigns of which everybody has their row and their reason. */
async function endStoppedCampaigns(db: Database, now: Date): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    SELECT c.id FROM campaign c JOIN brake b ON b.campaign_id = c.id AND b.state = 'aborted' AND b.settled
    WHERE c.state IN ('Aborted', 'Archived') AND c.ended_at IS NULL`.execute(db);
  if (rows.length === 0) return;
  await sql`
    UPDATE campaign SET ended_at = ${now}::timestamptz
    WHERE id = ANY (${rows.map(({ id }) => id)}::int[]) AND ended_at IS NULL`.execute(db);
}
