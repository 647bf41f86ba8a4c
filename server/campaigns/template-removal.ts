import { sql } from 'kysely';
import { archiveTemplates, lockTemplates } from '../content/templates/templates.sql.ts';
import type { Database } from '../database/connect.ts';
import type { Context } from '../http/context.ts';
import type { CampaignState } from './campaign.ts';

/** A campaign that names a template. */
export interface TemplateUse {
  templateId: number;
  campaignId: number;
  name: string;
  state: CampaignState;
  /** Whether it still goes by the template, and keeps no content of its own. */
  needsTemplate: boolean;
}

/** The campaigns that name these templates, but for archived ones; those that still need them first. */
export async function campaignsWith(
  db: Database,
  projectId: number,
  templateIds: readonly number[],
): Promise<TemplateUse[]> {
  const { rows } = await sql<TemplateUse>`
    SELECT template_id AS "templateId", id AS "campaignId", name, state,
      snapshot_id IS NULL AND state IN ('Draft', 'Ready', 'Scheduled', 'Running', 'Paused') AS "needsTemplate"
    FROM campaign
    WHERE project_id = ${projectId} AND template_id = ANY (${templateIds}::int[]) AND state <> 'Archived'
    ORDER BY "needsTemplate" DESC, id DESC`.execute(db);
  return rows;
}

/** What became of a call to delete templates. */
export interface TemplateRemoval {
  deleted: number[];
  /** No templates of the project, or deleted before. */
  unknown: number[];
  /** Campaigns for whose sake a template was kept. */
  needed: TemplateUse[];
}

/**
 * Deletes templates from sight. One that a campaign still goes by is kept: its campaign could not be sent any more.
 * What was launched has its own content and holds up nothing.
 */
export async function removeTemplates(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  projectId: number,
  ids: readonly number[],
): Promise<TemplateRemoval> {
  return db.transaction().execute(async (transaction) => {
    const known = await lockTemplates(transaction, projectId, ids);
    const needed = (await campaignsWith(transaction, projectId, known)).filter((use) => use.needsTemplate);
    const isNeeded = new Set(needed.map((use) => use.templateId));
    const free = known.filter((id) => !isNeeded.has(id));
    return {
      deleted: await archiveTemplates(transaction, projectId, free, clock.now()),
      unknown: ids.filter((id) => !known.includes(id)),
      needed,
    };
  });
}
