import type { IncomingHttpHeaders } from 'node:http';
import type { FlowUpdate } from './flow-management.ts';
import type { InboundContent, Referral } from './inbound-content.ts';
import type { ProviderAccount, ReceiptStatus } from './sending.ts';
import type { TemplateUpdate } from './template-approval.ts';

/** An address that a provider calls: `/callbacks/<wire>/<account id>` and the path. Its signature is the wire's to check. */
export interface WireCallback {
  readonly method: 'GET' | 'POST';
  /** Empty, or a slash and what follows the account's id. `:reference` stands for our message's reference. */
  readonly path: string;
  /** The largest body that is read, in bytes. */
  readonly largestBody: number;
  /** The header that signs a call; without it a call is turned away before its body is read. */
  readonly signature?: string;
  /** Checks whose words these are and reads them. Never throws, whatever the call brings. */
  hear(call: ProviderCall, account: ProviderAccount): Hearing;
}

/** A call as it came. */
export interface ProviderCall {
  /** The whole address as the provider was given it. */
  url: string;
  query: Readonly<Record<string, string | readonly string[] | undefined>>;
  headers: IncomingHttpHeaders;
  /** The bytes as they came, which signatures are made over. */
  body: Buffer;
  /** Our message's reference, where the address carries it. */
  reference: string | undefined;
  now: Date;
}

/** What came of a call. `refused` is for one that its provider has not signed; `unreadable` for one that it has. */
export type Hearing =
  | { outcome: 'heard'; news: ProviderNews; reply: CallbackReply }
  | { outcome: 'refused'; detail: string }
  | { outcome: 'unreadable'; detail: string };

/** What the provider is answered, once all of its news is in the database. */
export interface CallbackReply {
  status: number;
  contentType?: string;
  body?: string;
}

/** What a provider tells of its own accord, sorted. */
export interface ProviderNews {
  receipts?: readonly Receipt[];
  inbound?: readonly InboundMessage[];
  templates?: readonly TemplateUpdate[];
  flows?: readonly FlowUpdate[];
  preferences?: readonly UserPreference[];
  accountChanges?: readonly AccountChange[];
}

/** What a provider's callback says of one message. */
export interface Receipt {
  /** Our reference when the provider gave it back; a receipt without one is nobody's. */
  reference: string;
  providerMessageId: string;
  status: ReceiptStatus;
  code?: string;
  detail?: string;
  at: Date;
  /** Final price by the provider, where it says one. */
  price?: { amount: string; currency: string };
}

/** A person's message to one of our senders. A phone number may be missing on WhatsApp. */
export interface InboundMessage {
  wire: string;
  providerMessageId: string;
  /** The sender it came to: our number, or what the wire knows it by (Meta's phone-number id). */
  to: string;
  from: { phone?: string; whatsAppUserId?: string; profileName?: string };
  body: string;
  media: { url?: string; id?: string; contentType: string }[];
  /** What it is beside its words; absent for words alone, or with files. */
  content?: InboundContent;
  /** What we hid behind the button or list row that was tapped, or what a form was filled with; its visible words are in `body`. */
  payload?: string;
  /** The ad that led to it. */
  referral?: Referral;
  /** Set when the provider itself already handled the word (Twilio's `OptOutType`). */
  providerOptOut?: 'STOP' | 'START' | 'HELP';
  /** The provider's id of the message that this one answers. */
  inReplyTo?: string;
  at: Date;
}

/** A person's wish about marketing messages, given in the app's own settings. The provider cannot be asked for it. */
export interface UserPreference {
  /** What the wire knows the sender by that it concerns, where it is said. */
  phoneNumberId?: string;
  /** E.164; missing for a person who shows no number. */
  phone?: string;
  whatsAppUserId?: string;
  /** `marketing_messages`, and whatever the provider adds. */
  category: string;
  value: 'stop' | 'resume';
  detail?: string;
  at: Date;
}

/** What a provider tells of a person's account. */
export interface AccountChange {
  /**
   * `number`: they moved to another number and gave this one up there. `userId`: they have another user id. `identity`:
   * the account was registered anew, by them on another phone or by whoever has the number now.
   */
  kind: 'number' | 'userId' | 'identity';
  /** What the wire knows the sender by that it concerns. */
  phoneNumberId: string;
  providerMessageId: string;
  /** Before the change; E.164. */
  phone?: string;
  whatsAppUserId?: string;
  /** What the provider says of it, or what it comes to where it says nothing. */
  body: string;
  at: Date;
}
