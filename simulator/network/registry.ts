import { join } from 'node:path';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { type Static, Type } from 'typebox';
import { type DurableMap, openDurableMap } from './durable-map.ts';

/** A Twilio account: its token signs callbacks. */
export const Account = Type.Object({
  sid: Type.String(),
  authToken: Type.String({ minLength: 1 }),
  inboundUrl: Type.Optional(Type.String()),
  /** The account that made it, of a subaccount. */
  ownerSid: Type.Optional(Type.String()),
  friendlyName: Type.Optional(Type.String()),
  /** Active unless it says another. */
  status: Type.Optional(Type.String()),
  created: Type.Optional(Type.Number()),
});
export type Account = Static<typeof Account>;

/** Who obeys STOP to a number: Twilio (`default`), or nobody but the customer (`off`). */
export const OptOutHandling = Type.Union([Type.Literal('default'), Type.Literal('off')], {
  description: 'default or off',
});

/** A Twilio number (long, short, toll-free) and where what is texted to it goes. */
export const OwnedNumber = Type.Object({
  number: Type.String(),
  accountSid: Type.String(),
  inboundUrl: Type.Optional(Type.String()),
  /** Whether Twilio itself obeys STOP, as it does unless that was switched off. */
  optOutHandling: Type.Optional(OptOutHandling),
  /** What else was set in Twilio's API, by JSON name. */
  settings: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  created: Type.Optional(Type.Number()),
});
export type OwnedNumber = Static<typeof OwnedNumber>;

/** Something a customer made in one of Twilio's products. */
export const Resource = Type.Object({
  sid: Type.String(),
  accountSid: Type.String(),
  /** The sid of what it stands in; empty for none. */
  parent: Type.String(),
  /** Instants in milliseconds since 1970. */
  created: Type.Number(),
  updated: Type.Number(),
  /** Its own fields, by JSON name. */
  fields: Type.Record(Type.String(), Type.Unknown()),
});
export type Resource = Static<typeof Resource>;

/** A WhatsApp Business account, its numbers, and where its webhooks go. */
export const Business = Type.Object({
  id: Type.String(),
  appSecret: Type.String({ minLength: 1 }),
  verifyToken: Type.String(),
  webhookUrl: Type.String(),
  accessToken: Type.Optional(Type.String()),
  phoneNumbers: Type.Array(Type.Object({ id: Type.String(), displayNumber: Type.String() })),
  /** Whether the app is subscribed to the account, so that its webhook is called; it is unless it was taken off. */
  subscribed: Type.Optional(Type.Boolean()),
});
export type Business = Static<typeof Business>;

/** A WhatsApp template of a business. */
export const Template = Type.Object({
  id: Type.String(),
  wabaId: Type.String(),
  name: Type.String(),
  language: Type.String(),
  category: Type.String(),
  status: Type.String(),
  parameterFormat: Type.Union([Type.Literal('POSITIONAL'), Type.Literal('NAMED')]),
  components: Type.Array(Type.Unknown()),
  reason: Type.String(),
  quality: Type.Optional(Type.String()),
  /** Instants of its changes while it was approved, milliseconds since 1970. */
  edits: Type.Optional(Type.Array(Type.Number())),
});
export type Template = Static<typeof Template>;

/** What a business set on one of its WhatsApp numbers; a number is registered unless it says otherwise. */
export const NumberState = Type.Object({
  registered: Type.Boolean(),
  verified: Type.Boolean(),
  pin: Type.Optional(Type.String()),
  /** The code that a request to verify the number sent to it. */
  code: Type.Optional(Type.String()),
  /** Instants of the tries to register it within the last 72 hours, milliseconds since 1970. */
  tries: Type.Optional(Type.Array(Type.Number())),
  profile: Type.Record(Type.String(), Type.Unknown()),
  settings: Type.Record(Type.String(), Type.Unknown()),
  /** What people see before they write. */
  conversation: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  /** The public key by which phones encrypt what they send to flows' endpoints. */
  flowKey: Type.Optional(Type.String()),
  /** Where the application for the official badge stands. */
  badge: Type.Optional(Type.String()),
  /** Fields that Meta sets, in place of the usual ones. */
  standing: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});
export type NumberState = Static<typeof NumberState>;

/** A WhatsApp Flow of a business. */
export const Flow = Type.Object({
  id: Type.String(),
  wabaId: Type.String(),
  name: Type.String(),
  categories: Type.Array(Type.String()),
  status: Type.String(),
  endpointUri: Type.Optional(Type.String()),
  /** The flow's own JSON as it was uploaded. */
  json: Type.Optional(Type.String()),
});
export type Flow = Static<typeof Flow>;

const Person = Type.Object({
  userId: Type.String(),
  handset: Type.String(),
  profileName: Type.String(),
  username: Type.Optional(Type.String()),
  /** The person shows a username and no number. */
  usernameOnly: Type.Boolean(),
});
/** Someone on WhatsApp, as one business knows them. */
export type Person = Static<typeof Person>;

/** Whose WhatsApp number it is: the business, and the number by its id and as E.164. */
export interface Sender {
  business: Business;
  phoneNumberId: string;
  displayNumber: string;
}

/** What the network knows of its customers and of people; all of it outlives a restart. */
export interface Registry {
  accounts: DurableMap<Account>;
  numbers: DurableMap<OwnedNumber>;
  /** What customers made in Twilio's products, by kind, parent and sid. */
  resources: DurableMap<Resource>;
  /** Where a short link leads, by its code. */
  links: DurableMap<string>;
  /** Numbers whose owner gave them up, and the instant. */
  deactivations: DurableMap<string>;
  businesses: DurableMap<Business>;
  /** By `wabaId/name/language`. */
  templates: DurableMap<Template>;
  /** When approved templates were deleted, in milliseconds since 1970: their names rest. */
  deletedTemplates: DurableMap<number>;
  /** By phone-number id. */
  numberStates: DurableMap<NumberState>;
  flows: DurableMap<Flow>;
  /** Until when a person may be called, milliseconds since 1970, by `phoneNumberId/handset`. */
  callPermissions: DurableMap<number>;
  /** By `wabaId/handset`. */
  people: DurableMap<Person>;
  /** Instant of a person's latest WhatsApp message, by `phoneNumberId/handset`. */
  sessions: DurableMap<number>;
  /** Opt-outs that the network itself enforces, by `sender/handset`. */
  blocks: DurableMap<string>;
  /** The business that has this phone-number id, with the number as E.164. */
  businessOf(phoneNumberId: string): { business: Business; displayNumber: string } | null;
  /** The business and phone-number id behind a WhatsApp number or phone-number id. */
  whatsAppSender(address: string): Sender | null;
}

const e164 = /^\+\d+$/;
/** Ten digits that may be a North American number without its country code. */
const national = /^[2-9]\d{2}[2-9]\d{6}$/;

/**
 * `+` and digits of a number however it is written: with blanks, brackets, dots, strokes and dashes, with 00 or
 * nothing for `+`, and in North America without country code. Anything else as it is.
 */
export function toNumber(text: string): string {
  if (e164.test(text)) return text;
  const digits = text.replace(/[\s()./\u2010-\u2015-]/g, '').replace(/^00(?=[1-9]\d{6,})/, '+');
  if (e164.test(digits)) return digits;
  if (!/^\d{9,15}$/.test(digits)) return text.trim();
  const isNational = national.test(digits) && !parsePhoneNumberFromString(`+${digits}`)?.isValid();
  return isNational ? `+1${digits}` : `+${digits}`;
}

/** Opens the registry kept in `directory`. */
export function openRegistry(directory: string): Registry {
  const businesses = openDurableMap(join(directory, 'businesses.ndjson'), Business);
  const owners = new Map<string, { business: Business; displayNumber: string }>();
  const remember = (business: Business) => {
    for (const { id, displayNumber } of business.phoneNumbers)
      owners.set(id, { business, displayNumber: toNumber(displayNumber) });
  };
  for (const business of businesses.values()) remember(business);
  return {
    accounts: openDurableMap(join(directory, 'accounts.ndjson'), Account),
    numbers: openDurableMap(join(directory, 'numbers.ndjson'), OwnedNumber),
    resources: openDurableMap(join(directory, 'resources.ndjson'), Resource),
    links: openDurableMap(join(directory, 'links.ndjson'), Type.String()),
    deactivations: openDurableMap(join(directory, 'deactivations.ndjson'), Type.String()),
    businesses: {
      ...businesses,
      set(key, business) {
        businesses.set(key, business);
        remember(business);
      },
    },
    templates: openDurableMap(join(directory, 'templates.ndjson'), Template),
    deletedTemplates: openDurableMap(join(directory, 'deleted-templates.ndjson'), Type.Number()),
    numberStates: openDurableMap(join(directory, 'number-states.ndjson'), NumberState),
    flows: openDurableMap(join(directory, 'flows.ndjson'), Flow),
    callPermissions: openDurableMap(join(directory, 'call-permissions.ndjson'), Type.Number()),
    people: openDurableMap(join(directory, 'people.ndjson'), Person),
    sessions: openDurableMap(join(directory, 'sessions.ndjson'), Type.Number()),
    blocks: openDurableMap(join(directory, 'blocks.ndjson'), Type.String()),
    businessOf: (phoneNumberId) => owners.get(phoneNumberId) ?? null,
    whatsAppSender(address) {
      const number = toNumber(address);
      for (const [phoneNumberId, { business, displayNumber }] of owners) {
        if (phoneNumberId === address || displayNumber === number)
          return { business, phoneNumberId, displayNumber };
      }
      return null;
    },
  };
}
