import { dialledNumber } from './spelling.ts';

/** The protocols messages arrive by. */
export type WireName = 'twilio' | 'meta' | 'smtp';

/** What a person reads it in; Twilio's wire carries SMS (with MMS) and WhatsApp. */
export type Medium = 'sms' | 'whatsApp' | 'email';

/**
 * `outbound`: sent by a customer of the network to a handset, the only kind that counts as a message in the
 * ledger. `inbound`: typed on a handset. `network`: the network's own word to a handset.
 */
type EntryKind = 'outbound' | 'inbound' | 'network';

interface EntryBase {
  /** Place in the order of arrival, from 0. */
  seq: number;
  /** The wire's own id: a Twilio `SM…`, a Meta `wamid…`, or `mail-…`. */
  id: string;
  kind: EntryKind;
  from: string;
  to: string;
  /** Instant of arrival, milliseconds since 1970. */
  at: number;
  /** Instant of the latest change of status, milliseconds since 1970. */
  updatedAt: number;
  status: string;
  errorCode?: number;
  body: string;
  media: string[];
  /** SMS parts; 1 on wires that do not split. */
  segments: number;
  /** What the sender's side attached to know the message again (Meta's opaque data, a mail header). */
  reference?: string;
}

/** A message on Twilio's wire. */
export interface TwilioEntry extends EntryBase {
  wire: 'twilio';
  accountSid: string;
  messagingServiceSid?: string;
  statusCallback?: string;
  /** Instant of sending asked for by `SendAt`, milliseconds since 1970. */
  sendAt?: number;
  /** Gone from Twilio's API by DELETE; the ledger remembers. */
  removed?: boolean;
  /** Places of media gone from Twilio's API, counted from 0; the ledger remembers. */
  removedMedia?: number[];
  /** Body emptied in Twilio's API; the ledger remembers. */
  redacted?: boolean;
}

/** A template as it was sent: its name, language, components, and all parameters' values in order. */
export interface SentTemplate {
  name: string;
  language: string;
  category: string;
  components: unknown[];
  parameters: string[];
}

/** A message on Meta's wire. */
export interface MetaEntry extends EntryBase {
  wire: 'meta';
  wabaId: string;
  phoneNumberId: string;
  /** Meta's type: text, template, image, interactive, button… */
  type: string;
  template?: SentTemplate;
  /** The typed object as it arrived, for all types but text and template. */
  content?: unknown;
  /** The person's business-scoped user id. */
  userId?: string;
  /** Which field of the post named the person: `to` a number, `recipient` a user id. */
  addressedBy?: 'to' | 'recipient';
  /** The message it quotes. */
  replyTo?: string;
}

/** A mail; one entry for each recipient of its envelope. */
interface MailEntry extends EntryBase {
  wire: 'smtp';
  subject: string;
  html?: string;
  headers: Record<string, string>;
}

/** One message that passed through the network. */
export type LedgerEntry = TwilioEntry | MetaEntry | MailEntry;

type Undated<T> = T extends LedgerEntry ? Omit<T, 'seq' | 'at' | 'updatedAt'> : never;

/** An entry before the ledger gave it its place and instant. */
export type EntryDraft = Undated<LedgerEntry>;

/** A ledger entry as the control API answers it. */
export type LedgerMessage = LedgerEntry extends infer T
  ? T extends LedgerEntry
    ? Omit<T, 'at' | 'updatedAt'> & { instant: string; updated: string }
    : never
  : never;

/** Turns an entry into its public form: places count from 1, instants are ISO 8601 with milliseconds. */
export function publicForm(entry: LedgerEntry): LedgerMessage {
  const { at, updatedAt, ...rest } = entry;
  return {
    ...rest,
    seq: entry.seq + 1,
    instant: new Date(at).toISOString(),
    updated: new Date(updatedAt).toISOString(),
  };
}

/** The medium of a message. */
export function mediumOf({ wire, to }: Pick<LedgerEntry, 'wire' | 'to'>): Medium {
  if (wire === 'smtp') return 'email';
  return wire === 'meta' || to.startsWith('whatsapp:') ? 'whatsApp' : 'sms';
}

/** An address without its channel prefix: `whatsapp:+1415…` is `+1415…`. */
export function plainAddress(address: string): string {
  return address.startsWith('whatsapp:') ? address.slice(9) : address;
}

/** The one name of a handset, however WhatsApp spells its number. */
export function handsetName(address: string): string {
  return dialledNumber(plainAddress(address));
}

/** The address of the handset (or mailbox) of a message. */
export function handsetOf(entry: Pick<LedgerEntry, 'kind' | 'from' | 'to'>): string {
  return handsetName(entry.kind === 'inbound' ? entry.from : entry.to);
}

/** The address of the customer's side of a message: its sender number, WhatsApp number or mail address. */
export function senderOf(entry: Pick<LedgerEntry, 'kind' | 'from' | 'to'>): string {
  return plainAddress(entry.kind === 'inbound' ? entry.to : entry.from);
}
