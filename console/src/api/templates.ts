import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { type Medium, mediumOfName } from './media.ts';
import { type Answer, answerOf, server } from './request.ts';
import type { Sender } from './senders.ts';

type SmsAnswer = Answer<'/api/templates/sms/get'>;
type AnyWhatsAppAnswer = Answer<'/api/templates/whatsApp/get'>;
type WhatsAppAnswer = Extract<AnyWhatsAppAnswer, { kind: 'template' }>;
type SessionAnswer = Extract<AnyWhatsAppAnswer, { kind: 'session' }>;
type EmailAnswer = Answer<'/api/templates/email/get'>;

/** A template's content with its medium. */
export type Content =
  | ({ medium: 'sms' } & Pick<SmsAnswer, 'message' | 'mediaUrls'>)
  | ({ medium: 'whatsApp'; category: 'MARKETING' | 'UTILITY' } & Pick<
      WhatsAppAnswer,
      'kind' | 'language' | 'header' | 'body' | 'footer' | 'buttons' | 'offer' | 'carousel' | 'asksToCall'
    >)
  | ({ medium: 'whatsApp' } & Pick<SessionAnswer, 'kind' | 'message' | 'otherwiseTemplateId'>)
  | ({ medium: 'email' } & Pick<
      EmailAnswer,
      'subject' | 'preheaderText' | 'fromName' | 'fromEmail' | 'replyToEmail' | 'html' | 'plainText'
    >);
/** A WhatsApp template that Meta approves. */
export type WhatsApp = Extract<Content, { kind: 'template' }>;
/** A free-form WhatsApp message, to who has written within 24 hours. */
export type Session = Extract<Content, { kind: 'session' }>;
export type SessionMessage = Session['message'];
export type WhatsAppButton = WhatsAppAnswer['buttons'][number];

/** A template as it is kept. */
export interface Template
  extends Pick<SmsAnswer, 'templateId' | 'name' | 'messageTypeId' | 'trackLinks' | 'dataFeedIds'> {
  /** The locale that `content` is of; null for the default. */
  locale: string | null;
  content: Content;
  /** The default's locale, null where it has none, and those that stand beside it. */
  locales: { default: string | null; others: string[] };
  /** What Meta thinks of it; null on other media. */
  verdict: Verdict | null;
}

/** What Meta thinks of a WhatsApp template. */
export interface Verdict
  extends Pick<
    WhatsAppAnswer,
    | 'statusReason'
    | 'statusWords'
    | 'statusRemedy'
    | 'category'
    | 'quality'
    | 'nextCategory'
    | 'nextCategoryAt'
    | 'languages'
  > {
  /** Meta's word; null where it was never asked. */
  status: string | null;
}

/** What is saved of a template; without a templateId a new one is made. */
export interface TemplateDraft {
  templateId: number | null;
  name: string;
  messageTypeId: number | null;
  trackLinks: boolean;
  /** Feeds that are asked for `[[field]]`. */
  dataFeedIds: number[];
  /** The locale whose text is written; null for the default. */
  locale: string | null;
  content: Content;
}

/** A template as lists of them show it. */
export type TemplateSummary = Awaited<ReturnType<typeof templates>>[number];

/** True while Meta looks at a WhatsApp template. */
export const isAwaited = (template?: { status?: string | null }) =>
  template?.status === 'PENDING' || template?.status === 'IN_APPEAL';

const templates = async () => {
  const query = { pageSize: 1000, sort: '-updatedAt' };
  const { templates } = await answerOf(server.GET('/api/templates', { params: { query } }));
  return templates.map(({ messageMedium, ...rest }) => ({ ...rest, medium: mediumOfName[messageMedium] }));
};

export const templatesQuery = queryOptions({ queryKey: ['templates'], queryFn: templates });

/** A template with its text of one locale; null for the default's. */
export const templateQuery = (medium: Medium, templateId: number, locale: string | null = null) =>
  queryOptions({
    queryKey: ['templates', medium, templateId, locale],
    queryFn: async (): Promise<Template> => {
      const read = await readTemplate(medium, { templateId, locale: locale ?? undefined });
      const { name, messageTypeId, trackLinks, dataFeedIds } = read.answer;
      const { isDefaultLocale, defaultLocale = null, locales } = read.answer;
      return {
        ...{ templateId, name, messageTypeId, trackLinks, dataFeedIds, content: read.content },
        verdict: read.verdict,
        locale: isDefaultLocale ? null : locale,
        locales: { default: defaultLocale, others: locales.filter((each) => each !== defaultLocale) },
      };
    },
  });

interface ReadTemplate {
  answer: SmsAnswer | AnyWhatsAppAnswer | EmailAnswer;
  content: Content;
  verdict: Verdict | null;
}

async function readTemplate(
  medium: Medium,
  query: { templateId: number; locale: string | undefined },
): Promise<ReadTemplate> {
  const params = { query };
  if (medium === 'sms') {
    const answer = await answerOf(server.GET('/api/templates/sms/get', { params }));
    const { message, mediaUrls } = answer;
    return { answer, content: { medium, message, mediaUrls }, verdict: null };
  }
  if (medium === 'email') {
    const answer = await answerOf(server.GET('/api/templates/email/get', { params }));
    const { subject, preheaderText, fromName, fromEmail, replyToEmail, html, plainText } = answer;
    const words = { subject, preheaderText, html, plainText };
    return { answer, content: { medium, ...words, fromName, fromEmail, replyToEmail }, verdict: null };
  }
  const answer = await answerOf(server.GET('/api/templates/whatsApp/get', { params }));
  if (answer.kind === 'session') {
    const { kind, message, otherwiseTemplateId } = answer;
    return { answer, content: { medium, kind, message, otherwiseTemplateId }, verdict: null };
  }
  const { kind, language, header, body, footer, buttons, status = null } = answer;
  const { offer, carousel, asksToCall } = answer;
  const { statusReason, statusWords, statusRemedy, quality, nextCategory, nextCategoryAt } = answer;
  const { languages } = answer;
  const category = answer.category === 'UTILITY' ? 'UTILITY' : 'MARKETING';
  return {
    answer,
    content: {
      ...{ medium, kind, language, category, header, body, footer, buttons },
      ...{ offer, carousel, asksToCall },
    },
    verdict: {
      ...{ status, statusReason, statusWords, statusRemedy, quality, nextCategory, nextCategoryAt },
      languages,
      category: answer.category,
    },
  };
}

/** Whether a content is of the kind that Meta approves. */
export const isApproved = (content: Content): content is WhatsApp =>
  content.medium === 'whatsApp' && content.kind === 'template';

/** Whether a content is a free-form WhatsApp message. */
export const isFreeForm = (content: Content): content is Session =>
  content.medium === 'whatsApp' && content.kind === 'session';

/** Where the calls that write a kind of content are. */
const callsOf = (content: Content) => (isFreeForm(content) ? 'whatsApp/session' : content.medium);

/** What calls take of a content. */
function fieldsOf(content: Content) {
  if (content.medium !== 'whatsApp') {
    const { medium: _, ...fields } = content;
    return fields;
  }
  const { medium: _, kind: __, ...fields } = content;
  // A part that was taken out is taken out there too.
  return content.kind === 'template'
    ? {
        ...fields,
        ...{ offer: content.offer ?? null, carousel: content.carousel ?? null },
        asksToCall: content.asksToCall ?? false,
      }
    : fields;
}

/** Saves a template. `newId` is the client's own id of a new one: a retried call finds it. */
export async function saveTemplate(
  { templateId, name, trackLinks, dataFeedIds, locale, content, messageTypeId }: TemplateDraft,
  newId: string,
): Promise<{ templateId: number; warnings: string[] }> {
  const calls = callsOf(content);
  const said = {
    ...{ name, trackLinks, dataFeedIds, ...fieldsOf(content) },
    ...(messageTypeId === null ? {} : { messageTypeId }),
    ...(locale === null ? {} : { locale }),
  };
  const { params } = await answerOf(
    templateId === null
      ? server.POST(`/api/templates/${calls}/upsert`, { body: { clientTemplateId: newId, ...said } })
      : server.POST(`/api/templates/${calls}/update`, { body: { templateId, ...said } }),
  );
  return params;
}

type SessionPreview = Answer<'/api/templates/whatsApp/session/draft', 'post'>;
/** What stands against saving a draft. */
export type TemplateFault = SessionPreview['faults'][number];
/** What a draft would say to one person; of a free-form message what it holds, and what stands against saving it. */
export type DraftPreview = Answer<'/api/templates/sms/draft', 'post'> &
  Partial<Pick<SessionPreview, 'session' | 'faults'>>;
/** A WhatsApp message's parts, filled. */
export type ShownWhatsApp = NonNullable<DraftPreview['whatsApp']>;

/** Renders a draft on the server, by the code that makes what is sent; for a real person where a `ref` names one. */
export const draftPreviewQuery = (draft: TemplateDraft, sample: Record<string, string>, ref: string | null) =>
  queryOptions({
    queryKey: ['draftPreview', draft, sample, ref],
    queryFn: (): Promise<DraftPreview> => {
      const { name, trackLinks, dataFeedIds, messageTypeId, templateId } = draft;
      const known = Object.fromEntries(Object.entries(sample).filter(([, value]) => value !== ''));
      const body = {
        ...{ name, trackLinks, dataFeedIds, ...fieldsOf(draft.content) },
        ...(messageTypeId === null ? {} : { messageTypeId }),
        ...(templateId === null ? {} : { templateId }),
        ...(ref === null ? { dataFields: known } : { person: { ref } }),
      };
      return answerOf(server.POST(`/api/templates/${callsOf(draft.content)}/draft`, { body }));
    },
    retry: false,
    placeholderData: keepPreviousData,
  });

/** Sends one test of the text that is open to a phone number (or an email address); gives the id of its message. */
export async function sendProof(
  { templateId, locale, content: { medium } }: Template,
  to: string,
  dataFields: Record<string, unknown>,
): Promise<{ messageId: string }> {
  const body = {
    templateId,
    ...(locale === null ? {} : { locale }),
    ...(medium === 'email' ? { recipientEmail: to } : { recipientPhoneNumber: to }),
    dataFields,
  };
  return (await answerOf(server.POST(`/api/templates/${medium}/proof`, { body }))).params;
}

/** Sends one test of a template from a sender; gives the id of its message. */
export async function sendProofFrom(
  { id: senderId, medium }: Pick<Sender, 'id' | 'medium'>,
  templateId: number,
  to: string,
): Promise<{ messageId: string }> {
  const recipient = medium === 'email' ? { recipientEmail: to } : { recipientPhoneNumber: to };
  const body = { templateId, senderId, ...recipient };
  return (await answerOf(server.POST(`/api/templates/${medium}/proof`, { body }))).params;
}

/** What a reviewer sees in place of a variable of a template. */
export type TemplateExample = Answer<'/api/templates/whatsApp/examples', 'post'>['examples'][number];

/** Examples for Meta's reviewers: of a person where a `ref` names one, else the fallbacks. */
export const examplesQuery = (templateId: number, ref: string | null) =>
  queryOptions({
    queryKey: ['templates', 'whatsApp', templateId, 'examples', ref],
    queryFn: async () => {
      const body = { templateId, ...(ref === null ? {} : { person: { ref } }) };
      return (await answerOf(server.POST('/api/templates/whatsApp/examples', { body }))).examples;
    },
  });

/** Asks Meta to approve a template, in the account of a WhatsApp sender; reviewers see the examples. */
export const submitToMeta = (templateId: number, senderId: number, examples: TemplateExample[]) =>
  server.POST('/api/templates/whatsApp/submit', { body: { templateId, senderId, examples } });

/** Has Meta end the pause of a template. */
export const unpauseAtMeta = (templateId: number) =>
  server.POST('/api/templates/whatsApp/unpause', { body: { templateId } });

/** Has Meta delete what it was shown of a template under a name. */
export const withdrawFromMeta = (templateId: number, providerName: string) =>
  server.POST('/api/templates/whatsApp/withdraw', { body: { templateId, providerName } });

/** A text of a template as Meta was shown it. */
export type ShownVersion = Answer<'/api/templates/whatsApp/versions'>['versions'][number];

/** All that Meta was ever shown of a template, looked at anew where its verdict on the present text is another. */
export const versionsQuery = (templateId: number, status: Verdict['status']) =>
  queryOptions({
    queryKey: ['templates', 'whatsApp', templateId, 'versions', status],
    placeholderData: keepPreviousData,
    queryFn: async () =>
      (await answerOf(server.GET('/api/templates/whatsApp/versions', { params: { query: { templateId } } })))
        .versions,
  });

/** Copies a template with all its locales; gives the copy's name. */
export const cloneTemplate = async (templateId: number) =>
  (await answerOf(server.POST('/api/templates/{templateId}/clone', { params: { path: { templateId } } })))
    .params.name;

/** A campaign that names a template. */
export type TemplateUse = Answer<'/api/templates/{templateId}/campaigns'>['campaigns'][number];

/** The campaigns that name a template. */
export const templateUsesQuery = (templateId: number) =>
  queryOptions({
    queryKey: ['templateUses', templateId],
    queryFn: async () =>
      (
        await answerOf(
          server.GET('/api/templates/{templateId}/campaigns', { params: { path: { templateId } } }),
        )
      ).campaigns,
    staleTime: 0,
  });

/** Deletes a template. Throws the server's reason where a campaign has come to need it meanwhile. */
export async function deleteTemplate(templateId: number): Promise<void> {
  const body = { ids: [templateId] };
  const { failureReason } = await answerOf(server.POST('/api/templates/bulkDelete', { body }));
  if (failureReason !== undefined) throw new Error(failureReason);
}

/** Puts a text of another locale beside a template's default, as a copy of it. */
export const addLocale = ({ content, templateId }: Template, locale: string) =>
  server.POST(`/api/templates/${callsOf(content)}/update`, { body: { templateId, locale } });

/** Takes a locale's text out of a template. */
export const removeLocale = (templateId: number, locale: string) =>
  server.DELETE('/api/templates/{templateId}/locales/{locale}', {
    params: { path: { templateId, locale } },
  });
