import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { mediaAt } from './addresses.ts';
import { sendByLane } from './by-lane.ts';
import type { UserRef } from './identity.ts';
import type { People } from './people.ts';
import { announceProfiles } from './profile-changes.ts';
import { isFoundAlike } from './search-text.ts';
import { asRows, searchWords, type User } from './user-row.ts';

/** Writes users anew over what is stored, tells capabilities who is elsewhere now, and announces what changed. The caller holds their locks. */
export async function rewriteUsers(
  people: People,
  transaction: Database,
  projectId: number,
  changes: readonly { before: User; after: User }[],
  at: Date,
): Promise<void> {
  const laneOf = ({ lane }: UserRef) => lane;
  const moved = changes.flatMap(({ before, after }) => (before.placeKey === after.placeKey ? [] : after));
  if (moved.length > 0)
    for (const capability of people.capabilities) await capability.changePlaces?.(transaction, moved, at);
  const users = changes.map(({ after }) => after);
  const alike = new Set(changes.flatMap(({ before, after }) => (isFoundAlike(before, after) ? after : [])));
  await sendByLane(
    transaction,
    users,
    laneOf,
    (lane, group) => sql`
      UPDATE users u SET email = n.email, external_id = n.external_id, phone_number = n.phone,
        whatsapp_user_id = n.whatsapp, data_fields = n.data_fields, search_text = coalesce(n.search_text, u.search_text),
        search_words = coalesce(${searchWords}, u.search_words),
        place_key = n.place_key, place_certainty = n.place_certainty, updated_at = ${at}::timestamptz,
        unreachable = u.unreachable
          - CASE WHEN u.phone_number IS DISTINCT FROM n.phone THEN ${mediaAt('phone')}::text[] ELSE '{}' END
          - CASE WHEN u.email IS DISTINCT FROM n.email THEN ${mediaAt('email')}::text[] ELSE '{}' END
      FROM ${asRows(projectId, group, alike)}
      WHERE u.lane = ${lane} AND u.id = n.id`,
  );
  await announceProfiles(people, transaction, projectId, changes, at);
}
