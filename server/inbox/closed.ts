import type { Database } from '../database/connect.ts';
import type { Context } from '../http/context.ts';
import type { Thread } from './threads.sql.ts';

/** Tells that agents are done with somebody, for whoever handed them over. */
export const announceClosed = (
  transaction: Database,
  { announce }: Pick<Context, 'announce'>,
  { project_id: projectId, lane, user_id: userId }: Pick<Thread, 'project_id' | 'lane' | 'user_id'>,
  at: Date,
): Promise<void> => announce(transaction, [{ kind: 'change', of: 'thread', projectId, lane, userId, at }]);
