import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { sendTogether } from '../database/send-together.ts';
import { addingAddresses, deletingAddresses } from './address-rows.sql.ts';
import { byLane, sendByLane } from './by-lane.ts';
import type { UserRef } from './identity.ts';
import type { People } from './people.ts';
import { announceProfiles, type ChangedUser } from './profile-changes.ts';
import { isFoundAlike } from './search-text.ts';
import { addressRowsOf, asRows, searchWords, type User } from './user-row.ts';

/** Writes users anew over what is stored, tells capabilities who is elsewhere now, and announces what changed. The caller holds their locks. */
export async function rewriteUsers(
  people: People,
  transaction: Database,
  projectId: number,
  changes: readonly ChangedUser<User>[],
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
        place_key = n.place_key, place_certainty = n.place_certainty, updated_at = ${at}::timestamptz
      FROM ${asRows(projectId, group, alike)}
      WHERE u.lane = ${lane} AND u.id = n.id`,
  );
  await rewriteAddresses(transaction, projectId, changes, at);
  await announceProfiles(people, transaction, projectId, changes, at);
}

/** Brings the addresses of profiles in line, where they are others now: a new one is not known to be unreachable. */
async function rewriteAddresses(
  transaction: Database,
  projectId: number,
  changes: readonly { before: User; after: User }[],
  at: Date,
): Promise<void> {
  const changed = changes.filter(
    ({ before, after }) =>
      before.email !== after.email ||
      before.phoneNumber !== after.phoneNumber ||
      before.whatsAppUserId !== after.whatsAppUserId,
  );
  if (changed.length === 0) return;
  await sendTogether(transaction, (send) =>
    Promise.all(
      byLane(changed, ({ after }) => after.lane).flatMap(([lane, group]) => {
        const had = addressRowsOf(group.map(({ before }) => before));
        const has = addressRowsOf(group.map(({ after }) => after));
        const textOf = ({ userId, kind, value }: (typeof had)[number]) => `${userId} ${kind} ${value}`;
        const [hadTexts, hasTexts] = [new Set(had.map(textOf)), new Set(has.map(textOf))];
        const lost = had.filter((row) => !hasTexts.has(textOf(row)));
        const gained = has.filter((row) => !hadTexts.has(textOf(row)));
        return [
          ...(lost.length > 0 ? [send(deletingAddresses(lane, lost))] : []),
          ...(gained.length > 0 ? [send(addingAddresses(projectId, lane, gained, at))] : []),
        ];
      }),
    ),
  );
}
