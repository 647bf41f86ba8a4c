import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { withoutWaitingForDisk } from '../../database/durability.ts';
import { lanes } from '../../lanes/lanes.ts';
import { foldResponses } from './fold-responses.sql.ts';

/** For so long minutes are kept apart, and half hours of admission; then whole days. */
const fineMs = 48 * 3_600_000;

const fineUntil = (now: Date) => new Date(now.getTime() - fineMs);

/** SQL: rows of `message_rollup` that are kept by the minute though it is long ago. What waits keeps its minute. */
const isOutdated = (now: Date) => sql`minute > '-infinity' AND minute < ${fineUntil(now)}::timestamptz
  AND standing NOT IN ('queued', 'retrying')`;

/** Lanes in which rollups are to be brought up to date. */
export async function findChangedRollups(
  db: Database,
  now: Date,
): Promise<{ lane: number; due: 'rollups' }[]> {
  const { rows } = await sql<{ lane: number; due: 'rollups' }>`
    SELECT l.lane, 'rollups' AS due FROM unnest(${lanes}::smallint[]) l (lane)
    WHERE EXISTS (SELECT 1 FROM message_rollup_change c WHERE c.lane = l.lane)
      OR EXISTS (SELECT 1 FROM response_change c WHERE c.lane = l.lane)
      OR EXISTS (SELECT 1 FROM message_rollup r WHERE r.lane = l.lane AND ${isOutdated(now)})`.execute(db);
  return rows;
}

/**
 * Adds a lane's changes to its rollups, and puts together by days what is long ago. The sums stay as they are at every
 * moment. The caller holds the lane.
 */
export async function foldChanges(db: Database, lane: number, now: Date): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await withoutWaitingForDisk(transaction);
    await foldResponses(transaction, lane);
    await merge(sql`
      DELETE FROM message_rollup_change WHERE lane = ${lane}
      RETURNING campaign_id, project_id, variant, admitted_at, admitted_within, standing, skip_reason, minute, ${amounts}`).execute(
      transaction,
    );
    await merge(sql`
      DELETE FROM message_rollup WHERE lane = ${lane} AND ${isOutdated(now)}
      RETURNING campaign_id, project_id, variant, date_bin('1 day', admitted_at, ${epoch}) AS admitted_at,
        interval '1 day' AS admitted_within, standing, skip_reason, timestamptz '-infinity' AS minute, ${amounts}`).execute(
      transaction,
    );
  });

  function merge(taken: RawBuilder<unknown>) {
    return sql`
      WITH taken AS (${taken}), summed AS (
        SELECT campaign_id, project_id, variant, admitted_at, admitted_within, standing, skip_reason, minute,
          sum(messages) AS messages, sum(segments) AS segments, sum(price_micros) AS price_micros,
          min(first_request_id) AS first_request_id, max(last_request_id) AS last_request_id,
          min(first_left_at) AS first_left_at, max(last_left_at) AS last_left_at
        FROM taken GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
      )
      MERGE INTO message_rollup r USING summed s
      ON r.lane = ${lane} AND r.campaign_id = s.campaign_id AND r.variant = s.variant AND r.admitted_at = s.admitted_at
        AND r.admitted_within = s.admitted_within AND r.standing = s.standing AND r.skip_reason = s.skip_reason
        AND r.minute = s.minute
      WHEN MATCHED AND r.messages + s.messages = 0 AND r.segments + s.segments = 0
        AND r.price_micros + s.price_micros = 0 THEN DELETE
      WHEN MATCHED THEN UPDATE SET messages = r.messages + s.messages, segments = r.segments + s.segments,
        price_micros = r.price_micros + s.price_micros,
        first_request_id = least(r.first_request_id, s.first_request_id),
        last_request_id = greatest(r.last_request_id, s.last_request_id),
        first_left_at = least(r.first_left_at, s.first_left_at),
        last_left_at = greatest(r.last_left_at, s.last_left_at)
      WHEN NOT MATCHED AND (s.messages <> 0 OR s.segments <> 0 OR s.price_micros <> 0) THEN
        INSERT (lane, campaign_id, project_id, variant, admitted_at, admitted_within, standing, skip_reason, minute,
          messages, segments, price_micros, first_request_id, last_request_id, first_left_at, last_left_at)
        VALUES (${lane}::smallint, s.campaign_id, s.project_id, s.variant, s.admitted_at, s.admitted_within, s.standing,
          s.skip_reason, s.minute, s.messages, s.segments, s.price_micros, s.first_request_id, s.last_request_id,
          s.first_left_at, s.last_left_at)`;
  }
}

const epoch = sql`timestamptz '1970-01-01Z'`;
const amounts = sql`messages, segments, price_micros, first_request_id, last_request_id, first_left_at, last_left_at`;
