import type { Database } from '../database/connect.ts';
import { ApiError } from '../http/errors.ts';
import { leaveAddresses } from './address-change.ts';
import { applyUpdate, draftOf } from './draft.ts';
import { claimIdentities, releaseIdentities, type UserRef } from './identity.ts';
import { prepareUpdate, type RowRefusal } from './prepare-update.ts';
import { applySuppressions } from './suppression.ts';
import { retrying } from './try-again.ts';
import { lockUsers, rewriteUsers } from './user-row.ts';

/**
 * Gives a user another email; opt-outs stay with the old one too (address-change.ts). Answers why not when it is no
 * address or belongs to somebody else.
 */
export async function changeEmail(
  db: Database,
  projectId: number,
  user: UserRef,
  newEmail: string,
  at: Date,
): Promise<RowRefusal | null> {
  const prepared = prepareUpdate({ email: newEmail }, 'US');
  if (!prepared.ok) return { ...prepared, field: 'newEmail' };
  const identity = prepared.identities[0]!;
  return retrying(() =>
    db.transaction().execute(async (transaction) => {
      const [present] = await lockUsers(transaction, projectId, user.lane, [user.id]);
      if (!present)
        throw new ApiError('NotFound', 'The user was deleted or merged meanwhile', { field: 'currentEmail' });
      if (present.email === identity.value) return null;
      const claimed = await claimIdentities(transaction, projectId, [{ ...identity, user }]);
      if (claimed === 0)
        return {
          ok: false,
          code: 'EmailAlreadyExists',
          field: 'newEmail',
          value: newEmail,
          reason: `newEmail ${identity.value} belongs to another user; merge the two with POST /api/users/merge`,
        };
      const after = { ...present, email: identity.value };
      await leaveAddresses(transaction, projectId, [{ before: present, after }]);
      if (present.email !== null)
        await releaseIdentities(transaction, projectId, [{ kind: 'email', value: present.email, user }]);
      const draft = draftOf(present);
      applyUpdate(draft, prepared, new Map());
      await rewriteUsers(transaction, user.lane, [{ before: present, after: draft.after }], at);
      await applySuppressions(transaction, projectId, [{ identity, user }], at);
      return null;
    }),
  );
}
