import { type Insertable, type Selectable, sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { VerificationTemplateTable } from '../../database/tables/verifications.ts';

/** A template by which codes go out on WhatsApp, as its row has it. */
export type CodeTemplate = Selectable<VerificationTemplateTable>;

/** The templates of profiles, by language. */
export const codeTemplatesOf = (db: Database, profileIds: readonly number[]): Promise<CodeTemplate[]> =>
  db
    .selectFrom('verification_template')
    .selectAll()
    .where('profile_id', 'in', [...profileIds, -1])
    .orderBy('language')
    .orderBy('id')
    .execute();

/** Keeps where a template stands, made now or known before. */
export async function keepCodeTemplate(
  db: Database,
  template: Insertable<VerificationTemplateTable>,
): Promise<void> {
  await db
    .insertInto('verification_template')
    .values(template)
    .onConflict((conflict) =>
      conflict.columns(['profile_id', 'provider_account_id', 'name', 'language']).doUpdateSet({
        provider_template_id: template.provider_template_id,
        status: template.status,
        reason: template.reason ?? null,
        status_at: template.status_at ?? null,
      }),
    )
    .execute();
}

/** Keeps what Meta tells of a template later, unless something newer is known. */
export async function keepCodeTemplateStatus(
  db: Database,
  projectId: number,
  providerTemplateId: string,
  { status, reason, at }: { status: string; reason: string | null; at: Date },
): Promise<void> {
  await sql`
    UPDATE verification_template SET status = ${status}, reason = ${reason}, status_at = ${at}
    WHERE project_id = ${projectId} AND provider_template_id = ${providerTemplateId}
      AND (status_at IS NULL OR status_at <= ${at}::timestamptz)`.execute(db);
}

/** The WhatsApp senders of these accounts of a project that send what people need. */
export async function codeSendersOf(
  db: Database,
  projectId: number,
  accountIds: readonly number[],
): Promise<{ id: number; accountId: number }[]> {
  return db
    .selectFrom('sender')
    .select(['id', 'provider_account_id as accountId'])
    .where('project_id', '=', projectId)
    .where('medium', '=', 'whatsApp')
    .where('purpose', '=', 'transactional')
    .where('provider_account_id', 'in', [...accountIds, -1])
    .execute();
}
