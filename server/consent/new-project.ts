import type { Database } from '../database/connect.ts';
import { media } from '../medium/media.ts';
import { insertProjectRow, type NewProject } from '../projects/project.ts';

/** The channels every project starts with: a marketing and a transactional one for each medium. */
const firstChannels = media.flatMap(({ name: medium, title }) => [
  { name: `${title} Marketing`, medium, purpose: 'promotional' as const },
  { name: `${title} Transactional`, medium, purpose: 'transactional' as const },
]);

/**
 * Makes a project with the channels it starts with, each with one message type (Marketing or Transactional), which
 * is what START signs newcomers up to.
 * Returns its id.
 */
export async function insertProject(db: Database, project: NewProject): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    const id = await insertProjectRow(transaction, project);
    for (const channel of firstChannels) {
      const { id: channelId } = await transaction
        .insertInto('channel')
        .values({ project_id: id, ...channel })
        .returning('id')
        .executeTakeFirstOrThrow();
      const name = channel.purpose === 'promotional' ? 'Marketing' : 'Transactional';
      await transaction
        .insertInto('message_type')
        .values({
          project_id: id,
          channel_id: channelId,
          name,
          start_subscribes: true,
          created_at: project.at,
        })
        .execute();
    }
    return id;
  });
}
