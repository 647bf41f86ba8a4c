import { sql } from 'kysely';
import { type Static, Type } from 'typebox';
import { requireTemplate, type Template } from '../content/templates/template.ts';
import { toMetaTemplate } from '../content/whatsapp-template.ts';
import type { Database } from '../database/connect.ts';
import type { Routes } from '../http/api.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { nullable, rowId } from '../http/schemas.ts';
import type { MetaAccount } from '../providers/meta/graph.ts';
import { uploadHeaderSample } from '../providers/meta/header-sample.ts';
import type { TemplateUpdate } from '../providers/meta/template-update.ts';
import { createMessageTemplate, type NewTemplate } from '../providers/meta/templates.ts';
import { openAccount } from './account.ts';
import { fetchSample } from './header-media.ts';
import { requireSender } from './sender.ts';

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
        summary: 'Submit a WhatsApp template to Meta',
        body: submission,
        response: { 200: answer },
      },
    },
    ({ caller, body }) => submitTemplate(context, caller.project.id, body),
  );
};

async function submitTemplate(
  context: Context,
  projectId: number,
  { templateId, senderId }: Static<typeof submission>,
): Promise<Static<typeof answer>> {
  const template = await requireTemplate(context.db, projectId, templateId, 'whatsApp');
  requireSubmittable(template);
  const account = await metaAccount(context, projectId, senderId);
  const result = await createMessageTemplate(
    account,
    await newTemplate(template, account, context.publicUrl),
  );
  if (result.outcome === 'refused')
    throw new ApiError('ProviderError', `Meta refused the template: ${result.detail} (${result.code})`, {
      code: result.code,
    });
  if (result.outcome === 'unreachable')
    throw new ApiError('ProviderError', `Meta could not be reached: ${result.detail}; try again`);
  const { id, status, category } = result;
  await context.db
    .updateTable('template')
    .set({ provider_template_id: id, provider_status: status, provider_reason: null, category })
    .where('project_id', '=', projectId)
    .where('id', '=', templateId)
    // What was edited while Meta was asked is not what Meta saw.
    .where('updated_at', '=', template.updated_at)
    .execute();
  const providerName = template.provider_name ?? '';
  return { templateId, providerName, providerTemplateId: id, status, category, statusReason: null };
}

function requireSubmittable(template: Template): void {
  if (template.provider_status === null) return;
  throw new ApiError(
    'InvalidState',
    `The template is ${template.provider_status} with Meta already; change it before submitting it again`,
    {
      status: template.provider_status,
    },
  );
}

async function metaAccount(context: Context, projectId: number, senderId: number): Promise<MetaAccount> {
  const sender = await requireSender(context.db, projectId, senderId);
  const row = await context.db
    .selectFrom('provider_account')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', sender.provider_account_id)
    .executeTakeFirstOrThrow();
  const account = openAccount(row, context.secrets);
  if (sender.kind !== 'whatsApp' || account.wire !== 'meta')
    throw new ApiError(
      'BadParams',
      `senderId ${senderId} is not a WhatsApp sender; name one of kind whatsApp`,
      {
        field: 'senderId',
      },
    );
  return account;
}

async function newTemplate(
  template: Template,
  account: MetaAccount,
  publicUrl: string,
): Promise<NewTemplate> {
  if (template.content.medium !== 'whatsApp')
    throw new ApiError('BadParams', 'templateId is not of WhatsApp');
  const { header, body, footer, buttons, examples } = toMetaTemplate(template.content, publicUrl);
  return {
    name: template.provider_name ?? '',
    language: template.content.language,
    category: template.category === 'UTILITY' ? 'UTILITY' : 'MARKETING',
    body,
    footer,
    buttons,
    examples,
    header:
      header === undefined || header.kind === 'text'
        ? header
        : { kind: header.kind, sampleHandle: await sampleHandle(account, header.sampleUrl) },
  };
}

async function sampleHandle(account: MetaAccount, url: string): Promise<string> {
  const upload = await uploadHeaderSample(account, await fetchSample(url));
  if (upload.outcome === 'failed')
    throw new ApiError('ProviderError', `Meta did not take the header’s sample: ${upload.detail}; try again`);
  return upload.handle;
}

/**
 * Keeps what Meta says of a project's template by webhook: its status with the reason, or the category that holds now.
 * Statuses are Meta's words; `REINSTATED` and `FLAGGED` send, so they are kept as APPROVED. Unknown templates
 * are left alone. Returns how many rows it changed.
 */
export async function applyTemplateUpdate(
  db: Database,
  projectId: number,
  update: TemplateUpdate,
): Promise<number> {
  const change = columnsOf(update);
  if (!change) return 0;
  const result = await db
    .updateTable('template')
    .set(change)
    .where('project_id', '=', projectId)
    .where('medium', '=', 'whatsApp')
    .where('provider_template_id', '=', update.templateId)
    .where('project_id', 'in', (account) =>
      account
        .selectFrom('provider_account')
        .select('project_id')
        .where('wire', '=', 'meta')
        .where(sql`settings ->> 'businessAccountId'`, '=', update.businessAccountId),
    )
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

const sending: ReadonlySet<string> = new Set(['APPROVED', 'REINSTATED', 'FLAGGED', 'UNARCHIVED', 'UNLOCKED']);

function columnsOf(update: TemplateUpdate) {
  switch (update.kind) {
    case 'status': {
      const status = sending.has(update.status) ? 'APPROVED' : update.status;
      return { provider_status: status, provider_reason: update.reason ?? null };
    }
    case 'category':
      // Announced for later: what was announced comes again when it holds.
      return update.effectiveAt === undefined ? { category: update.category } : null;
    case 'quality':
      return null;
  }
}

/** Whether a template may be sent now: WhatsApp's only when Meta has approved it as it stands. */
export function isSendable(template: Pick<Template, 'medium' | 'provider_status'>): boolean {
  return template.medium !== 'whatsApp' || template.provider_status === 'APPROVED';
}
