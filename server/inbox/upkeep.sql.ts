import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { overLanes } from '../lanes/over-lanes.sql.ts';

/** A thread anywhere. */
export interface ThreadPlaceAnywhere {
  lane: number;
  id: number;
  projectId: number;
}

/** Threads that are to be looked at by now: whose snooze is over, or whose agent has been silent for too long. */
export function threadsToWake(db: Database, now: Date, most: number): Promise<ThreadPlaceAnywhere[]> {
  return overLanes<ThreadPlaceAnywhere>(
    db,
    (isIn) => sql`
      SELECT lane, id, project_id AS "projectId" FROM thread
      WHERE lane ${isIn} AND wakes_at <= ${now}::timestamptz ORDER BY wakes_at LIMIT ${most}`,
  );
}

/** The projects in which threads come to people by turns, and somebody is there to get one. */
export async function projectsByTurns(db: Database, presentSince: Date): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    SELECT s.project_id AS id FROM inbox_setting s
    WHERE s.assigning = 'byTurns' AND EXISTS (SELECT 1 FROM inbox_presence p
      JOIN inbox_agent a ON a.project_id = p.project_id AND a.agent = p.agent AND NOT a.is_away
      WHERE p.project_id = s.project_id AND p.at > ${presentSince}::timestamptz)`.execute(db);
  return rows.map(({ id }) => id);
}

/** The open threads of a project that are nobody's, those that wait longest first. */
export async function nobodysThreads(
  db: Database,
  projectId: number,
  most: number,
): Promise<ThreadPlaceAnywhere[]> {
  const rows = await overLanes<ThreadPlaceAnywhere & { at: Date }>(
    db,
    (isIn) => sql`
      SELECT lane, id, project_id AS "projectId", last_at AS at FROM thread
      WHERE lane ${isIn} AND project_id = ${projectId} AND assignee_id IS NULL AND state = 'open'
      ORDER BY last_at LIMIT ${most}`,
  );
  return rows.toSorted((a, b) => a.at.getTime() - b.at.getTime()).slice(0, most);
}
