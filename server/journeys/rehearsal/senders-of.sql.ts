import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';

/** A sender with its pace: segments a second, and a day of its zone. */
export interface PacedSender {
  name: string;
  mps: number;
  dailyCap: number | null;
  dayZone: string;
}

/** These senders of a project, by their ids; one that is gone is absent. */
export async function namesOfSenders(
  db: Database,
  projectId: number,
  ids: readonly number[],
): Promise<Map<number, PacedSender>> {
  const { rows } = await sql<PacedSender & { id: number }>`
    SELECT id, name, mps, daily_cap AS "dailyCap", day_zone AS "dayZone" FROM sender
    WHERE project_id = ${projectId} AND id = ANY (${ids}::int[])`.execute(db);
  return new Map(rows.map(({ id, ...sender }) => [id, sender]));
}
