import type { Selectable } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { CampaignTable } from '../database/schema.ts';
import { ApiError } from '../http/errors.ts';

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

/** Throws `InvalidState` (409) unless the campaign is in one of `states`. `deed` ends "cannot be …". */
export function requireState(campaign: Campaign, states: readonly CampaignState[], deed: string): void {
  if (states.includes(campaign.state)) return;
  throw new ApiError(
    'InvalidState',
    `Campaign ${campaign.id} is ${campaign.state} and cannot be ${deed}; it must be ${states.join(' or ')}`,
    { campaignId: campaign.id, state: campaign.state, allowed: states },
  );
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
