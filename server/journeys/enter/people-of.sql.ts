import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { Definition } from '../../segments/leaf-kind.ts';
import type { Where } from '../definition/tile-kind.ts';

/** Which of these people there are, and whether each is of a definition; everybody is where there is none. */
export async function peopleOf(
  db: Database,
  { projectId, lane, now }: Where,
  userIds: readonly number[],
  only: Definition | null,
): Promise<Map<number, boolean>> {
  const { rows } = await sql<{ id: number; isOf: boolean }>`
    SELECT u.id, ${only?.holds({ projectId, lane, now, among: userIds }) ?? sql`true`} AS "isOf"
    FROM users u WHERE u.lane = ${lane} AND u.project_id = ${projectId} AND u.id = ANY (${userIds}::bigint[])`.execute(
    db,
  );
  return new Map(rows.map(({ id, isOf }) => [id, isOf]));
}
