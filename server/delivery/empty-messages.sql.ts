import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Due } from '../lanes/lane-queue.ts';

/** What is on the wire and not settled after this long is emptied all the same: nobody can be asked about it any more. */
const latestAfterMs = 24 * 3_600_000;

const onTheWire = sql`status IN ('dispatching', 'inDoubt')`;

/** SQL: of these messages nothing is kept that says who their person was. */
const emptied = (lane: number, which: RawBuilder<unknown>) => sql`
  UPDATE message SET to_address = NULL, content = NULL, metadata = NULL, error_detail = NULL
  WHERE lane = ${lane} AND ${which}`;

/** SQL: whether the person of a message is gone and it waits to be emptied. */
export const isToEmpty = (lane: number, messageId: RawBuilder<unknown>) => sql`
  EXISTS (SELECT 1 FROM message_to_empty e WHERE e.lane = ${lane} AND e.message_id = ${messageId})`;

/**
 * Empties the messages of people of one lane who are gone. What is on the wire is emptied when its fate is known
 * (`emptySettled`), since a provider is asked about what is in doubt by its address: emptied at once, it would stay in doubt
 * for ever.
 */
export async function emptyMessages(
  transaction: Database,
  lane: number,
  userIds: readonly number[],
  at: Date,
): Promise<void> {
  const theirs = sql`user_id = ANY (${userIds}::bigint[])`;
  await sql`
    INSERT INTO message_to_empty (lane, message_id, latest_at)
    SELECT lane, id, ${new Date(at.getTime() + latestAfterMs)}::timestamptz FROM message
    WHERE lane = ${lane} AND ${theirs} AND ${onTheWire}
    ON CONFLICT DO NOTHING`.execute(transaction);
  await emptied(lane, sql`${theirs} AND NOT ${onTheWire}`).execute(transaction);
}

/** Lanes where the fate of messages that are to be emptied is known, or their time is over. */
export async function findToEmpty(db: Database, now: Date): Promise<Due<'erasures'>[]> {
  const { rows } = await sql<Due<'erasures'>>`
    SELECT DISTINCT e.lane, 'erasures' AS due FROM message_to_empty e
    LEFT JOIN message m ON m.lane = e.lane AND m.id = e.message_id AND m.status IN ('dispatching', 'inDoubt')
    WHERE m.id IS NULL OR e.latest_at <= ${now}::timestamptz`.execute(db);
  return rows;
}

/** Empties them, in one lane. */
export async function emptySettled(db: Database, lane: number, now: Date): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ message_id: number }>`
      DELETE FROM message_to_empty e
      WHERE e.lane = ${lane} AND (e.latest_at <= ${now}::timestamptz OR NOT EXISTS (SELECT 1 FROM message m
        WHERE m.lane = ${lane} AND m.id = e.message_id AND m.status IN ('dispatching', 'inDoubt')))
      RETURNING message_id`.execute(transaction);
    const ids = rows.map((row) => row.message_id);
    await emptied(lane, sql`id = ANY (${ids}::bigint[])`).execute(transaction);
  });
}
