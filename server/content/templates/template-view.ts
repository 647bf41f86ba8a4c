import type { Static } from 'typebox';
import { mediumNames } from '../../http/media.ts';
import { type Approval, approvalOf, isSubmitted } from './approval.ts';
import { inLocale, localesOf } from './place-content.ts';
import type { Template } from './template.ts';
import type { TemplateAnswer, templateSummaryAnswer } from './template-answers.ts';
import { verdictWords } from './verdict-words.ts';

/**
 * A template as its GET answers, in one of its locales: Iterable's names first, then ours. Absent rather than null, as
 * its client wants.
 */
export function templateView(kept: Template, locale: string | undefined): TemplateAnswer {
  const template = inLocale(kept, locale);
  return {
    ...templateSummary(template),
    isDefaultLocale: template === kept,
    ...(kept.locale === null ? {} : { defaultLocale: kept.locale }),
    locales: localesOf(kept),
    ...(template.locale === null ? {} : { locale: template.locale }),
    ...(template.utm.campaign ? { googleAnalyticsCampaignName: template.utm.campaign } : {}),
    linkParams: template.utm.params ?? [],
    trackLinks: template.track_links,
    dataFeedIds: template.data_feed_ids,
    mergeDataFeedContext: template.merge_data_feeds,
    ...contentView(template, kept),
  };
}

/** A template as lists show it. */
export function templateSummary(template: Template): Static<typeof templateSummaryAnswer> {
  return {
    templateId: template.id,
    name: template.name,
    createdAt: template.created_at.getTime(),
    updatedAt: template.updated_at.getTime(),
    creatorUserId: template.creator,
    messageTypeId: template.message_type_id,
    messageMedium: mediumNames[template.medium],
    ...whatsAppSummary(template),
    ...(template.client_template_id === null ? {} : { clientTemplateId: template.client_template_id }),
  };
}

function whatsAppSummary(template: Template) {
  const { content } = template;
  if (content.medium !== 'whatsApp') return {};
  if (!isSubmitted(content)) return { kind: 'session' as const };
  return { kind: 'template' as const, status: approvalOf(template, content)?.status ?? null };
}

function contentView({ content, ...template }: Template, kept: Template) {
  switch (content.medium) {
    case 'sms': {
      const [imageUrl] = content.mediaUrls;
      return { message: content.message, mediaUrls: content.mediaUrls, ...(imageUrl ? { imageUrl } : {}) };
    }
    case 'email': {
      const { medium: _, preheader, replyTo, ...same } = content;
      return { ...same, preheaderText: preheader, replyToEmail: replyTo };
    }
    case 'whatsApp': {
      const { medium: _, ...same } = content;
      if (same.kind === 'session') return same;
      return {
        ...{ ...same, kind: 'template' as const },
        providerName: template.provider_name,
        languages: languagesOf(kept),
        ...approvalView(template, approvalOf(template, content)),
      };
    }
  }
}

/** How each text of a template stands, the default's first. */
function languagesOf(kept: Template) {
  const { locale, content, locales } = kept;
  return [[locale, content] as const, ...Object.entries(locales)].flatMap(([tag, text]) => {
    if (!isSubmitted(text)) return [];
    const approval = approvalOf(kept, text);
    const { words = null } = (approval && verdictWords(approval)) ?? {};
    return [{ locale: tag, language: text.language, status: approval?.status ?? null, statusWords: words }];
  });
}

function approvalView({ category }: Pick<Template, 'category'>, approval: Approval | null) {
  const { words = null, remedy = null } = (approval && verdictWords(approval)) ?? {};
  return {
    category: approval?.category ?? category,
    ...{ statusReason: approval?.reason ?? null, statusWords: words, statusRemedy: remedy },
    providerTemplateId: approval?.providerTemplateId ?? null,
    quality: approval?.quality ?? null,
    nextCategory: approval?.nextCategory ?? null,
    nextCategoryAt: approval?.nextCategoryAt ? new Date(approval.nextCategoryAt).getTime() : null,
  };
}
