import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { TemplateApprovalTable } from '../../database/tables/content.ts';
import type { TemplateContent, WhatsAppTemplate } from '../template-content.ts';
import type { Approval } from './approval.ts';
import { readContent } from './content-schema.ts';
import type { Template } from './template.ts';

/**
 * SQL: what the provider thinks of the template of an alias in each language, as it stands under its present name. Words about another content
 * are no words on this one.
 */
export const approvalsOf = (alias: string): RawBuilder<Approval[]> => sql<Approval[]>`coalesce((
  SELECT jsonb_agg(jsonb_build_object(
    'language', a.language, 'providerAccountId', a.provider_account_id, 'providerTemplateId', a.provider_template_id,
    'status', a.status, 'reason', a.reason, 'advice', a.advice, 'category', a.category,
    'nextCategory', a.next_category, 'nextCategoryAt', a.next_category_at, 'quality', a.quality) ORDER BY a.language)
  FROM template_approval a
  WHERE a.template_id = ${sql.ref(`${alias}.id`)} AND a.name = ${sql.ref(`${alias}.provider_name`)}
    AND (a.content = ${sql.ref(`${alias}.content`)}
      OR a.content IN (SELECT value FROM jsonb_each(${sql.ref(`${alias}.locales`)})))), '[]')`;

/** Where a text stands that was shown to its provider, or that it was asked of. */
export interface Standing {
  providerAccountId: number;
  providerTemplateId: string;
  status: string;
  reason: string | null;
  advice: string | null;
  category: string;
  quality: string | null;
  /** When the status was given; null for a first one, which whatever the provider tells next may change. */
  at: Date | null;
}

/**
 * Keeps where a text of a template stands that was shown to its provider under the template's name; what was edited meanwhile is not what that
 * saw, and stays. What was announced stays too.
 */
export async function keepApproval(
  db: Database,
  template: Pick<Template, 'id' | 'project_id' | 'provider_name' | 'updated_at'>,
  content: WhatsAppTemplate,
  standing: Standing,
  now: Date,
): Promise<void> {
  const { status, reason, advice, category, quality, at } = standing;
  await sql`
    INSERT INTO template_approval (project_id, template_id, name, language, provider_account_id, provider_template_id, content,
      status, status_at, reason, advice, category, quality, submitted_at)
    SELECT project_id, id, provider_name, ${content.language}, ${standing.providerAccountId}, ${standing.providerTemplateId},
      ${JSON.stringify(content)}::jsonb, ${status}, ${at}, ${reason}, ${advice}, ${category}, ${quality}, ${now}
    FROM template WHERE id = ${template.id} AND updated_at = ${template.updated_at}
    ON CONFLICT (template_id, name, language) DO UPDATE SET
      provider_account_id = excluded.provider_account_id, provider_template_id = excluded.provider_template_id,
      content = excluded.content, status = excluded.status, status_at = excluded.status_at, reason = excluded.reason,
      advice = excluded.advice, category = excluded.category,
      quality = coalesce(excluded.quality, template_approval.quality),
      submitted_at = CASE WHEN template_approval.content = excluded.content THEN template_approval.submitted_at
        ELSE excluded.submitted_at END`.execute(db);
  await fileUnder(db, template.project_id, [standing.providerTemplateId]);
}

/** What a provider tells later of a template. */
export type Verdict =
  | { kind: 'status'; status: string; reason: string | null; advice: string | null; at: Date }
  | { kind: 'category'; category: string }
  /** A category that will hold: from `from` on, where it is told. */
  | { kind: 'nextCategory'; category: string; from: Date | null }
  | { kind: 'quality'; quality: string };

/**
 * Keeps a verdict on a project's template, known by the provider's id; unknown templates are left alone, and so is one of
 * which something newer is known. Returns how many it changed.
 */
export async function keepVerdict(
  db: Database,
  projectId: number,
  providerTemplateId: string,
  verdict: Verdict,
): Promise<number> {
  const { change, when } = changeOf(verdict);
  const { numAffectedRows = 0n } = await sql`
    UPDATE template_approval SET ${change}
    WHERE project_id = ${projectId} AND provider_template_id = ${providerTemplateId} AND ${when}`.execute(db);
  if (verdict.kind === 'category') await fileUnder(db, projectId, [providerTemplateId]);
  return Number(numAffectedRows);
}

function changeOf(verdict: Verdict): { change: RawBuilder<unknown>; when: RawBuilder<unknown> } {
  const always = sql`true`;
  switch (verdict.kind) {
    case 'status': {
      const { status, reason, advice, at } = verdict;
      return {
        change: sql`status = ${status}, reason = ${reason}, advice = ${advice}, status_at = ${at}`,
        when: sql`(status_at IS NULL OR status_at <= ${at})`,
      };
    }
    case 'category':
      return {
        change: sql`category = ${verdict.category}, next_category = NULL, next_category_at = NULL`,
        when: always,
      };
    case 'nextCategory':
      return {
        change: sql`next_category = ${verdict.category}, next_category_at = ${verdict.from}`,
        when: always,
      };
    case 'quality':
      return { change: sql`quality = ${verdict.quality}`, when: always };
  }
}

/** What the provider files a template under is what its next text is submitted as. */
async function fileUnder(
  db: Database,
  projectId: number,
  providerTemplateIds: readonly string[],
): Promise<void> {
  await sql`
    UPDATE template t SET category = a.category FROM template_approval a
    WHERE a.project_id = ${projectId} AND a.provider_template_id = ANY (${providerTemplateIds}::text[])
      AND t.id = a.template_id AND t.provider_name = a.name AND t.content ->> 'language' = a.language`.execute(
    db,
  );
}

/** A text as its provider was shown it, with where it stands. */
export type ShownVersion = Selectable<TemplateApprovalTable> & { content: TemplateContent };

/** All that a template's provider was ever shown of it, the newest first. */
export async function versionsOf(db: Database, templateId: number): Promise<ShownVersion[]> {
  const rows = await db
    .selectFrom('template_approval')
    .selectAll()
    .where('template_id', '=', templateId)
    .orderBy('submitted_at', 'desc')
    .orderBy('name', 'desc')
    .orderBy('language')
    .execute();
  return rows.map((row) => ({ ...row, content: readContent(row.content) }));
}
