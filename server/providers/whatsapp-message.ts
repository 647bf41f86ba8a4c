import { type Static, type TSchema, Type } from 'typebox';

/*
 * What a business may say on WhatsApp to somebody who has written to it, one shape a kind. The shapes are ours; a wire puts
 * them into its own (meta/session-body.ts), and Meta's limits on them stand in content/whatsapp/session-message-rules.ts.
 */

const text = Type.String();
const maybe = Type.Optional(text);

const file = Type.Union([
  Type.Object({ id: Type.String({ description: 'Of an upload to the provider' }) }),
  Type.Object({ link: Type.String({ description: 'A web address that the provider loads it from' }) }),
]);

const textHeader = Type.Object({ kind: Type.Literal('text'), text });
const fileHeader = Type.Object({
  kind: Type.Union([Type.Literal('image'), Type.Literal('video'), Type.Literal('document')]),
  file,
  filename: Type.Optional(Type.String({ description: 'Of a document' })),
});
const anyHeader = Type.Optional(Type.Union([textHeader, fileHeader]));

/** A button that answers with its id. */
const replyButton = Type.Object({ id: text, title: text });

const place = Type.Optional(Type.Union([Type.Literal('HOME'), Type.Literal('WORK')]));

const contact = Type.Object({
  name: Type.Object({
    formattedName: text,
    ...{ firstName: maybe, middleName: maybe, lastName: maybe, prefix: maybe, suffix: maybe },
  }),
  phones: Type.Optional(Type.Array(Type.Object({ phone: text, type: place, waId: maybe }))),
  emails: Type.Optional(Type.Array(Type.Object({ email: text, type: place }))),
  urls: Type.Optional(Type.Array(Type.Object({ url: text, type: place }))),
  addresses: Type.Optional(
    Type.Array(
      Type.Object({
        ...{ street: maybe, city: maybe, state: maybe, zip: maybe, country: maybe, countryCode: maybe },
        type: place,
      }),
    ),
  ),
  org: Type.Optional(Type.Object({ company: maybe, department: maybe, title: maybe })),
  birthday: Type.Optional(Type.String({ description: 'YYYY-MM-DD' })),
});

const indianAddress = Type.Object({
  ...{ name: maybe, phoneNumber: maybe, inPinCode: maybe, houseNumber: maybe, floorNumber: maybe },
  ...{
    towerNumber: maybe,
    buildingName: maybe,
    address: maybe,
    landmarkArea: maybe,
    city: maybe,
    state: maybe,
  },
});

const card = Type.Object({
  header: Type.Object({ kind: Type.Union([Type.Literal('image'), Type.Literal('video')]), file }),
  body: maybe,
  action: Type.Union([
    Type.Object({ type: Type.Literal('link'), label: text, url: text }),
    Type.Object({ type: Type.Literal('replies'), buttons: Type.Array(replyButton) }),
  ]),
});

const typed = <Name extends string, Fields extends Record<string, TSchema>>(type: Name, fields: Fields) =>
  Type.Object({ type: Type.Literal(type), ...fields });

/** Every kind of message that may be sent within a session. */
export const sessionMessage = Type.Union([
  typed('text', {
    body: text,
    previewUrl: Type.Optional(Type.Boolean({ description: 'Show a preview of the first address in it' })),
  }),
  typed('image', { file, caption: maybe }),
  typed('video', { file, caption: maybe }),
  typed('audio', {
    file,
    voice: Type.Optional(Type.Boolean({ description: 'A voice note: mono, Opus in Ogg' })),
  }),
  typed('document', { file, caption: maybe, filename: maybe }),
  typed('sticker', { file }),
  typed('location', { latitude: Type.Number(), longitude: Type.Number(), name: maybe, address: maybe }),
  typed('contacts', { contacts: Type.Array(contact) }),
  typed('reaction', {
    messageId: Type.String({ description: 'The provider’s id of the message reacted to' }),
    emoji: Type.String({ description: 'Empty to take the reaction back' }),
  }),
  typed('button', { header: anyHeader, body: text, footer: maybe, buttons: Type.Array(replyButton) }),
  typed('list', {
    header: Type.Optional(textHeader),
    ...{ body: text, footer: maybe },
    label: Type.String({ description: 'On the button that opens the list' }),
    sections: Type.Array(
      Type.Object({
        title: maybe,
        rows: Type.Array(Type.Object({ id: text, title: text, description: maybe })),
      }),
    ),
  }),
  typed('ctaUrl', { header: anyHeader, body: text, footer: maybe, label: text, url: text }),
  typed('locationRequest', { body: text }),
  typed('addressRequest', {
    ...{ body: text, footer: maybe, country: Type.Literal('IN'), values: Type.Optional(indianAddress) },
    savedAddresses: Type.Optional(Type.Array(Type.Object({ id: text, value: indianAddress }))),
    validationErrors: Type.Optional(indianAddress),
  }),
  typed('flow', {
    ...{ header: anyHeader, body: text, footer: maybe, label: text },
    flow: Type.Union([Type.Object({ id: text }), Type.Object({ name: text })]),
    token: Type.Optional(Type.String({ description: 'Comes back with the answer' })),
    isDraft: Type.Optional(Type.Boolean()),
    action: Type.Optional(
      Type.Union([
        Type.Object({
          type: Type.Literal('navigate'),
          screen: text,
          data: Type.Optional(Type.Record(text, Type.Unknown())),
        }),
        Type.Object({ type: Type.Literal('dataExchange') }),
      ]),
    ),
  }),
  typed('product', { body: maybe, footer: maybe, catalogId: text, productId: text }),
  typed('productList', {
    header: textHeader,
    ...{ body: text, footer: maybe, catalogId: text },
    sections: Type.Array(Type.Object({ title: maybe, productIds: Type.Array(text) })),
  }),
  typed('catalog', { body: text, footer: maybe, thumbnailProductId: maybe }),
  typed('carousel', { body: text, cards: Type.Array(card) }),
  typed('productCarousel', { body: text, catalogId: text, productIds: Type.Array(text) }),
]);

/** A message that may be sent within a session. */
export type SessionMessage = Static<typeof sessionMessage>;

/** One kind of it. */
export type SessionMessageOf<Kind extends SessionMessage['type']> = Extract<SessionMessage, { type: Kind }>;

/** A file that a message shows: by the id of its upload, or by its address. */
export type WhatsAppFile = Static<typeof file>;

/** What stands above the body of an interactive message. */
export type SessionHeader = Static<typeof textHeader> | Static<typeof fileHeader>;

/** A card of a carousel. */
export type CarouselCard = Static<typeof card>;

/** What a message within a session says, as it is sent and stored; `replyTo` is the provider's id of the message it quotes. */
export type WhatsAppMessage = SessionMessage & { kind: 'whatsAppMessage'; replyTo?: string };

/** The words of a message as one text, for whoever reads or compares it; empty where it has none. */
export function wordsOfMessage(message: SessionMessage): string {
  switch (message.type) {
    case 'image':
    case 'video':
    case 'document':
      return message.caption ?? '';
    case 'audio':
    case 'sticker':
      return '';
    case 'location':
      return [message.name, message.address, `${message.latitude},${message.longitude}`]
        .filter(Boolean)
        .join('\n');
    case 'contacts':
      return message.contacts.map(({ name }) => name.formattedName).join('\n');
    case 'reaction':
      return message.emoji;
    default:
      return message.body ?? '';
  }
}
