import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { sessionMessage } from '../../providers/whatsapp-message.ts';
import type { TemplateContent } from '../template-content.ts';

const text = Type.String();

const mediaHeader = Type.Object({
  kind: Type.Union([Type.Literal('image'), Type.Literal('video'), Type.Literal('document')]),
  url: text,
});

const headerSchema = Type.Union([
  Type.Object({ kind: Type.Literal('text'), text }),
  mediaHeader,
  Type.Object({
    kind: Type.Literal('location'),
    ...{ name: text, address: text, latitude: text, longitude: text },
  }),
  Type.Object({
    kind: Type.Literal('product'),
    catalogId: Type.String({ description: 'Of the catalogue, with Meta' }),
    productId: Type.String({ description: 'Of the product in its catalogue' }),
  }),
]);

const linkButton = Type.Object({ type: Type.Literal('url'), text, url: text });
const quickReply = Type.Object({ type: Type.Literal('quickReply'), text, payload: text });
const phoneButton = Type.Object({ type: Type.Literal('phone'), text, phone: text });
const thumbnailProductId = Type.Optional(
  Type.String({ description: 'Whose picture is shown; the first where there is none' }),
);

const flowAction = Type.Union([
  Type.Object({
    type: Type.Literal('navigate'),
    screen: text,
    data: Type.Optional(Type.Record(text, Type.Unknown())),
  }),
  Type.Object({ type: Type.Literal('dataExchange') }),
]);

const buttonSchema = Type.Union([
  linkButton,
  quickReply,
  phoneButton,
  Type.Object({ type: Type.Literal('copyCode'), text, code: text }),
  Type.Object({
    type: Type.Literal('flow'),
    text,
    flow: Type.Union([Type.Object({ id: text }), Type.Object({ name: text })]),
    action: Type.Optional(flowAction),
  }),
  Type.Object({ type: Type.Literal('catalog'), thumbnailProductId }),
  Type.Object({
    type: Type.Literal('products'),
    thumbnailProductId,
    sections: Type.Array(Type.Object({ title: text, productIds: Type.Array(text) })),
  }),
  Type.Object({ type: Type.Literal('product') }),
  Type.Object({
    type: Type.Literal('voiceCall'),
    text,
    ttlMinutes: Type.Optional(Type.Integer({ description: 'For how long it may be pressed' })),
  }),
  Type.Object({ type: Type.Literal('requestContact') }),
]);

const offerSchema = Type.Object({
  text,
  expiresAt: Type.Union([text, Type.Null()], {
    description: 'The instant, as 2026-12-24T18:00:00Z or in seconds since 1970; null shows no end',
  }),
});

const carouselSchema = Type.Union([
  Type.Object({
    kind: Type.Literal('media'),
    cards: Type.Array(
      Type.Object({
        header: Type.Object({
          kind: Type.Union([Type.Literal('image'), Type.Literal('video')]),
          url: text,
        }),
        body: Type.Union([text, Type.Null()]),
        buttons: Type.Array(Type.Union([linkButton, quickReply, phoneButton])),
      }),
    ),
  }),
  Type.Object({
    kind: Type.Literal('products'),
    catalogId: text,
    label: Type.Union([text, Type.Null()], {
      description: 'On the button that opens a card’s `url`; null opens the product in WhatsApp',
    }),
    cards: Type.Array(Type.Object({ productId: text, url: text })),
  }),
]);

/** The parts of a WhatsApp template that are written as lists and unions; shared by routes and storage. */
export const whatsAppParts = {
  header: headerSchema,
  button: buttonSchema,
  offer: offerSchema,
  carousel: carouselSchema,
};

const whatsAppFields = {
  language: text,
  header: Type.Union([headerSchema, Type.Null()]),
  body: text,
  footer: Type.Union([text, Type.Null()]),
  buttons: Type.Array(buttonSchema),
  offer: Type.Optional(offerSchema),
  carousel: Type.Optional(carouselSchema),
  asksToCall: Type.Optional(Type.Boolean()),
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
