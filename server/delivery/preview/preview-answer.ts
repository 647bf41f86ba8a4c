import { Type } from 'typebox';
import { nullable } from '../../http/schemas.ts';
import { sessionMessage, type WhatsAppMessage } from '../../providers/whatsapp-message.ts';

const text = Type.String();

/** What a message says, by medium, as a wire would take it. */
const message = Type.Union([
  Type.Object({
    kind: Type.Literal('sms'),
    body: text,
    mediaUrls: Type.Optional(Type.Array(text)),
  }),
  Type.Unsafe<WhatsAppMessage>(
    Type.Object(
      { kind: Type.Literal('whatsAppMessage'), type: text, replyTo: Type.Optional(text) },
      {
        additionalProperties: true,
        description: 'What may be sent within a session; its fields go by its `type`',
      },
    ),
  ),
  Type.Object({
    kind: Type.Literal('whatsAppTemplate'),
    ...{ name: text, language: text, preview: text },
    components: Type.Array(Type.Unknown()),
  }),
  Type.Object({
    kind: Type.Literal('email'),
    ...{ subject: text, html: text, text },
    fromName: Type.Optional(text),
    replyTo: Type.Optional(text),
    unsubscribeUrl: Type.Optional(text),
  }),
]);

const button = Type.Object({
  type: Type.Enum([
    ...(['url', 'quickReply', 'phone', 'copyCode', 'flow', 'catalog', 'products', 'product'] as const),
    ...(['voiceCall', 'requestContact'] as const),
  ]),
  text,
  leadsTo: Type.String({ description: 'What a press opens, dials, copies or answers' }),
  sections: Type.Optional(
    Type.Array(Type.Object({ title: text, productIds: Type.Array(text) }), {
      description: 'The products that a press shows',
    }),
  ),
});

const product = Type.Object({ kind: Type.Literal('product'), productId: text });

/** A WhatsApp message's parts as they read. */
const whatsApp = Type.Object({
  header: nullable(
    Type.Union([
      Type.Object({ kind: Type.Literal('text'), text }),
      Type.Object({ kind: Type.Enum(['image', 'video', 'document']), url: text, text }),
      Type.Object({
        kind: Type.Literal('location'),
        ...{ name: text, address: text, latitude: text, longitude: text },
      }),
      product,
    ]),
  ),
  offer: nullable(
    Type.Object({
      text,
      endsAt: nullable(Type.Integer({ description: 'In milliseconds since 1970; null shows no end' })),
    }),
  ),
  body: text,
  footer: nullable(text),
  buttons: Type.Array(button),
  cards: Type.Array(
    Type.Object({
      header: Type.Union([Type.Object({ kind: Type.Enum(['image', 'video']), url: text }), product]),
      body: nullable(text),
      buttons: Type.Array(button),
    }),
  ),
  asksToCall: Type.Boolean(),
});

/** What one person would get of a template, or why they would get nothing. */
export const previewAnswer = Type.Object({
  message: nullable(message),
  whatsApp: nullable(whatsApp),
  preheader: nullable(Type.String({ description: 'What an inbox shows beside an email’s subject' })),
  skip: nullable(Type.Object({ reason: text, detail: text })),
  locale: nullable(text),
  segments: Type.Integer(),
  encoding: nullable(Type.Enum(['GSM-7', 'UCS-2'])),
  characters: nullable(Type.Integer()),
  links: Type.Integer(),
  priceMicros: nullable(Type.Integer()),
  notes: Type.Array(text),
  dataFields: Type.Record(Type.String(), Type.Unknown()),
});

const faults = Type.Array(Type.Object({ field: text, line: Type.Optional(Type.Integer()), fault: text }), {
  description: 'What would be refused were it saved, each with its field',
});

/** The same of a WhatsApp template that is being written, with what saving it would refuse. */
export const whatsAppPreviewAnswer = Type.Object({ ...previewAnswer.properties, faults });

/** The same of a free-form WhatsApp message. */
export const sessionPreviewAnswer = Type.Object({
  ...whatsAppPreviewAnswer.properties,
  session: nullable(sessionMessage),
});
