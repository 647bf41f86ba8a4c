import { sql } from 'kysely';
import type { FindUses } from '../http/uses.ts';

interface Needing {
  id: number;
  name: string;
  state: string;
}

/**
 * Campaigns that need a thing: of a list or segment those under way that name it, and those whose trigger to it is not admitted yet; of
 * a sender or a pool all that name it.
 */
export const usesByCampaigns: FindUses = async (db, projectId, kind, id) => {
  // They name none: their templates and segments do.
  if (kind === 'catalog' || kind === 'couponPool') return [];
  const needs = {
    list: sql`c.state IN ('Scheduled', 'Running', 'Paused')
      AND (${id} = ANY (c.list_ids || c.suppression_list_ids)
        OR EXISTS (SELECT 1 FROM send_request r WHERE r.campaign_id = c.id
          AND r.state IN ('scheduled', 'admitting') AND ${id} = ANY (r.list_ids || r.suppression_list_ids)))`,
    segment: sql`c.state IN ('Scheduled', 'Running', 'Paused')
      AND (${id} = ANY (c.segment_ids || c.suppression_segment_ids)
        OR EXISTS (SELECT 1 FROM send_request r WHERE r.campaign_id = c.id
          AND r.state IN ('scheduled', 'admitting') AND ${id} = ANY (r.segment_ids || r.suppression_segment_ids)))`,
    sender: sql`c.sender_id = ${id}`,
    pool: sql`c.pool_id = ${id}`,
  }[kind];
  const { rows } = await sql<Needing>`
    SELECT c.id, c.name, c.state FROM campaign c WHERE c.project_id = ${projectId} AND ${needs} ORDER BY c.id`.execute(
    db,
  );
  return rows.map((row) => ({ words: `campaign ${row.id} (${row.name}, ${row.state})`, campaignId: row.id }));
};
