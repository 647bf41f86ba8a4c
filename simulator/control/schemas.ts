import { Type } from 'typebox';

const Wire = Type.Union([Type.Literal('twilio'), Type.Literal('meta'), Type.Literal('smtp')]);

/** Which messages: `after` is an instant in ISO 8601 or a message's id. */
export const LedgerQuery = Type.Object({
  to: Type.Optional(Type.String()),
  from: Type.Optional(Type.String()),
  wire: Type.Optional(Wire),
  after: Type.Optional(Type.String()),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  cursor: Type.Optional(Type.Integer({ minimum: 0 })),
});

/** Which refused posts. */
export const AttemptsQuery = Type.Object({
  to: Type.Optional(Type.String()),
  from: Type.Optional(Type.String()),
  wire: Type.Optional(Wire),
  code: Type.Optional(Type.Integer()),
});

/** A handset, in the path. */
export const HandsetParams = Type.Object({ number: Type.String({ minLength: 1 }) });

/** Which handsets: those whose address holds `q`. */
export const HandsetsQuery = Type.Object({
  q: Type.Optional(Type.String()),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  cursor: Type.Optional(Type.Integer({ minimum: 0 })),
});

/** What a person does on a handset. */
export const HandsetMessage = Type.Object({
  to: Type.String({ minLength: 1 }),
  body: Type.Optional(Type.String()),
  media: Type.Optional(Type.Array(Type.String())),
  wire: Type.Optional(Type.Union([Type.Literal('twilio'), Type.Literal('meta')])),
  whatsAppUserId: Type.Optional(Type.String({ pattern: '^[A-Z]{2}(\\.ENT)?\\.[A-Za-z0-9]{1,128}$' })),
  profileName: Type.Optional(Type.String()),
  username: Type.Optional(Type.String()),
  usernameOnly: Type.Optional(Type.Boolean()),
  button: Type.Optional(Type.Object({ text: Type.String(), payload: Type.Optional(Type.String()) })),
  interactive: Type.Optional(
    Type.Object({ id: Type.String(), title: Type.String(), list: Type.Optional(Type.Boolean()) }),
  ),
  replyTo: Type.Optional(Type.String()),
});

/** What a person sets in WhatsApp's own control of marketing messages. */
export const Preference = Type.Object({
  to: Type.String({ minLength: 1 }),
  value: Type.Union([Type.Literal('stop'), Type.Literal('resume')]),
});

/** A link that a person opens. */
export const Tap = Type.Object({ url: Type.String({ pattern: '^https?://' }) });

/** A Twilio account's settings. */
export const AccountBody = Type.Object({
  authToken: Type.String({ minLength: 1 }),
  inboundUrl: Type.Optional(Type.String()),
});

/** A number's owner and webhook. */
export const NumberBody = Type.Object({
  accountSid: Type.String({ minLength: 1 }),
  inboundUrl: Type.Optional(Type.String()),
});

/** A WhatsApp Business account's settings. */
export const BusinessBody = Type.Object({
  appSecret: Type.String({ minLength: 1 }),
  verifyToken: Type.String(),
  webhookUrl: Type.String({ pattern: '^https?://' }),
  accessToken: Type.Optional(Type.String()),
  phoneNumbers: Type.Array(Type.Object({ id: Type.String(), displayNumber: Type.String() })),
});

/** A template's new status, as Meta would set it. */
export const TemplateStatusBody = Type.Object({
  status: Type.Union(
    ['APPROVED', 'REJECTED', 'PENDING', 'PAUSED', 'DISABLED', 'ARCHIVED'].map((status) =>
      Type.Literal(status),
    ),
  ),
  language: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String()),
});
