import { type Static, Type } from 'typebox';
import { keepVerdict, type ShownVersion, versionsOf } from '../content/templates/approval.sql.ts';
import { type Approval, approvalOf, isSubmitted } from '../content/templates/approval.ts';
import { whatsAppContent } from '../content/templates/content-schema.ts';
import { requireTemplate } from '../content/templates/require-template.ts';
import { verdictWords } from '../content/templates/verdict-words.ts';
import { templateExample } from '../content/whatsapp/template-examples.ts';
import type { Api, Routes } from '../http/api.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { nullable, rowId, success, successAnswer } from '../http/schemas.ts';
import { submitTemplate } from './submit-template.ts';
import { approverOf, approverOfAccount, notApproved } from './template-approver.ts';

const tags = ['Templates'];

const standing = {
  providerTemplateId: Type.String(),
  status: Type.String({ description: 'Meta’s word; only APPROVED sends' }),
  category: Type.String(),
  statusReason: nullable(Type.String()),
};

const submitted = Type.Object({
  templateId: Type.Integer(),
  providerName: Type.String(),
  ...standing,
  languages: Type.Array(Type.Object({ language: Type.String(), ...standing }), {
    description: 'Each language by itself, the default’s first',
  }),
});

const version = Type.Object({
  providerName: Type.String(),
  language: Type.String(),
  ...standing,
  statusWords: nullable(Type.String()),
  statusRemedy: nullable(Type.String()),
  quality: nullable(Type.String()),
  submittedAt: Type.Integer(),
  isPresent: Type.Boolean({ description: 'Whether this is the template as it stands' }),
  content: whatsAppContent,
});

/** Brings WhatsApp templates before Meta, which must approve them before they may be sent. */
export const whatsAppTemplateRoutes: Routes = (api, context) => {
  submitRoute(api, context);
  versionsRoute(api, context);
  withdrawRoute(api, context);
  unpauseRoute(api, context);
};

function submitRoute(api: Api, context: Context): void {
  api.post(
    '/api/templates/whatsApp/submit',
    {
      schema: {
        tags,
        summary: 'Submit a WhatsApp template to Meta, or ask where one stands that Meta has already',
        body: Type.Object({
          templateId: rowId,
          senderId: Type.Integer({
            description: 'A WhatsApp sender of the account the template is to belong to',
          }),
          examples: Type.Optional(
            Type.Array(templateExample, {
              maxItems: 1_000,
              description:
                'What reviewers see in place of variables (POST /api/templates/whatsApp/examples); else the fallbacks',
            }),
          ),
        }),
        response: { 200: submitted },
      },
    },
    async ({ caller, body }): Promise<Static<typeof submitted>> => {
      const { templateId, senderId, examples = [] } = body;
      const template = await requireTemplate(context.db, caller.project.id, templateId, 'whatsApp');
      if (!isSubmitted(template.content))
        throw new ApiError(
          'BadParams',
          `templateId ${templateId} is nothing that Meta approves; name a WhatsApp template that is not free-form`,
          { field: 'templateId' },
        );
      const approver = await approverOf(context, caller.project.id, senderId);
      const texts = await submitTemplate(context, template, approver, examples);
      const languages = texts.map(({ language, providerTemplateId, status, category, reason }) => ({
        ...{ language, providerTemplateId, status, category, statusReason: reason },
      }));
      const [first] = languages;
      if (!first) throw new Error(`template ${templateId} says nothing`);
      const { language: _, ...ofDefault } = first;
      return { templateId, providerName: template.provider_name ?? '', ...ofDefault, languages };
    },
  );
}

function versionsRoute(api: Api, context: Context): void {
  api.get(
    '/api/templates/whatsApp/versions',
    {
      schema: {
        tags,
        summary: 'All that Meta was ever shown of a WhatsApp template, the newest first',
        querystring: Type.Object({ templateId: rowId }),
        response: { 200: Type.Object({ versions: Type.Array(version) }) },
      },
    },
    async ({ caller, query }) => {
      const template = await requireTemplate(context.db, caller.project.id, query.templateId, 'whatsApp');
      const present = new Set(
        [template.content, ...Object.values(template.locales)].flatMap(
          (content) => approvalOf(template, content)?.providerTemplateId ?? [],
        ),
      );
      const versions = await versionsOf(context.db, template.id);
      return { versions: versions.map((each) => versionView(each, present)) };
    },
  );
}

function versionView(shown: ShownVersion, present: ReadonlySet<string>): Static<typeof version> {
  const { content } = shown;
  if (!isSubmitted(content)) throw new Error(`Meta was shown no text of template ${shown.template_id}`);
  const { words = null, remedy = null } = verdictWords(shown) ?? {};
  const { medium: _, kind: __, ...said } = content;
  return {
    ...{ providerName: shown.name, language: shown.language, providerTemplateId: shown.provider_template_id },
    ...{ status: shown.status, category: shown.category, statusReason: shown.reason },
    ...{ statusWords: words, statusRemedy: remedy, quality: shown.quality },
    submittedAt: shown.submitted_at.getTime(),
    isPresent: present.has(shown.provider_template_id),
    content: said,
  };
}

function withdrawRoute(api: Api, context: Context): void {
  api.post(
    '/api/templates/whatsApp/withdraw',
    {
      schema: {
        tags,
        summary: 'Delete at Meta what it was shown of a WhatsApp template under a name; the template stays',
        body: Type.Object({
          templateId: rowId,
          providerName: Type.Optional(
            Type.String({ description: 'A version’s; the present one unless given' }),
          ),
        }),
        response: { 200: successAnswer },
      },
    },
    async ({ caller, body }) => {
      const { db, clock, providers } = context;
      const template = await requireTemplate(db, caller.project.id, body.templateId, 'whatsApp');
      const wanted = body.providerName ?? template.provider_name ?? '';
      const shown = (await versionsOf(db, template.id)).filter(
        ({ name, status }) => name === wanted && status !== 'DELETED',
      );
      if (shown.length === 0)
        throw new ApiError(
          'InvalidState',
          `Meta has nothing of template ${template.id} under the name ${wanted}`,
          {
            field: 'providerName',
          },
        );
      for (const { name, provider_account_id, provider_template_id: providerTemplateId } of shown) {
        const approver = await approverOfAccount(context, caller.project.id, provider_account_id);
        const removed = await approver.approval.remove(
          approver.account,
          { name, providerTemplateId },
          providers.exchanges,
        );
        if (removed.outcome !== 'done') throw notApproved(approver, removed, 'did not delete the template');
        await keepVerdict(db, caller.project.id, providerTemplateId, {
          ...{ kind: 'status', status: 'DELETED', reason: null, advice: null, at: clock.now() },
        });
      }
      return success(`Meta has deleted ${wanted}`);
    },
  );
}

function unpauseRoute(api: Api, context: Context): void {
  api.post(
    '/api/templates/whatsApp/unpause',
    {
      schema: {
        tags,
        summary: 'Ask Meta to end the pause of a WhatsApp template, which one by pacing needs',
        body: Type.Object({ templateId: rowId }),
        response: { 200: successAnswer },
      },
    },
    async ({ caller, body }) => {
      const template = await requireTemplate(context.db, caller.project.id, body.templateId, 'whatsApp');
      const paused = template.approvals.filter(({ status }) => status === 'PAUSED');
      if (paused.length === 0)
        throw new ApiError('InvalidState', `Template ${template.id} is not paused at Meta`);
      for (const each of paused) await unpause(context, caller.project.id, each);
      return success('Meta was asked to end the pause');
    },
  );
}

async function unpause(
  context: Context,
  projectId: number,
  { providerAccountId, providerTemplateId }: Approval,
) {
  const approver = await approverOfAccount(context, projectId, providerAccountId);
  const { account, approval } = approver;
  const ended = await approval.unpause(account, providerTemplateId, context.providers.exchanges);
  if (ended.outcome !== 'done') throw notApproved(approver, ended, 'did not end the pause');
}
