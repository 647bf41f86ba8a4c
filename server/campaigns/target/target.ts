import { sql } from 'kysely';
import type { FeedOutcome } from '../../content/feeds/feed-reader.ts';
import { isOnCluster } from '../../database/cluster.ts';
import type { Database } from '../../database/connect.ts';
import { encodeMessageId } from '../../database/message-id.ts';
import { planFor } from '../../delivery/admission/admission-plan.ts';
import { admitWithCodes, fedPeople, writeAdmissions } from '../../delivery/admission/admit-lane.ts';
import type { AdmissionPlan } from '../../delivery/admission/admit-user.ts';
import { usersById } from '../../delivery/admission/audience-page.ts';
import { dealAgain } from '../../delivery/admission/deal-coupons.ts';
import { memoisedTiming } from '../../delivery/admission/lawful-timing.ts';
import type { NewMessage } from '../../delivery/admission/new-message.ts';
import { recipientUser } from '../../delivery/recipient.ts';
import type { SkipReason } from '../../delivery/skip-reason.ts';
import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { keyConflict } from '../../http/idempotency.ts';
import type { Medium } from '../../medium/media.ts';
import { isBraked } from '../../requests/brake.sql.ts';
import { findByKey, keepKey, type RequestKey } from '../../requests/request-key.sql.ts';
import type { UserKey, UserRef } from '../../users/identity.ts';
import { askingOf, type Campaign } from '../campaign.ts';

/** A call to send one campaign's message to one user. */
export interface TargetCall {
  projectId: number;
  medium: Medium;
  campaignId: number;
  recipient: UserKey;
  dataFields: Record<string, unknown>;
  /** What webhooks tell back with what becomes of the message. */
  metadata: Record<string, unknown> | undefined;
  sendAt: Date;
  /** Whether who has had a message of this (promotional) campaign may have another. */
  allowRepeats: boolean;
  /** The caller's key; null for none. */
  key: RequestKey | null;
}

/** What became of it: the message's public id, and the reason when it is a skip. */
export interface TargetOutcome {
  messageId: string;
  skipReason: SkipReason | null;
}

/** A plan is loaded anew after the first of these, and used no longer than the second. */
const planFreshMs = 500;
const planKeptMs = 1_000;
const timing = memoisedTiming();

/**
 * Plans of campaigns that are called again and again, kept for a second. Where calls come all the time the next plan
 * is loaded beside them, so that none waits for it.
 */
export function targetPlans(context: Context) {
  interface Kept {
    at: number;
    plan: Promise<AdmissionPlan>;
    isReplaced: boolean;
  }
  const kept = new Map<string, Kept>();
  const load = (key: string, call: TargetCall, at: number) => {
    const next: Kept = { at, plan: loadCampaignPlan(context, call), isReplaced: false };
    next.plan.catch(() => kept.get(key) === next && kept.delete(key));
    return next;
  };
  return (call: TargetCall): Promise<AdmissionPlan> => {
    const key = `${call.projectId} ${call.campaignId} ${call.allowRepeats}`;
    const now = context.clock.now().getTime();
    const known = kept.get(key);
    const age = known ? now - known.at : Number.POSITIVE_INFINITY;
    if (!known || age >= planKeptMs) {
      const first = load(key, call, now);
      kept.set(key, first);
      return first.plan;
    }
    if (age >= planFreshMs && !known.isReplaced) {
      known.isReplaced = true;
      const next = load(key, call, now);
      // A plan that can no longer be made is told to the call that needs it.
      next.plan.then(
        () => kept.set(key, next),
        () => kept.delete(key),
      );
    }
    return known.plan;
  };
}

/**
 * Admits one message of a campaign for one user and wakes a worker for it. When it returns, the message is in
 * the database: queued, or skipped with its reason. A call repeated with the same idempotency key finds it,
 * whatever has become of campaign and user since. Nobody is made a user for a call that is refused.
 */
export async function sendToTarget(
  context: Context,
  plans: ReturnType<typeof targetPlans>,
  call: TargetCall,
): Promise<TargetOutcome> {
  const earlier = await findEarlier(context, call);
  if (earlier?.outcome) return earlier.outcome;
  const plan = await plans(call);
  if (plan.medium !== call.medium)
    throw new ApiError(
      'BadParams',
      `campaignId ${call.campaignId} sends by ${plan.medium}; call /api/${plan.medium}/target for it`,
    );
  const at = context.clock.now();
  const user = await recipientUser(context.people, call.projectId, call.recipient, at);
  const { lane } = user;
  const feedsOf = await askFeeds(context, plan, call, user);
  const begun = earlier?.begun ?? (await beginAhead(context, call, lane));
  if (begun && begun.lane !== lane) throw movedMeanwhile();
  const admit = async (transaction: Database) => {
    const ids = begun ?? (await takeIds(transaction, call, lane));
    if (ids === null) return null;
    // Held or stopped since the plan was made: as the campaign is now, the call may be refused.
    const present = ids.isBraked ? await loadCampaignPlan(context, call) : plan;
    const mine = { ...present, requestId: ids.requestId, ...fieldsOf(call), feedsOf };
    const isAlone = begun === null && plan.noRepeatOf === null;
    return admitTarget(transaction, context, mine, user, { ...ids, isAlone }, call.metadata);
  };
  const message = await dealAgain(() => context.db.transaction().execute(admit));
  if (!message) {
    const first = await findEarlier(context, call);
    if (!first?.outcome) throw new Error('a request conflicted with one that is not there');
    return first.outcome;
  }
  if (message.senderId !== null) context.wake([{ flow: plan.purpose, lane, due: message.senderId }]);
  return { messageId: encodeMessageId(lane, message.id), skipReason: message.skipReason };
}

/** What the template's data feeds give the person, asked before the transaction. */
async function askFeeds(
  { db, clock }: Context,
  plan: AdmissionPlan,
  call: TargetCall,
  { lane, id }: UserRef,
): Promise<ReadonlyMap<number, FeedOutcome>> {
  if (plan.feeds.length === 0) return new Map();
  const asked = { ...plan, ...fieldsOf(call) };
  const users = await usersById(db, { ...plan, lane }, [id]);
  return plan.feedReader.readFor(plan.feeds, fedPeople(asked, users, clock.now(), timing));
}

const fieldsOf = ({ dataFields, sendAt }: TargetCall) => ({ dataFields, sendAt });

async function admitTarget(
  transaction: Database,
  { clock, announce }: Context,
  plan: AdmissionPlan,
  { lane, id }: UserRef,
  { messageId, isAlone }: { messageId: number; isAlone: boolean },
  metadata: TargetCall['metadata'],
): Promise<NewMessage | null> {
  // Of two calls at once for one person, each allowing no repeat or both under one key, the second is to see the first's message;
  // and the code of a coupon pool that it gave them.
  if (!isAlone || plan.template.coupons.size > 0)
    await sql`SELECT 1 FROM users WHERE lane = ${lane} AND id = ${id} FOR UPDATE`.execute(transaction);
  const [user] = await usersById(transaction, { ...plan, lane }, [id]);
  if (!user?.exists) throw new ApiError('NotFound', 'The recipient no longer exists');
  const each = [{ user, messageId }];
  const [admission] = await admitWithCodes(transaction, plan, lane, each, clock.now(), timing);
  if (!admission) throw new Error('nothing was decided on the recipient');
  const message = { ...admission.message, metadata };
  const written = await writeAdmissions(transaction, announce, lane, plan, [{ ...admission, message }]);
  return written.has(messageId) ? message : null;
}

function remedyFor({ id, state }: Pick<Campaign, 'id' | 'state'>): string {
  if (state === 'Paused') return `resume it first (POST /api/campaigns/${id}/resume)`;
  if (['Aborted', 'Archived', 'Cancelled'].includes(state)) return 'use another campaign';
  return 'activate it first (POST /api/campaigns/activateTriggered)';
}

async function loadCampaignPlan(context: Context, call: TargetCall): Promise<AdmissionPlan> {
  const campaign = await context.db
    .selectFrom('campaign')
    .selectAll()
    .where('project_id', '=', call.projectId)
    .where('id', '=', call.campaignId)
    .executeTakeFirst();
  if (!campaign)
    throw new ApiError(
      'BadParams',
      `campaignId ${call.campaignId} is no campaign of this project; GET /api/campaigns lists them`,
      { field: 'campaignId', campaignId: call.campaignId },
    );
  const ended = ['Aborted', 'Archived', 'Cancelled'].includes(campaign.state);
  if (ended || (campaign.kind === 'Triggered' && campaign.state !== 'Running'))
    throw new ApiError(
      'BadParams',
      `campaignId ${call.campaignId} is ${campaign.state} and must be Running; ${remedyFor(campaign)}`,
      { field: 'campaignId', campaignId: call.campaignId, state: campaign.state },
    );
  const plan = await planFor(context.db, context, {
    ...askingOf(campaign),
    requestId: 0,
    // The times of a blast's schedule are not those of a call.
    options: {
      ...(campaign.options as object),
      sendAt: undefined,
      inUserZone: undefined,
      spreadHours: undefined,
    },
    allowRepeats: call.allowRepeats,
    dataFields: {},
    sendAt: call.sendAt,
  });
  if (plan) return plan;
  throw new ApiError(
    'InvalidTemplate',
    `campaignId ${call.campaignId}: its template ${campaign.template_id} is archived; give the campaign another`,
    { campaignId: call.campaignId, templateId: campaign.template_id },
  );
}

interface Ids {
  requestId: number;
  messageId: number;
  lane: number;
  isBraked: boolean;
}

/**
 * Takes numbers for the request and its message, and keeps the caller's key; null when it was used before. The fields it
 * was called with are in the message and are kept nowhere else: one-time codes and the like go when the user is forgotten.
 */
async function takeIds(db: Database, call: TargetCall, lane: number): Promise<Ids | null> {
  const { rows } = await sql<Omit<Ids, 'lane'>>`
    SELECT nextval('send_request_id_seq') AS "requestId", nextval('message_id_seq') AS "messageId",
      ${isBraked(sql`${call.campaignId}::int`)} AS "isBraked"`.execute(db);
  const [ids] = rows;
  if (!ids) throw new Error('the database gave no id');
  if (call.key !== null) {
    const { requestId, messageId: id } = ids;
    if (!(await keepKey(db, call.key, { requestId, message: { lane, id } }))) return null;
  }
  return { ...ids, lane };
}

/**
 * On a cluster key and message may lie on different nodes, and together would commit in two phases. There the key is kept
 * first, with the numbers of its message: who finds it without the message makes that very one. Null elsewhere.
 */
async function beginAhead(context: Context, call: TargetCall, lane: number): Promise<Ids | null> {
  if (call.key === null || !(await isOnCluster(context.db))) return null;
  const ids = await takeIds(context.db, call, lane);
  if (ids) return ids;
  const first = await findEarlier(context, call);
  if (!first) throw new Error('a request conflicted with one that is not there');
  return first.begun;
}

function movedMeanwhile(): ApiError {
  return new ApiError(
    'Conflict',
    'The recipient was merged with another user before the first call with this Idempotency-Key was done; nothing was sent: use a new key',
  );
}

/** A call that used the same key: what became of it, or the numbers of a message that is still to be made. */
type Earlier = { outcome: TargetOutcome; begun: null } | { outcome: null; begun: Ids };

/** The call that used this key first, null for none. @throws ApiError Conflict. */
async function findEarlier({ db }: Context, call: TargetCall): Promise<Earlier | null> {
  const request = call.key && (await findByKey(db, call.key));
  if (!request) return null;
  if (!request.message) throw keyConflict();
  const { requestId, message: place } = request;
  const message = await db
    .selectFrom('message')
    .select('skip_reason')
    .where('lane', '=', place.lane)
    .where('id', '=', place.id)
    .executeTakeFirst();
  // What has become of the campaign meanwhile is asked anew.
  if (!message)
    return { outcome: null, begun: { requestId, messageId: place.id, lane: place.lane, isBraked: true } };
  // The database holds the closed list only.
  const skipReason = message.skip_reason as SkipReason | null;
  return { outcome: { messageId: encodeMessageId(place.lane, place.id), skipReason }, begun: null };
}
