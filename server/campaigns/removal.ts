import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Context } from '../http/context.ts';
import { lanes } from '../lanes/lanes.ts';
import { deleteRequests } from '../requests/audience-request.sql.ts';
import { type CampaignCall, lockCampaign, requireState } from './campaign.ts';
import { archiveCampaign } from './change-state.ts';

/**
 * Removes a campaign from sight: one that never made a message is deleted, another is archived, as its messages and
 * numbers are kept. Throws `NotFound`, and `InvalidState` for one that runs: it is to be stopped on purpose first.
 */
export async function removeCampaign(context: Context, call: CampaignCall): Promise<'deleted' | 'archived'> {
  const isDeleted = await context.db.transaction().execute(async (transaction) => {
    const campaign = await lockCampaign(transaction, call.projectId, call.campaignId, 'NotFound');
    requireState(
      campaign,
      ['Draft', 'Ready', 'Scheduled', 'Finished', 'Aborted', 'Cancelled', 'Archived'],
      'deleted',
    );
    if (await hasBegun(transaction, campaign.id)) return false;
    await deleteRequests(transaction, campaign.id);
    await transaction.deleteFrom('campaign').where('id', '=', campaign.id).execute();
    return true;
  });
  if (isDeleted) return 'deleted';
  await archiveCampaign(context, call);
  return 'archived';
}

/** Whether a campaign was ever sent, if to one person or to nobody. */
async function hasBegun(transaction: Database, campaignId: number): Promise<boolean> {
  const { rows } = await sql<{ begun: boolean }>`
    SELECT EXISTS (SELECT 1 FROM send_request WHERE campaign_id = ${campaignId} AND state IN ('admitting', 'admitted'))
      OR EXISTS (SELECT 1 FROM message
        WHERE lane = ANY (${lanes}::smallint[]) AND campaign_id = ${campaignId}) AS begun`.execute(
    transaction,
  );
  return rows[0]?.begun ?? true;
}
