import { Type } from 'typebox';
import { userIdForm } from '../meta/people.ts';
import { isWebAddress } from '../network/callbacks.ts';
import { OptOutHandling } from '../network/registry.ts';

/** An object that has no other names than these. */
function closed<T extends Parameters<typeof Type.Object>[0]>(properties: T) {
  return Type.Object(properties, { additionalProperties: false });
}

/** A whole number in a query. */
function whole(least: number, most: number, what: string) {
  return Type.Optional(
    Type.Refine(
      Type.String({ description: `a whole number from ${least} to ${most}: ${what}` }),
      (text) => /^\d{1,15}$/.test(text) && Number(text) >= least && Number(text) <= most,
    ),
  );
}

const furthest = 1_000_000_000;
const Text = Type.Optional(Type.String());
const WebAddress = Type.Refine(
  Type.String({ description: 'an address that begins with http:// or https:// and names a host' }),
  isWebAddress,
);

const Address = Type.Optional(
  Type.String({ minLength: 1, description: 'a number or another address; leave it out to mean all' }),
);
const filters = { to: Address, from: Address, wire: Text, after: Text };

/** Which messages are counted. */
export const CountQuery = closed(filters);

/** Which messages, and which page of them: `cursor`, `offset` and `page` are three ways to say where it begins. */
export const LedgerQuery = closed({
  ...filters,
  limit: whole(1, 10_000, 'messages of a page'),
  cursor: whole(0, furthest, 'the `next` of the page before'),
  offset: whole(0, furthest, 'messages to pass over'),
  page: whole(1, furthest, 'pages count from 1'),
});

/** Which refused posts. */
export const AttemptsQuery = closed({
  to: Address,
  from: Address,
  wire: Text,
  code: whole(0, 999_999, 'an error code'),
});

/** A handset, in the path. */
export const HandsetParams = Type.Object({ number: Type.String({ minLength: 1 }) });

/** Nothing is asked for beside the path. */
export const NoQuery = closed({});

/** Which handsets: those whose address holds `q`. */
export const HandsetsQuery = closed({
  q: Text,
  limit: whole(1, 1000, 'handsets of a page'),
  cursor: whole(0, furthest, 'the `next` of the page before'),
});

/** What a person does on a handset. */
export const HandsetMessage = closed({
  to: Type.String({ minLength: 1, description: 'the number or WhatsApp number the person writes to' }),
  body: Text,
  /** The same as `body`. */
  text: Text,
  media: Type.Optional(Type.Array(WebAddress, { description: 'a list of web addresses' })),
  wire: Type.Optional(
    Type.Union(
      ['twilio', 'sms', 'meta', 'whatsApp'].map((wire) => Type.Literal(wire)),
      { description: 'one of twilio (or sms) and meta (or whatsApp)' },
    ),
  ),
  whatsAppUserId: Type.Optional(
    Type.String({
      pattern: userIdForm.source,
      description: 'a country and a number, such as US.1349',
    }),
  ),
  profileName: Text,
  username: Text,
  usernameOnly: Type.Optional(Type.Boolean({ description: 'true or false' })),
  button: Type.Optional(closed({ text: Type.String(), payload: Text })),
  interactive: Type.Optional(
    closed({
      ...{ id: Type.String(), title: Type.String(), list: Type.Optional(Type.Boolean()) },
      description: Text,
    }),
  ),
  /** What was filled in: a flow's fields, or (`name` address_message) an address. */
  flow: Type.Optional(closed({ name: Text, response: Type.Record(Type.String(), Type.Unknown()) })),
  location: Type.Optional(
    closed({ latitude: Type.Number(), longitude: Type.Number(), name: Text, address: Text }),
  ),
  contacts: Type.Optional(
    Type.Array(Type.Record(Type.String(), Type.Unknown()), { description: 'cards in Meta’s form' }),
  ),
  order: Type.Optional(
    closed({
      catalogId: Type.String(),
      text: Text,
      items: Type.Array(
        closed({
          ...{ productId: Type.String(), quantity: Type.Number(), price: Type.Number() },
          currency: Type.String(),
        }),
      ),
    }),
  ),
  as: Type.Optional(
    Type.Union([Type.Literal('voice'), Type.Literal('sticker')], { description: 'voice or sticker' }),
  ),
  edit: Type.Optional(closed({ messageId: Type.String({ minLength: 1 }), body: Type.String() })),
  revoke: Type.Optional(closed({ messageId: Type.String({ minLength: 1 }) })),
  referral: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), { description: 'the ad that led here, in Meta’s form' }),
  ),
  isForwarded: Type.Optional(Type.Boolean({ description: 'true or false' })),
  replyTo: Text,
});

/** A person presses a button, or chooses a row, of a WhatsApp message. */
export const Press = closed({
  messageId: Type.String({ minLength: 1, description: 'the id of a message on this handset' }),
  title: Type.String({ minLength: 1, description: 'what stands on the button or row' }),
  card: Type.Optional(Type.Integer({ minimum: 0, description: 'the card that it stands on, from 0' })),
});

/** A person fills in the flow of a message: an answer for each input, by its name. */
export const FlowFilling = closed({
  messageId: Type.String({ minLength: 1, description: 'the id of a message on this handset' }),
  answers: Type.Record(Type.String(), Type.Unknown()),
});

/** What Meta makes of a flow, or tells of its endpoint. */
export const FlowNews = closed({
  status: Type.Optional(Type.String({ minLength: 1, description: 'PUBLISHED, THROTTLED, BLOCKED, …' })),
  alert: Type.Optional(
    closed({
      event: Type.String({ minLength: 1, description: 'ENDPOINT_ERROR_RATE and its like' }),
      message: Type.String(),
      state: Type.Union([Type.Literal('ACTIVATED'), Type.Literal('DEACTIVATED')]),
    }),
  ),
});

/** What a person sets in WhatsApp's own control of marketing messages. */
export const Preference = closed({
  to: Type.String({ minLength: 1 }),
  value: Type.Union([Type.Literal('stop'), Type.Literal('resume')], { description: 'stop or resume' }),
});

/** A person's new number, told to a business on WhatsApp. */
export const NumberChange = closed({
  to: Type.String({ minLength: 1, description: 'the WhatsApp number that is told' }),
  newNumber: Type.String({ minLength: 1, description: 'the number the person has from now on' }),
});

/** A sign a person puts on a message, or takes off again. */
export const Reaction = closed({
  messageId: Type.String({ minLength: 1, description: 'the id of a message on this handset' }),
  emoji: Type.String({ minLength: 1, description: 'one emoji' }),
  phone: Type.Optional(
    Type.Union([Type.Literal('iPhone'), Type.Literal('android')], { description: 'iPhone or android' }),
  ),
  remove: Type.Optional(Type.Boolean({ description: 'true or false' })),
});

/** A person's answer to a business that asks whether it may call. */
export const CallPermission = closed({
  to: Type.String({ minLength: 1 }),
  value: Type.Union([Type.Literal('accept'), Type.Literal('reject')], { description: 'accept or reject' }),
});

/** A link that a person opens. */
export const Tap = closed({ url: WebAddress });

/** A Twilio account's settings. */
export const AccountBody = closed({
  authToken: Type.String({ minLength: 1 }),
  inboundUrl: Type.Optional(WebAddress),
});

/** A number's owner and webhook. */
export const NumberBody = closed({
  accountSid: Type.String({ minLength: 1 }),
  inboundUrl: Type.Optional(WebAddress),
  optOutHandling: Type.Optional(OptOutHandling),
});

/** A WhatsApp Business account's settings. */
export const BusinessBody = closed({
  appSecret: Type.String({ minLength: 1 }),
  verifyToken: Type.String(),
  webhookUrl: WebAddress,
  accessToken: Text,
  phoneNumbers: Type.Array(closed({ id: Type.String({ minLength: 1 }), displayNumber: Type.String() })),
});

/** What Meta makes of a WhatsApp number: whether it is registered and verified, its badge, and fields of it by name. */
export const NumberStandingBody = closed({
  registered: Type.Optional(Type.Boolean({ description: 'true or false' })),
  verified: Type.Optional(Type.Boolean({ description: 'true or false' })),
  badge: Text,
  standing: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), {
      description: 'fields of the number in place of the usual ones, such as { quality_rating: "RED" }',
    }),
  ),
});

const statuses = ['APPROVED', 'REJECTED', 'PENDING', 'PAUSED', 'DISABLED', 'ARCHIVED'];

/** What Meta makes of a template: its status, quality or category, or what it announces to file it under in so many seconds. */
export const TemplateStatusBody = closed({
  status: Type.Optional(
    Type.Union(
      statuses.map((status) => Type.Literal(status)),
      { description: `one of ${statuses.join(', ')}` },
    ),
  ),
  language: Text,
  reason: Text,
  advice: Text,
  quality: Text,
  category: Text,
  announcedIn: Type.Optional(Type.Number({ minimum: 1, description: 'seconds until the category holds' })),
});
