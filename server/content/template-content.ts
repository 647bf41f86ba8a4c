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
 * shown and the parameters that go with each message are derived from it (content/whatsapp-template.ts).
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

export type WhatsAppHeader =
  | { kind: 'text'; text: string }
  | { kind: 'image' | 'video' | 'document'; url: string };

export type WhatsAppButton =
  /** The address is shortened to our domain, whose code is the button's one variable. */
  | { type: 'url'; text: string; url: string }
  | { type: 'quickReply'; text: string; payload: string }
  | { type: 'phone'; text: string; phone: string }
  | { type: 'copyCode'; text: string; code: string };

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
