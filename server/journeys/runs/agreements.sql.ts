import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';

/** A text of the person that a passage was given last, or by which they came in. */
export interface Agreement {
  runId: number;
  body: string;
  /** The number or WhatsApp user id that it came from, and our sender that it was written to. */
  from: string;
  to: string;
  at: Date;
  /** What it was understood to ask for (`ReplyMeaning`). */
  meaning: string;
  /** The message of the passage that it answers; null where it answers none. */
  asked: string | null;
}

/** The last texts of these passages of a lane; a passage that has none is absent. */
export async function lastTexts(
  db: Database,
  lane: number,
  runIds: readonly number[],
): Promise<Map<number, Agreement>> {
  const { rows } = await sql<Agreement>`
    SELECT r.id AS "runId", i.body, i.from_address AS "from", s.address AS "to", i.received_at AS at, i.meaning, asked.body AS asked
    FROM journey_run r
    CROSS JOIN LATERAL (
      SELECT i.* FROM inbound_message i WHERE i.lane = ${lane} AND i.user_id = r.user_id AND i.id = coalesce(
        (SELECT g.inbound_id FROM journey_reply g WHERE g.lane = ${lane} AND g.run_id = r.id AND g.held_by = r.id
          ORDER BY g.received_at DESC, g.inbound_id DESC LIMIT 1),
        (r.cause ->> 'inboundId')::bigint)) i
    JOIN sender s ON s.id = i.sender_id
    LEFT JOIN LATERAL (SELECT m.content ->> 'body' AS body FROM journey_message jm
      JOIN message m ON m.lane = ${lane} AND m.id = jm.message_id AND m.sender_id = i.sender_id AND m.dispatched_at <= i.received_at
      WHERE jm.lane = ${lane} AND jm.run_id = r.id ORDER BY m.dispatched_at DESC, m.id DESC LIMIT 1) asked ON true
    WHERE r.lane = ${lane} AND r.id = ANY (${runIds}::bigint[])`.execute(db);
  return new Map(rows.map((row) => [row.runId, row]));
}

/**
 * Those of these passages of a lane whose entry is the person's own: an event or a purchase of theirs that no journey tracked, or a call that named them. What came
 * with a list, or was sent on by another journey, may be one text for all.
 */
export async function enteredThemselves(
  db: Database,
  lane: number,
  runIds: readonly number[],
): Promise<Set<number>> {
  const { rows } = await sql<{ id: number }>`
    SELECT id FROM journey_run WHERE lane = ${lane} AND id = ANY (${runIds}::bigint[]) AND NOT cause ? 'hops'
      AND (cause ? 'event' OR cause ? 'purchase' OR (cause ? 'api' AND NOT cause ? 'list'))`.execute(db);
  return new Set(rows.map(({ id }) => id));
}
