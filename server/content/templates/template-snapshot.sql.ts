import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { TemplateTable } from '../../database/tables/content.ts';
import { type Template, templateOfRow } from './template.ts';

/**
 * Columns of a template that are no part of what its messages say: they stay the template's own. All others,
 * whatever columns a template comes to have, are in its snapshots.
 */
const notContent = [
  ...['id', 'project_id', 'name', 'client_template_id', 'creator', 'created_at', 'updated_at', 'archived_at'],
  ...['provider_template_id', 'provider_status', 'provider_status_at', 'provider_reason'],
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
 * A template as a snapshot has it, archived since or not; null when there is none with this id. Category and approval are
 * Meta's word: they are the present ones as long as Meta has the template under the name it had then. What Meta says of
 * another is no word on this one, which was approved when it was launched.
 */
export async function findSnapshot(
  db: Database,
  projectId: number,
  snapshotId: number,
): Promise<Template | null> {
  const { rows } = await sql<Selectable<TemplateTable>>`
    SELECT kept.* FROM template_snapshot s JOIN template t ON t.id = s.template_id
    CROSS JOIN LATERAL jsonb_populate_record(t, CASE WHEN t.provider_name = s.content ->> 'provider_name'
      THEN s.content - 'category' ELSE s.content || '{"provider_status": "APPROVED"}' END) kept
    WHERE s.project_id = ${projectId} AND s.id = ${snapshotId}`.execute(db);
  return rows[0] ? templateOfRow(rows[0]) : null;
}
