import { sql } from 'kysely';
import type { Database } from '../../server/database/connect.ts';
import { encodeMessageId } from '../../server/database/message-id.ts';
import type { Subjects } from './timed-calls.ts';

/** A lane in the middle of all. */
const middleLane = 40;

/** Where pages in the middle of everything begin, and one message and reply of a campaign. */
export async function findPlaces(
  db: Database,
  campaignId: number,
): Promise<Pick<Subjects, 'deepMessage' | 'deepReply' | 'deepUser' | 'admittedAt'>> {
  const { rows } = await sql<{
    message: number;
    replyLane: number;
    reply: number;
    user: number;
    admittedAt: Date;
  }>`
    SELECT (SELECT min(created_at) FROM message WHERE lane = ${middleLane} AND campaign_id = ${campaignId}) AS "admittedAt",
      (SELECT id FROM message WHERE lane = ${middleLane} AND campaign_id = ${campaignId} ORDER BY id LIMIT 1) AS message,
      (SELECT lane FROM (SELECT lane, received_at FROM inbound_message ORDER BY received_at OFFSET greatest(0,
        (SELECT count(*) FROM inbound_message) / 2) LIMIT 1) r) AS "replyLane",
      (SELECT id FROM (SELECT id, received_at FROM inbound_message ORDER BY received_at OFFSET greatest(0,
        (SELECT count(*) FROM inbound_message) / 2) LIMIT 1) r) AS reply,
      (SELECT (min(id) + max(id)) / 2 FROM users) AS user`.execute(db);
  const row = rows[0];
  if (!row) throw new Error('nobody was made');
  return {
    deepMessage: encodeMessageId(middleLane, row.message),
    deepReply: encodeMessageId(row.replyLane, row.reply),
    deepUser: row.user,
    admittedAt: row.admittedAt.toISOString(),
  };
}
