/**
 * What a template says, by medium; the shape of `template.content`. Every text is Handlebars unless it says
 * otherwise.
 */
export type TemplateContent = SmsTemplate | WhatsAppTemplate | EmailTemplate;

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
  /** Meta's code, as en_US. */
  language: string;
  header: WhatsAppHeader | null;
  body: string;
  /** Plain text, no variables: Meta allows none in a footer. */
  footer: string | null;
  buttons: WhatsAppButton[];
}

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
