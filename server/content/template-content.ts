import type { SessionMessage } from '../providers/whatsapp-message.ts';

/**
 * What a template says, by medium; the shape of `template.content`. Every text is Handlebars unless it says
 * otherwise.
 */
export type TemplateContent = SmsTemplate | WhatsAppTemplate | WhatsAppSession | EmailTemplate;

export interface SmsTemplate {
  medium: 'sms';
  message: string;
  /** With any address here the message leaves as MMS. */
  mediaUrls: string[];
}

/**
 * A WhatsApp template as the marketer writes it: with `{{firstName}}` where Meta wants `{{1}}`. What Meta is
 * shown and the parameters that go with each message are derived from it (content/whatsapp/).
 */
export interface WhatsAppTemplate {
  medium: 'whatsApp';
  kind?: 'template';
  /** Meta's code, as en_US. */
  language: string;
  header: WhatsAppHeader | null;
  body: string;
  /** Plain text, no variables: Meta allows none in a footer. */
  footer: string | null;
  buttons: WhatsAppButton[];
  offer?: WhatsAppOffer;
  carousel?: WhatsAppCarousel;
  /** Asks the person whether the business may call them. */
  asksToCall?: boolean;
}

/**
 * A free-form message on WhatsApp, which needs no approval and goes to those alone who have written to its sender within the last
 * hours (`MediumFacts.sessionHours`).
 */
export interface WhatsAppSession {
  medium: 'whatsApp';
  kind: 'session';
  message: SessionMessage;
  /** The template, one that Meta approves, which goes to the others; null for none. */
  otherwiseTemplateId: number | null;
}

/** Whether a content is free-form: nobody approves it, and it goes to who is in a session. */
export const isFreeForm = (content: TemplateContent): content is WhatsAppSession =>
  content.medium === 'whatsApp' && content.kind === 'session';

/** The category by which WhatsApp bills a template; what is free-form is service (Meta, pricing, 2026-10). Null on other media. */
export const billedCategory = ({
  content,
  category,
}: {
  content: TemplateContent;
  category: string | null;
}): string | null => (isFreeForm(content) ? 'service' : category);

/** What stands above the body. Texts are Handlebars; of a product the catalogue is one that is connected at Meta. */
export type WhatsAppHeader =
  | { kind: 'text'; text: string }
  | { kind: 'image' | 'video' | 'document'; url: string }
  | { kind: 'location'; name: string; address: string; latitude: string; longitude: string }
  | { kind: 'product'; catalogId: string; productId: string };

/** What a press does. Words on buttons are fixed; what stands behind them is Handlebars, and another for each person. */
export type WhatsAppButton =
  /** The address is shortened to our domain, whose code is the button's one variable. */
  | { type: 'url'; text: string; url: string }
  | { type: 'quickReply'; text: string; payload: string }
  | { type: 'phone'; text: string; phone: string }
  | { type: 'copyCode'; text: string; code: string }
  /** Opens a form of Meta's. What it is opened with is the message's own (`data`), and so is its token. */
  | { type: 'flow'; text: string; flow: { id: string } | { name: string }; action?: FlowAction }
  /** Shows the catalogue; WhatsApp writes the words of this button and of the two below. An empty thumbnail is the first product. */
  | { type: 'catalog'; thumbnailProductId?: string }
  /** Shows products by sections; those that come out empty for a person are left out. */
  | { type: 'products'; thumbnailProductId?: string; sections: { title: string; productIds: string[] }[] }
  /** Shows the product of the header. */
  | { type: 'product' }
  /** Calls the business within WhatsApp, for so many minutes after it came. */
  | { type: 'voiceCall'; text: string; ttlMinutes?: number }
  /** Sends the person's number; WhatsApp writes the words. */
  | { type: 'requestContact' };

/** What a flow does first. */
export type FlowAction =
  | { type: 'navigate'; screen: string; data?: Record<string, unknown> }
  | { type: 'dataExchange' };

/** An offer that ends: at the instant that `expiresAt` gives for a person; null for one whose end is not shown. */
export interface WhatsAppOffer {
  text: string;
  expiresAt: string | null;
}

/** Cards beside each other under the body. */
export type WhatsAppCarousel =
  | { kind: 'media'; cards: WhatsAppCard[] }
  /** Each shows a product, whose page WhatsApp opens (`label` is null), or a link of its own. Cards without a product for a person are left out. */
  | {
      kind: 'products';
      catalogId: string;
      label: string | null;
      cards: { productId: string; url: string }[];
    };

/** A card with a picture or film; all cards of a message are made alike. */
export interface WhatsAppCard {
  header: { kind: 'image' | 'video'; url: string };
  body: string | null;
  buttons: Extract<WhatsAppButton, { type: 'url' | 'quickReply' | 'phone' }>[];
}

export interface EmailTemplate {
  medium: 'email';
  subject: string;
  html: string;
  /** Empty: made from the HTML. */
  plainText: string;
  preheader: string;
  fromName: string;
  /** Empty: the sender's own address. */
  fromEmail: string;
  replyTo: string;
}
