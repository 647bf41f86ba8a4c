import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { here } from '../../lanes/here.sql.ts';

/** A message of a passage. */
export interface RunMessage {
  runId: number;
  userId: number;
  messageId: number;
  tile: string;
}

/** Notes messages of passages in a lane. */
export async function keepMessages(
  transaction: Database,
  lane: number,
  messages: readonly RunMessage[],
): Promise<void> {
  if (messages.length === 0) return;
  await sql`
    INSERT INTO journey_message (lane, run_id, message_id, user_id, tile)
    SELECT here.lane, m.run_id, m.message_id, m.user_id, m.tile FROM ${here(lane)} CROSS JOIN unnest(
      ${messages.map(({ runId }) => runId)}::bigint[], ${messages.map(({ messageId }) => messageId)}::bigint[],
      ${messages.map(({ userId }) => userId)}::bigint[], ${messages.map(({ tile }) => tile)}::text[]
    ) AS m (run_id, message_id, user_id, tile)`.execute(transaction);
}

/** SQL: the ids of the messages of passages. */
export const messagesOfRuns = (lane: number, runIds: readonly number[]): RawBuilder<unknown> =>
  sql`SELECT jm.message_id FROM journey_message jm WHERE jm.lane = ${lane} AND jm.run_id = ANY (${runIds}::bigint[])`;
