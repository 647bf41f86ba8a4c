import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { logDeeds } from './thread-log.sql.ts';

/**
 * Gives threads of a lane to agents, or (null) to nobody, and notes it; in the caller's transaction. `unassignAt`: when whoever gets
 * one has it no more if they stay silent; absent leaves what the last message said.
 */
export async function assignThreads(
  transaction: Database,
  by: { projectId: number; lane: number; by: string | null; at: Date },
  given: readonly { id: number; userId: number; agent: string | null; unassignAt?: Date | null }[],
): Promise<void> {
  if (given.length === 0) return;
  const { projectId, lane, at } = by;
  await sql`
    UPDATE thread SET assignee_id = g.agent,
      unassign_at = CASE WHEN g.sets THEN g.unassign_at ELSE thread.unassign_at END
    FROM unnest(${given.map(({ id }) => id)}::bigint[], ${given.map(({ agent }) => agent)}::text[],
      ${given.map(({ unassignAt }) => unassignAt !== undefined)}::boolean[],
      ${given.map(({ unassignAt }) => unassignAt ?? null)}::timestamptz[]) AS g (id, agent, sets, unassign_at)
    WHERE thread.lane = ${lane} AND thread.id = g.id AND thread.project_id = ${projectId}`.execute(
    transaction,
  );
  await logDeeds(
    transaction,
    lane,
    given.map(({ id, userId, agent }) => ({
      ...{ projectId, userId, threadId: id, agent: by.by, what: 'assigned' as const, detail: { to: agent } },
    })),
    at,
  );
}
