import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { lanes } from '../lanes/lanes.ts';

/**
 * SQL: the end of a WITH that keeps lists' sizes. `changes` names the CTE in which the statement has put on lists (`by` 1) or taken
 * off them (-1) people of one lane, with a `list_id` for each. All rows that a list has there and that no other
 * transaction holds become one, with the change; a row that is held is left to stand beside it. So nobody waits,
 * no two lock each other out, and what is added up is what is committed. A row of nobody stays: by its id a list that changed is
 * told from what it was, though as many are on it.
 */
export function keepingSizes(lane: number, changes: string, by: 1 | -1): RawBuilder<unknown> {
  return sql`size_change AS (
      SELECT list_id, ${by}::int * count(*)::int AS members FROM ${sql.ref(changes)} GROUP BY list_id
    ), size_before AS (
      DELETE FROM list_size s USING (
        SELECT list_id, id FROM list_size
        WHERE lane = ${lane} AND list_id IN (SELECT list_id FROM size_change) FOR UPDATE SKIP LOCKED) open
      WHERE s.lane = ${lane} AND s.list_id = open.list_id AND s.id = open.id
      RETURNING s.list_id, s.members
    ), size_after AS (
      INSERT INTO list_size (lane, list_id, id, members)
      SELECT ${lane}, list_id, gen_random_uuid(), sum(members)
      FROM (SELECT * FROM size_change UNION ALL SELECT * FROM size_before) each
      GROUP BY list_id
    )`;
}

/** How many users are on each list of a project; one on which nobody ever was is absent. */
export async function sizesOfLists(db: Database, projectId: number): Promise<Map<number, number>> {
  const { rows } = await sql<{ id: number; size: number }>`
    SELECT s.list_id AS id, sum(s.members)::int AS size FROM list_size s
    WHERE s.lane = ANY(${lanes}::smallint[]) AND s.list_id IN (SELECT id FROM list WHERE project_id = ${projectId})
    GROUP BY s.list_id`.execute(db);
  return new Map(rows.map(({ id, size }) => [id, size]));
}

/** How many users are on a list. */
export async function sizeOfList(db: Database, listId: number): Promise<number> {
  const { rows } = await sql<{ size: number }>`
    SELECT coalesce(sum(members), 0)::int AS size FROM list_size
    WHERE lane = ANY(${lanes}::smallint[]) AND list_id = ${listId}`.execute(db);
  return rows[0]?.size ?? 0;
}
