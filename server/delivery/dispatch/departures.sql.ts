import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { withoutWaitingForDisk } from '../../database/durability.ts';

/** The answers to a claim's posts, and what becomes of them, have mostly come after this. */
const answeredAfterMs = 5_000;

/** Takes the departures of a lane that are `which` out of their table, and tells whose messages they were. */
export async function takeDepartures(
  db: Database,
  lane: number,
  which: RawBuilder<unknown>,
): Promise<number[]> {
  const { rows } = await sql<{ message_ids: number[] }>`
    DELETE FROM departure WHERE lane = ${lane} AND ${which} RETURNING message_ids`.execute(db);
  return rows.flatMap(({ message_ids: ids }) => ids);
}

/** Forgets the departures of a lane of which every message's answer has been applied. */
export async function forgetAnswered(db: Database, lane: number, now: Date): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await withoutWaitingForDisk(transaction);
    await sql`
      DELETE FROM departure d
      WHERE d.lane = ${lane} AND d.departed_at < ${new Date(now.getTime() - answeredAfterMs)}::timestamptz
        AND NOT EXISTS (SELECT 1 FROM message m
          WHERE m.lane = ${lane} AND m.id = ANY (d.message_ids) AND m.status = 'dispatching')`.execute(
      transaction,
    );
  });
}

/** Lanes with departures that are older than the usual answer. */
export async function findAnswered(db: Database, now: Date): Promise<{ lane: number; due: 'departures' }[]> {
  const { rows } = await sql<{ lane: number; due: 'departures' }>`
    SELECT DISTINCT lane, 'departures' AS due FROM departure
    WHERE departed_at < ${new Date(now.getTime() - answeredAfterMs)}::timestamptz`.execute(db);
  return rows;
}
