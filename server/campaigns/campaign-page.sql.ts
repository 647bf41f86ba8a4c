import type { Database } from '../database/connect.ts';
import type { Campaign, CampaignState } from './campaign.ts';

/** Which campaigns of a project, and in which order; those that stand alike in it go by their ids. */
export interface CampaignsQuery {
  projectId: number;
  /** All where it is not told. */
  states: readonly CampaignState[] | undefined;
  /** Only those by which journeys’ tiles send, or without them; all where it is not told. */
  ofJourneys: boolean | undefined;
  sort: { column: 'id' | 'name' | 'created_at' | 'updated_at' | 'start_at'; direction: 'asc' | 'desc' };
  limit: number;
  offset: number;
}

/** A page of campaigns, and how many there are in all. */
export async function readCampaigns(
  db: Database,
  { projectId, states, ofJourneys, sort, limit, offset }: CampaignsQuery,
): Promise<{ campaigns: Campaign[]; count: number }> {
  const own = db.selectFrom('campaign').where('project_id', '=', projectId);
  const standing = states ? own.where('state', 'in', states) : own;
  const chosen =
    ofJourneys === undefined ? standing : standing.where('journey_id', ofJourneys ? 'is not' : 'is', null);
  const { count } = await chosen
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const campaigns = await chosen
    .selectAll()
    .orderBy(sort.column, sort.direction)
    .orderBy('id')
    .limit(limit)
    .offset(offset)
    .execute();
  return { campaigns, count };
}
