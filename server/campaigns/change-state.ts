import type { Database } from '../database/connect.ts';
import { lanes } from '../database/lanes.ts';
import type { Context } from '../http/context.ts';
import {
  type Campaign,
  type CampaignCall,
  type CampaignState,
  lockCampaign,
  requireKind,
  requireState,
} from './campaign.ts';
import { type KeptContent, keepContent, noContent } from './campaign-content.ts';
import { requireReady } from './launch-checks.ts';
import { changeQueued, findQueuedAmiss, isAnyWaiting } from './queued-messages.sql.ts';
import { cancelRequests } from './send-request.sql.ts';
import { skipNotAdmitted } from './skip-not-admitted.sql.ts';

/** Where a campaign waits for its launch. */
const notBegun: readonly CampaignState[] = ['Draft', 'Ready', 'Scheduled', 'Cancelled'];

/**
 * Stops a campaign for good, begun or not. Its state is committed first, and nothing of it leaves after that; then its queued
 * messages and those not yet admitted are skipped as `campaignAborted`, lane by lane, and `ended_at` says that
 * this is done. On a campaign
 * that is Aborted already it finishes what was left. A finished one can be stopped as long as messages of it wait to be
 * tried again. Throws `InvalidState` when there is nothing left to stop.
 */
export async function abortCampaign(context: Context, call: CampaignCall): Promise<void> {
  await changeState(context, call, async (transaction, campaign) => {
    if (campaign.state === 'Aborted') return {};
    const waits = campaign.state === 'Finished' && (await isAnyWaiting(transaction, campaign.id));
    if (!waits) requireState(campaign, [...notBegun, 'Running', 'Paused', 'Aborted'], 'aborted');
    await cancelRequests(transaction, campaign.id, ['scheduled']);
    return { state: 'Aborted', ended_at: null };
  });
  await skipRest(context, call.campaignId);
}

/** Skips what is queued of a stopped campaign and those who are not admitted, then marks it as ended. */
async function skipRest(context: Context, campaignId: number): Promise<void> {
  const at = context.clock.now();
  await skipNotAdmitted(context, campaignId, at);
  for (const lane of lanes)
    await changeQueued(context, lane, campaignId, { deed: 'skip', reason: 'campaignAborted' }, at);
  await cancelRequests(context.db, campaignId, ['admitting']);
  await context.db
    .updateTable('campaign')
    .set({ ended_at: at })
    .where('id', '=', campaignId)
    .where('ended_at', 'is', null)
    .execute();
}

/** Campaigns stopped longer ago are not looked at again. */
const repairedForMs = 24 * 3_600_000;

/**
 * Sets right what a process left half done when it died, and what was admitted or claimed in the very moment of
 * a change of state: skips the rest of stopped campaigns, releases what is held in running ones. To be
 * called at start and every ten minutes or so.
 */
export async function repairCampaigns(context: Context): Promise<void> {
  const at = context.clock.now();
  const amiss = await findQueuedAmiss(context.db, new Date(at.getTime() - repairedForMs));
  for (const { lane, campaignId, amiss: fault } of amiss)
    await changeQueued(
      context,
      lane,
      campaignId,
      fault === 'held' ? { deed: 'release' } : { deed: 'skip', reason: 'campaignAborted' },
      at,
    );
  const stopped = await context.db
    .selectFrom('campaign')
    .select('id')
    .where('state', 'in', ['Aborted', 'Archived'])
    .where('start_at', 'is not', null)
    .where('ended_at', 'is', null)
    .execute();
  for (const { id } of stopped) await skipRest(context, id);
  if (amiss.length > 0) context.wake();
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
 * Holds a running campaign: from its commit nothing of it is admitted or leaves. What is queued is then put
 * out of the way of other campaigns' messages. Throws `InvalidState` unless it is Running (or Paused: again).
 */
export async function pauseCampaign(context: Context, call: CampaignCall): Promise<void> {
  await changeState(context, call, async (_, campaign) => {
    requireState(campaign, ['Running', 'Paused'], 'paused');
    return { state: 'Paused' };
  });
  const at = context.clock.now();
  for (const lane of lanes) await changeQueued(context, lane, call.campaignId, { deed: 'hold' }, at);
}

/**
 * Lets a paused campaign go on: its state first, as a claim puts what it finds of a paused one out of the way
 * again; then what was held is made due. Throws `InvalidState` unless it is Paused (or Running: again).
 */
export async function resumeCampaign(context: Context, call: CampaignCall): Promise<void> {
  await changeState(context, call, async (_, campaign) => {
    requireState(campaign, ['Paused', 'Running'], 'resumed');
    return { state: 'Running' };
  });
  const at = context.clock.now();
  for (const lane of lanes) await changeQueued(context, lane, call.campaignId, { deed: 'release' }, at);
  context.wake();
}

/** When the latest of a campaign's sends that are through began; null for none. */
async function lastAdmitted(transaction: Database, campaignId: number): Promise<Date | null> {
  const { at } = await transaction
    .selectFrom('send_request')
    .select(({ fn }) => fn.max<Date | null>('send_at').as('at'))
    .where('campaign_id', '=', campaignId)
    .where('kind', '=', 'blast')
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

/** Archives a campaign: a scheduled one is cancelled, a running or paused one aborted. Throws `InvalidState`. */
export async function archiveCampaign(context: Context, call: CampaignCall): Promise<void> {
  let started = false;
  await changeState(context, call, async (transaction, campaign) => {
    requireState(
      campaign,
      ['Draft', 'Ready', 'Scheduled', 'Running', 'Paused', 'Finished', 'Aborted', 'Cancelled', 'Archived'],
      'archived',
    );
    if (campaign.state === 'Archived') return {};
    started = campaign.state === 'Running' || campaign.state === 'Paused';
    await cancelRequests(transaction, campaign.id, started ? ['scheduled'] : ['scheduled', 'admitting']);
    return started ? { state: 'Archived', ended_at: null } : { state: 'Archived' };
  });
  if (started) await skipRest(context, call.campaignId);
}

interface Change extends Partial<KeptContent> {
  state?: CampaignState;
  start_at?: Date | null;
  ended_at?: Date | null;
}

async function changeState(
  context: Context,
  call: CampaignCall,
  decide: (transaction: Database, campaign: Campaign) => Promise<Change>,
): Promise<void> {
  await context.db.transaction().execute(async (transaction) => {
    const campaign = await lockCampaign(transaction, call.projectId, call.campaignId);
    const change = await decide(transaction, campaign);
    await transaction
      .updateTable('campaign')
      .set({ ...change, updated_at: context.clock.now() })
      .where('id', '=', campaign.id)
      .execute();
  });
}
