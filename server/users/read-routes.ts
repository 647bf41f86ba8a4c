import { Type } from 'typebox';
import type { Database } from '../database/connect.ts';
import type { Routes } from '../http/api.ts';
import type { CallerProject } from '../http/context.ts';
import { emailOfPath } from './email-of-path.ts';
import { listFields } from './field-types.ts';
import { loadUser } from './find-users.ts';
import type { UserKey, UserRef } from './identity.ts';
import { keyOfName, onlyHolder } from './named-user.ts';
import { userAnswer, userAnswerSchema } from './user-answer.ts';

const tags = ['Users'];
const found = Type.Object({ user: Type.Optional(userAnswerSchema) });

/** The fields by which a profile tells its lists and subscriptions, which stand above this folder. */
export type SubscriptionsOf = (
  db: Database,
  projectId: number,
  user: UserRef,
) => Promise<Record<string, number[]>>;

/** Reading users: one by any of its identities, and their fields. */
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
  };
