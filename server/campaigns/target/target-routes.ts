import { type Static, Type } from 'typebox';
import { decodeMessageId } from '../../database/message-id.ts';
import { readRecipient } from '../../delivery/recipient.ts';
import { type QueuedSelection, skipQueued } from '../../delivery/skip-queued.ts';
import type { Routes } from '../../http/api.ts';
import { ApiError } from '../../http/errors.ts';
import { idempotencyHeader, storedKeyOf } from '../../http/idempotency.ts';
import { rowId, success, successAnswer } from '../../http/schemas.ts';
import { type Medium, media } from '../../medium/media.ts';
import { requestKey } from '../../requests/request-key.sql.ts';
import { findUsers } from '../../users/find-users.ts';
import type { UserKey, UserRef } from '../../users/identity.ts';
import { readInstant } from '../../users/instant.ts';
import { findScheduledMessage } from './scheduled-message.sql.ts';
import { sendToTarget, targetPlans } from './target.ts';

const targetBody = Type.Object({
  campaignId: rowId,
  recipientEmail: Type.Optional(Type.String()),
  recipientUserId: Type.Optional(Type.String()),
  recipientPhone: Type.Optional(Type.String()),
  dataFields: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  sendAt: Type.Optional(Type.Union([Type.String(), Type.Number()])),
  allowRepeatMarketingSends: Type.Optional(
    Type.Boolean({
      description: 'false: who has had a message of this promotional campaign is skipped as alreadySent',
    }),
  ),
  metadata: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), {
      description: 'Told back by webhooks with what becomes of the message',
    }),
  ),
});

const cancelBody = Type.Object({
  campaignId: Type.Optional(rowId),
  email: Type.Optional(Type.String()),
  userId: Type.Optional(Type.String()),
  scheduledMessageId: Type.Optional(Type.Union([Type.String(), Type.Number()])),
});

/** `POST /api/{sms|whatsApp|email}/target` and `/cancel`, for each medium. */
export const targetRoutes: Routes = (api, context) => {
  const plans = targetPlans(context);
  for (const { name: medium } of media) {
    api.post(
      `/api/${medium}/target`,
      {
        schema: {
          tags: ['Messages'],
          summary: `Send a campaign's message to one user by ${medium}`,
          headers: idempotencyHeader,
          body: targetBody,
          response: { 200: successAnswer },
        },
      },
      async (request) => {
        const { project } = request.caller;
        const { body } = request;
        const outcome = await sendToTarget(context, plans, {
          projectId: project.id,
          medium,
          campaignId: body.campaignId,
          recipient: readRecipient(body, project),
          dataFields: body.dataFields ?? {},
          metadata: body.metadata,
          sendAt: body.sendAt === undefined ? context.clock.now() : readInstant('sendAt', body.sendAt),
          allowRepeats: body.allowRepeatMarketingSends ?? true,
          key: requestKey(project.id, storedKeyOf(request), { medium, ...body }),
        });
        const said = outcome.skipReason === null ? 'queued' : `skipped: ${outcome.skipReason}`;
        return success(said, { messageId: outcome.messageId, skipReason: outcome.skipReason });
      },
    );
    api.post(
      `/api/${medium}/cancel`,
      {
        schema: {
          tags: ['Messages'],
          summary: `Cancel what waits for one user by ${medium}`,
          body: cancelBody,
          response: { 200: successAnswer },
        },
      },
      async (request) => {
        const count = await cancel(request.body, request.caller.project.id, medium);
        return success(`${count} messages cancelled`, { cancelled: count });
      },
    );
  }
  const skip = (user: UserRef, selection: QueuedSelection) =>
    context.db
      .transaction()
      .execute((db) =>
        skipQueued({ ...context, db }, user, selection, 'campaignCancelled', context.clock.now()),
      );

  const cancel = async (
    body: Static<typeof cancelBody>,
    projectId: number,
    medium: Medium,
  ): Promise<number> => {
    const message =
      body.scheduledMessageId === undefined ? null : decodeMessageId(String(body.scheduledMessageId));
    if (body.scheduledMessageId !== undefined && !message)
      throw new ApiError(
        'BadParams',
        'scheduledMessageId is no message id; give the messageId that /target answered',
      );
    if (message) {
      const row = await findScheduledMessage(context.db, projectId, message);
      if (!row) throw new ApiError('NotFound', 'scheduledMessageId is no message of this project');
      if (row.medium !== medium)
        throw new ApiError(
          'BadParams',
          `scheduledMessageId is a message by ${row.medium}; call /api/${row.medium}/cancel for it`,
        );
      return skip({ lane: message.lane, id: row.userId }, { messageId: message.id });
    }
    const key: UserKey | null = body.email
      ? { email: body.email }
      : body.userId
        ? { userId: body.userId }
        : null;
    if (!key) throw new ApiError('BadParams', 'Give scheduledMessageId, or email or userId of the recipient');
    const [user] = await findUsers(context.db, projectId, [key]);
    if (!user) throw new ApiError('NotFound', 'No such user in this project');
    return skip(user, { medium, campaignId: body.campaignId });
  };
};
