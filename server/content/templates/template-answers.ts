import { type Static, Type } from 'typebox';
import { mediumName } from '../../http/media.ts';
import { nullable } from '../../http/schemas.ts';
import { sessionMessage } from '../../providers/whatsapp-message.ts';
import { whatsAppParts } from './content-schema.ts';

const text = Type.String();

const summary = {
  templateId: Type.Integer(),
  name: text,
  createdAt: Type.Integer(),
  updatedAt: Type.Integer(),
  creatorUserId: text,
  messageTypeId: Type.Integer(),
  messageMedium: mediumName,
  kind: Type.Optional(
    Type.Union([Type.Literal('template'), Type.Literal('session')], {
      description: 'Of WhatsApp: one that Meta approves, or a free-form message',
    }),
  ),
  status: Type.Optional(
    nullable(
      Type.String({ description: 'Of WhatsApp: what Meta thinks of it; null where it was not asked' }),
    ),
  ),
  clientTemplateId: Type.Optional(text),
};

const whole = {
  ...summary,
  locale: Type.Optional(text),
  googleAnalyticsCampaignName: Type.Optional(text),
  linkParams: Type.Array(Type.Object({ key: text, value: text })),
  trackLinks: Type.Boolean(),
  dataFeedIds: Type.Array(Type.Integer()),
  mergeDataFeedContext: Type.Boolean(),
  isDefaultLocale: Type.Boolean(),
  defaultLocale: Type.Optional(text),
  locales: Type.Array(text),
};

/** A template as lists show it. */
export const templateSummaryAnswer = Type.Object(summary);

/** A template's content in Iterable's names, by medium. */
const contents = {
  sms: {
    message: text,
    mediaUrls: Type.Array(text),
    imageUrl: Type.Optional(text),
  },
  email: {
    ...{ subject: text, html: text, plainText: text, preheaderText: text },
    ...{ fromName: text, fromEmail: text, replyToEmail: text },
  },
  whatsApp: {
    kind: Type.Literal('template'),
    language: text,
    header: nullable(whatsAppParts.header),
    body: text,
    footer: nullable(text),
    buttons: Type.Array(whatsAppParts.button),
    offer: Type.Optional(whatsAppParts.offer),
    carousel: Type.Optional(whatsAppParts.carousel),
    asksToCall: Type.Optional(Type.Boolean()),
    providerName: nullable(text),
    category: nullable(Type.String({ description: 'What Meta files it under' })),
    statusReason: nullable(Type.String({ description: 'Meta’s word for why, such as INVALID_FORMAT' })),
    statusWords: nullable(
      Type.String({ description: 'How it stands in plain words; null when it may be sent' }),
    ),
    statusRemedy: nullable(
      Type.String({ description: 'What to do about it, Meta’s own advice before ours' }),
    ),
    languages: Type.Array(
      Type.Object({
        locale: nullable(Type.String({ description: 'Null for a default that has none' })),
        language: text,
        status: nullable(text),
        statusWords: nullable(text),
      }),
      { description: 'How each of its texts stands with Meta, the default’s first' },
    ),
    providerTemplateId: nullable(text),
    quality: nullable(Type.String({ description: 'Meta’s word: GREEN, YELLOW, RED, UNKNOWN' })),
    nextCategory: nullable(Type.String({ description: 'What Meta has announced to file it under' })),
    nextCategoryAt: nullable(Type.Integer({ description: 'From when; null where Meta did not tell' })),
  },
  session: {
    ...{ kind: Type.Literal('session'), message: sessionMessage },
    otherwiseTemplateId: nullable(Type.Integer()),
  },
};

/** A template with all it says in one of its locales, by medium. */
export const templateAnswers = {
  sms: Type.Object({ ...whole, ...contents.sms }),
  email: Type.Object({ ...whole, ...contents.email }),
  whatsApp: Type.Union([
    Type.Object({ ...whole, ...contents.whatsApp }),
    Type.Object({ ...whole, ...contents.session }),
  ]),
};

export type TemplateAnswer = Static<(typeof templateAnswers)[keyof typeof templateAnswers]>;
