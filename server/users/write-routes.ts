import { type Static, Type } from 'typebox';
import type { Routes } from '../http/api.ts';
import { ApiError } from '../http/errors.ts';
import { success, successAnswer } from '../http/schemas.ts';
import { bulkAnswer, bulkAnswerSchema, refusalError } from './bulk-answer.ts';
import { inBatches } from './by-lane.ts';
import { changeEmail } from './change-email.ts';
import { deleteUsers } from './delete-users.ts';
import { findUsers } from './find-users.ts';
import type { UserKey } from './identity.ts';
import { mergeUsers } from './merge-users.ts';
import { namedUser } from './named-user.ts';
import type { UpsertOutcome, UserUpdate } from './prepare-update.ts';
import { upsertUsers } from './upsert-users.ts';

const tags = ['Users'];
const answers = { 200: successAnswer };

/** One user of an update call; `phoneNumber` may stand beside the identities or among the data fields. */
export const userUpdateSchema = Type.Object({
  email: Type.Optional(Type.String()),
  userId: Type.Optional(Type.String()),
  phoneNumber: Type.Optional(Type.String()),
  whatsAppUserId: Type.Optional(Type.String()),
  dataFields: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  mergeNestedObjects: Type.Optional(Type.Boolean()),
  preferUserId: Type.Optional(Type.Boolean()),
});

/** The update that a row of a request means. */
export function updateOfRow(row: Static<typeof userUpdateSchema>): UserUpdate {
  const update: UserUpdate = {};
  if (row.email !== undefined) update.email = row.email;
  if (row.userId !== undefined) update.userId = row.userId;
  if (row.phoneNumber !== undefined) update.phone = row.phoneNumber;
  if (row.whatsAppUserId !== undefined) update.whatsAppUserId = row.whatsAppUserId;
  if (row.dataFields !== undefined) update.dataFields = row.dataFields;
  if (row.mergeNestedObjects !== undefined) update.mergeNestedObjects = row.mergeNestedObjects;
  return update;
}

/** Changing users: one or many, their email, merging, forgetting. */
export const userWriteRoutes: Routes = (api, context) => {
  const { db, clock } = context;
  api.post(
    '/api/users/update',
    {
      schema: {
        tags,
        summary: 'Create or update a user',
        body: Type.Object({ ...userUpdateSchema.properties, createNewFields: Type.Optional(Type.Boolean()) }),
        response: answers,
      },
    },
    async (request) => {
      const { project } = request.caller;
      const options = {
        defaultCountry: project.defaultCountry,
        createNewFields: request.body.createNewFields ?? true,
      };
      const [outcome] = await upsertUsers(db, project.id, [updateOfRow(request.body)], options, clock.now());
      if (!outcome?.ok) throw refusalError(outcome!);
      const { lane, id } = outcome.user;
      const { created, warnings } = outcome;
      const leftOut = warnings.map(({ field, reason }) => `; ${field} was left out: ${reason}`).join('');
      const params = { ref: `id:${lane}.${id}`, ...(warnings.length > 0 ? { warnings } : {}) };
      return success(`${created ? 'User created' : 'User updated'}${leftOut}`, params);
    },
  );
  api.post(
    '/api/users/bulkUpdate',
    {
      schema: {
        tags,
        summary: 'Create or update many users; rows that cannot be taken are named with the reason',
        body: Type.Object({
          users: Type.Array(userUpdateSchema, { maxItems: 10_000 }),
          createNewFields: Type.Optional(Type.Boolean()),
        }),
        response: { 200: bulkAnswerSchema },
      },
      config: { rows: ['users'] },
    },
    async (request) => {
      const { project } = request.caller;
      const options = {
        defaultCountry: project.defaultCountry,
        createNewFields: request.body.createNewFields ?? true,
      };
      const outcomes: UpsertOutcome[] = [];
      for (const batch of inBatches(request.body.users))
        outcomes.push(...(await upsertUsers(db, project.id, batch.map(updateOfRow), options, clock.now())));
      return bulkAnswer(request.body.users, outcomes);
    },
  );
  api.post(
    '/api/users/updateEmail',
    {
      schema: {
        tags,
        summary: "Change a user's email; what the person agreed to by email goes along",
        body: Type.Object({
          currentEmail: Type.Optional(Type.String()),
          currentUserId: Type.Optional(Type.String()),
          newEmail: Type.String(),
        }),
        response: answers,
      },
    },
    async (request) => {
      const { project } = request.caller;
      const { currentEmail, currentUserId, newEmail } = request.body;
      const user = await namedUser(db, project, { email: currentEmail, userId: currentUserId });
      const refusal = await changeEmail(db, project.id, user, newEmail, clock.now());
      if (refusal) throw refusalError(refusal);
      return success('Email changed');
    },
  );
  api.post(
    '/api/users/merge',
    {
      schema: {
        tags,
        summary: 'Merge the source user into the destination',
        body: Type.Object({
          sourceEmail: Type.Optional(Type.String()),
          sourceUserId: Type.Optional(Type.String()),
          destinationEmail: Type.Optional(Type.String()),
          destinationUserId: Type.Optional(Type.String()),
          arrayMerge: Type.Optional(
            Type.Array(Type.Object({ field: Type.String(), dedupeBy: Type.Optional(Type.String()) })),
          ),
        }),
        response: answers,
      },
    },
    async (request) => {
      const { project } = request.caller;
      const { body } = request;
      const source = await namedUser(db, project, { email: body.sourceEmail, userId: body.sourceUserId });
      const destination = await namedUser(db, project, {
        email: body.destinationEmail,
        userId: body.destinationUserId,
      });
      if (source.id === destination.id)
        throw new ApiError('BadParams', 'Source and destination are the same user', { field: 'sourceEmail' });
      await mergeUsers(db, project.id, source, destination, body.arrayMerge ?? [], clock.now());
      return success('Users merged');
    },
  );
  const forget = async (projectId: number, key: UserKey) => {
    const [user] = await findUsers(db, projectId, [key]);
    if (user) await deleteUsers(db, projectId, [user], clock.now());
    return success(user ? 'User deleted' : 'No such user');
  };
  api.delete(
    '/api/users/:email',
    {
      schema: {
        tags,
        summary: 'Forget a user by email',
        params: Type.Object({ email: Type.String() }),
        response: answers,
      },
    },
    async (request) => forget(request.caller.project.id, { email: request.params.email }),
  );
  api.delete(
    '/api/users/byUserId/:userId',
    {
      schema: {
        tags,
        summary: 'Forget a user by userId',
        params: Type.Object({ userId: Type.String() }),
        response: answers,
      },
    },
    async (request) => forget(request.caller.project.id, { userId: request.params.userId }),
  );
  api.post(
    '/api/users/forget',
    {
      schema: {
        tags,
        summary: 'Forget a user; opt-outs stand on as a hash of the address',
        body: Type.Object({ email: Type.Optional(Type.String()), userId: Type.Optional(Type.String()) }),
        response: answers,
      },
    },
    async (request) => {
      const { project } = request.caller;
      const user = await namedUser(db, project, request.body);
      await deleteUsers(db, project.id, [user], clock.now());
      return success('User deleted');
    },
  );
};
