import type { Static } from 'typebox';
import { mediumNames } from '../../http/media.ts';
import { isFreeForm } from '../template-content.ts';
import { inLocale, localesOf } from './place-content.ts';
import type { Template } from './template.ts';
import type { TemplateAnswer, templateSummaryAnswer } from './template-answers.ts';

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
    ...contentView(template),
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

function whatsAppSummary({ content, provider_status: status }: Template) {
  if (content.medium !== 'whatsApp') return {};
  return isFreeForm(content) ? { kind: 'session' as const } : { kind: 'template' as const, status };
}

function contentView({ content, ...template }: Template) {
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
        category: template.category,
        statusReason: template.provider_reason,
        providerTemplateId: template.provider_template_id,
      };
    }
  }
}
