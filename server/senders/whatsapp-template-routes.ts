import { type Static, Type } from 'typebox';
import { isFreeForm } from '../content/template-content.ts';
import { type Approval, keepApproval, keepVerdict, type Verdict } from '../content/templates/approval.sql.ts';
import { requireTemplate } from '../content/templates/require-template.ts';
import type { Template } from '../content/templates/template.ts';
import { toMetaTemplate } from '../content/whatsapp-template.ts';
import type { Database } from '../database/connect.ts';
import type { Routes } from '../http/api.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { nullable, rowId } from '../http/schemas.ts';
import type { NewTemplate, ProviderTemplate, TemplateUpdate } from '../providers/template-approval.ts';
import { fileAt } from './file-at.ts';
import { hasAccountWith } from './provider-accounts.sql.ts';
import { type Approver, approverOf, notApproved } from './template-approver.ts';

const answer = Type.Object({
  templateId: Type.Integer(),
  providerName: Type.String(),
  providerTemplateId: Type.String(),
  status: Type.String({ description: 'Meta’s word; only APPROVED sends' }),
  category: Type.String(),
  statusReason: nullable(Type.String()),
});

const submission = Type.Object({
  templateId: rowId,
  senderId: Type.Integer({ description: 'A WhatsApp sender of the account the template is to belong to' }),
});

/** Brings WhatsApp templates before Meta, which must approve them before they may be sent. */
export const whatsAppTemplateRoutes: Routes = (api, context) => {
  api.post(
    '/api/templates/whatsApp/submit',
    {
      schema: {
        tags: ['Templates'],
        summary: 'Submit a WhatsApp template to Meta, or ask where one stands that Meta has already',
        body: submission,
        response: { 200: answer },
      },
    },
    ({ caller, body }) => submitTemplate(context, caller.project.id, body),
  );
};

/**
 * Submits a template, or finds out where it stands when the provider has it already: its status may have changed without
 * our being told, or the answer to an earlier submission may have been lost.
 */
async function submitTemplate(
  context: Context,
  projectId: number,
  { templateId, senderId }: Static<typeof submission>,
): Promise<Static<typeof answer>> {
  const template = await requireTemplate(context.db, projectId, templateId, 'whatsApp');
  const approver = await approverOf(context, projectId, senderId);
  const askedAt = context.clock.now();
  const present = await findPresent(context, approver, template);
  if (!present) requireSubmittable(template, approver);
  const standing = present
    ? { ...standingOf(present), at: askedAt }
    : await submitNew(context, approver, await newTemplate(context, template, approver));
  const { providerTemplateId, status, reason, category } = standing;
  await keepApproval(context.db, projectId, template, standing);
  const providerName = template.provider_name ?? '';
  return { templateId, providerName, providerTemplateId, status, category, statusReason: reason };
}

async function submitNew(context: Context, approver: Approver, template: NewTemplate): Promise<Approval> {
  const { account, approval } = approver;
  const result = await approval.submit(account, template, context.providers.exchanges);
  if (result.outcome !== 'created') throw notApproved(approver, result, 'refused the template');
  const { id, status, category } = result;
  return { providerTemplateId: id, status, reason: null, category, at: null };
}

/** The template as the provider has it; null where it has none of its name and language. */
async function findPresent(
  context: Context,
  approver: Approver,
  template: Template,
): Promise<ProviderTemplate | null> {
  const { content } = template;
  if (content.medium !== 'whatsApp' || isFreeForm(content)) return null;
  const named = { name: template.provider_name ?? '', language: content.language };
  const { account, approval, title } = approver;
  const result = await approval.find(account, named, context.providers.exchanges);
  if (result.outcome !== 'found') throw notApproved(approver, result, 'did not list its templates');
  const { template: found } = result;
  if (!found) return null;
  const isOurs =
    found.id === template.provider_template_id || found.body === toMetaTemplate(content, '').body;
  if (isOurs) return found;
  throw new ApiError(
    'Conflict',
    `${title} has another template ${found.name} in ${found.language}; give this one another name`,
    { field: 'name' },
  );
}

function standingOf({ id, status, rejectedReason, category }: ProviderTemplate): Omit<Approval, 'at'> {
  return { providerTemplateId: id, status, reason: rejectedReason ?? null, category };
}

function requireSubmittable(template: Template, { title }: Approver): void {
  if (template.provider_status === null) return;
  throw new ApiError(
    'InvalidState',
    `The template was ${template.provider_status} with ${title}, which has it no more; change it before submitting it again`,
    { status: template.provider_status },
  );
}

async function newTemplate(context: Context, template: Template, approver: Approver): Promise<NewTemplate> {
  if (template.content.medium !== 'whatsApp' || isFreeForm(template.content))
    throw new ApiError(
      'BadParams',
      `templateId ${template.id} is nothing that Meta approves; name a WhatsApp template that is not free-form`,
      { field: 'templateId' },
    );
  const { header, body, footer, buttons, examples, headerExamples } = toMetaTemplate(
    template.content,
    context.publicUrl,
  );
  return {
    name: template.provider_name ?? '',
    language: template.content.language,
    category: template.category === 'UTILITY' ? 'UTILITY' : 'MARKETING',
    body,
    footer,
    buttons,
    examples,
    headerExamples,
    header:
      header === undefined || header.kind === 'text'
        ? header
        : {
            kind: header.kind,
            sampleHandle: await sampleHandle(context, template.project_id, approver, header.sampleUrl),
          },
  };
}

async function sampleHandle(
  context: Context,
  projectId: number,
  { account, title, approval }: Approver,
  url: string,
): Promise<string> {
  const refuse = (fault: string) =>
    new ApiError('InvalidTemplate', `header.url ${JSON.stringify(url)} ${fault}`, { field: 'header.url' });
  const sample = await fileAt(context, projectId, url, refuse);
  const upload = await approval.uploadSample(account, sample, context.providers.exchanges);
  if (upload.outcome === 'failed')
    throw new ApiError(
      'ProviderError',
      `${title} did not take the header’s sample: ${upload.detail}; try again`,
    );
  return upload.handle;
}

/**
 * Keeps what a provider says of a project's template by webhook: its status with the reason, or the category that holds
 * now. A template of an account that is not the project's is left alone, and so is an unknown one, and one of which
 * something newer is known. Returns how many rows it changed.
 */
export async function applyTemplateUpdate(
  db: Database,
  projectId: number,
  wire: string,
  update: TemplateUpdate,
): Promise<number> {
  const verdict = verdictOf(update);
  if (!verdict || !(await hasAccountWith(db, projectId, wire, update.heldBy))) return 0;
  return keepVerdict(db, projectId, update.templateId, verdict);
}

function verdictOf(update: TemplateUpdate): Verdict | null {
  switch (update.kind) {
    case 'status':
      return { kind: 'status', status: update.status, reason: update.reason ?? null, at: update.at };
    case 'category':
      // Announced for later: what was announced comes again when it holds.
      return update.effectiveAt === undefined ? { kind: 'category', category: update.category } : null;
    case 'quality':
      return null;
  }
}
