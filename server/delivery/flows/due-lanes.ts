import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { Due } from '../../lanes/lane-queue.ts';
import { laneCount } from '../../lanes/lanes.ts';
import { livingWorkers } from '../../lanes/life.ts';

/**
 * Which of the places, each a lane and a sender, have messages due: one probe of an index for each. Where a claim has
 * just been the probe goes over all that it left behind, so that places known to have more are not worth asking about.
 */
export async function findDueSenders(
  db: Database,
  places: readonly Due<number>[],
  now: Date,
): Promise<Due<number>[]> {
  if (places.length === 0) return [];
  const { rows } = await sql<Due<number>>`
    SELECT l.lane, s.id AS due FROM lane l CROSS JOIN sender s
    WHERE s.id = ANY (${[...new Set(places.map(({ due }) => due))]}::int[])
      AND s.id::bigint * ${laneCount} + l.lane = ANY (${places.map(({ lane, due }) => due * laneCount + lane)}::bigint[])
      AND EXISTS (
        SELECT 1 FROM message m WHERE m.lane = l.lane AND m.sender_id = s.id AND m.waits_at <= ${now}::timestamptz)
  `.execute(db);
  return rows;
}

/** What waits to be settled in a lane. */
export type Settlement = 'receipts' | 'doubt' | 'departures' | 'retries' | 'erasures' | 'rollups';

/** Lanes with receipts that wait to be applied. */
export async function findReceipts(db: Database): Promise<Due<Settlement>[]> {
  const { rows } = await sql<Due<Settlement>>`
    SELECT l.lane, 'receipts' AS due FROM lane l
    WHERE EXISTS (SELECT 1 FROM receipt r WHERE r.lane = l.lane)
  `.execute(db);
  return rows;
}

/** Lanes with messages in doubt, or on the wire of a worker that no longer lives. */
export async function findDoubt(db: Database): Promise<Due<Settlement>[]> {
  const { rows } = await sql<Due<Settlement>>`
    WITH living AS MATERIALIZED (${sql.raw(livingWorkers)})
    SELECT l.lane, 'doubt' AS due FROM lane l
    WHERE EXISTS (SELECT 1 FROM message m WHERE m.lane = l.lane AND m.doubt_at IS NOT NULL)
      OR EXISTS (SELECT 1 FROM departure d WHERE d.lane = l.lane AND d.dispatcher NOT IN (SELECT number FROM living))
  `.execute(db);
  return rows;
}

/** Lanes with bounced messages of these senders whose next try has come. */
export async function findRetries(
  db: Database,
  senderIds: readonly number[],
  now: Date,
): Promise<Due<Settlement>[]> {
  const { rows } = await sql<Due<Settlement>>`
    SELECT l.lane, 'retries' AS due FROM lane l
    WHERE EXISTS (SELECT 1 FROM message m WHERE m.lane = l.lane AND m.retry_at <= ${now}::timestamptz
      AND m.sender_id = ANY (${senderIds}::int[]))
  `.execute(db);
  return rows;
}
