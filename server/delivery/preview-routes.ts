import { Type } from 'typebox';
import type { TemplateContent } from '../content/template-content.ts';
import { mergeEmail, mergeSms, mergeWhatsApp } from '../content/templates/template-fields.ts';
import { emailFields, smsFields, whatsAppFields } from '../content/templates/template-schemas.ts';
import type { Routes } from '../http/api.ts';
import type { Caller } from '../http/context.ts';
import { nullable, rowId } from '../http/schemas.ts';
import { previewDraft } from './preview-draft.ts';

const draftFields = {
  templateId: Type.Optional(rowId),
  name: Type.Optional(Type.String()),
  messageTypeId: Type.Optional(rowId),
  trackLinks: Type.Optional(Type.Boolean()),
  person: Type.Optional(
    Type.Object(
      {
        recipientUserId: Type.Optional(Type.String()),
        recipientEmail: Type.Optional(Type.String()),
        recipientPhone: Type.Optional(Type.String()),
      },
      { description: 'Somebody of the project; without one `dataFields` are used' },
    ),
  ),
  dataFields: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
};

const answer = Type.Object({
  message: nullable(Type.Record(Type.String(), Type.Unknown())),
  skip: nullable(Type.Object({ reason: Type.String(), detail: Type.String() })),
  segments: Type.Integer(),
  encoding: nullable(Type.String()),
  characters: nullable(Type.Integer()),
  notes: Type.Array(Type.String()),
  dataFields: Type.Record(Type.String(), Type.Unknown()),
});

interface DraftBody {
  templateId?: number;
  name?: string;
  messageTypeId?: number;
  trackLinks?: boolean;
  person?: { recipientUserId?: string; recipientEmail?: string; recipientPhone?: string };
  dataFields?: Record<string, unknown>;
}

/** What a draft would say to one person, made by the code that makes what is sent. */
export const previewRoutes: Routes = (api, context) => {
  const docs = (name: string) => ({
    tags: ['Templates'],
    summary: `What a draft for ${name} would say to one person, or why they would get nothing`,
    response: { 200: answer },
  });
  const preview = async (caller: Caller, body: DraftBody, content: TemplateContent) => {
    const { templateId = 0, name = '', messageTypeId = null, trackLinks = true } = body;
    const draft = { templateId, name, messageTypeId, trackLinks, content };
    const { message, ...rest } = await previewDraft(context, caller, draft, {
      person: body.person ?? null,
      dataFields: body.dataFields ?? {},
    });
    return { ...rest, message: message === null ? null : { ...message } };
  };
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
    { schema: { ...docs('WhatsApp'), body: Type.Object({ ...draftFields, ...whatsAppFields }) } },
    ({ caller, body }) => preview(caller, body, mergeWhatsApp(null, body)),
  );
};
