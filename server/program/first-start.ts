import type { Settings } from '../config/settings.ts';
import { newKey } from '../projects/api-key.ts';
import { makeProject, type ProjectGround, whileMaking } from './make-project.ts';

/**
 * Makes the first project, its key and its senders on an empty database. Returns the key when it was made just
 * now, null when the project was there. Several processes may start at once: one of them makes it.
 */
export async function firstStart(ground: ProjectGround, settings: Settings): Promise<string | null> {
  return whileMaking(ground.db, async (connection) => {
    const there = await connection.selectFrom('api_key').select('id').limit(1).executeTakeFirst();
    if (there) return null;
    const key = settings.apiKey ?? newKey();
    await makeProject(ground, { name: 'First project', brand: 'Carillon', key });
    return key;
  });
}
