import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { withoutWaitingForDisk } from '../../database/durability.ts';
import { here } from '../../lanes/here.sql.ts';
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
    SELECT l.lane, 'rollups' AS due FROM lane l
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
    const same = (row: string) =>
      sql.join(
        keys.map((key) => sql`r.${sql.ref(key)} = ${sql.ref(`${row}.${key}`)}`),
        sql` AND `,
      );
    return sql`
      WITH taken AS (${taken}), summed AS (
        SELECT ${sql.join(keys.map((key) => sql.ref(key)))},
          sum(messages) AS messages, sum(segments) AS segments, sum(price_micros) AS price_micros,
          min(first_request_id) AS first_request_id, max(last_request_id) AS last_request_id,
          min(first_left_at) AS first_left_at, max(last_left_at) AS last_left_at
        FROM taken GROUP BY ${sql.join(keys.map((key) => sql.ref(key)))}
      ), meant AS MATERIALIZED (
        SELECT s.*, coalesce(r.messages, 0) + s.messages = 0 AND coalesce(r.segments, 0) + s.segments = 0
          AND coalesce(r.price_micros, 0) + s.price_micros = 0 AS is_nothing
        FROM summed s LEFT JOIN message_rollup r ON r.lane = ${lane} AND ${same('s')}
      ), gone AS (
        DELETE FROM message_rollup r USING meant m WHERE r.lane = ${lane} AND m.is_nothing AND ${same('m')}
      ), kept AS (
      INSERT INTO message_rollup AS r (lane, ${sql.join(keys.map((key) => sql.ref(key)))}, ${amounts})
      SELECT here.lane, ${sql.join(keys.map((key) => sql.ref(`m.${key}`)))}, m.messages, m.segments, m.price_micros,
        m.first_request_id, m.last_request_id, m.first_left_at, m.last_left_at
      FROM ${here(lane)} CROSS JOIN meant m WHERE NOT m.is_nothing
      ON CONFLICT (campaign_id, lane, variant, admitted_at, admitted_within, standing, skip_reason, minute)
      DO UPDATE SET messages = r.messages + excluded.messages, segments = r.segments + excluded.segments,
        price_micros = r.price_micros + excluded.price_micros,
        first_request_id = least(r.first_request_id, excluded.first_request_id),
        last_request_id = greatest(r.last_request_id, excluded.last_request_id),
        first_left_at = least(r.first_left_at, excluded.first_left_at),
        last_left_at = greatest(r.last_left_at, excluded.last_left_at)
      )
      SELECT 1`;
  }
}

/** What tells a rollup from the others of its lane. */
const keys = [
  ...['campaign_id', 'project_id', 'variant', 'admitted_at', 'admitted_within', 'standing', 'skip_reason'],
  'minute',
];
const epoch = sql`timestamptz '1970-01-01Z'`;
const amounts = sql`messages, segments, price_micros, first_request_id, last_request_id, first_left_at, last_left_at`;
