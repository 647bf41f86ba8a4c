import { type RawBuilder, sql } from 'kysely';
import { isOnCluster } from '../database/cluster.ts';
import type { Database } from '../database/connect.ts';
import { sendTogether } from '../database/send-together.ts';
import { lanes } from '../lanes/lanes.ts';
import type { UserRef } from '../users/identity.ts';
import {
  foundPeople,
  inSameLane,
  type Look,
  matchesFilter,
  type PeopleFilter,
  readIdentified,
  type Source,
} from './people-filter.sql.ts';

/** So many who match are counted and put in any order; of more only the newest and the oldest first can be asked for. */
export const mostInOrder = 5_000;
/** People looked through for a page of many who match; where they stand thinner, all who match are sorted. */
const lookedThrough = 50_000;
/** The same where a number is looked for: who begin so is known without a look at them, and sorted sooner than looked through. */
const lookedThroughForNumbers = 2_000;

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

/** Rows of a statement about all lanes; on a cluster one of each lane, whose rows stand in their order for themselves. */
async function askLanes<Row>(
  db: Database,
  filter: PeopleFilter,
  source: Source,
  statementOf: (look: Look) => RawBuilder<Row>,
): Promise<Row[][]> {
  if (!(await isOnCluster(db))) return [(await statementOf('allLanes').execute(db)).rows];
  const identified = source === 'text' ? await readIdentified(db, filter) : () => () => [];
  const answers = await sendTogether(db, (send) =>
    Promise.all(lanes.map((lane) => send(statementOf({ lane, identified: identified(lane) })))),
  );
  return answers.map(({ rows }) => rows);
}

/** A person with what it is put in order by, where that is not its id. */
interface Placed extends UserRef {
  place: string | Date | null;
}

/** The rows of all answers in their order. */
function merged<Row extends UserRef & Partial<Placed>>(
  answers: readonly Row[][],
  { descending }: { descending: boolean },
): Row[] {
  const [only, ...more] = answers;
  if (only && more.length === 0) return only;
  const rising = (a: Row, b: Row) => comparePlaces(a.place ?? null, b.place ?? null) || a.id - b.id;
  return answers.flat().sort((a, b) => (descending ? rising(b, a) : rising(a, b)));
}

/** As the database compares them: texts by their bytes. */
function comparePlaces(a: Placed['place'], b: Placed['place']): number {
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return Number(a) - Number(b);
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
  const answers = await askLanes(db, filter, source, (look) => {
    const page =
      'by' in order
        ? sql`SELECT lane, id, place FROM (
            SELECT found.*, (SELECT ${order.by} FROM users u
              WHERE u.lane = found.lane AND ${inSameLane('u', look)} AND u.id = found.id) AS place FROM found) each
          ORDER BY place ${direction(order)}, id ${direction(order)}`
        : sql`SELECT *, NULL::text AS place FROM found
          WHERE ${behind(start, descending, sql`id`)} ORDER BY id ${direction(order)}`;
    // Of one lane it is not known how many of others come before.
    const part = look === 'allLanes' ? sql`LIMIT ${limit} OFFSET ${offset}` : sql`LIMIT ${offset + limit}`;
    return sql<{ total: number; lane: number | null; id: number | null; place: Placed['place'] }>`
    WITH found AS MATERIALIZED (
      SELECT * FROM (${foundPeople(filter, source, mostInOrder + 1, look)}) each LIMIT ${mostInOrder + 1}
    ), page AS (${page} ${part})
    SELECT counted.total, page.lane, page.id, page.place
    FROM (SELECT count(*)::int AS total FROM found) counted LEFT JOIN page ON true`;
  });
  const total = answers.reduce((sum, rows) => sum + (rows[0]?.total ?? 0), 0);
  const rows = merged(
    answers.map((answer) => answer.flatMap(placedOf)),
    order,
  );
  return {
    total: Math.min(total, mostInOrder + 1),
    rows: answers.length === 1 ? rows : rows.slice(offset, offset + limit),
  };
}

function placedOf({
  lane,
  id,
  place,
}: {
  lane: number | null;
  id: number | null;
  place: Placed['place'];
}): Placed[] {
  return lane === null || id === null ? [] : [{ lane, id, place }];
}

/** A page of many who match, by id. The newest people are looked through first: many are among them mostly. */
export async function pageOfMany(
  db: Database,
  filter: PeopleFilter,
  source: Source,
  page: PageById,
): Promise<UserRef[]> {
  const { descending, start, limit } = page;
  const inOrder = sql`${direction({ descending })}`;
  // Of lanes that are asked one by one each would have looked through up to another person.
  if (await isOnCluster(db)) return sortedPage(db, filter, source, page);
  const reach = filter.numberStarts.length > 0 ? lookedThroughForNumbers : lookedThrough;
  const { rows } = await sql<UserRef>`
    SELECT u.lane, u.id FROM (
      SELECT * FROM users u
      WHERE u.lane = ANY(${lanes}::smallint[]) AND u.project_id = ${filter.projectId}
        AND ${behind(start, descending, sql`u.id`)}
      ORDER BY u.id ${inOrder} LIMIT ${reach}) u
    WHERE ${matchesFilter(filter, 'allLanes')} ORDER BY u.id ${inOrder} LIMIT ${limit}`.execute(db);
  return rows.length === limit ? rows : sortedPage(db, filter, source, page);
}

/** A page by id of all who match. */
async function sortedPage(
  db: Database,
  filter: PeopleFilter,
  source: Source,
  page: PageById,
): Promise<UserRef[]> {
  const { descending, start, limit } = page;
  const inOrder = sql`${direction({ descending })}`;
  const answers = await askLanes(
    db,
    filter,
    source,
    (look) => sql<UserRef>`
    SELECT lane, id FROM (${foundPeople(filter, source, null, look)}) found
    WHERE ${behind(start, descending, sql`id`)} ORDER BY id ${inOrder} LIMIT ${limit}`,
  );
  return merged(answers, page).slice(0, limit);
}

/** A page of the members of a list, by id: the next of each lane, and of these the first. */
export async function pageOfMembers(
  db: Database,
  filter: PeopleFilter & { listId: number },
  page: PageById,
): Promise<UserRef[]> {
  if (await isOnCluster(db)) return sortedPage(db, filter, 'list', page);
  const { descending, start, limit } = page;
  const inOrder = sql`${direction({ descending })}`;
  const { rows } = await sql<UserRef>`
    SELECT m.lane, m.id FROM unnest(${lanes}::smallint[]) AS each (lane) CROSS JOIN LATERAL (
      SELECT lane, user_id AS id FROM list_member
      WHERE lane = each.lane AND list_id = ${filter.listId} AND ${behind(start, descending, sql`user_id`)}
      ORDER BY user_id ${inOrder} LIMIT ${limit}) m
    ORDER BY m.id ${inOrder} LIMIT ${limit}`.execute(db);
  return rows;
}

/** By what the people who match are found. */
export interface Choice {
  source: Source;
  /** Whether they are known to be more than `mostInOrder`. */
  areMany: boolean;
}

/** The source of a filter: what is few, else the text. `listSize` is the list's, where there is one. */
export async function chooseSource(db: Database, filter: PeopleFilter, listSize: number): Promise<Choice> {
  const { listId, standing, words } = filter;
  const found = (source: Source, areMany = false): Choice => ({ source, areMany });
  if (listId !== null && listSize <= mostInOrder) return found('list');
  if (standing && (await isStandingOfFew(db, filter))) return found('standing');
  if (words.length > 0) return found('text');
  // With nothing else asked, what was found too many is all who match.
  if (standing) return found('standing', listId === null);
  return listId === null ? found('everybody') : found('list', true);
}

async function isStandingOfFew(db: Database, filter: PeopleFilter): Promise<boolean> {
  const alone: PeopleFilter = { ...filter, words: [], listId: null };
  const answers = await askLanes(
    db,
    alone,
    'standing',
    (look) => sql<{ total: number }>`
    SELECT count(*)::int AS total FROM (${foundPeople(alone, 'standing', mostInOrder + 1, look)}) found`,
  );
  return answers.reduce((sum, rows) => sum + (rows[0]?.total ?? 0), 0) <= mostInOrder;
}
