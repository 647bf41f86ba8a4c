import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';

/**
 * Holds rollups to the messages themselves: for each lane, campaign, day of admission, standing and reason the same
 * messages, segments and price; and the same minutes from `finely` on, before which they may have been put together.
 */
export async function assertRolledUp(db: Database, finely: Date): Promise<void> {
  const standing = sql`CASE WHEN status = 'queued' AND failed_at IS NOT NULL THEN 'retrying' ELSE status END`;
  const { rows: apart } = await sql`
    WITH facts AS MATERIALIZED (
      SELECT lane, campaign_id, project_id, date_bin('1 day', created_at, '1970-01-01Z') AS day, ${standing} AS standing,
        coalesce(skip_reason, '') AS reason, count(*) AS messages, sum(segments) AS segments, sum(price_micros) AS price
      FROM message WHERE campaign_id IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6
    ), rolled AS MATERIALIZED (
      SELECT lane, campaign_id, project_id, date_bin('1 day', admitted_at, '1970-01-01Z') AS day, standing,
        skip_reason AS reason, sum(messages) AS messages, sum(segments) AS segments, sum(price_micros) AS price
      FROM (SELECT * FROM message_rollup UNION ALL SELECT * FROM message_rollup_change) r
      WHERE standing <> 'arrived' GROUP BY 1, 2, 3, 4, 5, 6
      HAVING sum(messages) <> 0 OR sum(segments) <> 0 OR sum(price_micros) <> 0
    )
    (SELECT 'not rolled up' AS fault, * FROM (TABLE facts EXCEPT TABLE rolled) a)
    UNION ALL (SELECT 'no fact', * FROM (TABLE rolled EXCEPT TABLE facts) b) LIMIT 10`.execute(db);
  assert.deepEqual(apart, []);
  const { rows: byMinute } = await sql`
    WITH standings AS MATERIALIZED (
      SELECT lane, campaign_id, standing, date_bin('1 minute', at, '1970-01-01Z') AS minute, count(*) AS messages
      FROM (SELECT lane, campaign_id, ${standing} AS standing,
        CASE status WHEN 'queued' THEN due_at WHEN 'skipped' THEN NULL ELSE dispatched_at END AS at FROM message) each
      WHERE campaign_id IS NOT NULL AND at >= ${finely}::timestamptz GROUP BY 1, 2, 3, 4
    ), arrivals AS MATERIALIZED (
      SELECT lane, campaign_id, 'arrived' AS standing, date_bin('1 minute', coalesce(delivered_at, read_at), '1970-01-01Z') AS minute,
        count(*) AS messages
      FROM message WHERE campaign_id IS NOT NULL AND status IN ('delivered', 'read')
        AND coalesce(delivered_at, read_at) >= ${finely}::timestamptz GROUP BY 1, 2, 3, 4
    ), facts AS (
      TABLE standings UNION ALL TABLE arrivals
    ), rolled AS MATERIALIZED (
      SELECT lane, campaign_id, standing, minute, sum(messages) AS messages
      FROM (SELECT * FROM message_rollup UNION ALL SELECT * FROM message_rollup_change) r
      WHERE minute >= ${finely}::timestamptz - interval '1 minute' GROUP BY 1, 2, 3, 4 HAVING sum(messages) <> 0
    )
    (SELECT 'not rolled up' AS fault, * FROM (TABLE facts EXCEPT TABLE rolled) a)
    UNION ALL (SELECT 'no fact', * FROM (TABLE rolled EXCEPT TABLE facts) b
      WHERE minute >= ${finely}::timestamptz) LIMIT 10`.execute(db);
  assert.deepEqual(byMinute, []);
}
