import { type Static, Type } from 'typebox';
import type { Routes } from '../http/api.ts';
import { success, successAnswer } from '../http/schemas.ts';
import { refusalError } from './bulk-answer.ts';
import { forgetUser } from './delete-users.ts';
import { listForgotten, unforget } from './forgotten.ts';
import { identityOfKey, type UserKey } from './identity.ts';
import { keyOfName } from './named-user.ts';
import { prepareUpdate } from './prepare-update.ts';

const tags = ['Users'];
const person = Type.Object({
  email: Type.Optional(Type.String()),
  userId: Type.Optional(Type.String()),
  phone: Type.Optional(Type.String({ description: 'For who is known by a number alone' })),
});
const hashes = Type.Array(Type.String({ description: 'SHA-256 of the trimmed text in lower case' }));

/** Forgetting people for good, and taking it back. */
export const forgetRoutes: Routes = (api, { db, people, clock }) => {
  api.post(
    '/api/users/forget',
    {
      schema: {
        tags,
        summary: 'Forget a user: deleted, and refused (409) until they are unforgotten',
        body: person,
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const key = namedKey(request.body, project);
      const known = await forgetUser(people, project.id, key, clock.now());
      return success(known ? 'User forgotten' : 'User forgotten; nothing was known of them');
    },
  );
  api.post(
    '/api/users/unforget',
    {
      schema: {
        tags,
        summary: 'Let a forgotten user be known again; what was deleted does not come back',
        body: person,
        response: { 200: successAnswer },
      },
    },
    async (request) => {
      const { project } = request.caller;
      const key = namedKey(request.body, project);
      const was = await unforget(db, project.id, identityOfKey(key));
      return success(was ? 'User unforgotten' : 'The user was not forgotten');
    },
  );
  api.get(
    '/api/users/forgotten',
    {
      schema: {
        tags,
        summary: 'Hashes of the emails of forgotten users',
        response: { 200: Type.Object({ hashedEmails: hashes }) },
      },
    },
    async (request) => ({ hashedEmails: await listForgotten(db, request.caller.project.id, 'email') }),
  );
  api.get(
    '/api/users/forgottenUserIds',
    {
      schema: {
        tags,
        summary: 'Hashes of the userIds of forgotten users',
        response: { 200: Type.Object({ hashedUserIds: hashes }) },
      },
    },
    async (request) => ({ hashedUserIds: await listForgotten(db, request.caller.project.id, 'externalId') }),
  );
};

/** The key of a person; an email that is none is refused rather than remembered. */
function namedKey(
  { email, userId, phone }: Static<typeof person>,
  project: Parameters<typeof keyOfName>[1],
): UserKey {
  const key = keyOfName({ email, userId: email ? undefined : userId, phone }, project);
  if ('phone' in key) return key;
  const prepared = prepareUpdate(key, project.defaultCountry);
  if (!prepared.ok) throw refusalError(prepared);
  return key;
}
