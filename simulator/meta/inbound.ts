import type { MetaEntry } from '../ledger/entry.ts';
import { dialledNumber, whatsAppSpelling } from '../ledger/spelling.ts';
import { type Network, record } from '../network/network.ts';
import type { Person, Sender } from '../network/registry.ts';
import { typeOf } from '../twilio/media.ts';
import { permissionMs } from './calling.ts';
import type { MediaStore } from './media.ts';
import type { People } from './people.ts';
import { postWebhook } from './webhooks.ts';

/** What a person does on WhatsApp: writes, sends a file, presses a button, fills in a flow, orders, takes words back. */
export interface WhatsAppText {
  handset: string;
  body: string;
  media: string[];
  /** The person's business-scoped user id; one is made when absent. */
  userId?: string;
  profileName?: string;
  username?: string;
  /** The person shows a username and no number. */
  usernameOnly?: boolean;
  /** A template's quick reply. */
  button?: { text: string; payload?: string };
  /** A reply button or list row of an interactive message. */
  interactive?: { id: string; title: string; list?: boolean; description?: string };
  /** A filled-in flow, or the address that was asked for. */
  flow?: { name?: string; response: Record<string, unknown> };
  location?: { latitude: number; longitude: number; name?: string; address?: string };
  /** Cards in Meta's form; the person's own where they were asked for it. */
  contacts?: Record<string, unknown>[];
  isOwnContact?: boolean;
  order?: {
    catalogId: string;
    text?: string;
    items: { productId: string; quantity: number; price: number; currency: string }[];
  };
  /** The file is a voice note, or a sticker. */
  as?: 'voice' | 'sticker';
  /** Other words for a message of theirs, within 15 minutes. */
  edit?: { messageId: string; body: string };
  /** A message of theirs that they take back. */
  revoke?: { messageId: string };
  /** The ad that led here, in Meta's form. */
  referral?: Record<string, unknown>;
  /** The message came from another thread. */
  isForwarded?: boolean;
  /** The message answered to. */
  replyTo?: string;
  /** A sign put on a message of the business, or taken off again (empty). */
  reaction?: { messageId: string; emoji: string };
  /** The answer to a business that asked whether it may call. */
  mayCall?: boolean;
}

/** An inbound message, and what the business's webhook answered (null: nobody did). */
export interface Delivered {
  entry: MetaEntry;
  status: number | null;
}

function personOf(people: People, wabaId: string, text: WhatsAppText): Person {
  const userId = text.userId ?? people.userIdOf(wabaId, text.handset);
  const known = people.find(userId);
  const usernameOnly = text.usernameOnly ?? known?.usernameOnly ?? !text.handset.startsWith('+');
  return {
    userId,
    handset: text.handset,
    profileName:
      text.profileName ?? known?.profileName ?? (usernameOnly ? (text.username ?? '') : text.handset),
    username: text.username ?? known?.username,
    usernameOnly,
  };
}

interface Typed {
  type: string;
  content: Record<string, unknown> | Record<string, unknown>[];
}

/** What a person does that names no file, in Meta's form; null for words and files. */
function gestureContent(text: WhatsAppText): Typed | null {
  if (text.reaction) {
    const { messageId, emoji } = text.reaction;
    return { type: 'reaction', content: { message_id: messageId, ...(emoji && { emoji }) } };
  }
  if (text.mayCall !== undefined) {
    const response = text.mayCall ? 'accept' : 'reject';
    const reply = { response, response_source: 'user_action', is_permanent: false };
    return {
      type: 'interactive',
      content: { type: 'call_permission_reply', call_permission_reply: reply },
    };
  }
  if (text.button) {
    const { text: label, payload = label } = text.button;
    return { type: 'button', content: { payload, text: label } };
  }
  if (text.interactive) {
    const { id, title, list, description } = text.interactive;
    const type = list ? 'list_reply' : 'button_reply';
    return {
      type: 'interactive',
      content: { type, [type]: { id, title, ...(description && { description }) } },
    };
  }
  if (text.flow) {
    const { name = 'flow', response } = text.flow;
    const reply = { name, body: 'Sent', response_json: JSON.stringify(response) };
    return { type: 'interactive', content: { type: 'nfm_reply', nfm_reply: reply } };
  }
  if (text.location) return { type: 'location', content: text.location };
  if (text.contacts) return { type: 'contacts', content: text.contacts };
  if (text.order) {
    const { catalogId, text: words = '', items } = text.order;
    const products = items.map(({ productId, quantity, price, currency }) => ({
      ...{ product_retailer_id: productId, quantity, item_price: price, currency },
    }));
    return { type: 'order', content: { catalog_id: catalogId, text: words, product_items: products } };
  }
  if (text.edit) {
    const { messageId, body } = text.edit;
    const message = { type: 'text', text: { body } };
    return { type: 'edit', content: { original_message_id: messageId, message } };
  }
  return text.revoke ? { type: 'revoke', content: { original_message_id: text.revoke.messageId } } : null;
}

async function typedContent(text: WhatsAppText, media: MediaStore, newMediaId: () => string): Promise<Typed> {
  const gesture = gestureContent(text);
  if (gesture) return gesture;
  const link = text.media[0];
  if (link === undefined) return { type: 'text', content: { body: text.body } };
  const mimeType = typeOf(link);
  const kind = /^(image|video|audio)\//.exec(mimeType)?.[1] ?? 'document';
  const medium = await media.putLink(newMediaId(), mimeType, link);
  const file = { id: medium.id, mime_type: mimeType, sha256: medium.sha256 };
  if (text.as === 'sticker') return { type: 'sticker', content: { ...file, animated: false } };
  if (text.as === 'voice' || kind === 'audio')
    return { type: 'audio', content: { ...file, voice: text.as === 'voice' } };
  const caption = text.body === '' ? {} : { caption: text.body };
  const filename = kind === 'document' ? { filename: new URL(link).pathname.split('/').at(-1) ?? '' } : {};
  return { type: kind, content: { ...file, ...caption, ...filename } };
}

/** What stands in the thread for a press on a button. */
function wordsOf(text: WhatsAppText): string {
  return (
    text.reaction?.emoji ??
    text.button?.text ??
    text.interactive?.title ??
    text.order?.text ??
    text.location?.name ??
    text.edit?.body ??
    text.body
  );
}

/** Takes what a person does on WhatsApp, opens the session, and posts it, signed, to the business's webhook. */
export async function deliverWhatsApp(
  network: Network,
  people: People,
  media: MediaStore,
  sender: Sender,
  text: WhatsAppText,
): Promise<Delivered> {
  const { business, phoneNumberId, displayNumber } = sender;
  const person = personOf(people, business.id, text);
  people.keep(business.id, person);
  const ofPair = `${phoneNumberId}/${dialledNumber(text.handset)}`;
  // Who changes or takes back what they wrote has not written anew.
  if (!text.edit && !text.revoke) network.registry.sessions.set(ofPair, network.now());
  if (text.mayCall) network.registry.callPermissions.set(ofPair, network.now() + permissionMs);
  if (text.mayCall === false) network.registry.callPermissions.delete(ofPair);
  const newMediaId = () => String(network.now() * 1000 + Math.floor(network.random() * 1000));
  const { type, content } = await typedContent(text, media, newMediaId);
  const entry = record(network, {
    wire: 'meta',
    kind: 'inbound',
    id: network.newId('wamid.HBgM'),
    from: text.handset,
    to: displayNumber,
    status: 'received',
    body: wordsOf(text),
    media: text.media,
    segments: 1,
    wabaId: business.id,
    phoneNumberId,
    type,
    content: type === 'text' ? undefined : content,
    userId: person.userId,
    replyTo: text.replyTo,
  });
  const number = people.numberShown(person.userId, text.handset);
  const waId = number === null ? {} : { wa_id: number };
  const from = number === null ? {} : { from: number };
  const username = person.username === undefined ? {} : { username: person.username };
  const context = {
    ...(text.replyTo === undefined ? {} : { from: displayNumber.slice(1), id: text.replyTo }),
    ...(text.isForwarded && { forwarded: true }),
  };
  const { referral } = text;
  const answer = await postWebhook(network, business, 'messages', {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: displayNumber.slice(1), phone_number_id: phoneNumberId },
    contacts: [{ profile: { name: person.profileName, ...username }, ...waId, user_id: person.userId }],
    messages: [
      {
        ...from,
        id: entry.id,
        timestamp: String(Math.floor(entry.at / 1000)),
        type,
        ...(Object.keys(context).length > 0 && { context }),
        ...(referral && { referral }),
        ...(text.isOwnContact && { origin: 'contact_request' }),
        [type]: content,
      },
    ],
  });
  return { entry, status: answer.status };
}

/** A person moves to a new number; the old one is given up. Answers what the webhook said. */
export async function tellNewNumber(
  network: Network,
  people: People,
  { business, phoneNumberId, displayNumber }: Sender,
  handset: string,
  newNumber: string,
): Promise<Delivered> {
  const person = personOf(people, business.id, { handset, body: '', media: [] });
  const [from, waId] = [handset, newNumber].map((number) => whatsAppSpelling(number).slice(1));
  const body = `User ${person.profileName} changed from ${from} to ${waId}`;
  // A new number comes with a new user id.
  const userId = people.userIdOf(business.id, newNumber);
  const content = { body, wa_id: waId, user_id: userId, type: 'user_changed_number' };
  people.keep(business.id, { ...person, userId, handset: newNumber });
  network.registry.deactivations.set(dialledNumber(handset), new Date(network.now()).toISOString());
  const entry = record(network, {
    wire: 'meta',
    kind: 'inbound',
    id: network.newId('wamid.HBgM'),
    from: handset,
    to: displayNumber,
    status: 'received',
    body,
    media: [],
    segments: 1,
    wabaId: business.id,
    phoneNumberId,
    type: 'system',
    content,
    userId: person.userId,
  });
  const timestamp = String(Math.floor(entry.at / 1000));
  const answer = await postWebhook(network, business, 'messages', {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: displayNumber.slice(1), phone_number_id: phoneNumberId },
    messages: [{ from, id: entry.id, timestamp, type: 'system', system: content }],
  });
  return { entry, status: answer.status };
}

/** A person stops or resumes marketing messages in WhatsApp's own control; answers what the webhook said. */
export async function tellPreference(
  network: Network,
  people: People,
  { business, phoneNumberId, displayNumber }: Sender,
  handset: string,
  value: 'stop' | 'resume',
): Promise<number | null> {
  const userId = people.userIdOf(business.id, handset);
  const number = people.numberShown(userId, handset);
  const answer = await postWebhook(network, business, 'user_preferences', {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: displayNumber.slice(1), phone_number_id: phoneNumberId },
    user_preferences: [
      {
        ...(number === null ? {} : { wa_id: number }),
        user_id: userId,
        detail: `User requested to ${value} marketing messages`,
        category: 'marketing_messages',
        value,
        timestamp: Math.floor(network.now() / 1000),
      },
    ],
  });
  return answer.status;
}
