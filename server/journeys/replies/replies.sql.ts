import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { here } from '../../lanes/here.sql.ts';

/** A text that somebody wrote to one of our senders. */
export interface Text {
  userId: number;
  inboundId: number;
  senderId: number;
  at: Date;
}

/** A passage of who wrote a text. */
export interface Asker {
  /** The text, by its place. */
  place: number;
  runId: number;
  userId: number;
  journeyId: number;
  tile: string;
  /** Whether the message of their tile has been made. */
  hasAsked: boolean;
  /** The texts that it was given at this tile and has not gone on with yet, the first first. */
  given: string[];
}

/**
 * The passages of people who wrote texts, in these journeys, for each text that which asked last first: by the latest message of the passage that had left from the
 * sender to which they wrote, and of those that sent none from it, by when they came to their tile. Reactions to messages are no texts.
 */
export async function askersOf(
  db: Database,
  { projectId, lane }: { projectId: number; lane: number },
  texts: readonly Text[],
  journeyIds: readonly number[],
): Promise<Asker[]> {
  const { rows } = await sql<Asker>`
    SELECT t.place::int - 1 AS place, r.id AS "runId", r.user_id AS "userId", r.journey_id AS "journeyId", r.tile,
      r.memory -> 'messageId' IS NOT NULL AS "hasAsked",
      ARRAY(SELECT i.body FROM journey_reply g JOIN inbound_message i ON i.lane = ${lane} AND i.id = g.inbound_id
        WHERE g.lane = ${lane} AND g.run_id = r.id AND g.held_by = r.id AND g.received_at >= r.arrived_at
        ORDER BY g.received_at, g.inbound_id) AS given
    FROM unnest(${texts.map(({ userId }) => userId)}::bigint[], ${texts.map(({ inboundId }) => inboundId)}::bigint[],
      ${texts.map(({ senderId }) => senderId)}::int[], ${texts.map(({ at }) => at)}::timestamptz[])
      WITH ORDINALITY AS t (user_id, inbound_id, sender_id, at, place)
    JOIN inbound_message i ON i.lane = ${lane} AND i.id = t.inbound_id AND i.meaning <> 'reaction'
    JOIN journey_run r ON r.lane = ${lane} AND r.user_id = t.user_id AND r.project_id = ${projectId}
      AND r.journey_id = ANY (${journeyIds}::int[])
    CROSS JOIN LATERAL (SELECT max(m.dispatched_at) AS at FROM journey_message jm
      JOIN message m ON m.lane = ${lane} AND m.id = jm.message_id AND m.sender_id = t.sender_id AND m.dispatched_at <= t.at
      WHERE jm.lane = ${lane} AND jm.run_id = r.id) asked
    ORDER BY t.place, asked.at DESC NULLS LAST, r.arrived_at DESC, r.id DESC`.execute(db);
  return rows;
}

/** A text that a passage wanted, with the passage that it answers. */
export interface Reply {
  inboundId: number;
  runId: number;
  userId: number;
  heldBy: number;
  at: Date;
}

/** Notes which passage each text answers, for all that wanted it. */
export async function keepReplies(
  transaction: Database,
  lane: number,
  replies: readonly Reply[],
): Promise<void> {
  if (replies.length === 0) return;
  await sql`
    INSERT INTO journey_reply (lane, inbound_id, run_id, user_id, held_by, received_at)
    SELECT here.lane, n.inbound_id, n.run_id, n.user_id, n.held_by, n.received_at FROM ${here(lane)} CROSS JOIN unnest(
      ${replies.map(({ inboundId }) => inboundId)}::bigint[], ${replies.map(({ runId }) => runId)}::bigint[],
      ${replies.map(({ userId }) => userId)}::bigint[], ${replies.map(({ heldBy }) => heldBy)}::bigint[],
      ${replies.map(({ at }) => at)}::timestamptz[]) AS n (inbound_id, run_id, user_id, held_by, received_at)
    ON CONFLICT (lane, inbound_id, run_id) DO NOTHING`.execute(transaction);
}
