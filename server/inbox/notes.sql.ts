import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Thread } from './threads.sql.ts';

/** Keeps a note for the other agents. Answers its id. */
export async function insertNote(
  transaction: Database,
  thread: Pick<Thread, 'lane' | 'id' | 'project_id' | 'user_id'>,
  note: { agent: string; body: string; mentions: readonly string[]; at: Date },
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    INSERT INTO thread_note (lane, id, project_id, user_id, thread_id, agent, body, mentions, created_at)
    VALUES (${thread.lane}, nextval('thread_part_id_seq'), ${thread.project_id}, ${thread.user_id}, ${thread.id}, ${note.agent},
      ${note.body}, ${note.mentions}::text[], ${note.at}::timestamptz)
    RETURNING id`.execute(transaction);
  return rows[0]!.id;
}

/** Has a thread, which the transaction holds, tell agents that a note names them, until they look at it. */
export async function mention(
  transaction: Database,
  thread: Pick<Thread, 'lane' | 'id' | 'project_id'>,
  agents: readonly string[],
): Promise<void> {
  if (agents.length === 0) return;
  await sql`
    UPDATE thread SET mentioned = ARRAY(SELECT DISTINCT unnest(mentioned || ${agents}::text[]) ORDER BY 1)
    WHERE lane = ${thread.lane} AND id = ${thread.id} AND project_id = ${thread.project_id}`.execute(
    transaction,
  );
}
