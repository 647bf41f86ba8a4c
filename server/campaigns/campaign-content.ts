import { sql } from 'kysely';
import { contentOfTemplate, takeSnapshot } from '../content/templates/template-snapshot.sql.ts';
import type { Database } from '../database/connect.ts';
import type { Context } from '../http/context.ts';
import { type Campaign, type CampaignCall, lockCampaign, requireState, storeCampaign } from './campaign.ts';
import { requireReady } from './launch-checks.ts';

/** Columns of a campaign that say which content it keeps, since when, and by whose word. */
export interface KeptContent {
  snapshot_id: number | null;
  content_at: Date | null;
  content_by: string | null;
}

/** The campaign has no content of its own: it goes by its template as that is. */
export const noContent: KeptContent = { snapshot_id: null, content_at: null, content_by: null };

/** Keeps what the campaign's template says now, in the caller's transaction. `by` is the caller's name. */
export async function keepContent(
  transaction: Database,
  campaign: Pick<Campaign, 'project_id' | 'template_id'>,
  by: string,
  at: Date,
): Promise<KeptContent> {
  const { project_id: projectId, template_id: templateId } = campaign;
  const id = await takeSnapshot(transaction, { projectId, templateId, at });
  return { snapshot_id: id, content_at: at, content_by: by };
}

/**
 * Takes over what the template says now into a campaign under way: whoever is not admitted yet gets the new text, what
 * is queued keeps the old. Throws `InvalidState`, and what `requireReady` throws.
 */
export async function takeNewContent(context: Context, call: CampaignCall): Promise<void> {
  const at = context.clock.now();
  await context.db.transaction().execute(async (transaction) => {
    const campaign = await lockCampaign(transaction, call.projectId, call.campaignId);
    requireState(campaign, ['Scheduled', 'Running', 'Paused'], 'given new content');
    await requireReady(transaction, call.projectId, campaign);
    await storeCampaign(transaction, campaign, await keepContent(transaction, campaign, call.by, at), at);
  });
}

/** Those of the campaigns whose template says something else by now than what they keep. */
export async function withChangedTemplate(
  db: Database,
  campaigns: readonly Pick<Campaign, 'id' | 'snapshot_id'>[],
): Promise<ReadonlySet<number>> {
  const ids = campaigns.filter((each) => each.snapshot_id !== null).map((each) => each.id);
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: number }>`
    SELECT c.id FROM campaign c JOIN template_snapshot s ON s.id = c.snapshot_id JOIN template t ON t.id = c.template_id
    WHERE c.id = ANY (${ids}::int[]) AND s.content IS DISTINCT FROM ${contentOfTemplate}`.execute(db);
  return new Set(rows.map((row) => row.id));
}
