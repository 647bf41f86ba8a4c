import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { get, post, request } from './request.ts';

export type Medium = 'sms' | 'whatsApp' | 'email';
export const media: readonly Medium[] = ['sms', 'whatsApp', 'email'];

/** True for the three media there are. */
export const isMedium = (text: string): text is Medium => media.some((medium) => medium === text);

const mediumOfName: Record<string, Medium> = { SMS: 'sms', WhatsApp: 'whatsApp', Email: 'email' };

/** A template as lists of them show it. */
export interface TemplateSummary {
  templateId: number;
  name: string;
  medium: Medium;
  messageTypeId: number;
  creatorUserId: string;
  updatedAt: number;
  /** What Meta thinks of a WhatsApp template; null where it was never asked, absent for other media. */
  status?: string | null;
}

/** True while Meta looks at a WhatsApp template. */
export const isAwaited = (template?: { status?: string | null }) =>
  template?.status === 'PENDING' || template?.status === 'IN_APPEAL';

export interface SmsContent {
  message: string;
  mediaUrls: string[];
}

export type WhatsAppButton =
  | { type: 'url'; text: string; url: string }
  | { type: 'quickReply'; text: string; payload: string }
  | { type: 'phone'; text: string; phone: string }
  | { type: 'copyCode'; text: string; code: string };

export type WhatsAppHeader =
  | { kind: 'text'; text: string }
  | { kind: 'image' | 'video' | 'document'; url: string };

export interface WhatsAppContent {
  language: string;
  category: 'MARKETING' | 'UTILITY';
  header: WhatsAppHeader | null;
  body: string;
  footer: string | null;
  buttons: WhatsAppButton[];
}

export interface EmailContent {
  subject: string;
  preheaderText: string;
  fromName: string;
  fromEmail: string;
  replyToEmail: string;
  html: string;
  plainText: string;
}

/** A template's content with its medium. */
export type Content =
  | ({ medium: 'sms' } & SmsContent)
  | ({ medium: 'whatsApp' } & WhatsAppContent)
  | ({ medium: 'email' } & EmailContent);

/** A template as it is kept. */
export interface Template {
  templateId: number;
  name: string;
  messageTypeId: number;
  trackLinks: boolean;
  /** The locale that `content` is of; null for the default. */
  locale: string | null;
  content: Content;
  /** The default's locale, null where it has none, and those that stand beside it. */
  locales: { default: string | null; others: string[] };
  /** What Meta thinks of it; null where it was never asked. */
  status: string | null;
  statusReason: string | null;
}

/** What is saved of a template; without a templateId a new one is made. */
export interface TemplateDraft {
  templateId: number | null;
  name: string;
  messageTypeId: number | null;
  trackLinks: boolean;
  /** The locale whose text is written; null for the default. */
  locale: string | null;
  content: Content;
}

type SummaryAnswer = Omit<TemplateSummary, 'medium'> & { messageMedium: string };
type TemplateAnswer = Pick<Template, 'name' | 'messageTypeId' | 'trackLinks'> &
  Partial<Pick<Template, 'status' | 'statusReason'>> & {
    isDefaultLocale: boolean;
    defaultLocale?: string;
    locales: string[];
  } & SmsContent &
  WhatsAppContent &
  EmailContent;

export const templatesQuery = queryOptions({
  queryKey: ['templates'],
  queryFn: async () => {
    const { templates } = await get<{ templates: SummaryAnswer[] }>('/api/templates', {
      pageSize: 1000,
      sort: '-updatedAt',
    });
    return templates.map(
      ({ messageMedium, ...rest }): TemplateSummary => ({
        ...rest,
        medium: mediumOfName[messageMedium] ?? 'sms',
      }),
    );
  },
});

/** A template with its text of one locale; null for the default's. */
export const templateQuery = (medium: Medium, templateId: number, locale: string | null = null) =>
  queryOptions({
    queryKey: ['templates', medium, templateId, locale],
    queryFn: async (): Promise<Template> => {
      const answer = await get<TemplateAnswer>(`/api/templates/${medium}/get`, {
        templateId,
        locale: locale ?? undefined,
      });
      const { name, messageTypeId, trackLinks, status = null, statusReason = null } = answer;
      const { isDefaultLocale, defaultLocale = null, locales } = answer;
      return {
        ...{ templateId, name, messageTypeId, trackLinks, status, statusReason },
        locale: isDefaultLocale ? null : locale,
        content: contentOf(medium, answer),
        locales: { default: defaultLocale, others: locales.filter((each) => each !== defaultLocale) },
      };
    },
  });

function contentOf(medium: Medium, answer: TemplateAnswer): Content {
  if (medium === 'sms') return { medium, message: answer.message, mediaUrls: answer.mediaUrls };
  if (medium === 'whatsApp') {
    const { language, category, header, body, footer, buttons } = answer;
    return { medium, language, category: category ?? 'MARKETING', header, body, footer, buttons };
  }
  const { subject, preheaderText, fromName, fromEmail, replyToEmail, html, plainText } = answer;
  return { medium, subject, preheaderText, fromName, fromEmail, replyToEmail, html, plainText };
}

/** Saves a template. `newId` is the client's own id of a new one: a retried call finds it. */
export async function saveTemplate(
  { templateId, name, trackLinks, locale, content: { medium, ...fields }, messageTypeId }: TemplateDraft,
  newId: string,
): Promise<{ templateId: number; warnings: string[] }> {
  const body = {
    ...{ name, trackLinks, ...fields },
    ...(messageTypeId === null ? {} : { messageTypeId }),
    ...(locale === null ? {} : { locale }),
  };
  const { params } = await (templateId === null
    ? post<SavedAnswer>(`/api/templates/${medium}/upsert`, { clientTemplateId: newId, ...body })
    : post<SavedAnswer>(`/api/templates/${medium}/update`, { templateId, ...body }));
  return params;
}

/** What a draft would say to one person. */
export interface DraftPreview {
  message: {
    kind: string;
    /** Of a text message. */
    body?: string;
    mediaUrls?: string[];
    /** Of an email. */
    subject?: string;
    html?: string;
    fromName?: string;
  } | null;
  whatsApp: ShownWhatsApp | null;
  /** What an inbox shows beside an email's subject. */
  preheader: string | null;
  skip: { reason: string; detail: string } | null;
  /** Which of the template's locales the person gets; null for the default. */
  locale: string | null;
  segments: number;
  encoding: string | null;
  characters: number | null;
  priceMicros: number | null;
  notes: string[];
}

/** A WhatsApp message's parts, filled. */
export interface ShownWhatsApp {
  header: { kind: 'text' | 'image' | 'video' | 'document'; text: string; url?: string } | null;
  body: string;
  footer: string | null;
  buttons: { type: WhatsAppButton['type']; text: string; leadsTo: string }[];
}

/** Renders a draft on the server, by the code that makes what is sent; for a real person where a `ref` names one. */
export const draftPreviewQuery = (draft: TemplateDraft, sample: Record<string, string>, ref: string | null) =>
  queryOptions({
    queryKey: ['draftPreview', draft, sample, ref],
    queryFn: () => {
      const { medium, ...fields } = draft.content;
      const { name, trackLinks, messageTypeId, templateId } = draft;
      const known = Object.fromEntries(Object.entries(sample).filter(([, value]) => value !== ''));
      return post<DraftPreview>(`/api/templates/${medium}/draft`, {
        ...{ name, trackLinks, ...fields },
        ...(messageTypeId === null ? {} : { messageTypeId }),
        ...(templateId === null ? {} : { templateId }),
        ...(ref === null ? { dataFields: known } : { person: { ref } }),
      });
    },
    retry: false,
    placeholderData: keepPreviousData,
  });

interface SavedAnswer {
  params: { templateId: number; warnings: string[] };
}

/** Sends one test of the text that is open to a phone number (or an email address); gives the id of its message. */
export async function sendProof(
  { templateId, locale, content: { medium } }: Template,
  to: string,
  dataFields: Record<string, unknown>,
): Promise<{ messageId: string }> {
  const { params } = await post<{ params: { messageId: string } }>(`/api/templates/${medium}/proof`, {
    templateId,
    ...(locale === null ? {} : { locale }),
    ...(medium === 'email' ? { recipientEmail: to } : { recipientPhoneNumber: to }),
    dataFields,
  });
  return params;
}

/** Asks Meta to approve a template, in the account of a WhatsApp sender. */
export const submitToMeta = (templateId: number, senderId: number) =>
  post<unknown>('/api/templates/whatsApp/submit', { templateId, senderId });

/** Copies a template with all its locales. */
export const cloneTemplate = (templateId: number) =>
  post<{ params: { name: string } }>(`/api/templates/${templateId}/clone`, {});

/** A campaign that names a template. */
export interface TemplateUse {
  campaignId: number;
  name: string;
  state: string;
  /** It still goes by the template, which cannot be deleted before it has another. */
  needsTemplate: boolean;
}

/** The campaigns that name a template. */
export const templateUsesQuery = (templateId: number) =>
  queryOptions({
    queryKey: ['templateUses', templateId],
    queryFn: async () =>
      (await get<{ campaigns: TemplateUse[] }>(`/api/templates/${templateId}/campaigns`)).campaigns,
    staleTime: 0,
  });

/** Deletes a template. Throws the server's reason where a campaign has come to need it meanwhile. */
export async function deleteTemplate(templateId: number): Promise<void> {
  const { failureReason } = await post<{ failureReason?: string }>('/api/templates/bulkDelete', {
    ids: [templateId],
  });
  if (failureReason !== undefined) throw new Error(failureReason);
}

/** Puts a text of another locale beside a template's default, as a copy of it. */
export const addLocale = (medium: Medium, templateId: number, locale: string) =>
  post<unknown>(`/api/templates/${medium}/update`, { templateId, locale });

/** Takes a locale's text out of a template. */
export const removeLocale = (templateId: number, locale: string) =>
  request<unknown>('DELETE', `/api/templates/${templateId}/locales/${encodeURIComponent(locale)}`);
