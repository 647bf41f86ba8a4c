import { isDeepStrictEqual } from 'node:util';
import type { WhatsAppTemplate } from '../content/template-content.ts';
import {
  keepApproval,
  type ShownVersion,
  type Standing,
  versionsOf,
} from '../content/templates/approval.sql.ts';
import { isSubmitted } from '../content/templates/approval.ts';
import type { Template } from '../content/templates/template.ts';
import { toMetaTemplate } from '../content/whatsapp/meta-shape.ts';
import { type TemplateExample, withExamples } from '../content/whatsapp/template-examples.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import type { NewTemplate, ProviderTemplate, TemplateCard } from '../providers/template-approval.ts';
import { fileAt } from './file-at.ts';
import { type Approver, notApproved } from './template-approver.ts';

/** Where a text of a template stands with its provider. */
export interface SubmittedText extends Standing {
  language: string;
}

/**
 * Submits a template in all of its languages, each by itself, or finds out where one stands that the provider has already: its status may have
 * changed without our being told, or the answer to an earlier submission may have been lost. One that was mended under its own name replaces what was
 * shown before. Reviewers see `examples` in place of variables, else fallbacks. @throws ApiError ProviderError, InvalidState, Conflict
 */
export async function submitTemplate(
  context: Context,
  template: Template,
  approver: Approver,
  examples: readonly TemplateExample[],
): Promise<SubmittedText[]> {
  const versions = await versionsOf(context.db, template.id);
  const submitted: SubmittedText[] = [];
  for (const content of [template.content, ...Object.values(template.locales)]) {
    if (!isSubmitted(content)) continue;
    const shown = versions.find(
      ({ name, language }) => name === template.provider_name && language === content.language,
    );
    const standing = await submitText(context, { template, content, shown, examples }, approver);
    await keepApproval(context.db, template, content, standing, context.clock.now());
    submitted.push({ ...standing, language: content.language });
  }
  return submitted;
}

/** A text with what was shown under its name and language before. */
interface Text {
  template: Template;
  content: WhatsAppTemplate;
  shown: ShownVersion | undefined;
  /** What reviewers see in place of variables, where that is chosen. */
  examples: readonly TemplateExample[];
}

async function submitText(context: Context, text: Text, approver: Approver): Promise<Standing> {
  const { content, shown } = text;
  const isMended = shown !== undefined && !isDeepStrictEqual(shown.content, content);
  const askedAt = context.clock.now();
  const present = await findPresent(context, text, approver);
  if (!present) {
    if (shown && !isMended) refuseGone(shown, approver);
    return submitNew(context, approver, await newTemplate(context, text, approver));
  }
  if (!isMended) return standingOf(present, approver, askedAt);
  const { account, approval } = approver;
  const changed = await newTemplate(context, text, approver);
  const edited = await approval.edit(account, present.id, changed, context.providers.exchanges);
  if (edited.outcome !== 'done') throw notApproved(approver, edited, 'refused the change');
  const editedAt = context.clock.now();
  const after = await findPresent(context, text, approver);
  return standingOf(after ?? { ...present, status: 'PENDING' }, approver, editedAt);
}

async function submitNew(context: Context, approver: Approver, template: NewTemplate): Promise<Standing> {
  const { account, approval } = approver;
  const result = await approval.submit(account, template, context.providers.exchanges);
  if (result.outcome !== 'created') throw notApproved(approver, result, 'refused the template');
  const { id, status, category } = result;
  return {
    ...{ providerAccountId: account.id, providerTemplateId: id, status, category },
    ...{ reason: null, advice: null, quality: null, at: null },
  };
}

/** The text as the provider has it; null where it has none of its name and language. */
async function findPresent(
  context: Context,
  { template, content, shown }: Text,
  { account, approval, title }: Approver,
): Promise<ProviderTemplate | null> {
  const named = { name: template.provider_name ?? '', language: content.language };
  const result = await approval.find(account, named, context.providers.exchanges);
  if (result.outcome !== 'found')
    throw notApproved({ account, approval, title }, result, 'did not list its templates');
  const { template: found } = result;
  if (!found) return null;
  const isOurs = found.id === shown?.provider_template_id || found.body === toMetaTemplate(content, '').body;
  if (isOurs) return found;
  throw new ApiError(
    'Conflict',
    `${title} has another template ${found.name} in ${found.language}; give this one another name`,
    { field: 'name' },
  );
}

function standingOf(
  { id, status, rejectedReason, category, quality }: ProviderTemplate,
  { account }: Approver,
  at: Date,
): Standing {
  return {
    ...{ providerAccountId: account.id, providerTemplateId: id, status, category, at },
    ...{ reason: rejectedReason ?? null, advice: null, quality: quality ?? null },
  };
}

function refuseGone({ status }: ShownVersion, { title }: Approver): never {
  throw new ApiError(
    'InvalidState',
    `The template was ${status} with ${title}, which has it no more; change it before submitting it again`,
    { status },
  );
}

async function newTemplate(
  context: Context,
  { template, content, examples }: Text,
  approver: Approver,
): Promise<NewTemplate> {
  const {
    header,
    cards,
    headerExpressions: _,
    bodyExpressions: __,
    ...shape
  } = withExamples(toMetaTemplate(content, context.publicUrl), content.language, examples);
  const upload = (url: string, field: string) =>
    sampleHandle(context, template.project_id, approver, { url, field });
  const shown: TemplateCard[] = [];
  for (const [place, card] of (cards ?? []).entries()) {
    const of = card.header;
    const field = `carousel.cards.${place}.header.url`;
    const sampled =
      'sampleUrl' in of ? { kind: of.kind, sampleHandle: await upload(of.sampleUrl, field) } : of;
    shown.push({ ...card, header: sampled });
  }
  return {
    ...shape,
    name: template.provider_name ?? '',
    language: content.language,
    category: template.category === 'UTILITY' ? 'UTILITY' : 'MARKETING',
    ...(cards ? { cards: shown } : {}),
    ...(header === undefined
      ? {}
      : {
          header:
            'sampleUrl' in header
              ? { kind: header.kind, sampleHandle: await upload(header.sampleUrl, 'header.url') }
              : header,
        }),
  };
}

async function sampleHandle(
  context: Context,
  projectId: number,
  { account, title, approval }: Approver,
  { url, field }: { url: string; field: string },
): Promise<string> {
  const refuse = (fault: string) =>
    new ApiError('InvalidTemplate', `${field} ${JSON.stringify(url)} ${fault}`, { field });
  const sample = await fileAt(context, projectId, url, refuse);
  const upload = await approval.uploadSample(account, sample, context.providers.exchanges);
  if (upload.outcome === 'failed')
    throw new ApiError(
      'ProviderError',
      `${title} did not take the header’s sample: ${upload.detail}; try again`,
    );
  return upload.handle;
}
