import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Due } from '../lanes/lane-queue.ts';

/** What is not settled a day after it was sent is emptied all the same: nobody can be asked about it any more. */
const dayMs = 24 * 3_600_000;

/** SQL: a message of which a provider may still tell something that is about its address. */
const isUnsettled = (message: string) =>
  sql`${sql.ref(`${message}.status`)} IN ('dispatching', 'inDoubt', 'sent')`;

/** SQL: whether the person of a message is gone and it waits to be emptied. */
export const isToEmpty = (lane: number, messageId: RawBuilder<unknown>) => sql`
  EXISTS (SELECT 1 FROM message_to_empty e WHERE e.lane = ${lane} AND e.message_id = ${messageId})`;

/**
 * Empties the messages of people of one lane who are gone. What is on the wire is emptied when its fate is known
 * (`emptySettled`), since a provider is asked about what is in doubt by its address and words: emptied at once, it would stay in
 * doubt for ever. Of what was sent the address alone is kept until then, for a day from sending: a provider that refuses it
 * late because its reader wants no more names no address, and the opt-out would be lost for whoever has the number next.
 */
export async function emptyMessages(
  transaction: Database,
  lane: number,
  userIds: readonly number[],
  at: Date,
): Promise<void> {
  const theirs = sql`user_id = ANY (${userIds}::bigint[])`;
  const daysFromNow = (days: number) => sql`${new Date(at.getTime() + days * dayMs)}::timestamptz`;
  const leftAt = sql`greatest(sent_at, dispatched_at)`;
  const isKept = sql`(status <> 'sent' OR ${leftAt} > ${daysFromNow(-1)})`;
  // In a form that does not ask for the session's time zone, which a cluster would refuse.
  const dayAfterLeft = sql`(${leftAt} AT TIME ZONE 'UTC' + interval '24 hours') AT TIME ZONE 'UTC'`;
  await sql`
    INSERT INTO message_to_empty (lane, message_id, latest_at)
    SELECT lane, id, CASE status WHEN 'sent' THEN ${dayAfterLeft} ELSE ${daysFromNow(1)} END
    FROM message WHERE lane = ${lane} AND ${theirs} AND ${isUnsettled('message')} AND ${isKept}
    ON CONFLICT DO NOTHING`.execute(transaction);
  await sql`
    UPDATE message SET to_address = CASE WHEN status = 'sent' AND ${isKept} THEN to_address END,
      content = NULL, metadata = NULL, error_detail = NULL
    WHERE lane = ${lane} AND ${theirs} AND status NOT IN ('dispatching', 'inDoubt')`.execute(transaction);
}

/** SQL: what came out of doubt as sent: nobody is asked about it by its words any more. */
const hasWords = sql`m.status = 'sent' AND m.content IS NOT NULL`;

/** Lanes where the fate of messages that are to be emptied is known, as far as that empties them, or their time is over. */
export async function findToEmpty(db: Database, now: Date): Promise<Due<'erasures'>[]> {
  const { rows } = await sql<Due<'erasures'>>`
    SELECT DISTINCT e.lane, 'erasures' AS due FROM message_to_empty e
    LEFT JOIN message m ON m.lane = e.lane AND m.id = e.message_id AND ${isUnsettled('m')}
    WHERE m.id IS NULL OR ${hasWords} OR e.latest_at <= ${now}::timestamptz`.execute(db);
  return rows;
}

/** Empties them, in one lane. */
export async function emptySettled(db: Database, lane: number, now: Date): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ message_id: number }>`
      DELETE FROM message_to_empty e
      WHERE e.lane = ${lane} AND (e.latest_at <= ${now}::timestamptz OR NOT EXISTS (SELECT 1 FROM message m
        WHERE m.lane = ${lane} AND m.id = e.message_id AND ${isUnsettled('m')}))
      RETURNING message_id`.execute(transaction);
    const ids = rows.map((row) => row.message_id);
    await sql`
      UPDATE message SET to_address = NULL, content = NULL, metadata = NULL, error_detail = NULL
      WHERE lane = ${lane} AND id = ANY (${ids}::bigint[])`.execute(transaction);
    await sql`
      UPDATE message m SET content = NULL, metadata = NULL, error_detail = NULL
      WHERE m.lane = ${lane} AND ${hasWords}
        AND m.id = ANY (ARRAY(SELECT e.message_id FROM message_to_empty e WHERE e.lane = ${lane}))`.execute(
      transaction,
    );
  });
}
