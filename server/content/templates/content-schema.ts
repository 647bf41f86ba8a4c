import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { sessionMessage } from '../../providers/whatsapp-message.ts';
import type { TemplateContent } from '../template-content.ts';

const text = Type.String();

const headerSchema = Type.Union([
  Type.Object({ kind: Type.Literal('text'), text }),
  Type.Object({
    kind: Type.Union([Type.Literal('image'), Type.Literal('video'), Type.Literal('document')]),
    url: text,
  }),
]);

const buttonSchema = Type.Union([
  Type.Object({ type: Type.Literal('url'), text, url: text }),
  Type.Object({ type: Type.Literal('quickReply'), text, payload: text }),
  Type.Object({ type: Type.Literal('phone'), text, phone: text }),
  Type.Object({ type: Type.Literal('copyCode'), text, code: text }),
]);

/** The parts of a WhatsApp template that are written as lists and unions; shared by routes and storage. */
export const whatsAppParts = { header: headerSchema, button: buttonSchema };

const whatsAppFields = {
  language: text,
  header: Type.Union([headerSchema, Type.Null()]),
  body: text,
  footer: Type.Union([text, Type.Null()]),
  buttons: Type.Array(buttonSchema),
};

/** What a WhatsApp template says in a language. */
export const whatsAppContent = Type.Object(whatsAppFields);

const contentSchema = Type.Union([
  Type.Object({ medium: Type.Literal('sms'), message: text, mediaUrls: Type.Array(text) }),
  Type.Object({
    medium: Type.Literal('whatsApp'),
    kind: Type.Optional(Type.Literal('template')),
    ...whatsAppFields,
  }),
  Type.Object({
    medium: Type.Literal('whatsApp'),
    kind: Type.Literal('session'),
    message: sessionMessage,
    otherwiseTemplateId: Type.Union([Type.Integer(), Type.Null()]),
  }),
  Type.Object({
    medium: Type.Literal('email'),
    subject: text,
    html: text,
    plainText: text,
    preheader: text,
    fromName: text,
    fromEmail: text,
    replyTo: text,
  }),
]);

const utmSchema = Type.Object({
  campaign: Type.Optional(text),
  params: Type.Optional(Type.Array(Type.Object({ key: text, value: text }))),
});

/** What is put behind each link's address: `utm_campaign` and any further parameters; `{}` for none. */
export type TemplateUtm = Static<typeof utmSchema>;

const contentCheck = Compile(contentSchema);
const localesCheck = Compile(Type.Record(text, Type.Unknown()));
const utmCheck = Compile(utmSchema);

/** Reads `template.content` as stored. Throws when it has no known shape, which a migration forgot. */
export function readContent(stored: unknown): TemplateContent {
  if (contentCheck.Check(stored)) return stored;
  throw new Error('template.content has a shape that this version does not know');
}

/** Reads `template.locales` as stored: content by locale. */
export function readLocales(stored: unknown): Readonly<Record<string, TemplateContent>> {
  const entries = Object.entries(localesCheck.Parse(stored));
  return Object.fromEntries(entries.map(([locale, content]) => [locale, readContent(content)]));
}

/** Reads `template.utm` as stored. */
export function readUtm(stored: unknown): TemplateUtm {
  if (utmCheck.Check(stored)) return stored;
  throw new Error('template.utm has a shape that this version does not know');
}
