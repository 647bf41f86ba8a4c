import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../server/database/connect.ts';

/** Which passages are made: as many of each person as there have to be, told apart by their keys. */
export interface BulkRuns {
  journeyId: number;
  tile: string;
  runs: number;
  /** SQL: when one is looked at again; `n` is its number. */
  wakes: RawBuilder<unknown>;
  hears?: readonly string[];
}

/** Puts passages of all people into a journey, set-wise, as if they had come to a tile. */
export async function makeRuns(
  db: Database,
  { journeyId, tile, runs, wakes, hears = [] }: BulkRuns,
): Promise<void> {
  await sql`
    INSERT INTO journey_run (lane, id, project_id, journey_id, user_id, key, entered_at, cause, tile, arrived_at, wake_at,
      hears, data, passed_since)
    SELECT u.lane, nextval('journey_run_id_seq'), u.project_id, ${journeyId}, u.id, n::text, now() - interval '1 hour',
      '{"api": true}', ${tile}, now() - interval '1 hour', ${wakes}, ${hears}::text[],
      jsonb_build_object('points', n % 100, 'item', 'shoes ' || n), now() - interval '1 hour'
    FROM (SELECT *, row_number() OVER () - 1 AS place, count(*) OVER () AS people FROM users) u
    CROSS JOIN LATERAL generate_series(u.place, ${runs} - 1, u.people) n`.execute(db);
  // Lanes go by a version as soon as somebody is in them.
  await sql`
    INSERT INTO journey_lane (lane, journey_id, version)
    SELECT DISTINCT lane, ${journeyId}::int, 1 FROM journey_run WHERE journey_id = ${journeyId} ON CONFLICT DO NOTHING`.execute(
    db,
  );
}
