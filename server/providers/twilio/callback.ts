import type { InboundMessage, Receipt } from '../callback.ts';
import type { ReceiptStatus } from '../sending.ts';
import { storableText } from '../storable-text.ts';
import { twilioError } from './error-codes.ts';

/** A form as the HTTP layer read it: a field sent more than once has its values in a list. */
export type FormFields = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Twilio's message statuses that say something new; queued, accepted, sending and scheduled do not. */
const STATUSES: Readonly<Record<string, ReceiptStatus>> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
};

/** Our status for Twilio's word; `undefined` for one before `sent`, or one we do not know. */
export function twilioReceiptStatus(status: string): ReceiptStatus | undefined {
  return Object.hasOwn(STATUSES, status) ? STATUSES[status] : undefined;
}

/**
 * Reads a status callback. `reference` is our message's id, which the callback's own URL carries. `null` where
 * nothing new is said: a status before `sent`, an unknown one, or a form that is no callback. Fields that are
 * not ours to know are passed over.
 */
export function parseStatusCallback(params: FormFields, reference: string, now: Date): Receipt | null {
  const status = twilioReceiptStatus(field(params, 'MessageStatus') ?? field(params, 'SmsStatus') ?? '');
  const providerMessageId = field(params, 'MessageSid') ?? field(params, 'SmsSid');
  if (status === undefined || providerMessageId === undefined) return null;
  const receipt: Receipt = { reference, providerMessageId, status, at: now };
  if (status !== 'failed') return receipt;
  const code = field(params, 'ErrorCode');
  const detail =
    field(params, 'ChannelStatusMessage') ?? field(params, 'ErrorMessage') ?? twilioError(code)?.meaning;
  return { ...receipt, ...(code === undefined ? {} : { code }), ...(detail === undefined ? {} : { detail }) };
}

/**
 * Reads an inbound message. `null` where the form lacks a sid, a sender or a recipient. Numbers on WhatsApp
 * come with a `whatsapp:` before them, which is taken off.
 */
export function parseInbound(params: FormFields, now: Date): InboundMessage | null {
  const providerMessageId =
    field(params, 'MessageSid') ?? field(params, 'SmsMessageSid') ?? field(params, 'SmsSid');
  const from = field(params, 'From');
  const to = field(params, 'To');
  if (providerMessageId === undefined || from === undefined || to === undefined) return null;
  const sender = bareAddress(from);
  const optOut = field(params, 'OptOutType')?.toUpperCase();
  const profileName = field(params, 'ProfileName');
  const payload = field(params, 'ButtonPayload');
  const inReplyTo = field(params, 'OriginalRepliedMessageSid');
  return {
    wire: 'twilio',
    providerMessageId,
    to: bareAddress(to),
    from: {
      ...(/^\+?\d+$/.test(sender) ? { phone: sender } : { whatsAppUserId: sender }),
      ...(profileName === undefined ? {} : { profileName }),
    },
    body: field(params, 'Body') ?? field(params, 'ButtonText') ?? '',
    media: mediaOf(params),
    ...(payload === undefined ? {} : { payload }),
    ...(optOut === 'STOP' || optOut === 'START' || optOut === 'HELP' ? { providerOptOut: optOut } : {}),
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    at: now,
  };
}

function mediaOf(params: FormFields): InboundMessage['media'] {
  const count = Math.min(Number(field(params, 'NumMedia') ?? 0) || 0, 10);
  const media: InboundMessage['media'] = [];
  for (let i = 0; i < count; i++) {
    const url = field(params, `MediaUrl${i}`);
    if (url !== undefined)
      media.push({ url, contentType: field(params, `MediaContentType${i}`) ?? 'application/octet-stream' });
  }
  return media;
}

function bareAddress(address: string): string {
  return address.startsWith('whatsapp:') ? address.slice('whatsapp:'.length) : address;
}

/** A field's value, storable, the first of several; the empty one counts as absent. */
function field(params: FormFields, name: string): string | undefined {
  const value = Object.hasOwn(params, name) ? params[name] : undefined;
  const first = typeof value === 'string' ? value : value?.[0];
  return first === undefined ? undefined : storableText(first) || undefined;
}
