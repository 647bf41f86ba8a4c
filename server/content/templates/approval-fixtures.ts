import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';

/** Has Meta think so of a WhatsApp template as it stands. */
export async function setApproval(db: Database, templateId: number, status: string): Promise<void> {
  await sql`
    INSERT INTO template_approval (project_id, template_id, name, language, provider_account_id, provider_template_id, content,
      status, category, submitted_at)
    SELECT project_id, id, provider_name, content ->> 'language', 1, 'at-meta-' || id, content, ${status},
      coalesce(category, 'MARKETING'), updated_at
    FROM template WHERE id = ${templateId}
    ON CONFLICT (template_id, name, language) DO UPDATE SET status = excluded.status`.execute(db);
}
