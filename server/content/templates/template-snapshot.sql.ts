import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { approvalsOf } from './approval.sql.ts';
import { approvalOf } from './approval.ts';
import { type Template, type TemplateRow, templateOfRow } from './template.ts';

/**
 * Columns of a template that are no part of what its messages say: they stay the template's own. All others,
 * whatever columns a template comes to have, are in its snapshots.
 */
const notContent = [
  ...['id', 'project_id', 'name', 'client_template_id', 'creator', 'created_at', 'updated_at', 'archived_at'],
];

/** SQL: what the template of alias `t` says now, as a snapshot keeps it. */
export const contentOfTemplate: RawBuilder<unknown> = sql`(to_jsonb(t) - ${notContent}::text[])`;

/**
 * Keeps what a template says now, in the caller's transaction, and returns the snapshot's id; content that is kept
 * already is found again. The template exists.
 */
export async function takeSnapshot(
  transaction: Database,
  { projectId, templateId, at }: { projectId: number; templateId: number; at: Date },
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    INSERT INTO template_snapshot (project_id, template_id, content, content_hash, taken_at)
    SELECT project_id, id, ${contentOfTemplate}, md5(${contentOfTemplate}::text), ${at}
    FROM template t WHERE project_id = ${projectId} AND id = ${templateId}
    ON CONFLICT (template_id, content_hash) DO UPDATE SET content_hash = excluded.content_hash
    RETURNING id`.execute(transaction);
  const taken = rows[0];
  if (!taken) throw new Error(`template ${templateId} has gone while a snapshot of it was taken`);
  return taken.id;
}

/**
 * A template as a snapshot has it, archived since or not; null when there is none with this id. Its approvals are what the provider thinks now of
 * what it was shown under the name of then, and so is its category.
 */
export async function findSnapshot(
  db: Database,
  projectId: number,
  snapshotId: number,
): Promise<Template | null> {
  const { rows } = await sql<TemplateRow>`
    SELECT kept.*, ${approvalsOf('kept')} AS approvals FROM template_snapshot s JOIN template t ON t.id = s.template_id
    CROSS JOIN LATERAL jsonb_populate_record(t, s.content) kept
    WHERE s.project_id = ${projectId} AND s.id = ${snapshotId}`.execute(db);
  if (!rows[0]) return null;
  const template = templateOfRow(rows[0]);
  return { ...template, category: approvalOf(template, template.content)?.category ?? template.category };
}
