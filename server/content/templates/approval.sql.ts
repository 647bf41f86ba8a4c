import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { factsOf, type Medium } from '../../medium/media.ts';
import type { Template } from './template.ts';

/** Where a template stands with its provider. */
export interface Approval {
  providerTemplateId: string;
  /** The provider’s word; only APPROVED sends. */
  status: string;
  reason: string | null;
  category: string;
  /** Null for a first status, which whatever the provider tells next may change. */
  at: Date | null;
}

/** Keeps where a template stands that was shown to its provider; what was edited meanwhile is not what that saw, and stays. */
export async function keepApproval(
  db: Database,
  projectId: number,
  template: Pick<Template, 'id' | 'updated_at'>,
  { providerTemplateId, status, reason, category, at }: Approval,
): Promise<void> {
  await db
    .updateTable('template')
    .set({
      ...{
        provider_template_id: providerTemplateId,
        provider_status: status,
        provider_reason: reason,
        category,
      },
      provider_status_at: at,
    })
    .where('project_id', '=', projectId)
    .where('id', '=', template.id)
    .where('updated_at', '=', template.updated_at)
    .execute();
}

/** What a provider tells later of a template. */
export type Verdict =
  | { kind: 'status'; status: string; reason: string | null; at: Date }
  | { kind: 'category'; category: string };

/**
 * Keeps a verdict on a project's template, known by the provider's id; unknown templates are left alone, and so is one of
 * which something newer is known. Returns how many rows it changed.
 */
export async function keepVerdict(
  db: Database,
  projectId: number,
  providerTemplateId: string,
  verdict: Verdict,
): Promise<number> {
  const change =
    verdict.kind === 'category'
      ? { category: verdict.category }
      : {
          provider_status: verdict.status,
          provider_reason: verdict.reason,
          provider_status_at: verdict.at,
        };
  const result = await db
    .updateTable('template')
    .set(change)
    .where('project_id', '=', projectId)
    .where('medium', '=', 'whatsApp')
    .where('provider_template_id', '=', providerTemplateId)
    .$if(verdict.kind === 'status', (template) =>
      template.where((where) =>
        where.or([
          where('provider_status_at', 'is', null),
          where('provider_status_at', '<=', verdict.kind === 'status' ? verdict.at : null),
        ]),
      ),
    )
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Whether templates of a medium are sent only when its provider has approved them. */
export function mustBeApproved(medium: Medium): boolean {
  return factsOf(medium).template === 'whatsApp';
}

/** SQL: whether the provider does not let the template of alias `t`, which it must approve, be sent now. */
export const isRefused = sql`t.provider_status IS DISTINCT FROM 'APPROVED'`;

/** Whether a template may be sent now: one of WhatsApp's kind only when its provider has approved it as it stands. */
export function isSendable({
  medium,
  provider_status,
  isFreeForm,
}: Pick<Template, 'medium' | 'provider_status'> & { isFreeForm: boolean }): boolean {
  return isFreeForm || !mustBeApproved(medium) || provider_status === 'APPROVED';
}

/** SQL: whether the content that a template, or a copy of one, has in this column is free-form. */
export const freeForm = (content: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql<boolean>`coalesce(${content} ->> 'kind' = 'session', false)`;
