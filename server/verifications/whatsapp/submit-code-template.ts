import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import type { TemplateUpdate } from '../../providers/template-approval.ts';
import { hasAccountWith } from '../../senders/provider-accounts.sql.ts';
import { requireSender } from '../../senders/sender.ts';
import { approverOf, notApproved } from '../../senders/template-approver.ts';
import type { Profile } from '../profiles.sql.ts';
import { readCodeApps } from './code-apps.ts';
import { codeTemplateName, minutesOf } from './code-template.ts';
import { keepCodeTemplate, keepCodeTemplateStatus } from './code-templates.sql.ts';

/** Where a profile's template stands with Meta. */
export interface Submitted {
  name: string;
  language: string;
  status: string;
  reason: string | null;
}

/**
 * Has Meta make the template of a profile's codes in a language, for the account of a sender, or finds out where it stands when Meta has it.
 * @throws ApiError BadParams for a sender that is none of WhatsApp's for what people need, ProviderError.
 */
export async function submitCodeTemplate(
  context: Context,
  profile: Profile,
  { senderId, language }: { senderId: number; language: string },
): Promise<Submitted> {
  const sender = await requireSender(context.db, profile.project_id, senderId);
  if (sender.purpose !== 'transactional')
    throw new ApiError(
      'SenderRefused',
      `senderId ${senderId} is a promotional sender; codes come from transactional ones`,
      { field: 'senderId', value: senderId },
    );
  const approver = await approverOf(context, profile.project_id, senderId);
  const { account, approval } = approver;
  const { exchanges } = context.providers;
  const name = codeTemplateName(profile);
  const askedAt = context.clock.now();
  const present = await approval.find(account, { name, language }, exchanges);
  if (present.outcome !== 'found') throw notApproved(approver, present, 'did not list its templates');
  const kept = { project_id: profile.project_id, profile_id: profile.id, provider_account_id: account.id };
  if (present.template) {
    const { id, status, rejectedReason: reason = null } = present.template;
    await keepCodeTemplate(context.db, {
      ...{ ...kept, name, language, provider_template_id: id, status, reason, status_at: askedAt },
    });
    return { name, language, status, reason };
  }
  const apps = readCodeApps(profile.whatsapp_apps);
  const authentication = {
    ...{ securityRecommendation: true, expiresInMinutes: minutesOf(profile) },
    ...(apps && { apps }),
  };
  const made = { name, language, category: 'AUTHENTICATION' as const, body: '', authentication };
  const result = await approval.submit(account, made, exchanges);
  if (result.outcome !== 'created') throw notApproved(approver, result, 'refused the template');
  const { id, status } = result;
  await keepCodeTemplate(context.db, {
    ...{ ...kept, name, language, provider_template_id: id, status, reason: null, status_at: null },
  });
  return { name, language, status, reason: null };
}

/** Keeps what Meta tells of a template of a project's codes. */
export async function applyCodeTemplateUpdate(
  { db }: Pick<Context, 'db'>,
  projectId: number,
  wire: string,
  update: TemplateUpdate,
): Promise<void> {
  if (update.kind !== 'status' || !(await hasAccountWith(db, projectId, wire, update.heldBy))) return;
  const { status, reason = null, at } = update;
  await keepCodeTemplateStatus(db, projectId, update.templateId, { status, reason, at });
}
