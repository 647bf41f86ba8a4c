import type { Database } from '../database/connect.ts';
import { lanes } from '../lanes/lanes.ts';
import { lawfulMedia } from '../medium/media.ts';

/**
 * Where a project chooses other rules of hours, the lawful windows of its promotional texts that wait count as
 * closed, so that the next claim has each worked out by the rules that hold now.
 */
export async function closeWindows(transaction: Database, projectId: number, at: Date): Promise<void> {
  for (const lane of lanes)
    await transaction
      .updateTable('message')
      .set({ closes_at: at })
      .where('lane', '=', lane)
      .where('project_id', '=', projectId)
      .where('waits_at', 'is not', null)
      .where('purpose', '=', 'promotional')
      .where('medium', 'in', lawfulMedia)
      .execute();
}
