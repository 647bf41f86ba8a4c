import { Type } from 'typebox';
import type { Database } from '../database/connect.ts';
import type { Routes } from '../http/api.ts';
import type { CallerProject } from '../http/context.ts';
import { nullable, rowId } from '../http/schemas.ts';
import { emailOfPath } from './email-of-path.ts';
import { listFields } from './field-types.ts';
import { loadUser, loadUsers } from './find-users.ts';
import { readHistory } from './history.ts';
import type { UserKey, UserRef } from './identity.ts';
import { keyOfName, namedUser, onlyHolder, userOfRef } from './named-user.ts';
import { readSentMessages } from './sent-messages.ts';
import { userAnswer, userAnswerSchema, userCard, userCardSchema } from './user-answer.ts';

const tags = ['Users'];
const found = Type.Object({ user: Type.Optional(userAnswerSchema) });
const mediumNames = Type.Union([
  Type.Literal('Email'),
  Type.Literal('SMS'),
  Type.Literal('Push'),
  Type.Literal('InApp'),
  Type.Literal('WhatsApp'),
]);

/** The fields by which a profile tells its lists and subscriptions, which stand above this folder. */
export type SubscriptionsOf = (
  db: Database,
  projectId: number,
  user: UserRef,
) => Promise<Record<string, number[]>>;

/** Reading users: one by any of its identities, their fields, messages and history. */
export const userReadRoutes =
  (subscriptionsOf: SubscriptionsOf): Routes =>
  (api, context) => {
    const oneUser = async (project: CallerProject, key: UserKey) => {
      const user = await loadUser(context.db, project.id, key);
      // As Iterable answers: nobody is an empty object, not an error.
      return user ? { user: userAnswer(user, await subscriptionsOf(context.db, project.id, user)) } : {};
    };
    api.get(
      '/api/users/:email',
      {
        schema: {
          tags,
          summary: 'A user by email',
          params: Type.Object({ email: Type.String() }),
          response: { 200: found },
        },
      },
      async (request) => {
        const email = emailOfPath(request.params.email);
        return oneUser(request.caller.project, { email });
      },
    );
    api.get(
      '/api/users/getByEmail',
      {
        schema: {
          tags,
          summary: 'A user by email, given in the query',
          querystring: Type.Object({ email: Type.String({ minLength: 1 }) }),
          response: { 200: found },
        },
      },
      async (request) => oneUser(request.caller.project, { email: request.query.email }),
    );
    api.get(
      '/api/users/byUserId',
      {
        schema: {
          tags,
          summary: 'A user by userId, given in the query',
          querystring: Type.Object({ userId: Type.String({ minLength: 1 }) }),
          response: { 200: found },
        },
      },
      async (request) => oneUser(request.caller.project, { userId: request.query.userId }),
    );
    api.get(
      '/api/users/byUserId/:userId',
      {
        schema: {
          tags,
          summary: 'A user by userId',
          params: Type.Object({ userId: Type.String() }),
          response: { 200: found },
        },
      },
      async (request) => oneUser(request.caller.project, { userId: request.params.userId }),
    );
    api.get(
      '/api/users/byPhone/:phone',
      {
        schema: {
          tags,
          summary: 'A user by phone number',
          params: Type.Object({ phone: Type.String() }),
          response: { 200: found },
        },
      },
      async (request) => {
        const { project } = request.caller;
        const key = keyOfName({ phone: request.params.phone }, project);
        await onlyHolder(context.db, project.id, key);
        return oneUser(project, key);
      },
    );
    api.get(
      '/api/users/getFields',
      {
        schema: {
          tags,
          summary: 'The fields of profiles with their types',
          response: { 200: Type.Object({ fields: Type.Record(Type.String(), Type.String()) }) },
        },
      },
      async (request) => {
        const own = {
          email: 'string',
          userId: 'string',
          phoneNumber: 'string',
          signupDate: 'date',
          profileUpdatedAt: 'date',
        };
        return {
          fields: { ...own, ...Object.fromEntries(await listFields(context.db, request.caller.project.id)) },
        };
      },
    );
    api.get(
      '/api/users/:ref/history',
      {
        schema: {
          tags,
          summary: 'What happened to and by a user, newest first',
          params: Type.Object({ ref: Type.String({ description: 'email, userId, or id:<lane>.<id>' }) }),
          querystring: Type.Object({
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 200 })),
          }),
          response: {
            200: Type.Object({
              user: userCardSchema,
              history: Type.Array(
                Type.Object({
                  at: Type.String(),
                  kind: Type.String(),
                  what: Type.String(),
                  medium: nullable(Type.String()),
                  text: nullable(Type.String()),
                  skipReason: nullable(Type.String()),
                  details: Type.Record(Type.String(), Type.Unknown()),
                }),
              ),
            }),
          },
        },
      },
      async (request) => {
        const { project } = request.caller;
        const ref = await userOfRef(context.db, project, request.params.ref);
        const user = (await loadUsers(context.db, project.id, [ref])).get(ref.id)!;
        const history = await readHistory(
          context.db,
          project.id,
          ref,
          request.query.limit ?? 200,
          context.clock.now(),
        );
        return {
          user: userCard(user),
          history: history.map((entry) => ({ ...entry, at: entry.at.toISOString() })),
        };
      },
    );
    api.get(
      '/api/users/getSentMessages',
      {
        schema: {
          tags,
          summary: 'Messages sent to a user, newest first',
          querystring: Type.Object({
            email: Type.Optional(Type.String()),
            userId: Type.Optional(Type.String()),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 10 })),
            campaignIds: Type.Optional(Type.Union([Type.Array(rowId), rowId])),
            startDateTime: Type.Optional(Type.String()),
            endDateTime: Type.Optional(Type.String()),
            excludeBlastCampaigns: Type.Optional(Type.Boolean({ default: false })),
            messageMedium: Type.Optional(mediumNames),
          }),
          response: {
            200: Type.Object({ messages: Type.Array(Type.Record(Type.String(), Type.Unknown())) }),
          },
        },
      },
      async (request) => {
        const { project } = request.caller;
        const user = await namedUser(context.db, project, request.query);
        return { messages: await readSentMessages(context.db, project.id, user, request.query) };
      },
    );
  };
