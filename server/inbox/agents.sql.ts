import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { type Thread, threadRef } from './threads.sql.ts';
import { presenceMs } from './turns.sql.ts';

/** Somebody who answers. */
export interface Agent {
  email: string;
  name: string;
  /** They have said that they are away: no thread comes to them by turns. */
  isAway: boolean;
  /** A window of theirs shows the inbox. */
  isHere: boolean;
}

/** The project's console accounts, by name. */
export async function listAgents(db: Database, projectId: number, now: Date): Promise<Agent[]> {
  const { rows } = await sql<Agent>`
    SELECT u.email, u.name, coalesce(a.is_away, false) AS "isAway",
      EXISTS (SELECT 1 FROM inbox_presence p WHERE p.project_id = ${projectId} AND p.agent = u.email
        AND p.at > ${since(now)}::timestamptz) AS "isHere"
    FROM console_user u LEFT JOIN inbox_agent a ON a.project_id = ${projectId} AND a.agent = u.email
    WHERE u.project_id = ${projectId} ORDER BY u.name, u.email`.execute(db);
  return rows;
}

/** Which of these are emails of the project's console accounts. */
export async function knownAgents(
  db: Database,
  projectId: number,
  emails: readonly string[],
): Promise<Set<string>> {
  if (emails.length === 0) return new Set();
  const rows = await db
    .selectFrom('console_user')
    .select('email')
    .where('project_id', '=', projectId)
    .where('email', 'in', [...emails])
    .execute();
  return new Set(rows.map(({ email }) => email));
}

/** Says of an agent whether they are away. */
export async function setAway(
  db: Database,
  projectId: number,
  agent: string,
  isAway: boolean,
): Promise<void> {
  await db
    .insertInto('inbox_agent')
    .values({ project_id: projectId, agent, is_away: isAway })
    .onConflict((conflict) => conflict.columns(['project_id', 'agent']).doUpdateSet({ is_away: isAway }))
    .execute();
}

/** A sign of life of an agent's window. */
export interface Sign {
  projectId: number;
  agent: string;
  window: string;
  /** The thread that it shows, as the API names it; null for the list alone. */
  thread: string | null;
  doing: 'looking' | 'writing';
  at: Date;
}

/** Notes a window's sign of life, and drops those of the project that have given none for long. */
export async function noteSign(
  db: Database,
  { projectId, agent, window, thread, doing, at }: Sign,
): Promise<void> {
  await sql`
    INSERT INTO inbox_presence (project_id, agent, window_id, thread, doing, at)
    VALUES (${projectId}, ${agent}, ${window}, ${thread}, ${doing}, ${at}::timestamptz)
    ON CONFLICT (project_id, agent, window_id) DO UPDATE SET thread = EXCLUDED.thread,
      doing = EXCLUDED.doing, at = EXCLUDED.at`.execute(db);
  await sql`INSERT INTO inbox_agent (project_id, agent) VALUES (${projectId}, ${agent}) ON CONFLICT DO NOTHING`.execute(
    db,
  );
  await sql`
    DELETE FROM inbox_presence WHERE project_id = ${projectId} AND at < ${since(at)}::timestamptz`.execute(
    db,
  );
}

/** Drops a window that was closed. */
export async function dropWindow(
  db: Database,
  projectId: number,
  agent: string,
  window: string,
): Promise<void> {
  await db
    .deleteFrom('inbox_presence')
    .where('project_id', '=', projectId)
    .where('agent', '=', agent)
    .where('window_id', '=', window)
    .execute();
}

/** Who has a thread open now, an agent once: writing where any window of theirs is. */
export async function presentAt(
  db: Database,
  thread: Pick<Thread, 'lane' | 'id' | 'project_id'>,
  now: Date,
): Promise<{ agent: string; doing: 'looking' | 'writing' }[]> {
  const { rows } = await sql<{ agent: string; doing: 'looking' | 'writing' }>`
    SELECT agent, max(doing) AS doing FROM inbox_presence
    WHERE project_id = ${thread.project_id} AND thread = ${threadRef(thread)}
      AND at > ${since(now)}::timestamptz
    GROUP BY agent ORDER BY agent`.execute(db);
  return rows;
}

const since = (now: Date) => new Date(now.getTime() - presenceMs);
