import { Type } from 'typebox';
import type { TemplateContent } from '../../content/template-content.ts';
import { isSubmitted } from '../../content/templates/approval.ts';
import { draftFaults } from '../../content/templates/draft-faults.ts';
import {
  mergeEmail,
  mergeSession,
  mergeSms,
  mergeUtm,
  mergeWhatsApp,
} from '../../content/templates/merge-fields.ts';
import { inLocale, localesOf } from '../../content/templates/place-content.ts';
import { requireTemplate } from '../../content/templates/require-template.ts';
import type { Template } from '../../content/templates/template.ts';
import {
  baseFields,
  emailFields,
  sessionFields,
  smsFields,
  templateQuery,
  whatsAppFields,
} from '../../content/templates/template-schemas.ts';
import { toMetaTemplate } from '../../content/whatsapp/meta-shape.ts';
import {
  examplesOf,
  type TemplateExample,
  templateExample,
} from '../../content/whatsapp/template-examples.ts';
import type { Api, Routes } from '../../http/api.ts';
import type { Caller, Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { mediumNames } from '../../http/media.ts';
import { rowId, textAnswer } from '../../http/schemas.ts';
import { previewAnswer, sessionPreviewAnswer, whatsAppPreviewAnswer } from './preview-answer.ts';
import { type MessagePreview, type PreviewedTemplate, previewMessage } from './preview-message.ts';
import type { PreviewedPerson } from './previewed-person.ts';
import { seenWithFaults } from './seen-with-faults.ts';
import { judgedPreview } from './session-preview.ts';

const whomFields = {
  person: Type.Optional(
    Type.Object(
      {
        ref: Type.Optional(Type.String({ description: 'As GET /api/users names people' })),
        recipientUserId: Type.Optional(Type.String()),
        recipientEmail: Type.Optional(Type.String()),
        recipientPhone: Type.Optional(Type.String()),
      },
      { description: 'Somebody of the project, named in one of these ways' },
    ),
  ),
  dataFields: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), {
      description: 'The profile of somebody made up; beside `person`, fields of a call',
    }),
  ),
  dataFeed: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), {
      description: 'What `[[field]]` shows where no feed gives it',
    }),
  ),
  fetchDataFeeds: Type.Optional(
    Type.Boolean({ description: 'Whether the template’s data feeds are asked: unless `dataFeed` is given' }),
  ),
};
const { name, locale, messageTypeId, googleAnalyticsCampaignName, linkParams, trackLinks } = baseFields;
const { dataFeedIds, mergeDataFeedContext } = baseFields;
const draftFields = {
  templateId: Type.Optional(rowId),
  ...{ name, locale, messageTypeId, googleAnalyticsCampaignName, linkParams, trackLinks },
  ...{ dataFeedIds, mergeDataFeedContext },
  ...whomFields,
};
const previewBody = Type.Object(whomFields);

const tags = ['Templates'];

/** What a template would say to one person, saved or not, made by the code that makes what is sent. */
export const previewRoutes: Routes = (api, context) => {
  for (const medium of ['sms', 'email', 'whatsApp'] as const) savedRoute(api, context, medium);
  examplesRoute(api, context);
  const docs = (name: string) => ({
    tags,
    summary: `What a draft for ${name} would say to one person, or why they would get nothing`,
    response: { 200: previewAnswer },
  });
  const preview = async (caller: Caller, body: DraftBody, content: TemplateContent) =>
    answerOf(context, caller, await draftOf(context, caller, body, content), body, 'kept');
  api.post(
    '/api/templates/sms/draft',
    { schema: { ...docs('SMS'), body: Type.Object({ ...draftFields, ...smsFields }) } },
    ({ caller, body }) => preview(caller, body, mergeSms(null, body)),
  );
  api.post(
    '/api/templates/email/draft',
    { schema: { ...docs('Email'), body: Type.Object({ ...draftFields, ...emailFields }) } },
    ({ caller, body }) => preview(caller, body, mergeEmail(null, body)),
  );
  api.post(
    '/api/templates/whatsApp/draft',
    {
      schema: {
        ...docs('WhatsApp'),
        body: Type.Object({ ...draftFields, ...whatsAppFields }),
        response: { 200: whatsAppPreviewAnswer },
      },
    },
    async ({ caller, body }) => {
      const content = mergeWhatsApp(null, body);
      const draft = await draftOf(context, caller, body, content);
      const { category = draft.template.category, providerName } = body;
      const faults = await draftFaults(context, caller.project.id, content, { category, providerName });
      return seenWithFaults(faults, () => answerOf(context, caller, draft, body, 'kept'));
    },
  );
  api.post(
    '/api/templates/whatsApp/session/draft',
    {
      schema: {
        ...docs('a free-form WhatsApp message'),
        body: Type.Object({ ...draftFields, ...sessionFields }),
        response: { 200: sessionPreviewAnswer },
      },
    },
    async ({ caller, body }) => {
      const content = mergeSession(null, body);
      return judgedPreview(context.db, caller.project.id, content, await preview(caller, body, content));
    },
  );
};

/** What reviewers would see of a person in a template's texts: those that lack a field of it have the fallbacks. */
function examplesRoute(api: Api, context: Context): void {
  api.post(
    '/api/templates/whatsApp/examples',
    {
      schema: {
        tags,
        summary:
          'Examples for Meta’s reviewers, made of a person’s fields where one is named; nothing goes to Meta before they are submitted',
        body: Type.Object({ templateId: rowId, ...whomFields }),
        response: { 200: Type.Object({ examples: Type.Array(templateExample) }) },
      },
    },
    async ({ caller, body }) => {
      const kept = await requireTemplate(context.db, caller.project.id, body.templateId, 'whatsApp');
      const isMade = body.person !== undefined || body.dataFields !== undefined;
      const examples: TemplateExample[] = [];
      for (const content of [kept.content, ...Object.values(kept.locales)]) {
        if (!isSubmitted(content)) continue;
        const text = { template: { ...kept, content, locales: {} }, offered: offeredBy(kept) };
        const { message } = isMade ? await answerOf(context, caller, text, body, 'kept') : { message: null };
        const filled = message?.kind === 'whatsAppTemplate' ? message : null;
        examples.push(...examplesOf(content.language, toMetaTemplate(content, context.publicUrl), filled));
      }
      return { examples };
    },
  );
}

function savedRoute(api: Api, context: Context, medium: Template['medium']): void {
  const isEmail = medium === 'email';
  api.post(
    `/api/templates/${medium}/preview`,
    {
      schema: {
        tags,
        summary: isEmail
          ? 'The email’s HTML as this person would get it'
          : `The ${mediumNames[medium]} message as this person would get it, with its segments, or why they would get nothing`,
        querystring: templateQuery,
        body: previewBody,
        response: { 200: isEmail ? textAnswer('text/html') : previewAnswer },
      },
    },
    async ({ caller, query, body }, reply) => {
      const kept = await requireTemplate(context.db, caller.project.id, query.templateId, medium);
      const previewed = { template: inLocale(kept, query.locale), offered: offeredBy(kept) };
      const preview = await answerOf(context, caller, previewed, body, 'now');
      if (!isEmail) return reply.send(preview);
      if (preview.message?.kind === 'email')
        return reply.type('text/html; charset=utf-8').send(preview.message.html);
      const { reason = 'emptyMessage', detail = '' } = preview.skip ?? {};
      throw new ApiError('InvalidTemplate', `These fields give no message: ${reason}, ${detail}`, {
        skip: reason,
      });
    },
  );
}

interface WhomBody {
  person?: NonNullable<PreviewedPerson['person']>;
  dataFields?: Record<string, unknown>;
  dataFeed?: Record<string, unknown>;
  fetchDataFeeds?: boolean;
}

interface DraftBody extends WhomBody {
  templateId?: number;
  name?: string;
  locale?: string;
  messageTypeId?: number;
  googleAnalyticsCampaignName?: string;
  linkParams?: { key: string; value: string }[];
  trackLinks?: boolean;
  dataFeedIds?: number[];
  mergeDataFeedContext?: boolean;
}

function answerOf(
  context: Context,
  caller: Caller,
  previewed: PreviewedTemplate,
  body: WhomBody,
  asked: 'now' | 'kept',
): Promise<MessagePreview> {
  const fetches = body.fetchDataFeeds ?? body.dataFeed === undefined;
  return previewMessage(context, caller, previewed, {
    person: body.person ?? null,
    dataFields: body.dataFields ?? {},
    campaignFields: body.dataFeed ?? {},
    fetchDataFeeds: fetches ? asked : 'no',
  });
}

const offeredBy = (kept: Template) => ({
  locale: kept.locale,
  locales: localesOf(kept).filter((each) => each !== kept.locale),
});

/** The text as it is being written, with what is saved of its template. */
async function draftOf(
  context: Context,
  caller: Caller,
  body: DraftBody,
  content: TemplateContent,
): Promise<PreviewedTemplate> {
  const { templateId } = body;
  const kept =
    templateId === undefined
      ? blank(content, context.clock.now())
      : await requireTemplate(context.db, caller.project.id, templateId, content.medium);
  const template: Template = {
    ...kept,
    ...{ content, locales: {} },
    name: body.name ?? kept.name,
    data_feed_ids: body.dataFeedIds ?? kept.data_feed_ids,
    merge_data_feeds: body.mergeDataFeedContext ?? kept.merge_data_feeds,
    message_type_id: body.messageTypeId ?? kept.message_type_id,
    track_links: body.trackLinks ?? kept.track_links,
    utm: mergeUtm(kept.utm, body),
  };
  return { template, offered: offeredBy(kept) };
}

/** A template that is not saved yet. */
function blank(content: TemplateContent, at: Date): Template {
  return {
    ...{ id: 0, project_id: 0, medium: content.medium, name: '', client_template_id: null, content },
    ...{ message_type_id: 0, locale: null, locales: {}, track_links: true, utm: {}, category: null },
    ...{ data_feed_ids: [], merge_data_feeds: false },
    ...{ provider_name: null, approvals: [] },
    ...{ creator: '', created_at: at, updated_at: at, archived_at: null },
  };
}
