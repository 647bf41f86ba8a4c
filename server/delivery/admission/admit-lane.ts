import type { Clock } from '../../clock/clock.ts';
import { giveCodes } from '../../content/coupons/deal-codes.sql.ts';
import { type FedPerson, type FeedOutcome, peopleAtOnce } from '../../content/feeds/feed-reader.ts';
import { eachWithLookups } from '../../content/lookups/each-with-lookups.ts';
import type { Database } from '../../database/connect.ts';
import { withoutWaitingForDisk } from '../../database/durability.ts';
import type { Announce } from '../../http/happenings.ts';
import { lanePlace, movePlace } from '../../requests/lane-place.sql.ts';
import { readAudience } from '../../segments/audience.ts';
import type { SegmentTools } from '../../segments/ground.ts';
import { keepStickySenders } from '../../senders/sticky-senders.sql.ts';
import { lookupSources } from '../lookup-sources.ts';
import { announceSkips } from '../skip-queued.ts';
import {
  type Admission,
  type AdmissionPlan,
  admitUser,
  emptyMessage,
  faultOf,
  judgeUser,
} from './admit-user.ts';
import { type AudienceUser, nextAudiencePage } from './audience-page.ts';
import { dealAgain, withCoupons } from './deal-coupons.ts';
import type { Timing, TimingRequest } from './lawful-timing.ts';
import { insertMessages, type NewMessage, takeMessageIds } from './new-message.ts';
import { fieldsForFeeds } from './render-for-user.ts';

/** Users admitted in one transaction. */
const pageSize = 500;

/**
 * Admits the next users of a request in one lane: their messages, links and the lane's new place are one
 * transaction, so a crash repeats nothing and loses nothing. Returns the messages made and whether the lane is
 * done. `waits` is a page whose data feeds are being asked: nothing is done yet, and whoever comes again goes on with what
 * they answered. The caller has taken the lane.
 */
export async function admitNextPage(
  connection: Database,
  {
    clock,
    announce,
    segmentKinds,
  }: { clock: Clock; announce: Announce } & Pick<SegmentTools, 'segmentKinds'>,
  plan: AdmissionPlan,
  lane: number,
  timing: (request: TimingRequest) => Timing,
): Promise<{ messages: NewMessage[]; done: boolean; waits?: true }> {
  const { feedReader } = plan;
  const feedPage = `${plan.requestId} ${lane}`;
  if (feedReader.isAsking(feedPage)) return { messages: [], done: false, waits: true };
  const place = await lanePlace(connection, plan.requestId, lane);
  if (!place || place.done) return { messages: [], done: true };
  const page = await nextAudiencePage(connection, {
    ...plan,
    lane,
    audience: await readAudience({ db: connection, segmentKinds }, plan.projectId, place),
    afterUserId: place.afterUserId,
    limit: peopleAtOnce(plan.feeds, pageSize),
    now: clock.now(),
  });
  const { users, looked: people, last, isEnd: done } = page;
  const feedsOf = askFeeds(plan, feedPage, users, clock.now(), timing);
  if (feedsOf === 'asking') return { messages: [], done: false, waits: true };
  const fed = { ...plan, feedsOf };
  const decide = (db: Database) => admitAll(db, clock, fed, lane, users, timing);
  // The codes of coupon pools are held from the moment they are seen until they are given.
  const dealsCoupons = plan.template.coupons.size > 0;
  const decided = dealsCoupons ? null : await decide(connection);
  const write = async (transaction: Database) => {
    await withoutWaitingForDisk(transaction);
    const admissions = decided ?? (await decide(transaction));
    // Stopped or paused meanwhile: what was decided is thrown away, and decided anew if it goes on.
    const move = { from: place.afterUserId, to: last, done, people, asOf: place.asOf };
    if (!(await movePlace(transaction, plan.requestId, lane, move))) return { messages: [], done: true };
    await writeAdmissions(transaction, announce, lane, plan, admissions);
    return { messages: admissions.map((admission) => admission.message), done };
  };
  const written = await dealAgain(() => connection.transaction().execute(write));
  feedReader.forget(feedPage);
  return written;
}

/** What the template's data feeds give those of a page who may get a message; they are asked beside, with no lane held. */
function askFeeds(
  plan: AdmissionPlan,
  key: string,
  users: readonly AudienceUser[],
  now: Date,
  timing: (request: TimingRequest) => Timing,
): ReadonlyMap<number, FeedOutcome> | 'asking' {
  if (plan.feeds.length === 0) return new Map();
  return plan.feedReader.page(key, fedPeople(plan, users, now, timing), plan.feeds) ?? 'asking';
}

/** Those of these people who may get a message, with the fields that a feed's address may name. */
export function fedPeople(
  plan: AdmissionPlan,
  users: readonly AudienceUser[],
  now: Date,
  timing: (request: TimingRequest) => Timing,
): FedPerson[] {
  if (plan.feeds.length === 0) return [];
  return users.flatMap((user) => {
    try {
      if (judgeUser(plan, user, now, timing).skip !== null) return [];
    } catch {
      // Told of with the person when the message is made.
      return [];
    }
    return [{ id: user.id, fields: fieldsForFeeds(withOwnFields(plan, user.id), user) }];
  });
}

/** Decides on all users given of a lane, whose messages get ids, as `admitWithCodes`. */
async function admitAll(
  db: Database,
  clock: Clock,
  plan: AdmissionPlan,
  lane: number,
  users: readonly AudienceUser[],
  timing: (request: TimingRequest) => Timing,
): Promise<Admission[]> {
  const ids = await takeMessageIds(db, users.length);
  const each = users.map((user, index) => ({ user, messageId: ids[index] ?? 0 }));
  return admitWithCodes(db, plan, lane, each, clock.now(), timing);
}

/**
 * Decides on each user of a lane; the codes of coupon pools that their messages show are held to the end of the
 * transaction, which `db` is where the template needs some.
 */
export async function admitWithCodes(
  db: Database,
  plan: AdmissionPlan,
  lane: number,
  users: readonly { user: AudienceUser; messageId: number }[],
  now: Date,
  timing: (request: TimingRequest) => Timing,
): Promise<Admission[]> {
  const { projectId, requestId, campaignId } = plan;
  if (plan.template.coupons.size === 0) return admitEach(db, plan, users, now, timing);
  const messageOf = ({ user, messageId }: { user: AudienceUser; messageId: number }) => ({
    ...{ userId: user.id, messageId, requestId, campaignId },
  });
  const made = await withCoupons(db, { projectId, lane, items: users, messageOf, now }, (some, couponsOf) =>
    admitEach(db, { ...plan, couponsOf }, some, now, timing),
  );
  return made.map(({ made: admission, codes }) => ({ ...admission, codes }));
}

/**
 * Decides on each user, as the message of this id, letting others on this thread have a turn between stretches. One of
 * whom no message can be made is skipped with the fault as its detail, and holds up nobody else.
 */
export function admitEach(
  db: Database,
  plan: AdmissionPlan,
  /** `at`: when each is admitted, where that is not now. */
  users: readonly { user: AudienceUser; messageId: number; at?: Date }[],
  now: Date,
  timing: (request: TimingRequest) => Timing,
): Promise<Admission[]> {
  return eachWithLookups(db, { projectId: plan.projectId, now }, lookupSources, users, (lookUp) => {
    const { couponsOf, feedsOf } = plan;
    const batch = { ...plan, lookUp };
    return ({ user, messageId, at = now }) => {
      const readCoupon = couponsOf?.(user.id);
      const feed = feedsOf?.get(user.id);
      const own = { ...(readCoupon && { readCoupon }), ...(feed && { feed }) };
      const mine = withOwnFields(readCoupon || feed ? { ...batch, ...own } : batch, user.id);
      return admitOne(mine, user, messageId, at, timing);
    };
  });
}

/** The plan with the fields that are a person's own. */
function withOwnFields<Plan extends AdmissionPlan>(plan: Plan, userId: number): Plan {
  const fields = plan.fieldsOf?.get(userId);
  return fields ? { ...plan, dataFields: { ...plan.dataFields, ...fields } } : plan;
}

function admitOne(...[plan, user, id, now, timing]: Parameters<typeof admitUser>): Admission {
  try {
    return admitUser(plan, user, id, now, timing);
  } catch (error) {
    const { skip: skipReason, detail } = faultOf(error);
    return { message: { ...emptyMessage(plan, user, id, now), skipReason, detail }, stickySenderId: null };
  }
}

/** Writes what was decided and tells of the skips, in the caller's transaction. Returns the ids of the messages that are new. */
export async function writeAdmissions(
  transaction: Database,
  announce: Announce,
  lane: number,
  plan: Pick<AdmissionPlan, 'poolId'>,
  admissions: readonly Admission[],
): Promise<Set<number>> {
  const written = await insertMessages(
    transaction,
    lane,
    admissions.map((admission) => admission.message),
  );
  const known = admissions.flatMap(({ message, stickySenderId: senderId }) =>
    senderId !== null && written.has(message.id) ? [{ userId: message.userId, senderId }] : [],
  );
  await keepStickySenders(transaction, lane, plan.poolId, known);
  const codes = admissions.flatMap(({ message, codes = [] }) =>
    message.skipReason === null && written.has(message.id) ? codes : [],
  );
  const at = admissions[0]?.message.createdAt;
  if (at && codes.length > 0) await giveCodes(transaction, lane, codes, at);
  const skipped = admissions.flatMap(({ message }) =>
    message.skipReason !== null && written.has(message.id) ? [message] : [],
  );
  const [first] = skipped;
  if (first) await announceSkips(transaction, announce, lane, skipped, first.createdAt);
  return written;
}
