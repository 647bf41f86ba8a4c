import type { InboundMessage } from '../callback.ts';
import type { Referral } from '../inbound-content.ts';
import { type JsonRecord, recordAt, recordsAt, secondsAt, textAt } from '../json-reading.ts';
import { readContent } from './inbound-content.ts';

/**
 * Reads the messages of a `messages` change. A person may show no phone number, only a user id; a message that
 * has neither, or no id, is unread, and so are `system` notices, which nobody wrote (account-change.ts reads them). Kinds we do not know are
 * kept with an empty body: someone wrote, and the session is open.
 */
export function parseInboundMessages(
  value: JsonRecord,
  at: Date,
): { messages: InboundMessage[]; unread: number } {
  const to = textAt(recordAt(value, 'metadata'), 'phone_number_id') ?? '';
  const contacts = recordsAt(value, 'contacts');
  const given = recordsAt(value, 'messages');
  const messages: InboundMessage[] = [];
  given.forEach((message, index) => {
    const alone = contacts.length === given.length ? contacts[index] : undefined;
    const read = readMessage(message, contactOf(message, contacts) ?? alone ?? {}, to, at);
    if (read !== null) messages.push(read);
  });
  return { messages, unread: given.length - messages.length };
}

function readMessage(message: JsonRecord, contact: JsonRecord, to: string, at: Date): InboundMessage | null {
  const providerMessageId = textAt(message, 'id');
  const from = authorOf(message, contact);
  if (providerMessageId === undefined || from === null || message.type === 'system') return null;
  const { body, payload, media, content } = readContent(message);
  const inReplyTo =
    textAt(recordAt(message, 'context'), 'id') ?? textAt(recordAt(message, 'reaction'), 'message_id');
  const referral = referralOf(recordAt(message, 'referral'));
  return {
    wire: 'meta',
    providerMessageId,
    to,
    from,
    body,
    media: media ?? [],
    ...(content === undefined ? {} : { content }),
    ...(payload === undefined ? {} : { payload }),
    ...(referral === undefined ? {} : { referral }),
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    at: secondsAt(message, 'timestamp') ?? at,
  };
}

function contactOf(message: JsonRecord, contacts: JsonRecord[]): JsonRecord | undefined {
  const phone = textAt(message, 'from');
  const userId = userIdOf(message);
  return contacts.find(
    (contact) =>
      (phone !== undefined && textAt(contact, 'wa_id') === phone) ||
      (userId !== undefined && textAt(contact, 'user_id') === userId),
  );
}

function userIdOf(message: JsonRecord): string | undefined {
  return textAt(message, 'from_user_id') ?? textAt(message, 'user_id');
}

function authorOf(message: JsonRecord, contact: JsonRecord): InboundMessage['from'] | null {
  const number = (textAt(message, 'from') ?? textAt(contact, 'wa_id'))?.replace(/^\+/, '');
  const phone = number !== undefined && /^\d+$/.test(number) ? `+${number}` : undefined;
  const whatsAppUserId =
    userIdOf(message) ?? textAt(contact, 'user_id') ?? (phone === undefined ? number : undefined);
  const profileName = textAt(recordAt(contact, 'profile'), 'name');
  if (phone === undefined && whatsAppUserId === undefined) return null;
  return {
    ...(phone === undefined ? {} : { phone }),
    ...(whatsAppUserId === undefined ? {} : { whatsAppUserId }),
    ...(profileName === undefined ? {} : { profileName }),
  };
}

function referralOf(referral: JsonRecord): Referral | undefined {
  const [sourceType, sourceId] = [textAt(referral, 'source_type'), textAt(referral, 'source_id')];
  if (sourceType === undefined && sourceId === undefined) return undefined;
  const told = {
    ...{ sourceUrl: textAt(referral, 'source_url'), headline: textAt(referral, 'headline') },
    ...{ body: textAt(referral, 'body'), mediaType: textAt(referral, 'media_type') },
    // Ads in WhatsApp's Status come without.
    clickId: textAt(referral, 'ctwa_clid'),
  };
  const known = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
  return { sourceType: sourceType ?? '', sourceId: sourceId ?? '', ...known };
}
