import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { encodeMessageId } from '../../database/message-id.ts';
import { planFor } from '../../delivery/admission/admission-plan.ts';
import { admitEach, writeAdmissions } from '../../delivery/admission/admit-lane.ts';
import type { AdmissionPlan } from '../../delivery/admission/admit-user.ts';
import { usersById } from '../../delivery/admission/audience-page.ts';
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
  const repeated = await findRepeated(context, call);
  if (repeated) return repeated;
  const plan = await plans(call);
  if (plan.medium !== call.medium)
    throw new ApiError(
      'BadParams',
      `campaignId ${call.campaignId} sends by ${plan.medium}; call /api/${plan.medium}/target for it`,
    );
  const at = context.clock.now();
  const user = await recipientUser(context.people, call.projectId, call.recipient, at);
  const message = await context.db.transaction().execute(async (transaction) => {
    const ids = await takeIds(transaction, call, user.lane);
    if (ids === null) return null;
    // Held or stopped since the plan was made: as the campaign is now, the call may be refused.
    const present = ids.isBraked ? await loadCampaignPlan(context, call) : plan;
    const mine = { ...present, requestId: ids.requestId, ...fieldsOf(call) };
    return admitTarget(transaction, context, mine, user, ids.messageId, call.metadata);
  });
  if (!message) {
    const first = await findRepeated(context, call);
    if (!first) throw new Error('a request conflicted with one that is not there');
    return first;
  }
  const { lane } = user;
  if (message.senderId !== null) context.wake([{ flow: plan.purpose, lane, due: message.senderId }]);
  return { messageId: encodeMessageId(lane, message.id), skipReason: message.skipReason };
}

const fieldsOf = ({ dataFields, sendAt }: TargetCall) => ({ dataFields, sendAt });

async function admitTarget(
  transaction: Database,
  { clock, announce }: Context,
  plan: AdmissionPlan,
  { lane, id }: UserRef,
  messageId: number,
  metadata: TargetCall['metadata'],
): Promise<NewMessage> {
  // Of two calls at once for one person, each allowing no repeat, the second is to see the first's message.
  if (plan.noRepeatOf !== null)
    await sql`SELECT 1 FROM users WHERE lane = ${lane} AND id = ${id} FOR UPDATE`.execute(transaction);
  const [user] = await usersById(transaction, { ...plan, lane }, [id]);
  if (!user?.exists) throw new ApiError('NotFound', 'The recipient no longer exists');
  const [admission] = await admitEach(transaction, plan, [{ user, messageId }], clock.now(), timing);
  if (!admission) throw new Error('nothing was decided on the recipient');
  const message = { ...admission.message, metadata };
  await writeAdmissions(transaction, announce, lane, plan, [{ ...admission, message }]);
  return message;
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
  isBraked: boolean;
}

/**
 * Takes numbers for the request and its message, and keeps the caller's key; null when it was used before. The fields it
 * was called with are in the message and are kept nowhere else: one-time codes and the like go when the user is forgotten.
 */
async function takeIds(transaction: Database, call: TargetCall, lane: number): Promise<Ids | null> {
  const { rows } = await sql<Ids>`
    SELECT nextval('send_request_id_seq') AS "requestId", nextval('message_id_seq') AS "messageId",
      ${isBraked(sql`${call.campaignId}::int`)} AS "isBraked"`.execute(transaction);
  const [ids] = rows;
  if (!ids) throw new Error('the database gave no id');
  if (call.key === null) return ids;
  const { requestId, messageId: id } = ids;
  return (await keepKey(transaction, call.key, { requestId, message: { lane, id } })) ? ids : null;
}

/** What became of the call that used this key first, null when none did. @throws ApiError Conflict. */
async function findRepeated({ db }: Context, call: TargetCall): Promise<TargetOutcome | null> {
  const request = call.key && (await findByKey(db, call.key));
  if (!request) return null;
  if (!request.message) throw keyConflict();
  const message = await db
    .selectFrom('message')
    .select(['lane', 'id', 'skip_reason'])
    .where('lane', '=', request.message.lane)
    .where('id', '=', request.message.id)
    .executeTakeFirstOrThrow();
  // The database holds the closed list only.
  return {
    messageId: encodeMessageId(message.lane, message.id),
    skipReason: message.skip_reason as SkipReason | null,
  };
}
