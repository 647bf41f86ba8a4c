import { Type } from 'typebox';
import { type Ledger, recordWishes } from '../consent/ledger.ts';
import { outcomeOfWish } from '../consent/record-rows.ts';
import { type TargetKind, targetText } from '../consent/standing.ts';
import { addressFor, mediaOfTargets } from '../consent/targets.ts';
import type { Wish } from '../consent/wish.ts';
import type { Database } from '../database/connect.ts';
import type { Routes } from '../http/api.ts';
import type { Caller } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { rowId, success, successAnswer } from '../http/schemas.ts';
import { refusalError } from '../users/bulk-answer.ts';
import { inBatches } from '../users/by-lane.ts';
import { findUsers, loadUsers } from '../users/find-users.ts';
import type { UserKey, UserRef } from '../users/identity.ts';
import type { RowRefusal } from '../users/prepare-update.ts';
import { addMembers, removeMembers, requireList } from './list-members.ts';
import type { ListBook } from './tell-lists.ts';

const tags = ['Subscriptions'];
const groupParams = {
  subscriptionGroup: Type.String({ description: 'emailList, messageType or messageChannel, in any case' }),
  subscriptionGroupId: rowId,
};
type Group = 'emailList' | 'messageType' | 'messageChannel';
const kindOfGroup = { messageType: 'messageType', messageChannel: 'channel' } as const;

/** Iterable's subscription calls: to a list, a message type or a channel, for one user or many. */
export const subscriptionRoutes: Routes = (api, context) => {
  const { clock } = context;
  api.put(
    '/api/subscriptions/:subscriptionGroup/:subscriptionGroupId',
    {
      schema: {
        tags,
        summary: 'Subscribe or unsubscribe many users; `params.failures` names those that were not',
        params: Type.Object(groupParams),
        querystring: Type.Object({
          action: Type.Union([Type.Literal('subscribe'), Type.Literal('unsubscribe')]),
        }),
        body: Type.Object({
          users: Type.Optional(Type.Array(Type.String(), { maxItems: 10_000 })),
          usersByUserId: Type.Optional(Type.Array(Type.String(), { maxItems: 10_000 })),
        }),
        response: { 200: successAnswer },
      },
      config: { rows: ['users', 'usersByUserId'] },
    },
    async (request) => {
      const { subscriptionGroup, subscriptionGroupId: id } = request.params;
      const group = groupNamed(subscriptionGroup);
      const keys: UserKey[] = [
        ...(request.body.users ?? []).map((email) => ({ email })),
        ...(request.body.usersByUserId ?? []).map((userId) => ({ userId })),
      ];
      const failures: RowRefusal[] = [];
      for (const batch of inBatches(keys))
        failures.push(
          ...(await subscribe(
            context,
            request.caller,
            { group, id, action: request.query.action },
            batch,
            clock.now(),
          )),
        );
      const told = failures.map(({ field, value, reason, code }) => ({ field, value, reason, code }));
      return success(`${keys.length - told.length} of ${keys.length} users updated`, {
        successCount: keys.length - told.length,
        failCount: told.length,
        failures: told,
      });
    },
  );
  const one = async (caller: Caller, change: Change, key: UserKey) => {
    const [failure] = await subscribe(context, caller, change, [key], clock.now());
    if (failure) throw refusalError(failure);
    return success();
  };
  const names = [
    { path: 'user/:userEmail', param: 'userEmail', by: 'email' },
    { path: 'byUserId/:userId', param: 'userId', by: 'userId' },
  ] as const;
  for (const { path, param, by } of names)
    for (const [method, action] of [
      ['PATCH', 'subscribe'],
      ['DELETE', 'unsubscribe'],
    ] as const)
      api.route({
        method,
        url: `/api/subscriptions/:subscriptionGroup/:subscriptionGroupId/${path}`,
        schema: {
          tags,
          summary: `${action === 'subscribe' ? 'Subscribe' : 'Unsubscribe'} a user by ${by}`,
          params: Type.Object({
            ...groupParams,
            userEmail: Type.Optional(Type.String()),
            userId: Type.Optional(Type.String()),
          }),
          response: { 200: successAnswer },
        },
        handler: async (request) => {
          const { subscriptionGroup, subscriptionGroupId: id } = request.params;
          const group = groupNamed(subscriptionGroup);
          const value = request.params[param] ?? '';
          const key: UserKey = by === 'email' ? { email: value } : { userId: value };
          return one(request.caller, { group, id, action }, key);
        },
      });
};

const groups: readonly Group[] = ['emailList', 'messageType', 'messageChannel'];

function groupNamed(name: string): Group {
  const group = groups.find((each) => each.toLowerCase() === name.toLowerCase());
  if (group) return group;
  throw new ApiError('BadParams', `subscriptionGroup ${name} is none of ${groups.join(', ')}`, {
    field: 'subscriptionGroup',
    value: name,
  });
}

interface Change {
  group: Group;
  id: number;
  action: 'subscribe' | 'unsubscribe';
}

/** Applies a change to those who are known; answers the failures. */
async function subscribe(
  ledger: Ledger & ListBook,
  caller: Caller,
  { group, id, action }: Change,
  keys: UserKey[],
  at: Date,
): Promise<RowRefusal[]> {
  const { db } = ledger;
  const { project } = caller;
  const refs = await findUsers(db, project.id, keys);
  const failures = keys.filter((_, index) => !refs[index]).map(unknownUser);
  const known = refs.flatMap((ref) => ref ?? []);
  if (group === 'emailList') {
    await requireList(db, project.id, id);
    if (action === 'subscribe') await addMembers(ledger, project.id, id, known, at);
    else await removeMembers(ledger, project.id, id, known, at);
    return failures;
  }
  const kind = kindOfGroup[group];
  await requireTarget(db, project.id, kind, id);
  const wished = action === 'subscribe' ? ('optIn' as const) : ('optOut' as const);
  const wishes = await wishesOf(db, caller, known, [{ action: wished, kind, targetId: id }], at);
  const outcomes = await recordWishes(ledger, wishes, at);
  const refused = outcomes.map((outcome, index) => outcomeOfWish(wishes[index]!, outcome));
  return [...failures, ...refused.filter((outcome) => !outcome.ok)];
}

/** The same wishes for each of these users, as an API caller states them. */
export async function wishesOf(
  db: Database,
  caller: Caller,
  refs: UserRef[],
  asked: Pick<Wish, 'action' | 'kind' | 'targetId'>[],
  at: Date,
): Promise<Wish[]> {
  const media = await mediaOfTargets(db, caller.project.id);
  const users = await loadUsers(db, caller.project.id, refs);
  return [...users.values()].flatMap((user) =>
    asked.map((wish) => ({
      ...wish,
      lane: user.lane,
      userId: user.id,
      projectId: caller.project.id,
      address: addressFor(user, media.get(targetText(wish.kind, wish.targetId))),
      method: 'api',
      source: caller.name,
      happenedAt: at,
    })),
  );
}

async function requireTarget(db: Database, projectId: number, kind: TargetKind, id: number): Promise<void> {
  if ((await mediaOfTargets(db, projectId)).has(targetText(kind, id))) return;
  throw new ApiError('NotFound', `No ${kind} ${id} in this project`, {
    field: 'subscriptionGroupId',
    value: id,
  });
}

function unknownUser(key: UserKey): RowRefusal {
  const [field, value] = Object.entries(key)[0]!;
  return { ok: false, code: 'NotFound', field, value, reason: `no user has the ${field} ${value}` };
}
