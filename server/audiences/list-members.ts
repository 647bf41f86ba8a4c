import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { ApiError } from '../http/errors.ts';
import { lanes } from '../lanes/lanes.ts';
import { sendByLane } from '../users/by-lane.ts';
import type { UserRef } from '../users/identity.ts';
import { keepingSizes } from './list-size.sql.ts';
import { type ListBook, type Membership, tellingOfLists } from './tell-lists.ts';

/** Checks that a list is the project's. @throws ApiError BadParams naming the field, as Iterable answers. */
export async function requireList(db: Database, projectId: number, listId: number): Promise<void> {
  if (!(await isList(db, projectId, listId)))
    throw new ApiError('BadParams', `No list ${listId} in this project`, { field: 'listId', value: listId });
}

/** Whether the project has this list. */
export async function isList(db: Database, projectId: number, listId: number): Promise<boolean> {
  const row = await db
    .selectFrom('list')
    .select('id')
    .where('id', '=', listId)
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Makes a list; answers its id. */
export async function insertList(
  db: Database,
  projectId: number,
  name: string,
  description: string | null,
  at: Date,
): Promise<number> {
  const values = { project_id: projectId, name, description, created_at: at };
  return (await db.insertInto('list').values(values).returning('id').executeTakeFirstOrThrow()).id;
}

/** Puts users on a list of the project; who is on it stays, who is gone meanwhile comes on none, nobody on a list that is gone. Answers the ids of those who were not. */
export async function addMembers(
  book: ListBook,
  projectId: number,
  listId: number,
  users: UserRef[],
  at: Date,
): Promise<Set<number>> {
  const added = new Set<number>();
  await tellingOfLists(book, projectId, at, async (db) => {
    const answers = await sendByLane(db, users, laneOf, (lane, group) => {
      const ids = group.map((user) => user.id);
      return sql<Membership>`
        WITH added AS (
          INSERT INTO list_member (lane, list_id, user_id, added_at)
          SELECT ${lane}, ${listId}, id, ${at}::timestamptz FROM (${stillThere(projectId, lane, ids)}) each
          WHERE EXISTS (SELECT 1 FROM list WHERE id = ${listId} AND project_id = ${projectId})
          ON CONFLICT (lane, list_id, user_id) DO NOTHING RETURNING lane, list_id, user_id
        ), ${keepingSizes(lane, 'added', 1)}
        SELECT lane, list_id AS "listId", user_id AS "userId" FROM added`;
    });
    const entered = answers.flatMap(({ rows }) => rows);
    for (const { userId } of entered) added.add(userId);
    return { entered };
  });
  return added;
}

/** Puts all of one lane of whom a condition on `users u` holds on a list of the project, in one statement. */
export async function addWhoever(
  book: ListBook,
  {
    projectId,
    listId,
    lane,
    holds,
    at,
  }: { projectId: number; listId: number; lane: number; holds: RawBuilder<unknown>; at: Date },
): Promise<void> {
  await tellingOfLists(book, projectId, at, async (db) => {
    const { rows } = await sql<Membership>`
      WITH added AS (
        INSERT INTO list_member (lane, list_id, user_id, added_at)
        SELECT ${lane}, ${listId}, each.id, ${at}::timestamptz FROM (
          SELECT u.id FROM users u WHERE u.lane = ${lane} AND u.project_id = ${projectId} AND ${holds}
          ORDER BY u.id FOR KEY SHARE) each
        WHERE EXISTS (SELECT 1 FROM list WHERE id = ${listId} AND project_id = ${projectId})
        ON CONFLICT (lane, list_id, user_id) DO NOTHING RETURNING lane, list_id, user_id
      ), ${keepingSizes(lane, 'added', 1)}
      SELECT lane, list_id AS "listId", user_id AS "userId" FROM added`.execute(db);
    return { entered: rows };
  });
}

/** SQL: ids of those who are still there, held against deleting and merging until the list says that they are on it. */
export const stillThere = (projectId: number, lane: number, ids: readonly number[]) => sql`
  SELECT id FROM users WHERE lane = ${lane} AND project_id = ${projectId} AND id = ANY(${ids}::bigint[])
  ORDER BY id FOR KEY SHARE`;

/**
 * Takes users off a list of the project. Their rows are held first, as where they are put on one: a transaction that has them to itself, such as a tile's of
 * a journey, is waited for before anything of the list is held that it may want.
 */
export async function removeMembers(
  book: ListBook,
  projectId: number,
  listId: number,
  users: UserRef[],
  at: Date,
): Promise<void> {
  await tellingOfLists(book, projectId, at, async (db) => {
    const answers = await sendByLane(
      db,
      users,
      laneOf,
      (lane, group) => sql<Membership>`
        WITH held AS MATERIALIZED (
          ${stillThere(
            projectId,
            lane,
            group.map((user) => user.id),
          )}
        ), gone AS (
          DELETE FROM list_member WHERE lane = ${lane} AND list_id = ${listId} AND user_id IN (SELECT id FROM held)
          RETURNING lane, list_id, user_id
        ), ${keepingSizes(lane, 'gone', -1)}
        SELECT lane, list_id AS "listId", user_id AS "userId" FROM gone`,
    );
    return { left: answers.flatMap(({ rows }) => rows) };
  });
}

/** The lists that a user is on, by name. */
export async function listsOf(
  db: Database,
  projectId: number,
  user: UserRef,
): Promise<{ id: number; name: string }[]> {
  const { rows } = await sql<{ id: number; name: string }>`
    SELECT l.id, l.name FROM list_member m JOIN list l ON l.id = m.list_id AND l.project_id = ${projectId}
    WHERE m.lane = ${user.lane} AND m.user_id = ${user.id} ORDER BY l.name, l.id`.execute(db);
  return rows;
}

/** A member as lists name it: by any of its identities. */
interface Member {
  id: number;
  email: string | null;
  userId: string | null;
  phone: string | null;
  whatsApp: string | null;
}

const batch = 1000;

/**
 * The members of a list in batches, a lane after the other, each by one name: email, else userId, else number,
 * else WhatsApp id (userId before email when preferred), so that nobody is left out.
 */
export async function* memberNames(
  db: Database,
  listId: number,
  atMost: number,
  preferUserId: boolean,
): AsyncGenerator<string[]> {
  let left = atMost;
  for (const lane of lanes) {
    let after = 0;
    while (left > 0) {
      const limit = Math.min(batch, left);
      const { rows } = await sql<Member>`
        SELECT u.id, u.email, u.external_id AS "userId", u.phone_number AS phone, u.whatsapp_user_id AS "whatsApp"
        FROM list_member m JOIN users u ON u.lane = ${lane} AND u.id = m.user_id
        WHERE m.lane = ${lane} AND m.list_id = ${listId} AND m.user_id > ${after}
        ORDER BY m.user_id LIMIT ${limit}`.execute(db);
      if (rows.length > 0) yield rows.map((member) => nameOf(member, preferUserId));
      left -= rows.length;
      if (rows.length < limit) break;
      after = rows.at(-1)!.id;
    }
  }
}

function nameOf({ email, userId, phone, whatsApp }: Member, preferUserId: boolean): string {
  const first = preferUserId ? (userId ?? email) : (email ?? userId);
  return first ?? phone ?? whatsApp ?? '';
}

const laneOf = (user: UserRef) => user.lane;
