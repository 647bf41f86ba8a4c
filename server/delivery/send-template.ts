import type { Database } from '../database/connect.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { takeRequestId } from '../requests/request-key.sql.ts';
import type { UserRef } from '../users/identity.ts';
import { planFor } from './admission/admission-plan.ts';
import { admitWithCodes, fedPeople, writeAdmissions } from './admission/admit-lane.ts';
import type { AdmissionPlan } from './admission/admit-user.ts';
import { type AudienceUser, usersById } from './admission/audience-page.ts';
import { memoisedTiming } from './admission/lawful-timing.ts';
import { type NewMessage, takeMessageIds } from './admission/new-message.ts';

/** A template for one person, outside any campaign, with fields of its own and perhaps from a sender. */
export interface TemplateWish {
  projectId: number;
  user: UserRef;
  templateId: number;
  dataFields: Record<string, unknown>;
  senderId: number | null;
  /** How it is named in links and to who looks: the campaign's name, where it has none. */
  name: string;
}

/** The same, with all that is looked up before anything is locked. */
export interface PreparedTemplate {
  plan: AdmissionPlan;
  person: AudienceUser;
}

/** Looks up what a template for one person needs, its data feeds among it. @throws ApiError NotFound. */
export async function prepareForOne(context: Context, wish: TemplateWish): Promise<PreparedTemplate> {
  const { db, clock } = context;
  const now = clock.now();
  const plan = await planFor(db, context, {
    requestId: await takeRequestId(db),
    projectId: wish.projectId,
    templateId: wish.templateId,
    snapshotId: null,
    campaign: { id: null, name: wish.name },
    senderId: wish.senderId,
    poolId: null,
    options: {},
    allowRepeats: true,
    dataFields: wish.dataFields,
    sendAt: now,
  });
  if (!plan)
    throw new ApiError('NotFound', `templateId ${wish.templateId} is no template of this project`, {
      field: 'templateId',
      value: wish.templateId,
    });
  const [person] = await usersById(db, { ...plan, lane: wish.user.lane }, [wish.user.id]);
  if (!person?.exists) throw new ApiError('NotFound', 'The person is gone');
  const feedsOf = await context.feeds.readFor(plan.feeds, fedPeople(plan, [person], now, memoisedTiming()));
  return { plan: { ...plan, feedsOf }, person };
}

/**
 * Decides on a prepared template by the rules of admission and writes its message, in the caller's transaction.
 * @throws ApiError ConsentRequired, OptOutStands, InvalidState with `skipReason`: nothing is written where it may not go.
 */
export async function admitForOne(
  transaction: Database,
  context: Pick<Context, 'announce' | 'clock'>,
  lane: number,
  { plan, person }: PreparedTemplate,
): Promise<NewMessage> {
  const [messageId = 0] = await takeMessageIds(transaction, 1);
  const [admission] = await admitWithCodes(
    transaction,
    plan,
    lane,
    [{ user: person, messageId }],
    context.clock.now(),
    memoisedTiming(),
  );
  if (!admission) throw new ApiError('NotFound', 'The person is gone');
  const { message } = admission;
  if (message.skipReason !== null) {
    const { skipReason, detail } = message;
    const code =
      skipReason === 'noOptIn'
        ? 'ConsentRequired'
        : skipReason === 'optedOut'
          ? 'OptOutStands'
          : 'InvalidState';
    throw new ApiError(
      code,
      `The template cannot be sent to this person: ${skipReason}${detail ? ` (${detail})` : ''}; docs/reference/skip-reasons.md says what helps`,
      { field: 'templateId', skipReason, detail },
    );
  }
  await writeAdmissions(transaction, context.announce, lane, plan, [admission]);
  return message;
}
