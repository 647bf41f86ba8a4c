import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { mediaWhich } from '../medium/media.ts';
import type { Thread } from './threads.sql.ts';

/** The newest message that a person wrote to a sender. */
export interface NewestWritten {
  senderId: number;
  providerMessageId: string;
}

/** What a person wrote last to each sender on media that tell of reading, the newest first: what came before it is read with it. */
export async function newestWritten(
  db: Database,
  { lane, user_id: userId, project_id: projectId }: Pick<Thread, 'lane' | 'user_id' | 'project_id'>,
  since: Date,
): Promise<NewestWritten[]> {
  const { rows } = await sql<NewestWritten>`
    SELECT "senderId", "providerMessageId" FROM (
      SELECT DISTINCT ON (sender_id) sender_id AS "senderId", provider_message_id AS "providerMessageId", received_at AS at
      FROM inbound_message
      WHERE lane = ${lane} AND user_id = ${userId} AND project_id = ${projectId} AND received_at > ${since}::timestamptz
        AND medium = ANY (${mediaWhich(({ tellsReading }) => tellsReading)}::text[]) AND kind NOT IN ('reaction', 'revoke')
      ORDER BY sender_id, received_at DESC, id DESC) newest
    ORDER BY at DESC`.execute(db);
  return rows;
}

/** Takes it upon the caller to show in a thread that an answer is being written; false where it was shown since an instant, or it is spam. */
export async function takeTyping(
  db: Database,
  projectId: number,
  { lane, id }: Pick<Thread, 'lane' | 'id'>,
  shown: { now: Date; since: Date },
): Promise<Pick<Thread, 'lane' | 'id' | 'user_id' | 'project_id'> | undefined> {
  const { rows } = await sql<Pick<Thread, 'lane' | 'id' | 'user_id' | 'project_id'>>`
    UPDATE thread SET typing_at = ${shown.now}::timestamptz
    WHERE lane = ${lane} AND id = ${id} AND project_id = ${projectId} AND state <> 'spam'
      AND (typing_at IS NULL OR typing_at <= ${shown.since}::timestamptz)
    RETURNING lane, id, user_id, project_id`.execute(db);
  return rows[0];
}
