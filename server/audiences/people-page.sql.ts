import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { lanes } from '../lanes/lanes.ts';
import type { UserRef } from '../users/identity.ts';
import { foundPeople, matchesFilter, type PeopleFilter, type Source } from './people-filter.sql.ts';

/** So many who match are counted and put in any order; of more only the newest and the oldest first can be asked for. */
export const mostInOrder = 5_000;
/** People looked through for a page of many who match; where they stand thinner, all who match are sorted. */
const lookedThrough = 50_000;

/** Where a page begins: behind a user in an order by id, or behind the first `offset` of those who match. */
export type PageStart = { behind: number } | { offset: number };

/** A page in an order by id. */
export interface PageById {
  descending: boolean;
  start: PageStart;
  limit: number;
}

/** Rows of a page in their order, and how many match: one more than `mostInOrder` where there are more. */
export interface FoundPage {
  rows: UserRef[];
  total: number;
}

/** An order of `users u`. */
export interface RowOrder {
  by: RawBuilder<unknown>;
  descending: boolean;
}

const direction = ({ descending }: Pick<RowOrder, 'descending'>) => (descending ? sql`DESC` : sql`ASC`);

function behind(start: PageStart, descending: boolean, id: RawBuilder<unknown>): RawBuilder<unknown> {
  if ('offset' in start) return sql`true`;
  return descending ? sql`${id} < ${start.behind}` : sql`${id} > ${start.behind}`;
}

/** Those who match, at most `mostInOrder` and one, and the page of them. */
export async function pageOfFew(
  db: Database,
  filter: PeopleFilter,
  source: Source,
  order: RowOrder | { descending: boolean },
  start: PageStart,
  limit: number,
): Promise<FoundPage> {
  const { descending } = order;
  const offset = 'offset' in start ? start.offset : 0;
  const page =
    'by' in order
      ? sql`SELECT lane, id FROM (
            SELECT found.*, (SELECT ${order.by} FROM users u WHERE u.lane = found.lane AND u.id = found.id) AS place FROM found) each
          ORDER BY place ${direction(order)}, id ${direction(order)}`
      : sql`SELECT * FROM found WHERE ${behind(start, descending, sql`id`)} ORDER BY id ${direction(order)}`;
  const { rows } = await sql<{ total: number; lane: number | null; id: number | null }>`
    WITH found AS MATERIALIZED (
      SELECT * FROM (${foundPeople(filter, source, mostInOrder + 1)}) each LIMIT ${mostInOrder + 1}
    ), page AS (${page} LIMIT ${limit} OFFSET ${offset})
    SELECT counted.total, page.lane, page.id
    FROM (SELECT count(*)::int AS total FROM found) counted LEFT JOIN page ON true`.execute(db);
  return { total: rows[0]?.total ?? 0, rows: rows.flatMap(refOf) };
}

function refOf({ lane, id }: { lane: number | null; id: number | null }): UserRef[] {
  return lane === null || id === null ? [] : [{ lane, id }];
}

/** A page of many who match, by id. The newest people are looked through first: many are among them mostly. */
export async function pageOfMany(
  db: Database,
  filter: PeopleFilter,
  source: Source,
  { descending, start, limit }: PageById,
): Promise<UserRef[]> {
  const inOrder = sql`${direction({ descending })}`;
  const { rows } = await sql<UserRef>`
    SELECT u.lane, u.id FROM (
      SELECT * FROM users u
      WHERE u.lane = ANY(${lanes}::smallint[]) AND u.project_id = ${filter.projectId}
        AND ${behind(start, descending, sql`u.id`)}
      ORDER BY u.id ${inOrder} LIMIT ${lookedThrough}) u
    WHERE ${matchesFilter(filter)} ORDER BY u.id ${inOrder} LIMIT ${limit}`.execute(db);
  if (rows.length === limit) return rows;
  const sorted = await sql<UserRef>`
    SELECT lane, id FROM (${foundPeople(filter, source, null)}) found
    WHERE ${behind(start, descending, sql`id`)} ORDER BY id ${inOrder} LIMIT ${limit}`.execute(db);
  return sorted.rows;
}

/** A page of the members of a list, by id: the next of each lane, and of these the first. */
export async function pageOfMembers(
  db: Database,
  listId: number,
  { descending, start, limit }: PageById,
): Promise<UserRef[]> {
  const inOrder = sql`${direction({ descending })}`;
  const { rows } = await sql<UserRef>`
    SELECT m.lane, m.id FROM unnest(${lanes}::smallint[]) AS each (lane) CROSS JOIN LATERAL (
      SELECT lane, user_id AS id FROM list_member
      WHERE lane = each.lane AND list_id = ${listId} AND ${behind(start, descending, sql`user_id`)}
      ORDER BY user_id ${inOrder} LIMIT ${limit}) m
    ORDER BY m.id ${inOrder} LIMIT ${limit}`.execute(db);
  return rows;
}

/** By what the people who match are found: what is few, else the text. `listSize` is the list's, where there is one. */
export async function chooseSource(db: Database, filter: PeopleFilter, listSize: number): Promise<Source> {
  if (filter.listId !== null && listSize <= mostInOrder) return 'list';
  if (filter.standing && (await isStandingOfFew(db, filter))) return 'standing';
  if (filter.words.length > 0) return 'text';
  if (filter.standing) return 'standing';
  return filter.listId === null ? 'everybody' : 'list';
}

async function isStandingOfFew(db: Database, filter: PeopleFilter): Promise<boolean> {
  const alone: PeopleFilter = { ...filter, words: [], listId: null };
  const { rows } = await sql<{ total: number }>`
    SELECT count(*)::int AS total FROM (${foundPeople(alone, 'standing', mostInOrder + 1)}) found`.execute(
    db,
  );
  return (rows[0]?.total ?? 0) <= mostInOrder;
}
