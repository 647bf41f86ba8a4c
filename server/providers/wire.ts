import type { ErrorClass } from './error-class.ts';

/**
 * A wire is a provider's protocol: it takes one message to the provider and reads what the provider says of
 * it later. It knows nothing of campaigns, users or consent. Each lives in a folder of its own and is proven
 * by the same contract tests (`wire.contract.ts`).
 */
export interface Wire {
  readonly name: WireName;
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
  /** Lets what is under way end, then closes the wire's connections. */
  close?(): Promise<void>;
}

export type WireName = 'twilio' | 'meta' | 'smtp';

/** The operator's account with a provider, its secrets already decrypted. */
export type ProviderAccount =
  | {
      id: number;
      wire: 'twilio';
      baseUrl: string;
      accountSid: string;
      authToken: string;
      /** The other token while the account's is being rotated: callbacks may be signed with either. */
      otherAuthToken?: string;
    }
  | {
      id: number;
      wire: 'meta';
      baseUrl: string;
      version: string;
      businessAccountId: string;
      accessToken: string;
      appSecret: string;
      verifyToken: string;
    }
  | {
      id: number;
      wire: 'smtp';
      host: string;
      port: number;
      secure: boolean;
      user?: string;
      password?: string;
    };

/** One message, addressed and rendered, as every wire takes it. */
export interface OutgoingMessage {
  /** Our own id (see delivery/message-id.ts); travels with the message so that callbacks can name it. */
  reference: string;
  /** The sender's address on that wire: E.164, short code, sender name, Meta's phone-number id, or mailbox. */
  from: string;
  /** The recipient: E.164, a WhatsApp business-scoped user id (`US.1349…`), or an email address. */
  to: string;
  content: MessageContent;
  /** Where the provider reports to; absent on wires that are configured once (Meta) or do not report (SMTP). */
  callbackUrl?: string;
}

/** What a message says, by medium. Stored as `message.content`. */
export type MessageContent =
  | { kind: 'sms'; body: string; mediaUrls?: string[] }
  | { kind: 'whatsAppText'; body: string; previewUrl?: boolean }
  | {
      kind: 'whatsAppTemplate';
      name: string;
      language: string;
      components: WhatsAppComponent[];
      preview: string;
    }
  | {
      kind: 'email';
      subject: string;
      html: string;
      text: string;
      fromName?: string;
      replyTo?: string;
      unsubscribeUrl?: string;
    };

/** A component of a WhatsApp template message as it is sent (facts: Cloud API, template components). */
export interface WhatsAppComponent {
  type: 'header' | 'body' | 'button';
  sub_type?: 'url' | 'quick_reply' | 'copy_code';
  index?: number;
  parameters: WhatsAppParameter[];
}

export type WhatsAppParameter =
  | { type: 'text'; text: string; parameter_name?: string }
  | { type: 'image' | 'video' | 'document'; link: string; filename?: string }
  | { type: 'payload'; payload: string }
  | { type: 'coupon_code'; coupon_code: string };

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

export type LookUpResult =
  | { outcome: 'found'; providerMessageId: string; status: ReceiptStatus; code?: string }
  | { outcome: 'unknown' }
  | { outcome: 'unreachable'; detail: string };

/** Where a message stands by the provider's word, in rising rank; `failed` is final, `delivered` beats it. */
export type ReceiptStatus = 'sent' | 'delivered' | 'read' | 'failed';

/** What a provider's callback says of one message. */
export interface Receipt {
  /** Our reference when the provider gave it back; else the message is found by `providerMessageId`. */
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
  wire: WireName;
  providerMessageId: string;
  /** The sender it came to: our number, or Meta's phone-number id. */
  to: string;
  from: { phone?: string; whatsAppUserId?: string; profileName?: string };
  body: string;
  media: { url?: string; id?: string; contentType: string }[];
  /** What we hid behind the button or list row that was tapped; its visible words are in `body`. */
  payload?: string;
  /** Set when the provider itself already handled the word (Twilio's `OptOutType`). */
  providerOptOut?: 'STOP' | 'START' | 'HELP';
  /** The wamid this one answers. */
  inReplyTo?: string;
  at: Date;
}
