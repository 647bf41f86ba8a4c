import type { ErrorClass } from './error-class.ts';
import type { WhatsAppMessage } from './whatsapp-message.ts';

/** Where a message stands by the provider's word, in rising rank; `failed` is final, `delivered` beats it. */
export type ReceiptStatus = 'sent' | 'delivered' | 'read' | 'failed';

/** A wire with its connections. */
export interface OpenWire {
  readonly name: string;
  /** Takes one message to the provider. Never throws: every way it can end is a `SendResult`. */
  send(account: ProviderAccount, message: OutgoingMessage, context: SendContext): Promise<SendResult>;
  /**
   * Asks the provider what became of a message whose answer was lost. Absent where the provider cannot be
   * asked (Meta, SMTP). `unknown` means the provider was asked and has no such message.
   */
  lookUp?(
    account: ProviderAccount,
    message: OutgoingMessage,
    since: Date,
    known: ReadonlySet<string>,
  ): Promise<LookUpResult>;
  /**
   * Tells whoever wrote a message that it has been read, and where asked for that an answer is being written. Absent on wires that have no
   * such thing. Never throws: `refused` says why it was not told.
   */
  noteRead?(account: ProviderAccount, note: ReadNote): Promise<NoteResult>;
  /**
   * Fetches a file that somebody sent, of `most` bytes at most. Absent on wires that bring none. Never throws: `failed` says why it was not
   * fetched, and may be tried again; `gone` never may.
   */
  fetchFile?(account: ProviderAccount, file: SentFile, most: number): Promise<FileResult>;
  /** Lets what is under way end, then closes the wire's own connections. */
  close?(): Promise<void>;
}

/**
 * The operator's account with a provider, its secrets already decrypted. Its settings and secrets stand beside these
 * two, checked by the wire's schemas when it was opened; only the wire's own folder reads them.
 */
export interface ProviderAccount {
  readonly id: number;
  readonly wire: string;
}

/** One message, addressed and rendered, as every wire takes it. */
export interface OutgoingMessage {
  /** Our own id (see database/message-id.ts); travels with the message so that callbacks can name it. */
  reference: string;
  /** The sender's address on that wire: E.164, short code, sender name, Meta's phone-number id, or mailbox. */
  from: string;
  /** The recipient: E.164, a WhatsApp business-scoped user id (`US.1349…`), or an email address. */
  to: string;
  content: MessageContent;
  /** Where the provider reports to; absent on wires that are configured once (Meta) or do not report (SMTP). */
  callbackUrl?: string;
}

/** The code that a message carries, which is filled in on its way to the wire (delivery/one-time-code.ts). */
export interface HiddenCode {
  /** Random bytes of the one code, in base64. */
  seed: string;
  /** How many digits it has, 4 to 10. */
  digits: number;
}

/** What a message says, by medium. Stored as `message.content`. */
export type MessageContent =
  | { kind: 'sms'; body: string; mediaUrls?: string[]; code?: HiddenCode }
  | (WhatsAppMessage & {
      /** What leaves in its stead where the session is over by then: its template, and its price in millionths of a dollar. */
      otherwise?: { templateId: number; priceMicros: number; content: WhatsAppTemplateMessage };
    })
  | WhatsAppTemplateMessage
  | {
      kind: 'email';
      subject: string;
      html: string;
      text: string;
      fromName?: string;
      replyTo?: string;
      unsubscribeUrl?: string;
    };

/** A message by a template that Meta has approved. */
export interface WhatsAppTemplateMessage {
  kind: 'whatsAppTemplate';
  name: string;
  language: string;
  components: WhatsAppComponent[];
  preview: string;
  code?: HiddenCode;
  /** The flow that a button of it opens; the button's token is made on its way to the wire (delivery/flow-token.ts). */
  flow?: { id: string } | { name: string };
}

/** A component of a WhatsApp template message as it is sent (facts: Cloud API, template components). */
export type WhatsAppComponent =
  | { type: 'header' | 'body' | 'limited_time_offer'; parameters: WhatsAppParameter[] }
  | {
      type: 'button';
      sub_type: 'url' | 'quick_reply' | 'copy_code' | 'flow' | 'catalog' | 'mpm';
      index: number;
      parameters: WhatsAppParameter[];
    }
  | { type: 'carousel'; cards: { card_index: number; components: WhatsAppComponent[] }[] };

export type WhatsAppParameter =
  | { type: 'text'; text: string; parameter_name?: string }
  | { type: 'image' | 'video' | 'document'; link: string; filename?: string }
  | {
      type: 'location';
      location: { latitude: string; longitude: string; name: string; address: string };
    }
  | { type: 'product'; product: { product_retailer_id: string; catalog_id: string } }
  | { type: 'payload'; payload: string }
  | { type: 'coupon_code'; coupon_code: string }
  | { type: 'limited_time_offer'; limited_time_offer: { expiration_time_ms: number } }
  | { type: 'action'; action: WhatsAppButtonAction };

/** What a button that opens a form or products is opened with. */
export interface WhatsAppButtonAction {
  flow_token?: string;
  flow_action_data?: Record<string, unknown>;
  thumbnail_product_retailer_id?: string;
  sections?: { title: string; product_items: { product_retailer_id: string }[] }[];
}

export interface SendContext {
  /**
   * Called once, when the request has been handed to the socket. An opt-out that is being committed waits
   * for this moment, so it must be called as soon as the bytes are on their way, and also when they never
   * will be (before the promise resolves at the latest).
   */
  onDeparted(): void;
  /** Keeps a message that has not departed from departing; one that has is left to end. */
  signal?: AbortSignal;
}

/** How one attempt to send ended. */
export type SendResult =
  | {
      outcome: 'accepted';
      providerMessageId: string;
      segments?: number;
      /** The number the provider knows the recipient's account by (E.164), where it says so. */
      knownAs?: string;
    }
  | { outcome: 'refused'; errorClass: ErrorClass; code: string; detail: string; retryAfterMs?: number }
  /** The answer was lost after the request left: it may or may not have been accepted. */
  | { outcome: 'unknown'; detail: string };

/** A message of a person's that has been read. */
export interface ReadNote {
  /** The sender that it came to, by its address on the wire. */
  from: string;
  providerMessageId: string;
  /** Shows that an answer is being written, until it comes or 25 seconds are over. */
  isTyping: boolean;
}

/** Where a provider keeps a file that somebody sent. */
export interface SentFile {
  id?: string;
  url?: string;
}

export type FileResult =
  | { outcome: 'fetched'; content: Buffer }
  | { outcome: 'tooLarge' }
  | { outcome: 'failed' | 'gone'; detail: string };

export type NoteResult = { outcome: 'noted' } | { outcome: 'refused'; detail: string };

export type LookUpResult =
  | { outcome: 'found'; providerMessageId: string; status: ReceiptStatus; code?: string }
  | { outcome: 'unknown' }
  | { outcome: 'unreachable'; detail: string };
