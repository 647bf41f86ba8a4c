import { Type } from 'typebox';
import { rowId } from '../../http/schemas.ts';
import { sessionMessage } from '../../providers/whatsapp-message.ts';
import { whatsAppParts } from './content-schema.ts';

const text = Type.Optional(Type.String());
const shortText = Type.Optional(Type.String({ maxLength: 500 }));
const optionalId = Type.Optional(rowId);

/** What every template call may say, in Iterable's names; what cannot be done with is refused, never dropped. */
export const baseFields = {
  name: shortText,
  locale: shortText,
  isDefaultLocale: Type.Optional(Type.Boolean()),
  messageTypeId: optionalId,
  creatorUserId: shortText,
  campaignId: optionalId,
  googleAnalyticsCampaignName: shortText,
  linkParams: Type.Optional(
    Type.Array(
      Type.Object({
        key: Type.String({ minLength: 1, maxLength: 100 }),
        value: Type.String({ maxLength: 500 }),
      }),
      { maxItems: 50 },
    ),
  ),
  dataFeedIds: Type.Optional(
    Type.Array(rowId, {
      maxItems: 5,
      uniqueItems: true,
      description: 'Feeds that are asked for `[[field]]`; fields of later ones hide those of earlier ones',
    }),
  ),
  dataFeedId: Type.Optional(Type.Integer({ description: 'As `dataFeedIds` with one' })),
  mergeDataFeedContext: Type.Optional(
    Type.Boolean({ description: 'Whether fields of feeds are shown by `{{field}}` too' }),
  ),
  cacheDataFeed: Type.Optional(
    Type.Boolean({ description: 'Taken as it comes: each feed says for how long its answers are kept' }),
  ),
  campaignDataFields: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  trackLinks: Type.Optional(
    Type.Boolean({ description: 'Whether links are made short and their clicks counted' }),
  ),
};

/** The fields of an SMS template; `imageUrl` is Iterable's name for a single entry of `mediaUrls`. */
export const smsFields = {
  message: text,
  imageUrl: text,
  mediaUrls: Type.Optional(Type.Array(Type.String())),
  trackingDomain: text,
};

/** The fields of an email template. */
export const emailFields = {
  subject: text,
  preheaderText: text,
  fromName: text,
  fromEmail: text,
  replyToEmail: text,
  ccEmails: Type.Optional(Type.Array(Type.String())),
  bccEmails: Type.Optional(Type.Array(Type.String())),
  html: text,
  plainText: text,
};

/** The fields of a WhatsApp template. Texts are Handlebars; Meta's numbered variables are made of them. */
export const whatsAppFields = {
  language: Type.Optional(Type.String({ description: 'Meta’s code, as en_US' })),
  header: Type.Optional(Type.Union([whatsAppParts.header, Type.Null()])),
  body: text,
  footer: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  buttons: Type.Optional(Type.Array(whatsAppParts.button)),
  offer: Type.Optional(
    Type.Union([whatsAppParts.offer, Type.Null()], { description: 'An offer that ends; null takes it out' }),
  ),
  carousel: Type.Optional(
    Type.Union([whatsAppParts.carousel, Type.Null()], {
      description: 'Cards beside each other; null takes them out',
    }),
  ),
  asksToCall: Type.Optional(
    Type.Boolean({ description: 'Asks the person whether the business may call them' }),
  ),
  category: Type.Optional(
    Type.Union([Type.Literal('MARKETING'), Type.Literal('UTILITY'), Type.Literal('AUTHENTICATION')]),
  ),
  providerName: Type.Optional(
    Type.String({ description: 'Meta’s name of it; made of `name` when left out' }),
  ),
};

/** The fields of a free-form WhatsApp message, every text of which is Handlebars. */
export const sessionFields = {
  message: Type.Optional(sessionMessage),
  otherwiseTemplateId: Type.Optional(
    Type.Union([rowId, Type.Null()], {
      description:
        'The WhatsApp template, approved by Meta, that goes to whoever has not written within 24 hours',
    }),
  ),
};

const clientTemplateId = Type.String({ minLength: 1, maxLength: 255 });

export const smsUpsert = Type.Object({ clientTemplateId, ...baseFields, ...smsFields });
export const smsUpdate = Type.Object({ templateId: rowId, ...baseFields, ...smsFields });
export const emailUpsert = Type.Object({ clientTemplateId, ...baseFields, ...emailFields });
export const emailUpdate = Type.Object({ templateId: rowId, ...baseFields, ...emailFields });
export const whatsAppUpsert = Type.Object({ clientTemplateId, ...baseFields, ...whatsAppFields });
export const whatsAppUpdate = Type.Object({ templateId: rowId, ...baseFields, ...whatsAppFields });

export const sessionUpsert = Type.Object({ clientTemplateId, ...baseFields, ...sessionFields });
export const sessionUpdate = Type.Object({ templateId: rowId, ...baseFields, ...sessionFields });

export const templateQuery = Type.Object({ templateId: rowId, locale: text });

export const proofBody = Type.Object({
  templateId: rowId,
  recipientEmail: text,
  recipientUserId: text,
  recipientPhoneNumber: Type.Optional(
    Type.String({ description: 'E.164; ours, for people known by phone alone' }),
  ),
  dataFields: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  locale: text,
  senderId: Type.Optional(
    Type.Integer({
      ...rowId,
      description: 'Ours: the sender that it goes from; any that fits unless given',
    }),
  ),
});
