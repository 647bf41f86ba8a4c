import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import type { MessageContent } from '../../providers/wire.ts';
import { personLocale } from '../locales.ts';
import { prepareTemplate, renderMessage } from '../render-message.ts';
import { templateData } from '../rendering/compile-template.ts';
import { TemplateError } from '../rendering/template-error.ts';
import { countSegments } from '../segments/count-segments.ts';
import { loadSnippets } from '../snippets/snippet-set.ts';
import type { Template } from './template.ts';

/** What one person would get, and what it would count. */
export interface TemplatePreview {
  content: MessageContent;
  segments: number;
  encoding?: 'GSM-7' | 'UCS-2';
  characters?: number;
  /** How many short links it holds. */
  links: number;
}

/** Renders a template for the given fields, its links standing as they will be; throws `InvalidTemplate`. */
export async function previewTemplate(
  context: Context,
  template: Template,
  fields: Record<string, unknown>,
): Promise<TemplatePreview> {
  const snippets = await loadSnippets(context.db, template.project_id);
  const rendered = renderMessage(prepared(template, snippets), {
    data: templateData({ profile: fields }),
    locale: personLocale(fields),
    links: { shorten: () => `${context.publicUrl}/l/AxPreview`, track: true },
    optOutLine: null,
    unsubscribeUrl: `${context.publicUrl}/u/AxPreview`,
    now: context.clock.now(),
  });
  if ('skip' in rendered)
    throw new ApiError(
      'InvalidTemplate',
      `These fields give no message: ${rendered.skip}, ${rendered.detail}`,
      {
        skip: rendered.skip,
      },
    );
  const { content, segments, links } = rendered;
  if (content.kind !== 'sms' || content.mediaUrls) return { content, segments, links: links.length };
  const { encoding, characters } = countSegments(content.body);
  return { content, segments, encoding, characters, links: links.length };
}

function prepared(template: Template, snippets: ReadonlyMap<string, string>) {
  try {
    return prepareTemplate(template, snippets);
  } catch (error) {
    if (error instanceof TemplateError) throw new ApiError('InvalidTemplate', error.message);
    throw error;
  }
}
