import type { Database } from '../../database/connect.ts';
import type { Medium } from '../../medium/media.ts';

/** Whose message this is and by what it goes; undefined for one that is not the project's. */
export async function findScheduledMessage(
  db: Database,
  projectId: number,
  { lane, id }: { lane: number; id: number },
): Promise<{ userId: number; medium: Medium } | undefined> {
  return db
    .selectFrom('message')
    .select(['user_id as userId', 'medium'])
    .where('lane', '=', lane)
    .where('id', '=', id)
    .where('project_id', '=', projectId)
    .executeTakeFirst();
}
