import { Type } from 'typebox';
import type { Routes } from '../http/api.ts';
import { ApiError } from '../http/errors.ts';
import { nullable, rowId, success, successAnswer } from '../http/schemas.ts';
import { bulkAnswer, bulkAnswerSchema } from '../users/bulk-answer.ts';
import { inBatches } from '../users/by-lane.ts';
import { type PreferenceOutcome, setPreferences } from './set-preferences.ts';

const ids = Type.Optional(nullable(Type.Array(rowId)));
const preferences = Type.Object({
  email: Type.Optional(Type.String()),
  userId: Type.Optional(Type.String()),
  emailListIds: ids,
  subscribedMessageTypeIds: ids,
  unsubscribedMessageTypeIds: ids,
  unsubscribedChannelIds: ids,
  campaignId: Type.Optional(nullable(rowId)),
  templateId: Type.Optional(nullable(rowId)),
  validateChannelAlignment: Type.Optional(nullable(Type.Boolean())),
});
const names = Type.Array(Type.String());

/** Iterable's calls that set all that people are subscribed to (set-preferences.ts). */
export const preferenceRoutes: Routes = (api, context) => {
  const { clock } = context;
  api.post(
    '/api/users/updateSubscriptions',
    {
      schema: {
        tags: ['Subscriptions'],
        summary: "Set a user's lists, message types and channels; an opt-out left out of an array stands",
        body: preferences,
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      const [outcome] = await setPreferences(context, request.caller, [request.body], clock.now());
      if (!outcome?.ok) throw errorOf(outcome!);
      const { warnings } = outcome;
      if (warnings.length === 0) return success('Subscriptions updated');
      return success(
        `Subscriptions updated, except that ${warnings.map(({ field, reason }) => `${field}: ${reason}`).join('; ')}`,
        { warnings },
      );
    },
  );
  api.post(
    '/api/users/bulkUpdateSubscriptions',
    {
      schema: {
        tags: ['Subscriptions'],
        summary: 'Set the subscriptions of many users; rows that cannot be taken are named with the reason',
        body: Type.Object({ updateSubscriptionsRequests: Type.Array(preferences, { maxItems: 10_000 }) }),
        response: {
          200: Type.Object({
            ...bulkAnswerSchema.properties,
            validEmailFailures: names,
            validUserIdFailures: names,
          }),
        },
      },
      config: { rows: ['updateSubscriptionsRequests'] },
    },
    async (request) => {
      const { updateSubscriptionsRequests: rows } = request.body;
      const outcomes: PreferenceOutcome[] = [];
      for (const batch of inBatches(rows))
        outcomes.push(...(await setPreferences(context, request.caller, batch, clock.now())));
      const answer = bulkAnswer(rows, outcomes);
      const { failedEmails, failedUserIds } = answer.failedUpdates;
      return { ...answer, validEmailFailures: failedEmails, validUserIdFailures: failedUserIds };
    },
  );
};

function errorOf(outcome: Exclude<PreferenceOutcome, { ok: true }>): ApiError {
  const { code, reason, field, value, refused } = outcome;
  if (!refused) return new ApiError(code, reason, { field, value });
  return new ApiError(code, `${reason}. All else in the request was recorded`, {
    failures: refused.map((each) => ({
      ...{ field: each.field, value: each.value, reason: each.reason, code: each.code },
    })),
  });
}
