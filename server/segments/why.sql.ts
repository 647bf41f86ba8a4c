import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { UserRef } from '../users/identity.ts';
import type { Definition } from './leaf-kind.ts';
import { conditionsWithin } from './read-definition.ts';

/** Why somebody is of a segment, or not. */
export interface Why {
  isMember: boolean;
  /** For each of `conditionsWithin`, whether it holds and what it looked at. */
  conditions: { holds: boolean; value: unknown }[];
}

/** Asks a definition of one person, condition by condition, by the SQL that finds members. */
export async function whyOf(
  db: Database,
  definition: Definition,
  { projectId, user, now }: { projectId: number; user: UserRef; now: Date },
): Promise<Why> {
  const asked = { projectId, lane: user.lane, now, among: [user.id] };
  const conditions = conditionsWithin(definition.tree).map(({ condition }) => condition);
  const { rows } = await sql<{ isMember: boolean; holds: boolean[]; values: unknown[] }>`
    SELECT ${definition.holds(asked)} AS "isMember",
      ARRAY[${sql.join(conditions.map((condition) => condition.holds(asked)))}]::boolean[] AS holds,
      to_jsonb(ARRAY[${sql.join(conditions.map((condition) => condition.shows(asked)))}]::jsonb[]) AS values
    FROM users u WHERE u.lane = ${user.lane} AND u.id = ${user.id} AND u.project_id = ${projectId}`.execute(
    db,
  );
  const found = rows[0];
  if (!found) return { isMember: false, conditions: conditions.map(() => ({ holds: false, value: null })) };
  return {
    isMember: found.isMember,
    conditions: found.holds.map((holds, index) => ({ holds, value: found.values[index] ?? null })),
  };
}
