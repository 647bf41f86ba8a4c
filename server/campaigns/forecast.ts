import { idsOfAudience } from '../audiences/audience-size.sql.ts';
import { admitEach } from '../delivery/admission/admit-lane.ts';
import type { Admission } from '../delivery/admission/admit-user.ts';
import { usersById } from '../delivery/admission/audience-page.ts';
import { memoisedTiming } from '../delivery/admission/lawful-timing.ts';
import type { Context } from '../http/context.ts';
import { lanes } from '../lanes/lanes.ts';
import { type Imagined, type Judged, judgeNextPage } from './judged-audience.ts';

/** What a campaign would come to if it were sent now (or at its time). */
export interface Forecast {
  audience: number;
  /** Counted, each person judged as at launch: consent, address, sender, lawful hours, limits of messages. */
  skipsByReason: Record<string, number>;
  /** What is left of the audience. */
  reachable: number;
  /** Of these so many messages were rendered as the worker would; the rest below is theirs, projected. */
  sampled: number;
  /** Whether every reachable person was in the sample, so that nothing is projected. */
  exact: boolean;
  /** Skips that the text makes (a field is missing, nothing is left to say), found in the sample, projected. */
  expectedSkips: Record<string, number>;
  sends: number;
  /** Part of `sends`: those that would wait for lawful hours or a limit of messages. */
  delayed: number;
  /** When the first and the last of `sends` would leave, were senders as fast as need be; null for none. */
  firstAt: Date | null;
  lastAt: Date | null;
  segments: number;
  segmentsEach: number;
  /** US dollars, by the project's price list. */
  price: number;
}

/** People rendered in all; of a larger audience so many of each lane. */
const sampleInAll = 512;
const sampleOfLane = sampleInAll / lanes.length;
const pageSize = 1_000;

/** What is counted of an audience while it is gone through. */
interface Counts {
  audience: number;
  skips: Map<string, number>;
  delayed: number;
  first: number;
  last: number;
  /** By lane, those who would be sent one, by a hash of their ids: neither the oldest nor the newest come first. */
  sample: Map<number, number[]>;
}

/** How far an audience has been gone through; whoever has it goes on with it. */
export interface Judging {
  imagined: Imagined;
  timing: ReturnType<typeof memoisedTiming>;
  counts: Counts;
  /** The lane that is next, and after whom; past the last lane everybody is judged. */
  lane: number;
  afterUserId: number;
  /** In that lane, who would be sent one. */
  going: number[];
}

/** An audience of which nobody is judged yet. */
export function beginJudging(imagined: Imagined): Judging {
  const counts: Counts = {
    ...{ audience: 0, skips: new Map(), delayed: 0 },
    ...{ first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY, sample: new Map() },
  };
  return { imagined, timing: memoisedTiming(), counts, lane: 0, afterUserId: 0, going: [] };
}

/** Whether everybody is judged. */
export const isJudged = ({ lane }: Judging) => lane === lanes.length;

/** Lanes of which a first look takes a slice each, and the people of one: the oldest users of one, the newest of another. */
const [slices, peopleOfSlice] = [8, 500];

/**
 * Judges some people who stand for all: of lanes, into which people fall by a hash, slices that are spread over the time in
 * which they came.
 */
export async function judgeSlices(context: Context, imagined: Imagined): Promise<Judging> {
  const judging = beginJudging(imagined);
  for (let slice = 0; slice < slices; slice++) {
    const lane = slice * (lanes.length / slices);
    const [oldest, newest] = await idsOfAudience(context.db, lane, imagined.listIds);
    const afterUserId = Math.floor(oldest + ((newest - oldest) * slice) / slices) - 1;
    await judgeFrom(context, judging, { lane, afterUserId, limit: peopleOfSlice });
    judging.going = [];
  }
  return judging;
}

/** Judges the next page of people, each by the code that admits them. */
export async function judgeOn(context: Context, judging: Judging): Promise<void> {
  const { lane, afterUserId } = judging;
  const last = await judgeFrom(context, judging, { lane, afterUserId, limit: pageSize });
  if (last !== null) judging.afterUserId = last;
  else Object.assign(judging, { lane: lane + 1, afterUserId: 0, going: [] });
}

async function judgeFrom(
  context: Context,
  judging: Judging,
  place: { lane: number; afterUserId: number; limit: number },
): Promise<number | null> {
  const { imagined, timing, counts } = judging;
  const { people, last } = await judgeNextPage(context, imagined, place, timing);
  for (const person of people) count(counts, person);
  judging.going.push(...people.filter((person) => person.skip === null).map(({ user }) => user.id));
  const sample = judging.going.toSorted((a, b) => spread(a) - spread(b)).slice(0, sampleInAll);
  counts.sample.set(place.lane, sample);
  return last;
}

/**
 * A campaign's sum before launch, of those who are judged; segments, price and what the text skips come of rendering up to
 * some 500 messages, and are projected on the rest. What people do until then, and what waits in other campaigns, is
 * not foreseen.
 */
export async function forecastOf(context: Context, imagined: Imagined, counts: Counts): Promise<Forecast> {
  return project(counts, await renderSample(context, imagined, counts));
}

/** Scatters ids that follow each other. */
const spread = (id: number) => (id * 2_654_435_761) % 4_294_967_296;

function count(counts: Counts, { skip, dueAt, isDelayed }: Judged): void {
  counts.audience++;
  if (skip !== null) counts.skips.set(skip, (counts.skips.get(skip) ?? 0) + 1);
  if (isDelayed) counts.delayed++;
  if (dueAt === null) return;
  counts.first = Math.min(counts.first, dueAt.getTime());
  counts.last = Math.max(counts.last, dueAt.getTime());
}

/** Renders everybody of a small audience, and some of each lane of a large one, as the worker would. */
async function renderSample(
  { db }: Context,
  { plan, now }: Imagined,
  { sample }: Counts,
): Promise<Admission[]> {
  const going = [...sample.values()].reduce((sum, ids) => sum + ids.length, 0);
  const timing = memoisedTiming();
  const admissions: Admission[] = [];
  for (const [lane, ids] of sample) {
    const chosen = going <= sampleInAll ? ids : ids.slice(0, sampleOfLane);
    const users = await usersById(db, { ...plan, lane }, chosen);
    const each = users.map((user) => ({ user, messageId: 0 }));
    admissions.push(...(await admitEach(db, plan, each, now, timing)));
  }
  return admissions;
}

/** Projects a sample's outcomes on all who are reachable. Pure. */
function project(counts: Counts, admissions: readonly Admission[]): Forecast {
  const { audience, skips, delayed, first, last } = counts;
  const reachable = audience - [...skips.values()].reduce((sum, people) => sum + people, 0);
  const sampled = admissions.length;
  const share = sampled === 0 ? 0 : reachable / sampled;
  const sent = admissions.flatMap(({ message }) => (message.skipReason === null ? [message] : []));
  const total = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0);
  const segments = total(sent.map((message) => message.segments));
  const byText = Map.groupBy(
    admissions.flatMap(({ message }) => message.skipReason ?? []),
    (reason) => reason,
  );
  return {
    audience,
    skipsByReason: Object.fromEntries(skips),
    reachable,
    sampled,
    exact: sampled === reachable,
    expectedSkips: Object.fromEntries(
      [...byText].map(([reason, found]) => [reason, Math.round(found.length * share)]),
    ),
    sends: Math.round(sent.length * share),
    delayed: sampled === 0 ? 0 : Math.round((delayed * sent.length) / sampled),
    firstAt: sent.length === 0 ? null : new Date(first),
    lastAt: sent.length === 0 ? null : new Date(last),
    segments: Math.round(segments * share),
    segmentsEach: sent.length === 0 ? 0 : segments / sent.length,
    price: (total(sent.map((message) => message.priceMicros)) * share) / 1_000_000,
  };
}
