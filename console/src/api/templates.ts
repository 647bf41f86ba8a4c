import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { get, post } from './request.ts';

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
  content: Content;
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
  content: Content;
}

type SummaryAnswer = Omit<TemplateSummary, 'medium'> & { messageMedium: string };
type TemplateAnswer = Omit<Template, 'content' | 'status' | 'statusReason'> &
  Partial<Pick<Template, 'status' | 'statusReason'>> &
  SmsContent &
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

export const templateQuery = (medium: Medium, templateId: number) =>
  queryOptions({
    queryKey: ['templates', medium, templateId],
    queryFn: async (): Promise<Template> => {
      const answer = await get<TemplateAnswer>(`/api/templates/${medium}/get`, { templateId });
      const { name, messageTypeId, trackLinks, status = null, statusReason = null } = answer;
      return {
        templateId,
        name,
        messageTypeId,
        trackLinks,
        content: contentOf(medium, answer),
        status,
        statusReason,
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
  { templateId, name, trackLinks, content: { medium, ...fields }, messageTypeId }: TemplateDraft,
  newId: string,
): Promise<{ templateId: number; warnings: string[] }> {
  const body = { name, trackLinks, ...fields, ...(messageTypeId === null ? {} : { messageTypeId }) };
  const { params } = await (templateId === null
    ? post<SavedAnswer>(`/api/templates/${medium}/upsert`, { clientTemplateId: newId, ...body })
    : post<SavedAnswer>(`/api/templates/${medium}/update`, { templateId, ...body }));
  return params;
}

/** What a draft would say to one person. */
export interface DraftPreview {
  message: { kind: string; body?: string } | null;
  skip: { reason: string; detail: string } | null;
  segments: number;
  encoding: string | null;
  characters: number | null;
  notes: string[];
}

/** Renders a draft on the server, by the code that makes what is sent; for a real person where one is named. */
export const draftPreviewQuery = (draft: TemplateDraft, sample: Record<string, string>, person: string) =>
  queryOptions({
    queryKey: ['draftPreview', draft, sample, person],
    queryFn: () => {
      const { medium, ...fields } = draft.content;
      const { name, trackLinks, messageTypeId, templateId } = draft;
      const known = Object.fromEntries(Object.entries(sample).filter(([, value]) => value !== ''));
      return post<DraftPreview>(`/api/templates/${medium}/draft`, {
        ...{ name, trackLinks, ...fields },
        ...(messageTypeId === null ? {} : { messageTypeId }),
        ...(templateId === null ? {} : { templateId }),
        ...(person === '' ? { dataFields: known } : { person: personOf(person) }),
      });
    },
    retry: false,
    placeholderData: keepPreviousData,
  });

function personOf(text: string) {
  if (text.includes('@')) return { recipientEmail: text };
  return /^[+(\d][\d\s().-]{5,}$/.test(text) ? { recipientPhone: text } : { recipientUserId: text };
}

interface SavedAnswer {
  params: { templateId: number; warnings: string[] };
}

/** Sends one test to a phone number (or an email address); gives the id of its message. */
export async function sendProof(
  medium: Medium,
  templateId: number,
  to: string,
  dataFields: Record<string, unknown>,
): Promise<{ messageId: string }> {
  const { params } = await post<{ params: { messageId: string } }>(`/api/templates/${medium}/proof`, {
    templateId,
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
