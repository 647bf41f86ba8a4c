import { addWhoever, insertList } from '../audiences/list-members.ts';
import { sizeOfList } from '../audiences/list-size.sql.ts';
import type { Context } from '../http/context.ts';
import { lanes } from '../lanes/lanes.ts';
import { retrying } from '../users/try-again.ts';
import type { Definition } from './leaf-kind.ts';

/** Makes a list of those who are of a segment at this instant; it stays as it is from then on. Returns its id and how many came onto it. */
export async function listOfSegment(
  context: Context,
  projectId: number,
  definition: Definition,
  { name, description }: { name: string; description: string | null },
): Promise<{ listId: number; size: number }> {
  const now = context.clock.now();
  return retrying(() =>
    context.db.transaction().execute(async (db) => {
      const listId = await insertList(db, projectId, name, description, now);
      for (const lane of lanes) {
        const holds = definition.holds({ projectId, lane, now, among: null });
        await addWhoever({ ...context, db }, { projectId, listId, lane, holds, at: now });
      }
      return { listId, size: await sizeOfList(db, listId) };
    }),
  );
}
