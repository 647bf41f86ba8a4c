import type { Database } from '../database/connect.ts';
import { readOptions, type SendOptions } from '../delivery/admission/send-options.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { cancelRequests, insertAudienceRequest } from '../requests/audience-request.sql.ts';
import { findByKey, type RequestKey, requestKey } from '../requests/request-key.sql.ts';
import type { Audience } from '../segments/audience.ts';
import {
  askingOf,
  type Campaign,
  type CampaignCall,
  launchable,
  lockCampaign,
  requireKind,
  requireState,
  storeCampaign,
} from './campaign.ts';
import { keepContent } from './campaign-content.ts';
import { audienceOf, requireAudience, requireReady, requireStillReady } from './launch-checks.ts';
import { requireZone, startOfRequest } from './send-time.ts';

/** A call that sends, with the caller's key as it is stored, if it gave one. */
export interface LaunchCall extends CampaignCall {
  idempotencyKey: string | null;
  /** Whether everybody may get a finished blast once more. */
  again: boolean;
}

/**
 * Sends a blast now: state, start and request with all its lanes in one transaction. Returns the request's id;
 * the same key again returns the first one's. A scheduled one goes now in place of then. Throws `InvalidState` for one that
 * is under way or stopped, and for a finished one without `again`; and what `requireReady` throws.
 */
export async function sendCampaign(context: Context, call: LaunchCall): Promise<number> {
  const requestId = await context.db
    .transaction()
    .execute((transaction) => sendWithin(transaction, call, context.clock.now()));
  context.wake();
  return requestId;
}

/** The same in the caller's transaction, after which the workers are to be woken. */
export async function sendWithin(transaction: Database, call: LaunchCall, at: Date): Promise<number> {
  const { projectId, campaignId } = call;
  const key = requestKey(projectId, call.idempotencyKey, { deed: 'send', campaignId });
  const campaign = await lockCampaign(transaction, projectId, campaignId);
  const earlier = key && (await findByKey(transaction, key));
  if (earlier) return earlier.requestId;
  requireKind(campaign, 'Blast', 'sent to its audience');
  requireState(campaign, launchable, 'sent');
  requireWordForAgain(campaign, call);
  await requireReady(transaction, call.projectId, campaign);
  await cancelRequests(transaction, campaign.id, ['scheduled']);
  return launchBlast(transaction, campaign, at, call.by, key);
}

/** A call that is repeated blindly must not reach people twice: a finished blast goes again by word only. */
function requireWordForAgain(campaign: Campaign, { again }: LaunchCall): void {
  if (campaign.state !== 'Finished' || again) return;
  throw new ApiError(
    'InvalidState',
    `Campaign ${campaign.id} has been sent already; sending it again would reach everybody on its lists once more. If that is meant, say again: true; if this call repeats an earlier one, send an Idempotency-Key with both`,
    { campaignId: campaign.id, state: campaign.state, field: 'again' },
  );
}

async function launchBlast(
  transaction: Database,
  campaign: Campaign,
  at: Date,
  by: string,
  key: RequestKey | null,
): Promise<number> {
  const options = withoutSchedule(readOptions(campaign.options));
  const launched = await storeCampaign(
    transaction,
    campaign,
    {
      ...{ state: 'Running', start_at: at, ended_at: null, options: JSON.stringify(options) },
      ...(await keepContent(transaction, campaign, by, at)),
    },
    at,
  );
  return insertAudienceRequest(
    transaction,
    { ...toItsAudience(launched), state: 'admitting', sendAt: at, at },
    key,
  );
}

/** What a blast asks for. */
function toItsAudience(campaign: Campaign) {
  return {
    ...askingOf(campaign),
    ...audienceOf(campaign),
    dataFields: {},
    allowRepeats: true,
  };
}

/** When a blast is to start, and whether each person gets it at that time of their own place. */
export interface Schedule {
  sendAt: Date;
  inUserZone: boolean;
  startTimeZone?: string;
  defaultTimeZone?: string;
}

/**
 * Schedules a blast in the caller's transaction, or moves it to another time when it is scheduled already.
 * Returns the request's id; the same key again returns the first one's. Throws `InvalidState` (a finished one needs
 * `again`), `BadParams` for a time that is past or a zone that does not exist, and what `requireReady` throws.
 */
export async function scheduleWithin(
  transaction: Database,
  call: LaunchCall & { projectZone: string },
  schedule: Schedule,
  at: Date,
): Promise<number> {
  const key = requestKey(call.projectId, call.idempotencyKey, {
    deed: 'schedule',
    campaignId: call.campaignId,
    ...schedule,
    sendAt: schedule.sendAt.toISOString(),
  });
  const campaign = await lockCampaign(transaction, call.projectId, call.campaignId);
  const earlier = key && (await findByKey(transaction, key));
  if (earlier) return earlier.requestId;
  requireSchedule(schedule, at);
  requireKind(campaign, 'Blast', 'scheduled');
  requireState(campaign, launchable, 'scheduled');
  requireWordForAgain(campaign, call);
  await requireReady(transaction, call.projectId, campaign);
  await cancelRequests(transaction, campaign.id, ['scheduled', 'admitting']);
  const options = withSchedule(readOptions(campaign.options), schedule, call.projectZone);
  const sendAt = startOfRequest(schedule, call.projectZone, at);
  const scheduled = await storeCampaign(
    transaction,
    campaign,
    {
      ...{ state: 'Scheduled', start_at: schedule.sendAt, ended_at: null, options: JSON.stringify(options) },
      ...(await keepContent(transaction, campaign, call.by, at)),
    },
    at,
  );
  return insertAudienceRequest(
    transaction,
    { ...toItsAudience(scheduled), state: 'scheduled', sendAt, at },
    key,
  );
}

/** Throws `BadParams` for a time that is past or a zone that does not exist. */
export function requireSchedule(schedule: Schedule, at: Date): void {
  if (schedule.sendAt <= at)
    throw new ApiError(
      'BadParams',
      'sendAt lies in the past; choose a later time, or send at once with /send',
      {
        sendAt: schedule.sendAt.toISOString(),
      },
    );
  if (schedule.startTimeZone) requireZone(schedule.startTimeZone, 'startTimeZone');
  if (schedule.defaultTimeZone) requireZone(schedule.defaultTimeZone, 'defaultTimeZone');
}

/** The options of a launch now: a former schedule's times do not hold. */
export function withoutSchedule(options: SendOptions): SendOptions {
  const { sendAt: _, inUserZone: __, startTimeZone: ___, defaultTimeZone: ____, ...rest } = options;
  return rest;
}

/** The options with the time of a schedule. */
export function withSchedule(options: SendOptions, schedule: Schedule, projectZone: string): SendOptions {
  const rest = withoutSchedule(options);
  if (!schedule.inUserZone) return { ...rest, sendAt: schedule.sendAt.toISOString() };
  return {
    ...rest,
    sendAt: schedule.sendAt.toISOString(),
    inUserZone: true,
    startTimeZone: schedule.startTimeZone ?? projectZone,
    defaultTimeZone: schedule.defaultTimeZone ?? projectZone,
  };
}

/** To whom a triggered campaign is sent this time, and with which fields. */
export interface Trigger extends Audience {
  dataFields: Record<string, unknown>;
  /** Whether who has had a message of the campaign, if it is promotional, may have another. */
  allowRepeats: boolean;
}

/**
 * Sends an active triggered campaign to lists. Returns the request's id; the same key again returns the first
 * one's. Throws `InvalidState` unless the campaign is active, and what `requireReady` throws.
 */
export async function triggerCampaign(
  context: Context,
  call: Omit<LaunchCall, 'again'>,
  trigger: Trigger,
): Promise<number> {
  const at = context.clock.now();
  const { projectId, campaignId } = call;
  const key = requestKey(projectId, call.idempotencyKey, { deed: 'trigger', campaignId, ...trigger });
  const requestId = await context.db.transaction().execute(async (transaction) => {
    const campaign = await lockCampaign(transaction, projectId, campaignId);
    const earlier = key && (await findByKey(transaction, key));
    if (earlier) return earlier.requestId;
    requireKind(campaign, 'Triggered', 'triggered');
    requireState(campaign, ['Running'], 'triggered');
    await requireAudience(transaction, call.projectId, trigger);
    await requireStillReady(transaction, call.projectId, campaign);
    const request = {
      ...askingOf(campaign),
      ...trigger,
      suppressionListIds: [...new Set([...campaign.suppression_list_ids, ...trigger.suppressionListIds])],
      suppressionSegmentIds: [
        ...new Set([...campaign.suppression_segment_ids, ...trigger.suppressionSegmentIds]),
      ],
    };
    return insertAudienceRequest(transaction, { ...request, state: 'admitting', sendAt: at, at }, key);
  });
  context.wake();
  return requestId;
}
