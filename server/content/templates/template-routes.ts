import { type TObject, Type } from 'typebox';
import type { Api, Routes } from '../../http/api.ts';
import type { Caller, Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { refuseIdempotencyKey } from '../../http/idempotency.ts';
import { mediumNames } from '../../http/media.ts';
import { success, successWith } from '../../http/schemas.ts';
import type { TemplateKind } from '../../medium/medium.ts';
import {
  type BaseFields,
  mergeEmail,
  mergeSession,
  mergeSms,
  mergeWhatsApp,
  type SessionFields,
} from './merge-fields.ts';
import { inLocale } from './place-content.ts';
import { requireTemplate } from './require-template.ts';
import { changeTemplate, type SavedTemplate, type TemplateCall, upsertTemplate } from './save-template.ts';
import type { Template } from './template.ts';
import { templateAnswers } from './template-answers.ts';
import { templateListRoutes } from './template-list-routes.ts';
import {
  emailUpdate,
  emailUpsert,
  proofBody,
  sessionUpdate,
  sessionUpsert,
  smsUpdate,
  smsUpsert,
  templateQuery,
  whatsAppUpdate,
  whatsAppUpsert,
} from './template-schemas.ts';
import { templateView } from './template-view.ts';

/** Whom a test goes to: one of the three. */
export type TestRecipient =
  | { recipientEmail: string }
  | { recipientUserId: string }
  | { recipientPhone: string };

/** Sends one test of a template to one person; throws an ApiError that says why it cannot. */
export type SendTest = (
  context: Context,
  caller: Caller,
  test: {
    template: Template;
    to: TestRecipient;
    dataFields: Record<string, unknown>;
    /** The sender that it goes from; null for any that fits. */
    senderId: number | null;
  },
) => Promise<{ messageId: string }>;

const tags = ['Templates'];
const saved = successWith({ templateId: Type.Integer(), warnings: Type.Array(Type.String()) });

/** All template calls: Iterable's for SMS and email, the same ones for WhatsApp. */
export function templateRoutes(sendTest: SendTest): Routes {
  return (api, context) => {
    templateListRoutes(api, context);
    savingRoutes(api, context);
    for (const medium of ['sms', 'email', 'whatsApp'] as const) mediumRoutes(api, context, medium, sendTest);
  };
}

function savingRoutes(api: Api, context: Context): void {
  const docs = (verb: string, medium: TemplateKind) => ({
    tags,
    summary: `${verb} a template for ${mediumNames[medium]}; params has its id and warnings`,
    response: { 200: saved },
  });
  const upsert = (
    caller: Caller,
    body: { clientTemplateId: string } & TemplateCall['fields'],
    call: TemplateCall,
    known: TObject = upserts[call.kind],
  ) =>
    upsertTemplate(context, caller, body.clientTemplateId, call).then((saved) =>
      savedAnswer('Upserted', saved, body, known),
    );
  const change = (
    caller: Caller,
    body: { templateId: number },
    call: TemplateCall,
    known: TObject = updates[call.kind],
  ) =>
    changeTemplate(context, caller, body.templateId, call).then((saved) =>
      savedAnswer('Updated', saved, body, known),
    );

  api.post(
    '/api/templates/sms/upsert',
    { schema: { ...docs('Create or change', 'sms'), body: smsUpsert } },
    ({ caller, body }) =>
      upsert(caller, body, { kind: 'sms', fields: body, merge: (now) => mergeSms(now, body) }),
  );
  api.post(
    '/api/templates/sms/update',
    { schema: { ...docs('Change', 'sms'), body: smsUpdate } },
    ({ caller, body }) =>
      change(caller, body, { kind: 'sms', fields: body, merge: (now) => mergeSms(now, body) }),
  );
  api.post(
    '/api/templates/email/upsert',
    { schema: { ...docs('Create or change', 'email'), body: emailUpsert } },
    ({ caller, body }) =>
      upsert(caller, body, { kind: 'email', fields: body, merge: (now) => mergeEmail(now, body) }),
  );
  api.post(
    '/api/templates/email/update',
    { schema: { ...docs('Change', 'email'), body: emailUpdate } },
    ({ caller, body }) =>
      change(caller, body, { kind: 'email', fields: body, merge: (now) => mergeEmail(now, body) }),
  );
  api.post(
    '/api/templates/whatsApp/upsert',
    { schema: { ...docs('Create or change', 'whatsApp'), body: whatsAppUpsert } },
    ({ caller, body }) =>
      upsert(caller, body, {
        kind: 'whatsApp',
        fields: body,
        merge: (now, begun) => mergeWhatsApp(now, body, begun),
      }),
  );
  api.post(
    '/api/templates/whatsApp/update',
    { schema: { ...docs('Change', 'whatsApp'), body: whatsAppUpdate } },
    ({ caller, body }) =>
      change(caller, body, {
        kind: 'whatsApp',
        fields: body,
        merge: (now, begun) => mergeWhatsApp(now, body, begun),
      }),
  );
  const session = (verb: string) => ({
    ...{ tags, response: { 200: saved } },
    summary: `${verb} a free-form WhatsApp message, for people who have written within 24 hours; params has its id and warnings`,
  });
  const sessionCall = (body: SessionFields & BaseFields): TemplateCall => ({
    ...{ kind: 'whatsApp', isFreeForm: true, fields: body },
    merge: (now) => mergeSession(now, body),
  });
  api.post(
    '/api/templates/whatsApp/session/upsert',
    { schema: { ...session('Create or change'), body: sessionUpsert } },
    ({ caller, body }) => upsert(caller, body, sessionCall(body), sessionUpsert),
  );
  api.post(
    '/api/templates/whatsApp/session/update',
    { schema: { ...session('Change'), body: sessionUpdate } },
    ({ caller, body }) => change(caller, body, sessionCall(body), sessionUpdate),
  );
}

const upserts = { sms: smsUpsert, email: emailUpsert, whatsApp: whatsAppUpsert };
const updates = { sms: smsUpdate, email: emailUpdate, whatsApp: whatsAppUpdate };

/** A field that the call does not have (a slip of the pen, as a rule) does nothing, and is told of. */
function savedAnswer(verb: string, { templateId, warnings }: SavedTemplate, body: object, known: TObject) {
  const unknown = Object.keys(body).filter((field) => !Object.hasOwn(known.properties, field));
  return success(`${verb} 1 templates with IDs: ${templateId}`, {
    templateId,
    warnings: [...warnings, ...unknown.map((field) => `${field} is no field of this call and was left out`)],
  });
}

function mediumRoutes(api: Api, context: Context, medium: TemplateKind, sendTest: SendTest): void {
  const name = mediumNames[medium];
  api.get(
    `/api/templates/${medium}/get`,
    {
      schema: {
        tags,
        summary: `A template for ${name}`,
        querystring: templateQuery,
        response: { 200: templateAnswers[medium] },
      },
    },
    async ({ caller, query }) => {
      const template = await requireTemplate(context.db, caller.project.id, query.templateId, medium);
      return templateView(template, query.locale);
    },
  );
  api.post(
    `/api/templates/${medium}/proof`,
    {
      onRequest: refuseIdempotencyKey,
      schema: {
        tags,
        summary: `Send a test of a template for ${name} to one person`,
        body: proofBody,
        response: { 200: successWith({ messageId: Type.String() }) },
      },
    },
    async ({ caller, body }) => {
      const kept = await requireTemplate(context.db, caller.project.id, body.templateId, medium);
      const template = inLocale(kept, body.locale);
      const { messageId } = await sendTest(context, caller, {
        template,
        to: recipientOf(body),
        dataFields: body.dataFields ?? {},
        senderId: body.senderId ?? null,
      });
      return success('The test is on its way', { messageId });
    },
  );
}

function recipientOf(body: {
  recipientEmail?: string;
  recipientUserId?: string;
  recipientPhoneNumber?: string;
}): TestRecipient {
  const given: TestRecipient[] = [];
  if (body.recipientEmail) given.push({ recipientEmail: body.recipientEmail });
  if (body.recipientUserId) given.push({ recipientUserId: body.recipientUserId });
  if (body.recipientPhoneNumber) given.push({ recipientPhone: body.recipientPhoneNumber });
  const [to] = given;
  if (!to || given.length > 1)
    throw new ApiError('BadParams', 'Give one of recipientEmail, recipientUserId and recipientPhoneNumber');
  return to;
}
