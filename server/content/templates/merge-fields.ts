import type { Static, TObject, TProperties } from 'typebox';
import { ApiError } from '../../http/errors.ts';
import {
  type EmailTemplate,
  isFreeForm,
  type SmsTemplate,
  type TemplateContent,
  type WhatsAppButton,
  type WhatsAppCarousel,
  type WhatsAppSession,
  type WhatsAppTemplate,
} from '../template-content.ts';
import type { TemplateUtm } from './content-schema.ts';
import type {
  baseFields,
  emailFields,
  sessionFields,
  smsFields,
  whatsAppFields,
} from './template-schemas.ts';
import { languageOfLocale } from './whatsapp-languages.ts';

type Fields<Properties extends TProperties> = Static<TObject<Properties>>;
export type BaseFields = Fields<typeof baseFields>;
export type SmsFields = Fields<typeof smsFields>;
export type EmailFields = Fields<typeof emailFields>;
export type WhatsAppFields = Fields<typeof whatsAppFields>;
export type SessionFields = Fields<typeof sessionFields>;

/** An SMS template's content after a call: what the call leaves out stays as it was. */
export function mergeSms(current: TemplateContent | null, fields: SmsFields): SmsTemplate {
  refuse('trackingDomain', fields.trackingDomain, 'links are made short on PUBLIC_URL; leave it out');
  const known = current?.medium === 'sms' ? current : null;
  const image = fields.imageUrl === undefined ? undefined : fields.imageUrl === '' ? [] : [fields.imageUrl];
  return {
    medium: 'sms',
    message: fields.message ?? known?.message ?? '',
    mediaUrls: fields.mediaUrls ?? image ?? known?.mediaUrls ?? [],
  };
}

/** An email template's content after a call. */
export function mergeEmail(current: TemplateContent | null, fields: EmailFields): EmailTemplate {
  refuse('ccEmails', fields.ccEmails, 'a message goes to one person; leave it out');
  refuse('bccEmails', fields.bccEmails, 'a message goes to one person; leave it out');
  const known = current?.medium === 'email' ? current : null;
  return {
    medium: 'email',
    subject: fields.subject ?? known?.subject ?? '',
    html: fields.html ?? known?.html ?? '',
    plainText: fields.plainText ?? known?.plainText ?? '',
    preheader: fields.preheaderText ?? known?.preheader ?? '',
    fromName: fields.fromName ?? known?.fromName ?? '',
    fromEmail: fields.fromEmail ?? known?.fromEmail ?? '',
    replyTo: fields.replyToEmail ?? known?.replyTo ?? '',
  };
}

/**
 * A WhatsApp template's content after a call; a quick reply without payload answers with its own words. The text of a locale that is
 * begun is in Meta's language of it.
 */
export function mergeWhatsApp(
  current: TemplateContent | null,
  fields: WhatsAppFields,
  begun: string | null = null,
): WhatsAppTemplate {
  const known = current?.medium === 'whatsApp' && !isFreeForm(current) ? current : null;
  const buttons = fields.buttons?.map(answered);
  const carousel =
    fields.carousel === undefined ? known?.carousel : fields.carousel && answeredCards(fields.carousel);
  const offer = fields.offer === undefined ? known?.offer : fields.offer;
  const asksToCall = fields.asksToCall ?? known?.asksToCall;
  return {
    medium: 'whatsApp',
    language: fields.language ?? (begun ? languageOfLocale(begun) : (known?.language ?? 'en_US')),
    header: fields.header === undefined ? (known?.header ?? null) : fields.header,
    body: fields.body ?? known?.body ?? '',
    footer: fields.footer === undefined ? (known?.footer ?? null) : fields.footer || null,
    buttons: buttons ?? known?.buttons ?? [],
    // What is not there is left out, so that a text from before these fields is the same text still.
    ...(offer ? { offer } : {}),
    ...(carousel ? { carousel } : {}),
    ...(asksToCall ? { asksToCall } : {}),
  };
}

const answered = <Button extends WhatsAppButton>(button: Button): Button =>
  button.type === 'quickReply' && button.payload === '' ? { ...button, payload: button.text } : button;

const answeredCards = (carousel: WhatsAppCarousel): WhatsAppCarousel =>
  carousel.kind === 'products'
    ? carousel
    : {
        ...carousel,
        cards: carousel.cards.map((card) => ({ ...card, buttons: card.buttons.map(answered) })),
      };

/** A free-form message's content after a call. */
export function mergeSession(current: TemplateContent | null, fields: SessionFields): WhatsAppSession {
  const known = current && isFreeForm(current) ? current : null;
  const { otherwiseTemplateId } = fields;
  return {
    ...{ medium: 'whatsApp', kind: 'session' },
    message: fields.message ?? known?.message ?? { type: 'text', body: '' },
    otherwiseTemplateId:
      otherwiseTemplateId === undefined ? (known?.otherwiseTemplateId ?? null) : otherwiseTemplateId,
  };
}

/** What is put behind links after a call. */
export function mergeUtm(current: TemplateUtm, fields: BaseFields): TemplateUtm {
  const campaign = fields.googleAnalyticsCampaignName ?? current.campaign;
  const params = fields.linkParams ?? current.params;
  return { ...(campaign ? { campaign } : {}), ...(params?.length ? { params } : {}) };
}

/** Refuses what Iterable's calls may say and this program has no place for. */
export function refuseForeign(fields: BaseFields): void {
  refuse(
    'campaignId',
    fields.campaignId,
    'a campaign names its template: create the campaign with templateId',
  );
  refuse(
    'campaignDataFields',
    fields.campaignDataFields,
    'give them to the campaign, as campaignDataFields of POST /api/campaigns/create',
  );
}

function refuse(field: string, value: unknown, remedy: string): void {
  const isEmpty =
    value === undefined ||
    value === '' ||
    (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  if (!isEmpty) throw new ApiError('BadParams', `${field} cannot be set here; ${remedy}`, { field });
}
