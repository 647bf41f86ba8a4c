import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Asking } from '../requests/audience-request.sql.ts';

/** What admission has to know of the campaign by which a tile sends; null where there is none. */
export async function campaignOfTile(
  db: Database,
  journeyId: number,
  tile: string,
): Promise<Omit<Asking, 'snapshotId'> | null> {
  const { rows } = await sql<Omit<Asking, 'snapshotId' | 'campaign'> & { id: number; name: string }>`
    SELECT c.project_id AS "projectId", c.id, c.name, c.template_id AS "templateId", c.sender_id AS "senderId",
      c.pool_id AS "poolId", c.options
    FROM journey_campaign j JOIN campaign c ON c.id = j.campaign_id
    WHERE j.journey_id = ${journeyId} AND j.tile = ${tile}`.execute(db);
  const [row] = rows;
  if (!row) return null;
  const { id, name, ...asking } = row;
  return { ...asking, campaign: { id, name } };
}

/** The campaigns by which a journey's tiles send or have sent, by tile. */
export async function campaignsOfJourney(db: Database, journeyId: number): Promise<Map<string, number>> {
  const { rows } = await sql<{ tile: string; campaignId: number }>`
    SELECT tile, campaign_id AS "campaignId" FROM journey_campaign WHERE journey_id = ${journeyId}`.execute(
    db,
  );
  return new Map(rows.map(({ tile, campaignId }) => [tile, campaignId]));
}

/** The campaigns by which tiles of these journeys send or have sent. */
export async function campaignsOfJourneys(db: Database, journeyIds: readonly number[]): Promise<Set<number>> {
  const { rows } = await sql<{ id: number }>`
    SELECT campaign_id AS id FROM journey_campaign WHERE journey_id = ANY (${journeyIds}::int[])`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** SQL: whether a message of alias `m` is one of a journey's. */
export const isOfJourney = (journeyId: number): RawBuilder<unknown> =>
  sql`EXISTS (SELECT 1 FROM journey_campaign jc WHERE jc.journey_id = ${journeyId} AND jc.campaign_id = m.campaign_id)`;

/** Notes by which campaign a tile sends. */
export async function keepCampaignOfTile(
  transaction: Database,
  journeyId: number,
  tile: string,
  campaignId: number,
): Promise<void> {
  await sql`
    INSERT INTO journey_campaign (journey_id, tile, campaign_id) VALUES (${journeyId}, ${tile}, ${campaignId})`.execute(
    transaction,
  );
}
