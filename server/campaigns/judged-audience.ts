import { planFor } from '../delivery/admission/admission-plan.ts';
import { type AdmissionPlan, judgeUser, onCapOf } from '../delivery/admission/admit-user.ts';
import { type AudienceUser, nextAudiencePage } from '../delivery/admission/audience-page.ts';
import type { Timing, TimingRequest } from '../delivery/admission/lawful-timing.ts';
import { readOptions } from '../delivery/admission/send-options.ts';
import type { FrequencyCap } from '../delivery/dispatch/claim-due.ts';
import { reachedLimit } from '../delivery/dispatch/reached-limit.ts';
import { recentSends } from '../delivery/dispatch/recent-sends.sql.ts';
import type { SkipReason } from '../delivery/skip-reason.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { askingOf, type Campaign } from './campaign.ts';
import { type Schedule, withoutSchedule, withSchedule } from './launch.ts';
import { startOfRequest } from './send-time.ts';

/** A launch as it is imagined: its plan, whom it asks for, and when its people would be admitted. */
export interface Imagined {
  plan: AdmissionPlan;
  listIds: number[];
  suppressionListIds: number[];
  frequencyCaps: FrequencyCap[];
  /** When the campaign was last changed: who was judged before was judged for another. */
  campaignAt: Date;
  now: Date;
}

/** What would become of one person, but for the text: a skip, or when the message would leave. */
export interface Judged {
  user: AudienceUser;
  skip: SkipReason | null;
  detail: string | null;
  /** When the message would leave; null for a skip. */
  dueAt: Date | null;
  /** Whether that is later than was asked for, since hours or limits stand against it. */
  isDelayed: boolean;
}

/**
 * The plan of a launch at a schedule; without one, of a launch now, or of the one that is under way or scheduled, with
 * the content it keeps. Throws `BadParams` when the template is gone.
 */
export async function imagineLaunch(
  context: Context,
  campaign: Campaign,
  listIds: readonly number[],
  { schedule, projectZone }: { schedule: Schedule | null; projectZone: string },
): Promise<Imagined> {
  const { db, clock } = context;
  const isKept = ['Scheduled', 'Running', 'Paused'].includes(campaign.state);
  const chosen = schedule ?? (campaign.state === 'Scheduled' ? scheduleOf(campaign) : null);
  const stored = readOptions(campaign.options);
  const now = clock.now();
  const sendAt = chosen ? startOfRequest(chosen, projectZone, now) : now;
  const plan = await planFor(db, context, {
    ...askingOf(campaign),
    requestId: 0,
    snapshotId: isKept ? campaign.snapshot_id : null,
    options: chosen ? withSchedule(stored, chosen, projectZone) : withoutSchedule(stored),
    allowRepeats: true,
    dataFields: {},
    sendAt,
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
    .where('id', '=', campaign.project_id)
    .executeTakeFirstOrThrow();
  return {
    // A launch is refused until Meta approves the template; what is launched by now is skipped.
    plan: isKept ? plan : { ...plan, unapproved: null },
    listIds: [...listIds],
    suppressionListIds: campaign.suppression_list_ids,
    // Checked when the project's settings were saved.
    frequencyCaps: frequency_caps as FrequencyCap[],
    campaignAt: campaign.updated_at,
    now: new Date(Math.max(sendAt.getTime(), now.getTime())),
  };
}

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

/** The next people of one lane after a user id, judged by the code that admits them; `last` is null at the lane's end. */
export async function judgeNextPage(
  context: Context,
  imagined: Imagined,
  place: { lane: number; afterUserId: number; limit: number },
  timing: (request: TimingRequest) => Timing,
): Promise<{ people: Judged[]; last: number | null }> {
  const { plan, listIds, suppressionListIds } = imagined;
  const users = await nextAudiencePage(context.db, { ...plan, ...place, listIds, suppressionListIds });
  const people = users
    .filter((user) => user.exists)
    .map((user): Judged => {
      const judged = judgeUser(plan, user, imagined.now, timing);
      if (judged.skip !== null) return { user, ...judged, dueAt: null, isDelayed: false };
      const { dueAt } = judged.when;
      return { user, skip: null, detail: null, dueAt, isDelayed: dueAt > judged.from };
    });
  if (plan.purpose === 'promotional') await heedLimits(context, imagined, place.lane, people, timing);
  const last = users.length < place.limit ? null : (users.at(-1)?.id ?? null);
  return { people, last };
}

/** What the claim will find of limits: what was sent to each by then; what waits in other campaigns is not foreseen. */
async function heedLimits(
  { db }: Context,
  { plan, frequencyCaps, now }: Imagined,
  lane: number,
  people: Judged[],
  timing: (request: TimingRequest) => Timing,
): Promise<void> {
  const hours = Math.max(24, ...frequencyCaps.map((cap) => cap.hours));
  const since = new Date(now.getTime() - hours * 3_600_000);
  const going = people.filter((person) => person.skip === null);
  const sends = await recentSends(
    db,
    lane,
    going.map(({ user }) => user.id),
    since,
  );
  if (sends.size === 0) return;
  for (const person of going) {
    const sent = sends.get(person.user.id);
    if (!sent || person.dueAt === null) continue;
    const judged = judgeUser(plan, person.user, now, timing);
    const legalCap = judged.skip === null ? judged.when.cap : null;
    const limit = reachedLimit({ medium: plan.medium, legalCap }, sent, frequencyCaps, person.dueAt);
    if (!limit) continue;
    if (onCapOf(plan) === 'delay') Object.assign(person, { dueAt: limit.freeAt, isDelayed: true });
    else Object.assign(person, { skip: limit.reason, dueAt: null, isDelayed: false });
  }
}
