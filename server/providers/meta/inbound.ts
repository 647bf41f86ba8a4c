import type { InboundMessage } from '../callback.ts';
import { type JsonRecord, recordAt, recordsAt, secondsAt, textAt } from '../json-reading.ts';

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
  const { body, payload, media } = contentOf(message);
  const inReplyTo =
    textAt(recordAt(message, 'context'), 'id') ?? textAt(recordAt(message, 'reaction'), 'message_id');
  return {
    wire: 'meta',
    providerMessageId,
    to,
    from,
    body,
    media: media ?? [],
    ...(payload === undefined ? {} : { payload }),
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

interface Content {
  body: string;
  payload?: string;
  media?: InboundMessage['media'];
}

/** The words and the media of a message, whatever its kind. */
function contentOf(message: JsonRecord): Content {
  const type = textAt(message, 'type') ?? '';
  const part = recordAt(message, type);
  switch (type) {
    case 'text':
      return { body: textAt(part, 'body') ?? '' };
    case 'button':
      return { body: textAt(part, 'text') ?? '', payload: textAt(part, 'payload') };
    case 'interactive':
      return interactiveContent(part);
    case 'reaction':
      return { body: textAt(part, 'emoji') ?? '' };
    case 'location':
      return { body: placeOf(part) };
    case 'contacts':
      return { body: recordsAt(message, 'contacts').map(cardOf).join('\n') };
    case 'order':
      return { body: textAt(part, 'text') ?? '' };
    default:
      return mediaContent(part);
  }
}

function interactiveContent(part: JsonRecord): Content {
  const reply = recordAt(part, textAt(part, 'type') ?? '');
  const payload = textAt(reply, 'id') ?? textAt(reply, 'response_json');
  return {
    body: textAt(reply, 'title') ?? textAt(reply, 'body') ?? '',
    ...(payload === undefined ? {} : { payload }),
  };
}

function mediaContent(part: JsonRecord): Content {
  const id = textAt(part, 'id');
  const contentType = textAt(part, 'mime_type');
  const media = id === undefined || contentType === undefined ? [] : [{ id, contentType }];
  return { body: textAt(part, 'caption') ?? '', media };
}

function placeOf(location: JsonRecord): string {
  const coordinates = `${textAt(location, 'latitude') ?? ''},${textAt(location, 'longitude') ?? ''}`;
  return [textAt(location, 'name'), textAt(location, 'address'), coordinates].filter(Boolean).join('\n');
}

function cardOf(card: JsonRecord): string {
  const phones = recordsAt(card, 'phones').map((phone) => textAt(phone, 'phone') ?? textAt(phone, 'wa_id'));
  return [textAt(recordAt(card, 'name'), 'formatted_name'), ...phones].filter(Boolean).join(' ');
}
