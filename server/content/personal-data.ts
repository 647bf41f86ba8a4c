import { type Selectable, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { LinkTable } from '../database/tables/content.ts';
import { byLane, inBatches } from '../users/by-lane.ts';
import type { PersonalData } from '../users/people.ts';
import { hashOfAddress, readUnsubscribeTarget, storedTarget } from './unsubscribe-target.ts';

/** Short links tell who may be behind a click: they go with their user. Clicks still count, as messages do, and stay. */
export const linkData: PersonalData = {
  tables: ['link', 'link_click'],
  forgetUsers: async (transaction, { lane, users, merged }) => {
    const owners = [...users.map(({ id }) => ({ lane, id })), ...merged];
    for (const [linkLane, group] of byLane(owners, (owner) => owner.lane))
      await emptyLinks(
        transaction,
        linkLane,
        group.map(({ id }) => id),
      );
  },
};

/**
 * Links lead nowhere any more, but for the way out of an email: whoever has it may still follow it years later. Of its
 * address the hash is kept.
 */
async function emptyLinks(transaction: Database, lane: number, userIds: readonly number[]): Promise<void> {
  const { rows } = await sql<Selectable<LinkTable>>`
    DELETE FROM link WHERE lane = ${lane} AND user_id = ANY(${userIds}::bigint[]) RETURNING link.*`.execute(
    transaction,
  );
  const waysOut = rows.flatMap((row) => {
    const target = readUnsubscribeTarget(row.url);
    if (!target || !('address' in target)) return [];
    const kept = { channelId: target.channelId, ...hashOfAddress(row.project_id, target.address) };
    return [{ ...row, url: storedTarget(kept) }];
  });
  for (const batch of inBatches(waysOut)) await transaction.insertInto('link').values(batch).execute();
}
