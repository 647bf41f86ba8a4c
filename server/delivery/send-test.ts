import { specimenCoupons } from '../content/coupons/coupon-wishes.ts';
import { prepareTemplate } from '../content/render-message.ts';
import { loadSnippets } from '../content/snippets/snippet-set.ts';
import type { SendTest } from '../content/templates/template-routes.ts';
import type { Database } from '../database/connect.ts';
import { encodeMessageId } from '../database/message-id.ts';
import type { Purpose } from '../database/tables/consent.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { factsOf, type Medium } from '../medium/media.ts';
import { requireSender } from '../senders/sender.ts';
import { findUsers } from '../users/find-users.ts';
import { planFor } from './admission/admission-plan.ts';
import { admitEach, fedPeople } from './admission/admit-lane.ts';
import { usersById } from './admission/audience-page.ts';
import { memoisedTiming } from './admission/lawful-timing.ts';
import { takeMessageIds } from './admission/new-message.ts';
import { queueAnswer } from './answer.ts';
import { readRecipient, recipientUser } from './recipient.ts';

/**
 * Sends a template to one person as a test, at once. On a real network the person must have opted in as for
 * any message; on the simulator nobody is bothered, so anybody may be sent one.
 */
export const sendTest: SendTest = async (
  context,
  caller,
  { template, to, dataFields, senderId: askedSenderId },
) => {
  const now = context.clock.now();
  const recipient = readRecipient(to, caller.project);
  const plan = await planFor(context.db, context, {
    requestId: 0,
    projectId: caller.project.id,
    templateId: template.id,
    snapshotId: null,
    campaign: { id: null, name: 'Test' },
    senderId: askedSenderId,
    poolId: null,
    options: {},
    allowRepeats: true,
    dataFields,
    sendAt: now,
  });
  if (!plan) throw new ApiError('NotFound', 'The template is gone');
  const simulated = await isSimulated(
    context.db,
    caller.project.id,
    await sendersFor(context, caller.project.id, askedSenderId, plan),
  );
  const [known] = await findUsers(context.db, caller.project.id, [recipient]);
  if (!known && !simulated)
    throw new ApiError(
      'ConsentRequired',
      'The recipient is not known, so no opt-in is on record; record one first',
    );
  const user = known ?? (await recipientUser(context.people, caller.project.id, recipient, now));
  const [person] = await usersById(context.db, { ...plan, lane: user.lane }, [user.id]);
  if (!person) throw new ApiError('NotFound', 'The recipient is gone');
  const consented = simulated
    ? { ...person, channelStatus: 'subscribed' as const, typeStatus: 'subscribed' as const, paused: false }
    : person;
  const snippets = await loadSnippets(context.db, caller.project.id);
  const prepared = prepareTemplate(template, snippets);
  // Nobody's code goes to who only looks.
  const specimen = await specimenCoupons(context.db, caller.project.id, prepared.coupons, now);
  const timing = memoisedTiming();
  const feedsOf = await context.feeds.readFor(plan.feeds, fedPeople(plan, [consented], now, timing));
  const [messageId = 0] = await takeMessageIds(context.db, 1);
  const [admission] = await admitEach(
    context.db,
    {
      ...{ ...plan, template: prepared, options: { quietHours: 'delay' } },
      couponsOf: () => specimen,
      feedsOf,
    },
    [{ user: consented, messageId }],
    now,
    timing,
  );
  const message = admission?.message;
  if (!message?.content || message.skipReason || message.senderId === null || message.toAddress === null)
    throw new ApiError(
      message?.skipReason === 'noOptIn' ? 'ConsentRequired' : 'InvalidState',
      `The test cannot be sent: ${message?.skipReason ?? 'nothing to send'}${message?.detail ? ` (${message.detail})` : ''}`,
      { skipReason: message?.skipReason ?? null },
    );
  const { content, senderId, toAddress } = message;
  const id = await context.db.transaction().execute((transaction) =>
    queueAnswer(transaction, {
      lane: user.lane,
      userId: user.id,
      projectId: caller.project.id,
      // On a real network an opt-out that comes before it leaves still wins.
      basis: simulated ? 'test' : 'optIn',
      messageTypeId: simulated ? null : plan.messageTypeId,
      channelId: plan.channelId,
      templateId: template.id,
      sender: { id: senderId, medium: plan.medium, purpose: plan.purpose },
      toAddress,
      content,
      segments: message.segments,
      links: message.links,
      at: now,
    }),
  );
  context.wake([{ flow: plan.purpose, lane: user.lane, due: senderId }]);
  return { messageId: encodeMessageId(user.lane, id) };
};

type Senders = { medium: Medium } | { id: number };

/** From which senders a test may go. Throws where the one that was asked for cannot send it. */
async function sendersFor(
  { db }: Pick<Context, 'db'>,
  projectId: number,
  senderId: number | null,
  { medium, purpose }: { medium: Medium; purpose: Purpose },
): Promise<Senders> {
  if (senderId === null) return { medium };
  const sender = await requireSender(db, projectId, senderId);
  if (sender.medium === medium && sender.purpose === purpose) return { id: senderId };
  throw new ApiError(
    'BadParams',
    `senderId ${senderId} sends ${sender.purpose} messages by ${factsOf(sender.medium).title}; choose a template of such a message type`,
    { field: 'senderId' },
  );
}

/** Whether all of these senders belong to the simulator. */
async function isSimulated(db: Database, projectId: number, senders: Senders): Promise<boolean> {
  const real = await db
    .selectFrom('sender')
    .innerJoin('provider_account', 'provider_account.id', 'sender.provider_account_id')
    .select('sender.id')
    .where('sender.project_id', '=', projectId)
    .where('simulated', '=', false)
    .where((eb) => ('id' in senders ? eb('sender.id', '=', senders.id) : eb('medium', '=', senders.medium)))
    .limit(1)
    .executeTakeFirst();
  return real === undefined;
}
