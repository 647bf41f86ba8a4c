import { imaginedStock } from '../content/coupons/coupon-wishes.ts';
import { memoisedTiming } from '../delivery/admission/lawful-timing.ts';
import { type Fate, whatIf } from '../delivery/admission/what-if.ts';
import type { Context } from '../http/context.ts';
import { lanes } from '../lanes/lanes.ts';
import { spanOfAudience } from '../segments/audience-size.sql.ts';
import type { ImaginedLaunch } from './imagined-launch.ts';
import { type Forecast, type JudgedPeople, projected } from './projected-forecast.ts';

/** People rendered in all; of a larger audience so many of each lane. */
const sampleInAll = 512;
const sampleOfLane = sampleInAll / lanes.length;
const pageSize = 1_000;

/** What is counted of an audience while it is gone through. */
interface Counts extends JudgedPeople {
  /** By lane, those who get a text, by a hash of their ids: neither the oldest nor the newest come first. */
  sample: Map<number, number[]>;
}

/** How far an audience has been gone through; whoever has it goes on with it. */
export interface Judging {
  launch: ImaginedLaunch;
  timing: ReturnType<typeof memoisedTiming>;
  counts: Counts;
  /** The lane that is next, and after whom; past the last lane everybody is judged. */
  lane: number;
  afterUserId: number;
}

/** An audience of which nobody is judged yet. */
export function beginJudging(launch: ImaginedLaunch): Judging {
  const counts: Counts = {
    ...{ audience: 0, getText: 0, skips: {}, limits: {}, delayed: 0 },
    ...{ first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY, sample: new Map() },
  };
  return { launch, timing: memoisedTiming(), counts, lane: 0, afterUserId: 0 };
}

/** Whether everybody is judged. */
export const isJudged = ({ lane }: Judging) => lane === lanes.length;

/** Lanes of which a first look takes a slice each, and the people of one: the oldest users of one, the newest of another. */
const [slices, peopleOfSlice] = [8, 500];

/**
 * Judges some people who stand for all: of lanes, into which people fall by a hash, slices that are spread over the time in
 * which they came.
 */
export async function judgeSlices(context: Context, launch: ImaginedLaunch): Promise<Judging> {
  const judging = beginJudging(launch);
  for (let slice = 0; slice < slices; slice++) {
    const lane = slice * (lanes.length / slices);
    const [oldest, newest] = await spanOfAudience(context.db, launch.audience, {
      lane,
      projectId: launch.plan.projectId,
    });
    const afterUserId = Math.floor(oldest + ((newest - oldest) * slice) / slices) - 1;
    await judgeFrom(context, judging, { lane, afterUserId, limit: peopleOfSlice });
  }
  return judging;
}

/** Judges the next page of people, each by the code that admits them, but for their texts. */
export async function judgeOn(context: Context, judging: Judging): Promise<void> {
  const { lane, afterUserId } = judging;
  const last = await judgeFrom(context, judging, { lane, afterUserId, limit: pageSize });
  if (last !== null) judging.afterUserId = last;
  else Object.assign(judging, { lane: lane + 1, afterUserId: 0 });
}

async function judgeFrom(
  context: Context,
  { launch, timing, counts }: Judging,
  place: { lane: number; afterUserId: number; limit: number },
): Promise<number | null> {
  const { fates, last } = await whatIf(context.db, launch, place, timing, () => false);
  for (const fate of fates) count(counts, fate);
  const ids = fates.flatMap(({ user, getsText }) => (getsText ? [user.id] : []));
  const sample = [...(counts.sample.get(place.lane) ?? []), ...ids];
  counts.sample.set(place.lane, sample.toSorted((a, b) => spread(a) - spread(b)).slice(0, sampleInAll));
  return last;
}

/**
 * A campaign's sum before launch, of those who are judged. Of a small audience everybody's text is filled in as well; of a
 * large one some 500 are, and what comes of texts is projected on all.
 */
export async function forecastOf(
  context: Context,
  launch: ImaginedLaunch,
  counts: Counts,
): Promise<Forecast> {
  return projected(counts, await fatesOfSample(context, launch, counts));
}

/** Scatters ids that follow each other. */
const spread = (id: number) => (id * 2_654_435_761) % 4_294_967_296;

function count(counts: Counts, { skip, dueAt, isDelayed, getsText }: Fate): void {
  counts.audience++;
  if (getsText) counts.getText++;
  if (skip !== null) {
    const reasons = getsText ? counts.limits : counts.skips;
    reasons[skip] = (reasons[skip] ?? 0) + 1;
  }
  if (isDelayed) counts.delayed++;
  if (dueAt === null) return;
  counts.first = Math.min(counts.first, dueAt.getTime());
  counts.last = Math.max(counts.last, dueAt.getTime());
}

/** Everybody of a small audience who gets a text, and some of each lane of a large one, with their texts. */
async function fatesOfSample({ db }: Context, judged: ImaginedLaunch, counts: Counts): Promise<Fate[]> {
  const { sample, getText } = counts;
  const inAll = [...sample.values()].reduce((sum, ids) => sum + ids.length, 0);
  const timing = memoisedTiming();
  const found: Fate[] = [];
  const chosen = [...sample].map(
    ([lane, ids]) => [lane, inAll <= sampleInAll ? ids : ids.slice(0, sampleOfLane)] as const,
  );
  // Of the codes of coupon pools the sample gets its share, so that what is found of it is true of all.
  const { projectId, template } = judged.plan;
  const share = chosen.reduce((sum, [, ids]) => sum + ids.length, 0) / Math.max(getText, 1);
  const launch = { ...judged, stock: await imaginedStock(db, projectId, template.coupons, share) };
  for (const [lane, userIds] of chosen) {
    if (userIds.length === 0) continue;
    const { fates } = await whatIf(db, launch, { lane, userIds }, timing, () => true);
    found.push(...fates.filter(({ getsText }) => getsText));
  }
  return found;
}
