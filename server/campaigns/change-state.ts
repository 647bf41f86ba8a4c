import type { Database } from '../database/connect.ts';
import { isAnyWaiting } from '../delivery/brakes/queued-messages.sql.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { letDepart } from '../lanes/lane-gate.ts';
import { cancelRequests } from '../requests/audience-request.sql.ts';
import {
  type Campaign,
  type CampaignCall,
  type CampaignState,
  lockCampaign,
  requireKind,
  requireState,
  storeCampaign,
} from './campaign.ts';
import { type KeptContent, keepContent, noContent } from './campaign-content.ts';
import { requireReady } from './launch-checks.ts';

/** Where a campaign waits for its launch. */
const notBegun: readonly CampaignState[] = ['Draft', 'Ready', 'Scheduled', 'Cancelled'];

/**
 * Stops a campaign for good, begun or not: when this returns, nothing of it leaves any more. Its queued messages and those
 * not yet admitted are skipped as `campaignAborted` afterwards (`settleBrakes`), and `ended_at` says that this is done. A finished one can be stopped as long as messages of it wait to be
 * tried again. Throws `InvalidState` when there is nothing left to stop.
 */
export async function abortCampaign(context: Context, call: CampaignCall): Promise<void> {
  await changeState(context, call, async (transaction, campaign) => {
    if (campaign.state === 'Aborted') return {};
    const waits = campaign.state === 'Finished' && (await isAnyWaiting(transaction, campaign.id));
    if (!waits) requireState(campaign, [...notBegun, 'Running', 'Paused', 'Aborted'], 'aborted');
    await cancelRequests(transaction, campaign.id, ['scheduled']);
    return { state: 'Aborted', ended_at: null, stopped_at: context.clock.now(), stopped_by: call.by };
  });
}

/**
 * Takes a scheduled campaign back: it stands where it stood before. One that was to be sent again is Finished, so that
 * no later call sends it again without that word. Throws `InvalidState` unless it is Scheduled.
 */
export async function cancelCampaign(context: Context, call: CampaignCall): Promise<void> {
  await changeState(context, call, async (transaction, campaign) => {
    requireState(campaign, ['Scheduled'], 'cancelled');
    await cancelRequests(transaction, campaign.id, ['scheduled']);
    const earlier = await lastAdmitted(transaction, campaign.id);
    return earlier === null
      ? { state: 'Cancelled', start_at: null, ...noContent }
      : { state: 'Finished', start_at: earlier, ended_at: context.clock.now() };
  });
}

/**
 * Holds a running campaign: when this returns, nothing of it is admitted or leaves. What is queued is put
 * out of the way of other campaigns' messages afterwards. Throws `InvalidState` unless it is Running (or Paused: again).
 */
export async function pauseCampaign(context: Context, call: CampaignCall): Promise<void> {
  await changeState(context, call, async (_, campaign) => {
    requireState(campaign, ['Running', 'Paused'], 'paused');
    return { state: 'Paused' };
  });
}

/**
 * Lets a paused campaign go on; what was held of it is made due afterwards. Throws `InvalidState` unless it is Paused (or Running: again).
 */
export async function resumeCampaign(context: Context, call: CampaignCall): Promise<void> {
  await changeState(context, call, async (_, campaign) => {
    requireState(campaign, ['Paused', 'Running'], 'resumed');
    return { state: 'Running' };
  });
}

/** When the latest of a campaign's sends that are through began; null for none. */
async function lastAdmitted(transaction: Database, campaignId: number): Promise<Date | null> {
  const { at } = await transaction
    .selectFrom('send_request')
    .select(({ fn }) => fn.max<Date | null>('send_at').as('at'))
    .where('campaign_id', '=', campaignId)
    .where('state', '=', 'admitted')
    .executeTakeFirstOrThrow();
  return at;
}

/**
 * Makes a triggered campaign ready for triggers, with what its template says now. Throws `InvalidState`, and what
 * `requireReady` throws.
 */
export async function activateTriggered(context: Context, call: CampaignCall): Promise<void> {
  await changeState(context, call, async (transaction, campaign) => {
    requireKind(campaign, 'Triggered', 'activated');
    requireState(campaign, ['Ready', 'Finished', 'Cancelled', 'Running'], 'activated');
    await requireReady(transaction, call.projectId, campaign);
    // Active already: it keeps its content, which is changed on purpose only.
    if (campaign.state === 'Running') return {};
    const at = context.clock.now();
    const kept = await keepContent(transaction, campaign, call.by, at);
    return { state: 'Running', start_at: campaign.start_at ?? at, ended_at: null, ...kept };
  });
}

/**
 * Takes a triggered campaign out of use: what of its triggers is not admitted yet is cancelled, what is queued
 * leaves. It is Finished and can be activated again. Throws `InvalidState`.
 */
export async function deactivateTriggered(context: Context, call: CampaignCall): Promise<void> {
  await changeState(context, call, async (transaction, campaign) => {
    requireKind(campaign, 'Triggered', 'deactivated');
    requireState(campaign, ['Running', 'Ready', 'Finished'], 'deactivated');
    if (campaign.state === 'Finished') return {};
    await cancelRequests(transaction, campaign.id, ['scheduled', 'admitting']);
    return { state: 'Finished', ended_at: context.clock.now() };
  });
}

/**
 * Archives a campaign; a scheduled one is cancelled. Throws `InvalidState` for one that is under way: it is to be stopped on
 * purpose first.
 */
export async function archiveCampaign(context: Context, call: CampaignCall): Promise<void> {
  await changeState(context, call, async (transaction, campaign) => {
    requireState(
      campaign,
      ['Draft', 'Ready', 'Scheduled', 'Finished', 'Aborted', 'Cancelled', 'Archived'],
      'archived',
    );
    if (campaign.state === 'Archived') return {};
    await cancelRequests(transaction, campaign.id, ['scheduled', 'admitting']);
    return { state: 'Archived' };
  });
}

interface Change extends Partial<KeptContent> {
  state?: CampaignState;
  start_at?: Date | null;
  ended_at?: Date | null;
  stopped_at?: Date;
  stopped_by?: string;
}

/** @throws ApiError InvalidState for the campaign of a journey's tile: it stands as its journey does. */
function requireOwnState({ id, journey_id: journeyId }: Campaign): void {
  if (journeyId === null) return;
  throw new ApiError(
    'InvalidState',
    `Campaign ${id} is sent by a tile of journey ${journeyId} and stands as that does, so nothing was changed; pause, resume or stop the journey (POST /api/journeys/${journeyId}/pause)`,
    { campaignId: id, workflowId: journeyId },
  );
}

async function changeState(
  context: Context,
  call: CampaignCall,
  decide: (transaction: Database, campaign: Campaign) => Promise<Change>,
): Promise<void> {
  const isStopped = await context.db.transaction().execute(async (transaction) => {
    const campaign = await lockCampaign(transaction, call.projectId, call.campaignId);
    requireOwnState(campaign);
    const change = await decide(transaction, campaign);
    const { state } = await storeCampaign(transaction, campaign, change, context.clock.now());
    return state !== 'Running';
  });
  if (isStopped) await letDepart(context.db);
  // For what goes on, and for what a stop means to each person.
  context.wake();
}
