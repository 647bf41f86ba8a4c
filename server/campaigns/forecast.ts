import { lanes } from '../database/lanes.ts';
import { planFor } from '../delivery/admission/admission-plan.ts';
import { type Admission, type AdmissionPlan, admitUser } from '../delivery/admission/admit-user.ts';
import { usersById } from '../delivery/admission/audience-page.ts';
import { memoisedTiming } from '../delivery/admission/lawful-timing.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { countStanding, type StandingCount } from './audience-standing.sql.ts';
import type { Campaign } from './campaign.ts';

/** What a campaign would come to if it were sent now (or at its time). */
export interface Forecast {
  audience: number;
  /** Counted: those whom consent, address or reachability keep out. */
  skipsByReason: Record<string, number>;
  /** What is left of the audience. */
  reachable: number;
  /** Of these so many were admitted and rendered as the worker would; the rest below is theirs, projected. */
  sampled: number;
  /** Whether every reachable person was in the sample, so that nothing is projected. */
  exact: boolean;
  /** Skips found in the sample (a field is missing, hours are closed, no sender fits), projected. */
  expectedSkips: Record<string, number>;
  sends: number;
  /** Part of `sends`: those that would wait for lawful hours. */
  delayed: number;
  segments: number;
  segmentsEach: number;
  /** US dollars, by the project's price list. */
  price: number;
}

/** Sampled people in all, and so in each lane. */
const sampleInAll = 500;
const sampleOfLane = Math.ceil(sampleInAll / lanes.length);

/**
 * Works out a campaign's sum before launch: reasons of consent and address are counted over the whole audience;
 * segments, price and the other reasons come of admitting and rendering up to some 500 people, without sending,
 * and are projected on the rest. The project's own caps and what people do until then are not foreseen. Throws
 * `NotFound` when the template is gone.
 */
export async function forecastCampaign(
  context: Context,
  campaign: Campaign,
  listIds: readonly number[],
): Promise<Forecast> {
  const now = context.clock.now();
  const start = campaign.start_at && campaign.start_at > now ? campaign.start_at : now;
  const plan = await planFor(context.db, context.publicUrl, {
    requestId: 0,
    projectId: campaign.project_id,
    templateId: campaign.template_id,
    snapshotId: null,
    campaign: { id: campaign.id, name: campaign.name },
    senderId: campaign.sender_id,
    poolId: campaign.pool_id,
    options: campaign.options,
    allowRepeats: true,
    dataFields: {},
    sendAt: start,
  });
  if (!plan)
    throw new ApiError('NotFound', `templateId: no template ${campaign.template_id} in this project`);
  const standings: StandingCount[] = [];
  const admissions: Admission[] = [];
  const timing = memoisedTiming();
  for (const lane of lanes) {
    const counts = await countStanding(
      context.db,
      lane,
      {
        ...plan,
        promotional: plan.purpose === 'promotional',
        listIds,
        suppressionListIds: campaign.suppression_list_ids,
      },
      sampleOfLane,
    );
    standings.push(...counts);
    const ids = counts.find((count) => count.reason === null)?.sample ?? [];
    const users = await usersById(context.db, { ...plan, lane }, ids);
    admissions.push(...users.map((user) => admitUser(plan, user, 0, now, timing)));
  }
  return project(standings, admissions, plan);
}

/** Projects a sample's outcomes on all who are reachable. Pure. */
function project(
  standings: readonly StandingCount[],
  admissions: readonly Admission[],
  plan: Pick<AdmissionPlan, 'sendAt'>,
): Forecast {
  const people = (rows: readonly StandingCount[]) => rows.reduce((sum, row) => sum + row.people, 0);
  const reachable = people(standings.filter((row) => row.reason === null));
  const sampled = admissions.length;
  const share = sampled === 0 ? 0 : reachable / sampled;
  const sent = admissions.flatMap(({ message }) => (message.skipReason === null ? [message] : []));
  const total = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0);
  const segments = total(sent.map((message) => message.segments));
  return {
    audience: people(standings),
    skipsByReason: tally(standings.flatMap(({ reason, people }) => (reason ? [[reason, people]] : []))),
    reachable,
    sampled,
    exact: sampled === reachable,
    expectedSkips: tally(
      admissions.flatMap(({ message }) => (message.skipReason ? [[message.skipReason, share]] : [])),
    ),
    sends: Math.round(sent.length * share),
    delayed: Math.round(sent.filter((message) => message.dueAt > plan.sendAt).length * share),
    segments: Math.round(segments * share),
    segmentsEach: sent.length === 0 ? 0 : segments / sent.length,
    price: (total(sent.map((message) => message.priceMicros)) * share) / 1_000_000,
  };
}

function tally(entries: readonly [string, number][]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [name, count] of entries) sums[name] = (sums[name] ?? 0) + count;
  return Object.fromEntries(Object.entries(sums).map(([name, count]) => [name, Math.round(count)]));
}
