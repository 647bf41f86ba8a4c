import type { Database } from '../database/connect.ts';
import { planFor } from '../delivery/admission/admission-plan.ts';
import { readOptions } from '../delivery/admission/send-options.ts';
import type { Imagined } from '../delivery/admission/what-if.ts';
import type { FrequencyCap } from '../delivery/dispatch/reached-limit.ts';
import type { CallerProject, Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { type Audience, type ReadAudience, readAudience } from '../segments/audience.ts';
import { sizeOfAudience } from '../segments/audience-size.sql.ts';
import { askingOf, type Campaign, findCampaign } from './campaign.ts';
import { requireSchedule, type Schedule, withoutSchedule, withSchedule } from './launch.ts';
import { audienceOf, requireAudience } from './launch-checks.ts';
import { startOfRequest } from './send-time.ts';

/** A campaign's launch as it is imagined. */
export interface ImaginedLaunch extends Imagined {
  audience: ReadAudience;
  campaignId: number;
  /** Whether it is as the campaign stands, with the content it keeps; else a launch anew takes the template as it is. */
  isKept: boolean;
  /** When the campaign was last changed: who was judged before was judged for another. */
  campaignAt: Date;
}

/** What is chosen of a launch that is only imagined. */
export interface LaunchChoice {
  /** Null for now, or of a scheduled campaign for its own time; `now` of that one too, in place of its time. */
  schedule: Schedule | 'now' | null;
  /** To whom a triggered campaign would go, or another audience for a blast; null for the campaign's own. */
  goesTo: Pick<Audience, 'listIds' | 'segmentIds'> | null;
  /** Of a trigger: who is on these lists, or of these segments, gets nothing, beside those of the campaign's own. */
  suppressionListIds: readonly number[];
  suppressionSegmentIds: readonly number[];
  /** Of a trigger: its own fields, which a blast has none of. */
  dataFields: Record<string, unknown>;
  /** Of a trigger: whether who has had a message of the campaign may have another. */
  allowRepeats: boolean;
}

/**
 * The launch of a campaign as it is chosen; without a choice now, or the one that is under way or scheduled, with the
 * content it keeps. Of a scheduled one another time, or now, is a launch anew, as it is when somebody presses the button. Throws `NotFound` for a campaign that is none, `BadParams` for lists, times and zones that are none,
 * for a triggered campaign without lists, for fields of a blast, and when the template is gone. `now` is when it was asked for.
 */
export async function imagineLaunch(
  context: Context,
  project: Pick<CallerProject, 'id' | 'timeZone'>,
  campaignId: number,
  { goesTo, dataFields, ...choice }: LaunchChoice,
  now = context.clock.now(),
): Promise<ImaginedLaunch> {
  const { db } = context;
  const campaign = await findCampaign(db, project.id, campaignId);
  const { schedule, allowRepeats } = choice;
  const own = audienceOf(campaign);
  const audience: Audience = {
    ...own,
    ...goesTo,
    suppressionListIds: [...new Set([...own.suppressionListIds, ...choice.suppressionListIds])],
    suppressionSegmentIds: [...new Set([...own.suppressionSegmentIds, ...choice.suppressionSegmentIds])],
  };
  if (audience.listIds.length + audience.segmentIds.length === 0)
    throw new ApiError('BadParams', 'listIds: say which lists or segments a triggered campaign would go to', {
      field: 'listIds',
    });
  // A list of the campaign's own that is gone leaves nobody out.
  await requireAudience(db, project.id, { ...audience, suppressionListIds: choice.suppressionListIds });
  if (campaign.kind === 'Blast' && Object.keys(dataFields).length > 0)
    throw new ApiError(
      'BadParams',
      'dataFields: the call that triggers a campaign brings them, and a blast goes without; leave them out',
      { field: 'dataFields' },
    );
  const isScheduled = campaign.state === 'Scheduled';
  const isKept = isScheduled ? schedule === null : ['Running', 'Paused'].includes(campaign.state);
  const chosen =
    isScheduled && schedule === null ? scheduleOf(campaign) : schedule === 'now' ? null : schedule;
  if (chosen && chosen === schedule) requireSchedule(chosen, now);
  const stored = readOptions(campaign.options);
  const sendAt = chosen ? startOfRequest(chosen, project.timeZone, now) : now;
  const plan = await planFor(db, context, {
    ...askingOf(campaign),
    requestId: 0,
    snapshotId: isKept ? campaign.snapshot_id : null,
    options: chosen ? withSchedule(stored, chosen, project.timeZone) : withoutSchedule(stored),
    allowRepeats: allowRepeats || campaign.kind === 'Blast',
    ...{ dataFields, sendAt },
    // A launch is refused until Meta approves the template; what is launched by now is skipped.
    isImagined: !isKept,
  });
  if (!plan)
    throw new ApiError(
      'BadParams',
      `templateId: template ${campaign.template_id} is archived; give the campaign another`,
      { field: 'templateId', templateId: campaign.template_id },
    );
  const { frequency_caps } = await db
    .selectFrom('project')
    .select('frequency_caps')
    .where('id', '=', project.id)
    .executeTakeFirstOrThrow();
  return {
    plan,
    audience: await readAudience(context, project.id, audience),
    // Checked when the project's settings were saved.
    frequencyCaps: frequency_caps as FrequencyCap[],
    campaignId,
    isKept,
    campaignAt: campaign.updated_at,
    now: new Date(Math.max(sendAt.getTime(), now.getTime())),
  };
}

/** About how many people a launch goes to. */
export const sizeOfLaunch = (db: Database, { plan, audience, now }: ImaginedLaunch): Promise<number> =>
  sizeOfAudience(db, audience, { projectId: plan.projectId, now, among: null });

function scheduleOf({ options }: Campaign): Schedule | null {
  const { sendAt, inUserZone = false, startTimeZone, defaultTimeZone } = readOptions(options);
  if (sendAt === undefined) return null;
  return {
    sendAt: new Date(sendAt),
    inUserZone,
    ...(startTimeZone !== undefined && { startTimeZone }),
    ...(defaultTimeZone !== undefined && { defaultTimeZone }),
  };
}
