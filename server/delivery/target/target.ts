import { sql } from 'kysely';
import { encodeMessageId } from '../../database/message-id.ts';
import type { Medium } from '../../database/schema.ts';
import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import type { UserRef } from '../../users/identity.ts';
import { planFor } from '../admission/admission-plan.ts';
import { admitAll, writeAdmissions } from '../admission/admit-lane.ts';
import type { AdmissionPlan } from '../admission/admit-user.ts';
import { usersById } from '../admission/audience-page.ts';
import { memoisedTiming } from '../admission/lawful-timing.ts';
import type { SkipReason } from '../skip-reason.ts';

/** A call to send one campaign's message to one user. */
export interface TargetCall {
  projectId: number;
  medium: Medium;
  campaignId: number;
  user: UserRef;
  dataFields: Record<string, unknown>;
  sendAt: Date;
  idempotencyKey: string | null;
  /** Hash of what was asked; the same key with another is refused. */
  fingerprint: string;
}

/** What became of it: the message's public id, and the reason when it is a skip. */
export interface TargetOutcome {
  messageId: string;
  skipReason: SkipReason | null;
}

const planKeptMs = 1_000;
const timing = memoisedTiming();

/** Plans of campaigns that are called again and again, kept for a second. */
export function targetPlans(context: Context) {
  const kept = new Map<number, { until: number; plan: Promise<AdmissionPlan | null> }>();
  return (campaignId: number, load: () => Promise<AdmissionPlan | null>): Promise<AdmissionPlan | null> => {
    const now = context.clock.now().getTime();
    const known = kept.get(campaignId);
    if (known && known.until > now) return known.plan;
    const plan = load();
    plan.catch(() => kept.delete(campaignId));
    kept.set(campaignId, { until: now + planKeptMs, plan });
    return plan;
  };
}

/**
 * Admits one message of a campaign for one user and wakes a worker for it. When it returns, the message is in
 * the database: queued, or skipped with its reason. A call repeated with the same idempotency key finds it.
 */
export async function sendToTarget(
  context: Context,
  plans: ReturnType<typeof targetPlans>,
  call: TargetCall,
): Promise<TargetOutcome> {
  const plan = await plans(call.campaignId, () => loadCampaignPlan(context, call));
  if (!plan || plan.projectId !== call.projectId)
    throw new ApiError('NotFound', `campaignId ${call.campaignId} is no campaign of this project`, {
      campaignId: call.campaignId,
    });
  if (plan.medium !== call.medium)
    throw new ApiError(
      'BadParams',
      `campaignId ${call.campaignId} sends by ${plan.medium}; call /api/${plan.medium}/target for it`,
    );
  const { lane, id } = call.user;
  const [user] = await usersById(context.db, { ...plan, lane }, [id]);
  if (!user?.exists) throw new ApiError('NotFound', 'The recipient no longer exists');
  const message = await context.db.transaction().execute(async (transaction) => {
    const requestId = await insertRequest(transaction, call, context.clock.now());
    if (requestId === null) return null;
    const mine = { ...plan, requestId, dataFields: call.dataFields, sendAt: call.sendAt };
    const [admission] = await admitAll(transaction, context.clock, mine, [user], timing);
    if (!admission) throw new Error('admission decided nothing');
    await writeAdmissions(transaction, lane, plan, [admission]);
    return admission.message;
  });
  if (!message) return findRepeated(context, call);
  if (message.senderId !== null) context.wake([{ lane, senderId: message.senderId }]);
  return { messageId: encodeMessageId(lane, message.id), skipReason: message.skipReason };
}

async function loadCampaignPlan(context: Context, call: TargetCall): Promise<AdmissionPlan | null> {
  const campaign = await context.db
    .selectFrom('campaign')
    .select(['id', 'name', 'kind', 'state', 'template_id', 'sender_id', 'pool_id', 'options'])
    .where('project_id', '=', call.projectId)
    .where('id', '=', call.campaignId)
    .executeTakeFirst();
  if (!campaign) return null;
  const ended = ['Aborted', 'Archived', 'Cancelled'].includes(campaign.state);
  if (ended || (campaign.kind === 'Triggered' && campaign.state !== 'Running'))
    throw new ApiError(
      'InvalidState',
      `campaignId ${call.campaignId} is ${campaign.state}; ${ended ? 'use another campaign' : 'activate it first'}`,
    );
  return planFor(context.db, context.publicUrl, {
    requestId: 0,
    projectId: call.projectId,
    templateId: campaign.template_id,
    campaign: { id: campaign.id, name: campaign.name },
    senderId: campaign.sender_id,
    poolId: campaign.pool_id,
    // The times of a blast's schedule are not those of a call.
    options: {
      ...(campaign.options as object),
      sendAt: undefined,
      inUserZone: undefined,
      spreadHours: undefined,
    },
    dataFields: {},
    sendAt: call.sendAt,
  });
}

/** Stores the request; null when the key was used before. */
async function insertRequest(transaction: Context['db'], call: TargetCall, at: Date): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    INSERT INTO send_request (project_id, campaign_id, kind, idempotency_key, fingerprint, state, data_fields, send_at,
      created_at, admitted_at)
    VALUES (${call.projectId}, ${call.campaignId}, 'target', ${call.idempotencyKey}, ${call.fingerprint}, 'admitted',
      ${JSON.stringify(call.dataFields)}::jsonb, ${call.sendAt}, ${at}, ${at})
    ON CONFLICT (project_id, idempotency_key) DO NOTHING
    RETURNING id
  `.execute(transaction);
  return rows[0]?.id ?? null;
}

async function findRepeated(context: Context, call: TargetCall): Promise<TargetOutcome> {
  const request = await context.db
    .selectFrom('send_request')
    .select(['id', 'fingerprint'])
    .where('project_id', '=', call.projectId)
    .where('idempotency_key', '=', call.idempotencyKey)
    .executeTakeFirst();
  if (request?.fingerprint !== call.fingerprint)
    throw new ApiError(
      'Conflict',
      'Idempotency-Key was used for another request; use a new key for a new request',
    );
  const message = await context.db
    .selectFrom('message')
    .select(['id', 'skip_reason'])
    .where('lane', '=', call.user.lane)
    .where('user_id', '=', call.user.id)
    .where('request_id', '=', request.id)
    .executeTakeFirstOrThrow();
  // The database holds the closed list only.
  return {
    messageId: encodeMessageId(call.user.lane, message.id),
    skipReason: message.skip_reason as SkipReason | null,
  };
}
