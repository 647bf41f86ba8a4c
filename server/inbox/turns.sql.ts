import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';

/** A window of the inbox that has given no sign for so long is closed: three of its signs are missing. */
export const presenceMs = 30_000;

/**
 * Gives so many threads to those who are there, by turns: whoever has waited longest for one is first. Holds the turns of the project
 * until the transaction ends. Fewer, or nobody, where nobody is there; the same agent comes again when all have had one.
 */
export async function takeTurns(
  transaction: Database,
  projectId: number,
  count: number,
  now: Date,
): Promise<string[]> {
  const since = new Date(now.getTime() - presenceMs);
  const { rows } = await sql<{ agent: string; lastTurnAt: Date | null }>`
    SELECT agent, last_turn_at AS "lastTurnAt" FROM inbox_agent a
    WHERE project_id = ${projectId} AND NOT is_away AND EXISTS (SELECT 1 FROM inbox_presence p
      WHERE p.project_id = ${projectId} AND p.agent = a.agent AND p.at > ${since}::timestamptz)
      -- A key may show a window too, and is nobody.
      AND EXISTS (SELECT 1 FROM console_user u WHERE u.project_id = ${projectId} AND u.email = a.agent)
    -- All lock in one order, and then go by what is so once the lock is had.
    ORDER BY agent FOR UPDATE`.execute(transaction);
  const waitedSince = ({ lastTurnAt }: { lastTurnAt: Date | null }) => lastTurnAt?.getTime() ?? 0;
  const agents = rows.toSorted((a, b) => waitedSince(a) - waitedSince(b)).map(({ agent }) => agent);
  if (agents.length === 0) return [];
  const turns = Array.from({ length: count }, (_, index) => agents[index % agents.length]!);
  // The last of several turns is later than the others' by a millisecond each, so that the order goes on where it was left.
  const lastOf = new Map(turns.map((agent, index) => [agent, new Date(now.getTime() + index)]));
  await sql`
    UPDATE inbox_agent SET last_turn_at = t.at
    FROM unnest(${[...lastOf.keys()]}::text[], ${[...lastOf.values()]}::timestamptz[]) AS t (agent, at)
    WHERE project_id = ${projectId} AND inbox_agent.agent = t.agent`.execute(transaction);
  return turns;
}
