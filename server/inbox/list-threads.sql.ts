import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { ThreadState } from '../database/tables/inbox.ts';
import { overLanes } from '../lanes/over-lanes.sql.ts';
import type { Medium } from '../medium/media.ts';
import type { UserRef } from '../users/identity.ts';
import { type Thread, threadColumns } from './threads.sql.ts';

/** Which threads are listed; what is absent does not narrow. */
export interface ThreadFilter {
  state?: ThreadState | undefined;
  /** An agent's email; null for those that are nobody's. */
  assignee?: string | null | undefined;
  unread?: boolean | undefined;
  /** An agent whom a note names. */
  mentions?: string | undefined;
  medium?: Medium | undefined;
  tag?: string | undefined;
  search?: ThreadSearch | undefined;
}

/** Where a page of the list begins: behind this thread. */
export interface ThreadPlace {
  at: Date;
  lane: number;
  id: number;
}

/** Threads in which something was said, or of some people. */
export interface ThreadSearch {
  /** Words that were said, as a query asks for them (`wordsQuery`), all of which must match; null for none. */
  words: string | null;
  people: readonly UserRef[];
}

/** SQL: what a statement about some lanes asks of a thread. */
type Where = (isIn: RawBuilder<unknown>) => RawBuilder<unknown>;
const inOrder = sql`ORDER BY last_at DESC, lane, id`;

/** The newest threads of a project behind a place, in the order of their last message. */
export async function listThreads(
  db: Database,
  projectId: number,
  { search, ...filter }: ThreadFilter,
  after: ThreadPlace | null,
  limit: number,
): Promise<Thread[]> {
  const conditions = [sql`project_id = ${projectId}`, ...conditionsOf(filter)];
  // A row comparison is a bound of the index; lanes and ids rise where the time is the same.
  if (after)
    conditions.push(sql`last_at <= ${after.at}::timestamptz
      AND (last_at < ${after.at}::timestamptz OR (lane, id) > (${after.lane}::smallint, ${after.id}::bigint))`);
  const where: Where = (isIn) => sql`lane ${isIn} AND ${sql.join(conditions, sql` AND `)}`;
  const found = search
    ? await Promise.all([saidIn(db, where, search.words, limit), threadsOf(db, where, search.people, limit)])
    : [
        await overLanes<Thread>(
          db,
          (isIn) => sql`SELECT ${threadColumns} FROM thread WHERE ${where(isIn)} ${inOrder} LIMIT ${limit}`,
        ),
      ];
  const each = new Map(found.flat().map((thread) => [`${thread.lane}.${thread.id}`, thread]));
  return [...each.values()]
    .sort((a, b) => b.last_at.getTime() - a.last_at.getTime() || a.lane - b.lane || a.id - b.id)
    .slice(0, limit);
}

/** Newest threads that are looked through for words first: what is said often is among them, and would be long in sorting. */
const lookedThrough = 2_000;

/** The newest threads in which words were said: among the newest, else by the index of words, which has few then. */
async function saidIn(db: Database, where: Where, words: string | null, limit: number): Promise<Thread[]> {
  if (words === null) return [];
  const said = sql`words @@ ${words}::tsquery`;
  const among = await overLanes<Thread>(
    db,
    (isIn) => sql`
      SELECT ${threadColumns} FROM (
        SELECT ${threadColumns}, words FROM thread WHERE ${where(isIn)} ${inOrder} LIMIT ${lookedThrough}) newest
      WHERE ${said} ${inOrder} LIMIT ${limit}`,
  );
  if (among.length >= limit) return among;
  return overLanes<Thread>(
    db,
    // Not in their order, by which all threads would be looked through.
    (isIn) => sql`
      SELECT * FROM (SELECT ${threadColumns} FROM thread WHERE ${where(isIn)} AND ${said} OFFSET 0) said
      ${inOrder} LIMIT ${limit}`,
  );
}

/** The newest threads of some people. */
async function threadsOf(
  db: Database,
  where: Where,
  people: readonly UserRef[],
  limit: number,
): Promise<Thread[]> {
  if (people.length === 0) return [];
  const [lanes, ids] = [people.map(({ lane }) => lane), people.map(({ id }) => id)];
  return overLanes<Thread>(
    db,
    (isIn) => sql`
      SELECT theirs.* FROM unnest(${lanes}::smallint[], ${ids}::bigint[]) AS p (in_lane, person)
      CROSS JOIN LATERAL (
        SELECT ${threadColumns} FROM thread WHERE ${where(isIn)} AND lane = p.in_lane AND user_id = p.person OFFSET 0) theirs
      ${inOrder} LIMIT ${limit}`,
  );
}

function conditionsOf({
  state,
  assignee,
  unread,
  mentions,
  medium,
  tag,
}: Omit<ThreadFilter, 'search'>): RawBuilder<unknown>[] {
  const where: RawBuilder<unknown>[] = [];
  if (state !== undefined) where.push(sql`state = ${state}`);
  if (assignee === null) where.push(sql`assignee_id IS NULL`);
  else if (assignee !== undefined) where.push(sql`assignee_id = ${assignee}`);
  if (unread) where.push(sql`unread > 0`);
  if (mentions !== undefined) where.push(sql`mentioned <> '{}' AND mentioned @> ARRAY[${mentions}::text]`);
  if (medium !== undefined) where.push(sql`last_medium = ${medium}`);
  if (tag !== undefined) where.push(sql`tags @> ARRAY[${tag}::text]`);
  return where;
}

/** No count is told beyond this: more than so many are not gone through one by one. */
export const mostCounted = 1_000;

/** How many threads are in each state, and of the open ones the agent's, nobody's, those with something unread, and those in which a note names the agent; each `mostCounted` at most. */
export async function countThreads(
  db: Database,
  projectId: number,
  agent: string,
): Promise<Record<'open' | 'waiting' | 'snoozed' | 'mine' | 'nobodys' | 'unread' | 'mentions', number>> {
  const of = {
    open: sql`state = 'open'`,
    waiting: sql`state = 'waiting'`,
    snoozed: sql`state = 'snoozed'`,
    mine: sql`state = 'open' AND assignee_id = ${agent}`,
    nobodys: sql`state = 'open' AND assignee_id IS NULL`,
    unread: sql`unread > 0 AND state <> 'spam' AND state <> 'resolved'`,
    mentions: sql`mentioned <> '{}' AND mentioned @> ARRAY[${agent}::text]`,
  };
  const counted = Object.entries(of).map(
    ([name, where]) =>
      (isIn: RawBuilder<unknown>) =>
        sql`
      SELECT ${name}::text AS name, (SELECT count(*)::int FROM (
        SELECT 1 FROM thread WHERE lane ${isIn} AND project_id = ${projectId} AND ${where} LIMIT ${mostCounted}) c) AS count`,
  );
  const rows = await overLanes<{ name: string; count: number }>(
    db,
    (isIn) =>
      sql`${sql.join(
        counted.map((each) => each(isIn)),
        sql` UNION ALL `,
      )}`,
  );
  const counts = { open: 0, waiting: 0, snoozed: 0, mine: 0, nobodys: 0, unread: 0, mentions: 0 };
  for (const { name, count } of rows) {
    const key = name as keyof typeof counts;
    counts[key] = Math.min(mostCounted, counts[key] + count);
  }
  return counts;
}

/** Threads whose tags are taken to be in use: those of an older talk are looked for by who knows them. */
const mostTagged = 10_000;

/** The tags in use in a project, by name, the first of them: those of the tagged threads that are not resolved in which something was said last. */
export async function listTags(db: Database, projectId: number): Promise<string[]> {
  const rows = await overLanes<{ tag: string }>(
    db,
    (isIn) => sql`
      SELECT DISTINCT unnest(tags) AS tag FROM (
        SELECT tags FROM thread
        WHERE lane ${isIn} AND project_id = ${projectId} AND tags <> '{}' AND state <> 'resolved'
        ${inOrder} LIMIT ${mostTagged}) newest ORDER BY 1 LIMIT 200`,
  );
  return [...new Set(rows.map(({ tag }) => tag))].sort();
}
