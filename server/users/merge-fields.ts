import type { Database } from '../database/connect.ts';
import { applyUpdate, draftOf, fieldsAfter, settlePlace } from './draft.ts';
import { mostSigns } from './field-limits.ts';
import { checkFields } from './field-types.ts';
import type { People } from './people.ts';
import { rewriteUsers } from './rewrite-users.ts';
import { lockUsers, textOfFields } from './user-row.ts';

/** Fields for the profile of one user. */
export interface OwnFields {
  userId: number;
  /** At the top level; null deletes a field. No identities. */
  fields: Record<string, unknown>;
}

/**
 * Merges fields into profiles of users of one lane, in the caller's transaction, who are held to its end. Answers why a profile was left as it is, by user: a
 * value of another type than its field has, or no room; who is gone is passed over.
 */
export async function mergeFields(
  people: People,
  transaction: Database,
  projectId: number,
  lane: number,
  changes: readonly OwnFields[],
  at: Date,
): Promise<Map<number, string>> {
  const refused = new Map<number, string>();
  const checked = await checkFields(
    transaction,
    projectId,
    changes.map(({ fields }) => fields),
    true,
  );
  const users = new Map(
    (
      await lockUsers(
        transaction,
        projectId,
        lane,
        changes.map(({ userId }) => userId),
      )
    ).map((user) => [user.id, user]),
  );
  const drafts = changes.flatMap(({ userId }, index) => {
    const user = users.get(userId);
    const of = checked[index];
    if (!user || !of) return [];
    if (of.mismatch ?? of.noRoom) {
      refused.set(
        userId,
        of.mismatch
          ? `the field ${of.mismatch.field} holds ${of.mismatch.expected} values, and not a ${of.mismatch.actual}`
          : `there is no room for another field: ${of.noRoom}`,
      );
      return [];
    }
    const draft = draftOf(user);
    const update = { ...nothingElse, fields: of.fields };
    const fields = fieldsAfter(draft, update);
    if (textOfFields(fields).length > mostSigns) {
      refused.set(userId, 'the profile would be too large');
      return [];
    }
    applyUpdate(draft, update, new Map(), fields);
    settlePlace(draft);
    return draft.before && draft.changed
      ? [{ before: draft.before, after: draft.after, given: draft.given }]
      : [];
  });
  if (drafts.length > 0) await rewriteUsers(people, transaction, projectId, drafts, at);
  return refused;
}

const nothingElse = {
  ...{ ok: true as const, identities: [], removePhone: false },
  ...{ mergeNestedObjects: false, warnings: [] },
};
