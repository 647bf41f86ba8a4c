import type { Database } from '../database/connect.ts';
import { ApiError } from '../http/errors.ts';
import { lanes } from '../lanes/lanes.ts';
import { loadUsers } from '../users/find-users.ts';
import type { User } from '../users/user-row.ts';
import type { Definition } from './leaf-kind.ts';
import { membersOfLanes } from './members.sql.ts';

/** A page of a segment's people; `next` is where to go on, null at the end. */
export interface MembersPage {
  members: User[];
  next: string | null;
}

/** Lanes that are looked at together after the first one: who is in few of them is found in a few looks. */
const lanesAtOnce = 16;

/** The next people of a segment, in order of lane and id, as of now. @throws ApiError for an `after` that no page gave. */
export async function membersPage(
  db: Database,
  projectId: number,
  definition: Definition,
  { after, limit, now }: { after: string | null; limit: number; now: Date },
): Promise<MembersPage> {
  const place = readPlace(after);
  const of = { projectId, now, among: null };
  const { afterUserId } = place;
  const found = await membersOfLanes(db, definition, of, { lanes: [place.lane], afterUserId, limit });
  for (let next = place.lane + 1; next < lanes.length && found.length < limit; next += lanesAtOnce) {
    const some = lanes.slice(next, next + lanesAtOnce);
    const wanted = limit - found.length;
    found.push(...(await membersOfLanes(db, definition, of, { lanes: some, afterUserId: 0, limit: wanted })));
  }
  const refs = found.slice(0, limit);
  const users = await loadUsers(db, projectId, refs);
  const last = refs.at(-1);
  return {
    members: refs.flatMap(({ id }) => users.get(id) ?? []),
    next: refs.length === limit && last ? `${last.lane}.${last.id}` : null,
  };
}

function readPlace(after: string | null): { lane: number; afterUserId: number } {
  if (after === null) return { lane: 0, afterUserId: 0 };
  const [, lane, id] = /^(\d{1,2})\.(\d{1,15})$/.exec(after) ?? [];
  if (lane === undefined || Number(lane) >= lanes.length)
    throw new ApiError('BadParams', 'after: give the nextAfter of the page before', { field: 'after' });
  return { lane: Number(lane), afterUserId: Number(id) };
}
