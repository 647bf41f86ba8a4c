import { type Static, Type } from 'typebox';
import type { Routes } from '../http/api.ts';
import { ApiError } from '../http/errors.ts';
import { success, successAnswer } from '../http/schemas.ts';
import { bulkAnswer, bulkAnswerSchema, refusalError } from './bulk-answer.ts';
import { inBatches } from './by-lane.ts';
import { changeName } from './change-name.ts';
import { deleteUsers } from './delete-users.ts';
import { emailOfPath } from './email-of-path.ts';
import { findUsers } from './find-users.ts';
import type { UserKey, UserRef } from './identity.ts';
import { mergeUsers } from './merge-users.ts';
import type { UpsertOutcome, UserUpdate } from './prepare-update.ts';
import { untextedNumbers, withUntextedNumbers } from './untexted-numbers.ts';
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
  const { db, people, clock } = context;
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
      const update = updateOfRow(request.body);
      const [outcome] = await upsertUsers(people, project.id, [update], options, clock.now());
      if (!outcome?.ok) throw refusalError(outcome!);
      const { lane, id } = outcome.user;
      const untexted = untextedNumbers(update);
      const warnings = [...outcome.warnings, ...untexted];
      const remarks = [
        ...outcome.warnings.map(({ field, reason }) => `; ${field} was left out: ${reason}`),
        ...untexted.map(({ field, reason }) => `; ${field} ${reason}`),
      ].join('');
      const params = { ref: `id:${lane}.${id}`, ...(warnings.length > 0 ? { warnings } : {}) };
      return success(`${outcome.created ? 'User created' : 'User updated'}${remarks}`, params);
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
      for (const batch of inBatches(request.body.users)) {
        const updates = batch.map(updateOfRow);
        const done = await upsertUsers(people, project.id, updates, options, clock.now());
        outcomes.push(...withUntextedNumbers(updates, done));
      }
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
      const user = await mustBeKnown(project.id, 'current', { email: currentEmail, userId: currentUserId });
      const refusal = await changeName(people, project.id, user, { email: newEmail }, clock.now());
      if (refusal) throw refusalError({ ...refusal, field: 'newEmail' });
      return success('Email changed');
    },
  );
  api.post(
    '/api/users/merge',
    {
      schema: {
        tags,
        summary:
          'Merge the source user into the destination; one that is none is what the source is called then',
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
      const source = await mustBeKnown(project.id, 'source', {
        email: body.sourceEmail,
        userId: body.sourceUserId,
      });
      const key = nameOf('destination', { email: body.destinationEmail, userId: body.destinationUserId });
      const [destination] = await findUsers(db, project.id, [key]);
      if (!destination) {
        const refusal = await changeName(people, project.id, source, key, clock.now());
        if (refusal) throw refusalError({ ...refusal, field: fieldOf('destination', key) });
        return success('There was no destination user: the source has its name now');
      }
      if (source.id === destination.id)
        throw new ApiError('BadParams', 'Source and destination are the same user', { field: 'sourceEmail' });
      await mergeUsers(people, project.id, source, destination, body.arrayMerge ?? [], clock.now());
      return success('Users merged');
    },
  );
  const remove = async (projectId: number, key: UserKey) => {
    const [user] = await findUsers(db, projectId, [key]);
    if (user) await deleteUsers(people, projectId, [user], clock.now());
    return success(user ? 'User deleted' : 'No such user');
  };
  api.delete(
    '/api/users/:email',
    {
      schema: {
        tags,
        summary: 'Delete a user by email',
        params: Type.Object({ email: Type.String() }),
        response: answers,
      },
    },
    async (request) => remove(request.caller.project.id, { email: emailOfPath(request.params.email) }),
  );
  api.delete(
    '/api/users/byUserId/:userId',
    {
      schema: {
        tags,
        summary: 'Delete a user by userId',
        params: Type.Object({ userId: Type.String() }),
        response: answers,
      },
    },
    async (request) => remove(request.caller.project.id, { userId: request.params.userId }),
  );

  /** @throws ApiError UnknownEmailError or UnknownUserIdError, as Iterable has it. */
  async function mustBeKnown(projectId: number, role: Role, name: Name): Promise<UserRef> {
    const key = nameOf(role, name);
    const [user] = await findUsers(db, projectId, [key]);
    if (user) return user;
    const [[kind, value]] = Object.entries(key) as [[keyof Name, string]];
    const field = fieldOf(role, key);
    throw new ApiError(
      kind === 'email' ? 'UnknownEmailError' : 'UnknownUserIdError',
      `${field}: no user has the ${kind} ${value}`,
      { field, value },
    );
  }
};

type Role = 'current' | 'source' | 'destination';

interface Name {
  email?: string | undefined;
  userId?: string | undefined;
}

/** The key of a person who plays a role in a call; the email counts before the userId, as in Iterable. */
function nameOf(role: Role, { email, userId }: Name): { email: string } | { userId: string } {
  if (email) return { email };
  if (userId) return { userId };
  throw new ApiError('BadParams', `Nobody is named; give ${role}Email or ${role}UserId`, {
    field: `${role}Email`,
  });
}

function fieldOf(role: Role, key: { email: string } | { userId: string }): string {
  return `${role}${'email' in key ? 'Email' : 'UserId'}`;
}
