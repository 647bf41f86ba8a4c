import { Type } from 'typebox';
import { recordWishes } from '../consent/ledger.ts';
import { outcomeOfWish } from '../consent/record-rows.ts';
import type { Wish } from '../consent/wish.ts';
import type { Database } from '../database/connect.ts';
import type { Routes } from '../http/api.ts';
import { ApiError } from '../http/errors.ts';
import { rowId, success, successAnswer } from '../http/schemas.ts';
import type { UserRef } from '../users/identity.ts';
import { namedUser } from '../users/named-user.ts';
import { addMembers, removeMembers, requireList } from './list-members.ts';
import { wishesOf } from './subscription-routes.ts';

const ids = Type.Optional(Type.Array(rowId));

/**
 * Iterable's `users/updateSubscriptions`: each array given is the whole truth from now on. One exception: an
 * opt-out that is merely left out of an array stands, for no one but the person undoes it.
 */
export const preferenceRoutes: Routes = (api, context) => {
  const { db, clock } = context;
  api.post(
    '/api/users/updateSubscriptions',
    {
      schema: {
        tags: ['Subscriptions'],
        summary: "Set a user's lists, message types and channels; an opt-out left out of an array stands",
        body: Type.Object({
          email: Type.Optional(Type.String()),
          userId: Type.Optional(Type.String()),
          emailListIds: ids,
          subscribedMessageTypeIds: ids,
          unsubscribedMessageTypeIds: ids,
          unsubscribedChannelIds: ids,
          campaignId: Type.Optional(rowId),
          templateId: Type.Optional(rowId),
          validateChannelAlignment: Type.Optional(Type.Boolean()),
        }),
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      const { body, caller } = request;
      const at = clock.now();
      const user = await namedUser(db, caller.project, body);
      for (const listId of body.emailListIds ?? []) await requireList(db, caller.project.id, listId);
      const asked = await askedWishes(db, user, body);
      const wishes = await wishesOf(db, caller, [user], asked, at);
      const outcomes = await recordWishes(context, wishes, at);
      if (body.emailListIds) await setLists(db, user, body.emailListIds, at);
      const refused = outcomes.flatMap((outcome, index) => {
        const told = outcomeOfWish(wishes[index]!, outcome);
        return told.ok ? [] : [told];
      });
      const [first] = refused;
      if (first)
        throw new ApiError(first.code, `${first.reason}. All else in the request was recorded`, {
          failures: refused.map(({ field, value, reason, code }) => ({ field, value, reason, code })),
        });
      return success('Subscriptions updated');
    },
  );
};

interface Preferences {
  subscribedMessageTypeIds?: number[] | undefined;
  unsubscribedMessageTypeIds?: number[] | undefined;
  unsubscribedChannelIds?: number[] | undefined;
}

/** What the arrays ask for: opt-outs first, so that a type named in both arrays ends up opted out of. */
async function askedWishes(
  db: Database,
  user: UserRef,
  { subscribedMessageTypeIds, unsubscribedMessageTypeIds = [], unsubscribedChannelIds = [] }: Preferences,
): Promise<Pick<Wish, 'action' | 'kind' | 'targetId'>[]> {
  const optOut = (kind: Wish['kind']) => (targetId: number) => ({
    action: 'optOut' as const,
    kind,
    targetId,
  });
  const asked: Pick<Wish, 'action' | 'kind' | 'targetId'>[] = [
    ...unsubscribedChannelIds.map(optOut('channel')),
    ...unsubscribedMessageTypeIds.map(optOut('messageType')),
  ];
  if (!subscribedMessageTypeIds) return asked;
  const subscribed = await db
    .selectFrom('subscription')
    .select('target_id')
    .where('lane', '=', user.lane)
    .where('user_id', '=', user.id)
    .where('kind', '=', 'messageType')
    .where('status', 'in', ['subscribed', 'pending'])
    .execute();
  const kept = new Set(subscribedMessageTypeIds);
  const present = new Set(subscribed.map((row) => row.target_id));
  const dropped = [...present].filter((id) => !kept.has(id) && !unsubscribedMessageTypeIds.includes(id));
  return [
    ...asked,
    ...dropped.map(optOut('messageType')),
    ...subscribedMessageTypeIds
      .filter((id) => !present.has(id) || unsubscribedMessageTypeIds.includes(id))
      .map((targetId) => ({ action: 'optIn' as const, kind: 'messageType' as const, targetId })),
  ];
}

async function setLists(db: Database, user: UserRef, listIds: number[], at: Date): Promise<void> {
  const present = await db
    .selectFrom('list_member')
    .select('list_id')
    .where('lane', '=', user.lane)
    .where('user_id', '=', user.id)
    .execute();
  for (const { list_id } of present) if (!listIds.includes(list_id)) await removeMembers(db, list_id, [user]);
  for (const listId of listIds) await addMembers(db, listId, [user], at);
}
