import { ApiError } from '../http/errors.ts';
import { leaveAddresses } from './address-change.ts';
import { applyUpdate, draftOf } from './draft.ts';
import { shareForgettingGate } from './forgetting-gate.ts';
import { forgottenAmong, forgottenRefusal } from './forgotten.ts';
import { endingConsent } from './gates.ts';
import { claimIdentities, releaseIdentities, type UserRef } from './identity.ts';
import type { People } from './people.ts';
import { prepareUpdate, type RowRefusal } from './prepare-update.ts';
import { rewriteUsers } from './rewrite-users.ts';
import { identitiesOf, lockUsers } from './user-row.ts';

/**
 * Gives a user another email or userId; opt-outs stay with an old address too (address-change.ts). Answers why not
 * when it is none, belongs to somebody else or is of somebody who was forgotten.
 */
export async function changeName(
  people: People,
  projectId: number,
  user: UserRef,
  name: { email: string } | { userId: string },
  at: Date,
): Promise<RowRefusal | null> {
  const prepared = prepareUpdate(name, 'US');
  if (!prepared.ok) return prepared;
  const identity = prepared.identities[0]!;
  const ofEmail = identity.kind === 'email';
  const field = ofEmail ? 'email' : 'userId';
  return endingConsent(people.db, [], async (transaction, gates): Promise<RowRefusal | null> => {
    await shareForgettingGate(transaction, projectId);
    const forgotten = await forgottenAmong(transaction, projectId, prepared.identities);
    const [present] = await lockUsers(transaction, projectId, user.lane, [user.id]);
    if (!present)
      throw new ApiError('NotFound', 'The user was deleted or merged meanwhile', { field: 'currentEmail' });
    const old = identitiesOf(present).filter(({ kind }) => kind === identity.kind);
    if (old.some(({ value }) => value === identity.value)) return null;
    const refusal = forgottenRefusal(prepared, forgotten, false);
    if (refusal) return refusal;
    const claimed = await claimIdentities(transaction, projectId, [{ ...identity, user }]);
    if (claimed === 0)
      return {
        ...{ ok: false, code: ofEmail ? 'EmailAlreadyExists' : 'UserIdAlreadyExists', field },
        value: identity.value,
        reason: `${field} ${identity.value} belongs to another user; merge the two with POST /api/users/merge`,
      };
    const draft = draftOf(present);
    applyUpdate(draft, prepared, new Map());
    await leaveAddresses(
      people,
      transaction,
      gates,
      projectId,
      [{ before: present, after: draft.after }],
      at,
    );
    await releaseIdentities(
      transaction,
      projectId,
      old.map((each) => ({ ...each, user })),
    );
    await rewriteUsers(people, transaction, projectId, [{ before: present, after: draft.after }], at);
    for (const capability of people.capabilities)
      await capability.gainAddresses?.(
        transaction,
        gates,
        projectId,
        [{ ...identity, user, isNewcomer: false }],
        at,
      );
    return null;
  });
}
