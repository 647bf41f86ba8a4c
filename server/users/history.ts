import type { Database } from '../database/connect.ts';
import type { UserRef } from './identity.ts';
import type { HistoryEntry, People } from './people.ts';

/** Where a user's messages are: in its own lane, and where those merged into it had theirs. */
export async function messageHolders(db: Database, user: UserRef): Promise<UserRef[]> {
  const merged = await db
    .selectFrom('merged_user')
    .select(['source_lane as lane', 'source_id as id'])
    .where('lane', '=', user.lane)
    .where('user_id', '=', user.id)
    .execute();
  return [{ lane: user.lane, id: user.id }, ...merged];
}

/** The newest `limit` entries of a user's history, newest first, of all that capabilities know, as it stands `now`. */
export async function readHistory(
  { db, capabilities }: People,
  projectId: number,
  user: UserRef,
  limit: number,
  now: Date,
): Promise<HistoryEntry[]> {
  const holders = { user, all: await messageHolders(db, user) };
  const entries: HistoryEntry[] = [];
  for (const capability of capabilities)
    entries.push(...((await capability.historyOf?.(db, projectId, holders, { limit, now })) ?? []));
  return entries.sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, limit);
}
