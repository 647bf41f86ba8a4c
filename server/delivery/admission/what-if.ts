import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { foreseeCoupons, type ImaginedStock, stockFor } from '../../content/coupons/coupon-wishes.ts';
import type { FeedOutcome } from '../../content/feeds/feed-reader.ts';
import type { Database } from '../../database/connect.ts';
import type { ReadAudience } from '../../segments/audience.ts';
import {
  type FrequencyCap,
  type PastSend,
  reachedLimit,
  shortestWaitMinutes,
} from '../dispatch/reached-limit.ts';
import { recentSends } from '../dispatch/recent-sends.sql.ts';
import type { SkipReason } from '../skip-reason.ts';
import { admitEach, fedPeople } from './admit-lane.ts';
import { type AdmissionPlan, faultOf, type Judgement, judgeUser, onCapOf, timingOf } from './admit-user.ts';
import { type AudienceUser, nextAudiencePage, usersById } from './audience-page.ts';
import type { Timing, TimingRequest } from './lawful-timing.ts';
import type { NewMessage } from './new-message.ts';

/** Messages that might be asked for: by which plan, of whom, and when they would be admitted. */
export interface Imagined {
  plan: AdmissionPlan;
  /** Null where all who are asked about are named. */
  audience: ReadAudience | null;
  /** The project's own limits. */
  frequencyCaps: readonly FrequencyCap[];
  now: Date;
  /** Codes of coupon pools that are left for those who are gone through; left out: each is asked about alone. */
  stock?: ImaginedStock;
  /** Of people who are each asked about at an instant of their own, by their ids: when, and what they were sent by then that is imagined too. */
  each?: ReadonlyMap<number, { now: Date; sent: readonly PastSend[] }>;
  /** Campaigns of which what was sent does not count, as if they had never been. */
  without?: readonly number[];
}

/** What would become of one person. */
export interface Fate {
  user: AudienceUser;
  /** Why they would get nothing; null for who is sent to. */
  skip: SkipReason | null;
  detail: string | null;
  /** When the message would leave, were its sender as fast as need be; null for a skip. */
  dueAt: Date | null;
  /** Whether that is later than was asked for, since hours or limits stand against it. */
  isDelayed: boolean;
  /** Whether admission fills in a text for them: what is skipped then is skipped for its text, or at a limit. */
  getsText: boolean;
  /** What admission would write; null where the text was not asked for, or is not filled in. */
  message: NewMessage | null;
}

/** Whom to ask about, in one lane: the next of the audience, or some of whom it is known that they are of it. */
export type Asked =
  | { lane: number; afterUserId: number; limit: number }
  | { lane: number; userIds: readonly number[] };

/**
 * What would become of people, by what admission itself does and the claim after it, with nothing written: `withText` says
 * of whom the text is filled in too, which is dear; whether the text skips somebody is not known of the others. `last` is
 * after whom the lane goes on, null at its end. What people do until then, and what waits in other campaigns, is not foreseen.
 */
export async function whatIf(
  db: Database,
  imagined: Imagined,
  asked: Asked,
  timing: (request: TimingRequest) => Timing,
  withText: (fate: Fate) => boolean,
): Promise<{ fates: Fate[]; last: number | null }> {
  const { plan } = imagined;
  const { users, last } = await peopleOf(db, imagined, asked);
  const judged = users.map((user) => ({
    user,
    judgement: judgeOrSkip(plan, user, instantOf(imagined, user), timing),
  }));
  const fates = await heedLimits(db, imagined, asked.lane, judged, timing);
  return { fates: await fillIn(db, imagined, asked.lane, fates, timing, withText), last };
}

/** When somebody is asked about. */
const instantOf = ({ each, now }: Imagined, { id }: AudienceUser): Date => each?.get(id)?.now ?? now;

async function peopleOf(
  db: Database,
  { plan, audience, now }: Imagined,
  asked: Asked,
): Promise<{ users: AudienceUser[]; last: number | null }> {
  if ('userIds' in asked) {
    const found = await usersById(db, { ...plan, lane: asked.lane }, [...asked.userIds]);
    return { users: found.filter((user) => user.exists), last: null };
  }
  if (!audience) throw new Error('nobody is named, and no audience');
  const page = await nextAudiencePage(db, { ...plan, ...asked, audience, now });
  return { users: page.users, last: page.isEnd ? null : page.last };
}

function judgeOrSkip(...[plan, user, now, timing]: Parameters<typeof judgeUser>): Judgement {
  try {
    return judgeUser(plan, user, now, timing);
  } catch (error) {
    return faultOf(error);
  }
}

/** Lays over what is known without the text what admission makes of it. */
async function fillIn(
  db: Database,
  imagined: Imagined,
  lane: number,
  fates: readonly Fate[],
  timing: (request: TimingRequest) => Timing,
  withText: (fate: Fate) => boolean,
): Promise<Fate[]> {
  const { plan, now, stock } = imagined;
  const chosen = fates.filter((fate) => fate.getsText && withText(fate));
  if (chosen.length === 0) return [...fates];
  const messageId = await nextMessageId(db);
  const each = chosen.map(({ user }) => ({ user, messageId, at: instantOf(imagined, user) }));
  const foreseen = await withForeseen(db, plan, lane, each, stock, now);
  const feedsOf = await feedsInTime(plan, chosen, now, timing);
  const fed = feedsOf === null ? foreseen : { ...foreseen, feedsOf };
  const told = each.filter(({ user }) => feedsOf === null || feedsOf.has(user.id));
  const admissions = await admitEach(db, fed, told, now, timing);
  const messageOf = new Map(admissions.map(({ message }) => [message.userId, message]));
  return fates.map((fate) => {
    const message = messageOf.get(fate.user.id);
    if (!message) return fate;
    if (message.skipReason === null) return { ...fate, message };
    const { skipReason: skip, detail } = message;
    return { ...fate, skip, detail, dueAt: null, isDelayed: false, message };
  });
}

/** How long a look ahead waits for data feeds; of whom they have not answered by then the text is not known. */
const feedPatienceMs = 5_000;

/** What data feeds give these people, as far as they answer in time; null where there are none. */
async function feedsInTime(
  plan: AdmissionPlan,
  fates: readonly Fate[],
  now: Date,
  timing: (request: TimingRequest) => Timing,
): Promise<ReadonlyMap<number, FeedOutcome> | null> {
  if (plan.feeds.length === 0) return null;
  const outcomes = new Map<number, FeedOutcome>();
  const people = fedPeople(
    plan,
    fates.map(({ user }) => user),
    now,
    timing,
  );
  const asking = plan.feedReader.readFor(plan.feeds, people, (id, outcome) => outcomes.set(id, outcome));
  await Promise.race([asking, pause(feedPatienceMs, undefined, { ref: false })]);
  return new Map(outcomes);
}

/** The plan with the codes of coupon pools that these people would be shown. */
async function withForeseen(
  db: Database,
  plan: AdmissionPlan,
  lane: number,
  each: readonly { user: AudienceUser; messageId: number }[],
  given: ImaginedStock | undefined,
  now: Date,
): Promise<AdmissionPlan> {
  const { projectId, requestId, campaignId } = plan;
  const { coupons } = plan.template;
  if (coupons.size === 0) return plan;
  const messages = each.map(({ user, messageId }) => ({ userId: user.id, messageId, requestId, campaignId }));
  const stock = given ?? (await stockFor(db, projectId, coupons, each.length));
  return {
    ...plan,
    couponsOf: await foreseeCoupons(db, { projectId, lane, names: coupons, messages, stock, now }),
  };
}

/** An id as long as those that admission would take: a text may tell it. */
async function nextMessageId(db: Database): Promise<number> {
  const { rows } = await sql<{ id: number }>`SELECT last_value + 1 AS id FROM message_id_seq`.execute(db);
  return Number(rows[0]?.id ?? 1);
}

interface Judged {
  user: AudienceUser;
  judgement: Judgement;
}

/** What the claim will find of limits, of those who get a message: what was sent to each by then. */
async function heedLimits(
  db: Database,
  imagined: Imagined,
  lane: number,
  judged: readonly Judged[],
  timing: (request: TimingRequest) => Timing,
): Promise<Fate[]> {
  const { plan, frequencyCaps, now, each, without } = imagined;
  const going = judged.flatMap(({ user, judgement }) => (judgement.skip === null ? [user.id] : []));
  const hours = Math.max(24, ...frequencyCaps.map((cap) => cap.hours));
  const since = new Date(now.getTime() - hours * 3_600_000);
  const sends =
    plan.purpose === 'promotional' && going.length > 0
      ? await recentSends(db, lane, going, since, without)
      : new Map<number, PastSend[]>();
  return judged.map((one) => {
    const { id } = one.user;
    const own = each?.get(id);
    const sent = sends.get(id) ?? [];
    // What was sent after the instant that is looked at does not count.
    const byThen = own ? [...sent.filter(({ at }) => at <= own.now), ...own.sent] : sent;
    return fateOf(imagined, one, byThen, timing);
  });
}

/** Pure. */
function fateOf(
  { plan, frequencyCaps }: Imagined,
  { user, judgement }: Judged,
  sent: readonly PastSend[],
  timing: (request: TimingRequest) => Timing,
): Fate {
  const skipped = (skip: SkipReason, detail: string | null, getsText: boolean): Fate => ({
    ...{ user, skip, detail, dueAt: null, isDelayed: false, getsText, message: null },
  });
  if (judgement.skip !== null) return skipped(judgement.skip, judgement.detail, false);
  const { medium } = plan;
  let { when } = judgement;
  let limit = reachedLimit({ medium, legalCap: when.cap }, sent, frequencyCaps, when.dueAt);
  while (limit !== null) {
    if (onCapOf(plan) === 'skip') return skipped(limit.reason, null, true);
    const soonest = when.dueAt.getTime() + shortestWaitMinutes * 60_000;
    const from = new Date(Math.max(limit.freeAt.getTime(), soonest));
    const next = timing(timingOf(plan, user, from));
    if ('skip' in next) return skipped(next.skip, null, true);
    when = next;
    limit = reachedLimit({ medium, legalCap: when.cap }, sent, frequencyCaps, when.dueAt);
  }
  const { dueAt } = when;
  const isDelayed = dueAt > judgement.from;
  return { ...{ user, skip: null, detail: null, dueAt, isDelayed, getsText: true, message: null } };
}
