import type { Selectable, Updateable } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { CampaignTable } from '../database/tables/campaigns.ts';
import { ApiError } from '../http/errors.ts';
import { type Asking, followCampaign } from '../requests/audience-request.sql.ts';
import { setBrake } from '../requests/brake.sql.ts';

/** A campaign as its row says it. */
export type Campaign = Selectable<CampaignTable>;
export type CampaignState = Campaign['state'];

/** Which campaign of which project, and whose word it is. */
export interface CampaignCall {
  projectId: number;
  campaignId: number;
  /** The caller's name. */
  by: string;
}

/** States from which a blast may be sent or scheduled; each send is a request of its own. */
export const launchable: readonly CampaignState[] = ['Draft', 'Ready', 'Scheduled', 'Finished', 'Cancelled'];

/** The project's campaign. Throws `NotFound` when there is none with this id: an address names it. */
export async function findCampaign(db: Database, projectId: number, id: number): Promise<Campaign> {
  const campaign = await db
    .selectFrom('campaign')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();
  return campaign ?? noCampaign(id, 'NotFound');
}

/**
 * The project's campaign, its row locked to the transaction's end, so that two launches or changes of state
 * come one after the other. Throws `BadParams` when there is none, as Iterable answers calls that name one, or what
 * `missing` says.
 */
export async function lockCampaign(
  transaction: Database,
  projectId: number,
  id: number,
  missing: 'BadParams' | 'NotFound' = 'BadParams',
): Promise<Campaign> {
  const campaign = await transaction
    .selectFrom('campaign')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return campaign ?? noCampaign(id, missing);
}

/** What admission has to know of a campaign. */
export function askingOf(campaign: Campaign): Asking {
  return {
    projectId: campaign.project_id,
    campaign: { id: campaign.id, name: campaign.name },
    templateId: campaign.template_id,
    snapshotId: campaign.snapshot_id,
    senderId: campaign.sender_id,
    poolId: campaign.pool_id,
    options: campaign.options,
  };
}

const brakeOf: Partial<Record<CampaignState, 'held' | 'cancelled' | 'aborted'>> = {
  Paused: 'held',
  Cancelled: 'cancelled',
  Aborted: 'aborted',
  Archived: 'aborted',
};

/**
 * Changes a locked campaign: its brake goes with its state, and those who are not admitted yet get what it says from now
 * on. Returns it as it is then.
 */
export async function storeCampaign(
  transaction: Database,
  campaign: Campaign,
  change: Updateable<CampaignTable>,
  at: Date,
): Promise<Campaign> {
  const { id: campaignId, project_id: projectId } = campaign;
  const stored = await transaction
    .updateTable('campaign')
    .set({ ...change, updated_at: at })
    .where('id', '=', campaignId)
    .returningAll()
    .executeTakeFirstOrThrow();
  if (stored.state !== campaign.state)
    await setBrake(transaction, { projectId, campaignId }, brakeOf[stored.state] ?? null, at);
  await followCampaign(transaction, askingOf(stored));
  return stored;
}

/**
 * Throws `InvalidState` unless the campaign is in one of `states`; the error says how it stands and what can be done with
 * it as it is. `deed` ends "cannot be …".
 */
export function requireState(campaign: Campaign, states: readonly CampaignState[], deed: string): void {
  if (states.includes(campaign.state)) return;
  const { stands, remedy } = standingOf(campaign);
  throw new ApiError(
    'InvalidState',
    `Campaign ${campaign.id} ${stands}, so it cannot be ${deed}; nothing was changed. ${remedy}`,
    { campaignId: campaign.id, state: campaign.state, allowed: states },
  );
}

/** How a campaign stands, in words, and which calls its state allows. */
function standingOf({ id, kind, state }: Campaign): { stands: string; remedy: string } {
  const again = `POST /api/campaigns/${id}/clone makes another like it`;
  if (kind === 'Triggered' && state === 'Running')
    return {
      stands: 'is active (Running)',
      remedy: 'POST /api/campaigns/deactivateTriggered takes it out of use first',
    };
  if (kind === 'Triggered' && ['Draft', 'Ready', 'Finished', 'Cancelled'].includes(state))
    return {
      stands: `is not active (${state})`,
      remedy: 'Nothing of it leaves; POST /api/campaigns/activateTriggered makes it active first',
    };
  switch (state) {
    case 'Draft':
    case 'Ready':
    case 'Cancelled':
      return {
        stands: `has not been sent yet (${state})`,
        remedy: `POST /api/campaigns/${id}/send sends it, and POST /api/campaigns/${id}/schedule sets a time for it`,
      };
    case 'Scheduled':
      return {
        stands: 'waits for its time (Scheduled)',
        remedy: 'POST /api/campaigns/cancel takes it back first',
      };
    case 'Running':
      return {
        stands: 'is being sent already (Running)',
        remedy: `GET /api/campaigns/${id}/live shows how far it is; POST /api/campaigns/${id}/pause holds it, and POST /api/campaigns/abort stops it for good`,
      };
    case 'Paused':
      return {
        stands: 'is being sent already, and held for now (Paused)',
        remedy: `POST /api/campaigns/${id}/resume lets it go on, and POST /api/campaigns/abort stops it for good`,
      };
    case 'Finished':
      return {
        stands: 'has been sent (Finished)',
        remedy: `Nothing of it waits any more; POST /api/campaigns/${id}/send with again: true sends it once more to everybody on its lists`,
      };
    case 'Aborted':
      return { stands: 'was stopped for good (Aborted)', remedy: again };
    case 'Archived':
      return { stands: 'is kept for its numbers only (Archived)', remedy: again };
  }
}

/** Throws `InvalidState` unless the campaign is of this kind. */
export function requireKind(campaign: Campaign, kind: Campaign['kind'], deed: string): void {
  if (campaign.kind === kind) return;
  throw new ApiError(
    'InvalidState',
    `Campaign ${campaign.id} is a ${campaign.kind} campaign and cannot be ${deed}; only a ${kind} campaign can`,
    { campaignId: campaign.id, type: campaign.kind },
  );
}

function noCampaign(id: number, code: 'NotFound' | 'BadParams'): never {
  throw new ApiError(code, `No campaign ${id} in this project; GET /api/campaigns lists them`, {
    field: 'campaignId',
    campaignId: id,
  });
}
