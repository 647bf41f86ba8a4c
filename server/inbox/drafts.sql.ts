import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Thread } from './threads.sql.ts';

/** Keeps what an agent has begun to write in a thread, in place of what was kept before. */
export async function keepDraft(
  db: Database,
  thread: Pick<Thread, 'lane' | 'id' | 'project_id' | 'user_id'>,
  agent: string,
  body: string,
  at: Date,
): Promise<void> {
  await sql`
    INSERT INTO thread_draft (lane, thread_id, agent, project_id, user_id, body, updated_at)
    VALUES (${thread.lane}, ${thread.id}, ${agent}, ${thread.project_id}, ${thread.user_id}, ${body}, ${at}::timestamptz)
    ON CONFLICT (lane, thread_id, agent) DO UPDATE SET body = EXCLUDED.body, updated_at = EXCLUDED.updated_at`.execute(
    db,
  );
}

/** Drops an agent's draft: it is sent, or empty. */
export async function dropDraft(
  db: Database,
  thread: Pick<Thread, 'lane' | 'id'>,
  agent: string,
): Promise<void> {
  await db
    .deleteFrom('thread_draft')
    .where('lane', '=', thread.lane)
    .where('thread_id', '=', thread.id)
    .where('agent', '=', agent)
    .execute();
}

/** What an agent has begun to write in a thread; null for nothing. */
export async function readDraft(
  db: Database,
  thread: Pick<Thread, 'lane' | 'id'>,
  agent: string,
): Promise<{ body: string; updatedAt: Date } | null> {
  const row = await db
    .selectFrom('thread_draft')
    .select(['body', 'updated_at'])
    .where('lane', '=', thread.lane)
    .where('thread_id', '=', thread.id)
    .where('agent', '=', agent)
    .executeTakeFirst();
  return row ? { body: row.body, updatedAt: row.updated_at } : null;
}
