import { sql } from 'kysely';
import type { TellOfFile } from '../conversations/files/fetch-files.ts';
import { tellNews } from './news.ts';
import { threadRef } from './threads.sql.ts';

/** Tells whoever looks at somebody's threads that a file of theirs is there, or is not. */
export const tellOfFile: TellOfFile = async (transaction, { lane, userId, projectId }) => {
  const { rows } = await sql<{ id: number }>`
    SELECT id FROM thread WHERE lane = ${lane} AND user_id = ${userId} ORDER BY last_at DESC LIMIT 10`.execute(
    transaction,
  );
  if (rows.length > 0)
    await tellNews(transaction, {
      ...{ what: 'threads', projectId },
      threads: rows.map(({ id }) => threadRef({ lane, id })),
    });
};
