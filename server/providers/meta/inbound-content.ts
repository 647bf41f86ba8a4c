import type { InboundMessage } from '../callback.ts';
import type { InboundContent } from '../inbound-content.ts';
import {
  type JsonRecord,
  parseRecord,
  recordAt,
  recordsAt,
  storableRecord,
  textAt,
} from '../json-reading.ts';

/** What a message holds: its words, its files, what is behind a button, and what it is beside words. */
interface ReadContent {
  body: string;
  payload?: string;
  media?: InboundMessage['media'];
  content?: InboundContent;
}

const fileTypes = ['image', 'video', 'audio', 'document', 'sticker'] as const;

/** Reads a message of any kind (Meta, webhooks of messages, 2026). One that is not known is kept without words. */
export function readContent(message: JsonRecord): ReadContent {
  const type = textAt(message, 'type') ?? '';
  const part = recordAt(message, type);
  const file = fileTypes.find((each) => each === type);
  if (file) return readFile(file, part);
  switch (type) {
    case 'text':
      return { body: textAt(part, 'body') ?? '' };
    case 'button': {
      const [title = '', payload] = [textAt(part, 'text'), textAt(part, 'payload')];
      return readReply({ kind: 'buttonReply', id: payload ?? title, title }, payload);
    }
    case 'interactive':
      return readInteractive(part);
    case 'reaction': {
      const emoji = textAt(part, 'emoji');
      const messageId = textAt(part, 'message_id') ?? '';
      return { body: emoji ?? '', content: { kind: 'reaction', messageId, emoji: emoji ?? null } };
    }
    case 'location':
      return readLocation(part);
    case 'contacts':
      return readContacts(message);
    case 'order':
      return readOrder(part);
    case 'edit':
    case 'revoke': {
      const content = { kind: type, messageId: textAt(part, 'original_message_id') ?? '' } as const;
      // Of a file that is edited the caption is another.
      const { body } = type === 'edit' ? readContent(recordAt(part, 'message')) : { body: '' };
      return { body, content };
    }
    default: {
      const named = textAt(recordAt(message, 'unsupported'), 'type');
      return { ...readMedia(part), content: { kind: 'unsupported', type: named ?? type } };
    }
  }
}

function readReply(
  content: Extract<InboundContent, { kind: 'buttonReply' | 'listReply' }>,
  payload: string | undefined,
): ReadContent {
  return { body: content.title, content, ...(payload === undefined ? {} : { payload }) };
}

function readInteractive(part: JsonRecord): ReadContent {
  const type = textAt(part, 'type') ?? '';
  const reply = recordAt(part, type);
  const [id, title = ''] = [textAt(reply, 'id'), textAt(reply, 'title')];
  switch (type) {
    case 'button_reply':
      return readReply({ kind: 'buttonReply', id: id ?? title, title }, id);
    case 'list_reply': {
      const description = textAt(reply, 'description');
      const content = { kind: 'listReply' as const, id: id ?? title, title };
      return readReply(description === undefined ? content : { ...content, description }, id);
    }
    case 'nfm_reply': {
      const payload = textAt(reply, 'response_json');
      const response = storableRecord(parseRecord(payload ?? ''));
      return {
        body: textAt(reply, 'body') ?? '',
        content: { kind: 'flow', name: textAt(reply, 'name') ?? 'flow', response },
        ...(payload === undefined ? {} : { payload }),
      };
    }
    case 'call_permission_reply':
      return { body: '', content: { kind: 'callPermission', mayCall: reply.response === 'accept' } };
    default:
      return { body: title, content: { kind: 'unsupported', type: `interactive ${type}`.trim() } };
  }
}

function readMedia(part: JsonRecord): Pick<ReadContent, 'body' | 'media'> {
  const [id, contentType, url] = [textAt(part, 'id'), textAt(part, 'mime_type'), textAt(part, 'url')];
  const media =
    id === undefined || contentType === undefined
      ? []
      : [{ id, contentType, ...(url === undefined ? {} : { url }) }];
  return { body: textAt(part, 'caption') ?? '', media };
}

function readFile(type: (typeof fileTypes)[number], part: JsonRecord): ReadContent {
  const filename = textAt(part, 'filename');
  return {
    ...readMedia(part),
    content: {
      ...{ kind: 'media', type },
      ...(filename === undefined ? {} : { filename }),
      ...(type === 'audio' ? { isVoice: part.voice === true } : {}),
    },
  };
}

function readLocation(part: JsonRecord): ReadContent {
  const [latitude, longitude] = [textAt(part, 'latitude'), textAt(part, 'longitude')];
  const [name, address] = [textAt(part, 'name'), textAt(part, 'address')];
  const body = [name, address, `${latitude ?? ''},${longitude ?? ''}`].filter(Boolean).join('\n');
  const point = { latitude: Number(latitude ?? Number.NaN), longitude: Number(longitude ?? Number.NaN) };
  if (Number.isNaN(point.latitude) || Number.isNaN(point.longitude))
    return { body, content: { kind: 'unsupported', type: 'location' } };
  const known = { ...(name === undefined ? {} : { name }), ...(address === undefined ? {} : { address }) };
  return { body, content: { kind: 'location', ...point, ...known } };
}

function readContacts(message: JsonRecord): ReadContent {
  const contacts = recordsAt(message, 'contacts').map((card) => ({
    name: textAt(recordAt(card, 'name'), 'formatted_name') ?? '',
    phones: recordsAt(card, 'phones').flatMap(
      (phone) => textAt(phone, 'phone') ?? textAt(phone, 'wa_id') ?? [],
    ),
  }));
  const body = contacts.map(({ name, phones }) => [name, ...phones].filter(Boolean).join(' ')).join('\n');
  const isOwn = message.origin === 'contact_request';
  return { body, content: { kind: 'contacts', contacts, ...(isOwn ? { isOwn } : {}) } };
}

function readOrder(part: JsonRecord): ReadContent {
  const items = recordsAt(part, 'product_items').map((item) => ({
    productId: textAt(item, 'product_retailer_id') ?? '',
    quantity: Number(textAt(item, 'quantity') ?? 0) || 0,
    price: Number(textAt(item, 'item_price') ?? 0) || 0,
    currency: textAt(item, 'currency') ?? '',
  }));
  const catalogId = textAt(part, 'catalog_id') ?? '';
  return { body: textAt(part, 'text') ?? '', content: { kind: 'order', catalogId, items } };
}
