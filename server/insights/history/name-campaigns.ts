import type { Database } from '../../database/connect.ts';
import type { HistoryEntry } from '../../users/people.ts';

/** The same entries, those of campaigns with the campaign's name in `details.campaignName`. */
export async function nameCampaigns(
  db: Database,
  projectId: number,
  entries: readonly HistoryEntry[],
): Promise<HistoryEntry[]> {
  const ids = [...new Set(entries.flatMap(({ details }) => Number(details.campaignId ?? 0) || []))];
  if (ids.length === 0) return [...entries];
  const rows = await db
    .selectFrom('campaign')
    .select(['id', 'name'])
    .where('project_id', '=', projectId)
    .where('id', 'in', ids)
    .execute();
  const names = new Map<unknown, string>(rows.map(({ id, name }) => [id, name]));
  return entries.map((entry) => {
    const campaignName = names.get(entry.details.campaignId);
    return campaignName === undefined ? entry : { ...entry, details: { ...entry.details, campaignName } };
  });
}
