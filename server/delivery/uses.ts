import { sql } from 'kysely';
import type { FindUses } from '../http/uses.ts';
import { lanes } from '../lanes/lanes.ts';

/** Messages that wait for a sender. */
export const usesByMessages: FindUses = async (db, _projectId, kind, id) => {
  if (kind !== 'sender') return [];
  for (const lane of lanes) {
    const { rows } = await sql`
      SELECT 1 FROM message WHERE lane = ${lane} AND sender_id = ${id} AND waits_at IS NOT NULL LIMIT 1`.execute(
      db,
    );
    if (rows.length > 0) return [{ words: 'messages that wait for it' }];
  }
  return [];
};
