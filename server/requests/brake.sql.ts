import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Ask } from '../lanes/over-lanes.sql.ts';

/**
 * Why nothing of a campaign leaves: it is held for now, taken back before its time, or stopped for good. `open`: it goes
 * on, and what was held of it is being brought back.
 */
export type BrakeState = 'held' | 'open' | 'cancelled' | 'aborted';

/** A brake whose consequences for what waits are not all written yet. */
export interface UnsettledBrake {
  campaignId: number;
  state: BrakeState;
  since: Date;
}

/** SQL: nothing of the campaign `campaignId` may be admitted or leave. */
export const isBraked = (campaignId: RawBuilder<unknown>) =>
  sql<boolean>`EXISTS (SELECT 1 FROM brake WHERE brake.campaign_id = ${campaignId} AND brake.state <> 'open')`;

/**
 * Puts the brake on a campaign, or takes it off (null), in the caller's transaction. From the commit on no claim and no
 * admission that begins lets anything of a braked one through.
 */
export async function setBrake(
  transaction: Database,
  { projectId, campaignId }: { projectId: number; campaignId: number },
  brake: Exclude<BrakeState, 'open'> | null,
  at: Date,
): Promise<void> {
  if (brake === null)
    await sql`
      UPDATE brake SET state = 'open', since = ${at}::timestamptz, settled = false
      WHERE campaign_id = ${campaignId} AND state <> 'open'`.execute(transaction);
  else
    await sql`
      INSERT INTO brake (campaign_id, project_id, state, since)
      VALUES (${campaignId}, ${projectId}, ${brake}, ${at})
      ON CONFLICT (campaign_id) DO UPDATE SET state = excluded.state, since = excluded.since, settled = false
      WHERE brake.state <> excluded.state`.execute(transaction);
}

/** Those of these campaigns that are braked now. */
export async function findBraked(db: Database, campaignIds: readonly number[]): Promise<Set<number>> {
  const { rows } = await sql<{ id: number }>`
    SELECT campaign_id AS id FROM brake
    WHERE campaign_id = ANY (${campaignIds}::int[]) AND state <> 'open'`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** A campaign's brake; null for none. */
export async function brakeOf(ask: Ask, campaignId: number): Promise<BrakeState | null> {
  const rows = await ask.one(sql<{ state: BrakeState }>`
    SELECT state FROM brake WHERE campaign_id = ${campaignId}`);
  return rows[0]?.state ?? null;
}

/** Brakes to be settled, the oldest first. */
export async function findUnsettledBrakes(db: Database): Promise<UnsettledBrake[]> {
  const { rows } = await sql<UnsettledBrake>`
    SELECT campaign_id AS "campaignId", state, since FROM brake WHERE NOT settled ORDER BY since`.execute(db);
  return rows;
}

/** Whether a brake is still as it was read; if so it stays so until the caller's transaction is over. */
export async function holdBrake(transaction: Database, brake: UnsettledBrake): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM brake WHERE ${isSame(brake)} FOR SHARE`.execute(transaction);
  return rows.length > 0;
}

const isSame = ({ campaignId, state, since }: UnsettledBrake) =>
  sql`campaign_id = ${campaignId} AND state = ${state} AND since = ${since}::timestamptz`;

/** Notes that a brake is settled, unless it was changed meanwhile; one that is open is gone then. */
export async function settleBrake(db: Database, brake: UnsettledBrake): Promise<void> {
  if (brake.state === 'open') await sql`DELETE FROM brake WHERE ${isSame(brake)}`.execute(db);
  else await sql`UPDATE brake SET settled = true WHERE ${isSame(brake)}`.execute(db);
}
