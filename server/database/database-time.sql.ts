import { sql } from 'kysely';
import type { Database } from './connect.ts';

/** What the database's own clock shows at this moment, to the ms. */
export async function databaseTime(db: Database): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`SELECT clock_timestamp() AS now`.execute(db);
  return rows[0]!.now;
}
