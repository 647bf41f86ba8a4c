import type { CallerProject } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { findOrCreateUser } from '../users/find-users.ts';
import { refuseForgotten } from '../users/forgotten.ts';
import { identityOfKey, type UserKey, type UserRef } from '../users/identity.ts';
import { onlyHolder } from '../users/named-user.ts';
import type { People } from '../users/people.ts';
import { prepareUpdate } from '../users/prepare-update.ts';

/** Whom a call sends to, as its fields name them; the first that is there counts. */
export interface NamedRecipient {
  recipientUserId?: string | undefined;
  recipientEmail?: string | undefined;
  /** As people write it; read with the project's country. */
  recipientPhone?: string | undefined;
}

/**
 * The recipient's key, checked and normalised as a user's update is.
 * @throws ApiError BadParams when nobody is named, and what a user's update is refused with.
 */
export function readRecipient(
  named: NamedRecipient,
  project: Pick<CallerProject, 'defaultCountry'>,
): UserKey {
  const { recipientUserId: userId, recipientEmail: email, recipientPhone: phone } = named;
  if (!userId && !email && !phone)
    throw new ApiError(
      'BadParams',
      'Nobody is named; give recipientEmail, recipientUserId or a phone number',
    );
  const update = userId ? { userId } : email ? { email } : { phone: phone ?? '' };
  const prepared = prepareUpdate(update, project.defaultCountry);
  if (!prepared.ok) {
    const field = userId ? 'recipientUserId' : email ? 'recipientEmail' : 'recipientPhone';
    const { code, reason, value } = prepared;
    throw new ApiError(code, `${field}: ${reason}`, { field, value });
  }
  const value = prepared.identities[0]?.value ?? '';
  return userId ? { userId: value } : email ? { email: value } : { phone: value };
}

/**
 * The user of a recipient's key; one who is not known yet is made, as an address is all that is needed to
 * write to. @throws ApiError NotFound for an unknown userId, by which nobody can be reached; ForgottenUserError for
 * somebody who was forgotten; SharedPhoneNumber for a number of several users.
 */
export async function recipientUser(
  people: People,
  projectId: number,
  key: UserKey,
  at: Date,
): Promise<UserRef> {
  const known = await onlyHolder(people.db, projectId, key);
  if (known) return known;
  await refuseForgotten(people.db, projectId, identityOfKey(key));
  if (!('userId' in key)) return findOrCreateUser(people, projectId, key, at);
  throw new ApiError(
    'NotFound',
    `recipientUserId: no user has the userId ${key.userId}; make the user first, or name an email or phone number`,
    { field: 'recipientUserId', value: key.userId },
  );
}
