import type { TwilioEntry } from '../ledger/entry.ts';
import { countSegments } from '../ledger/segments.ts';
import { type Network, record } from '../network/network.ts';
import { hearOptOut, isTollFree, type OptOutType } from '../network/opt-outs.ts';
import type { OwnedNumber, Resource } from '../network/registry.ts';
import { typeOf } from './media.ts';
import { sendersOf, serviceOf } from './products/services.ts';
import { signedPost } from './receipts.ts';
import { retryPolicyOf } from './retry-policy.ts';

/** What a person texts, with what WhatsApp adds. */
export interface Text {
  handset: string;
  body: string;
  media: string[];
  profileName?: string;
  button?: { text: string; payload?: string };
}

/** An inbound message, and what the customer's webhook answered (null: nobody did). */
export interface Delivered {
  entry: TwilioEntry;
  status: number | null;
}

type Fields = [string, string][];

function fieldsOf(entry: TwilioEntry, text: Text, optOut: OptOutType | null): Fields {
  const fields: Fields = [
    ['AccountSid', entry.accountSid],
    ['ApiVersion', '2010-04-01'],
    ['Body', entry.body],
    ['From', entry.from],
    ['FromCountry', entry.from.startsWith('+1') ? 'US' : ''],
    ['MessageSid', entry.id],
    ['NumMedia', String(entry.media.length)],
    ['NumSegments', String(entry.segments)],
    ['SmsMessageSid', entry.id],
    ['SmsSid', entry.id],
    ['SmsStatus', 'received'],
    ['To', entry.to],
    ['ToCountry', entry.to.startsWith('+1') ? 'US' : ''],
  ];
  entry.media.forEach((url, place) => {
    fields.push([`MediaUrl${place}`, url], [`MediaContentType${place}`, typeOf(url)]);
  });
  if (optOut && !isTollFree(entry.to)) fields.push(['OptOutType', optOut]);
  if (entry.from.startsWith('whatsapp:')) {
    fields.push(['WaId', text.handset.replace('+', '')], ['ProfileName', text.profileName ?? text.handset]);
    if (text.button)
      fields.push(['ButtonText', text.button.text], ['ButtonPayload', text.button.payload ?? '']);
  }
  return fields.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The bodies of the messages that a TwiML answer asks to send back. */
function repliesIn(twiml: string): string[] {
  const found = twiml.matchAll(/<Message(?:\s[^>]*)?>(?:\s*<Body>)?([^<]*)/g);
  return [...found].map(([, body]) => (body ?? '').trim()).filter((body) => body !== '');
}

function sendReplies(network: Network, entry: TwilioEntry, twiml: string): void {
  for (const raw of repliesIn(twiml)) {
    const body = raw
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&');
    record(network, {
      wire: 'twilio',
      kind: 'outbound',
      id: network.newId('SM'),
      accountSid: entry.accountSid,
      from: entry.to,
      to: entry.from,
      status: 'delivered',
      body,
      media: [],
      segments: countSegments(body),
    });
  }
}

/** Where a service wants the texts to its numbers; undefined for where each number says. */
function serviceUrl(service: Resource | null): string | undefined {
  const { inbound_request_url: url, use_inbound_webhook_on_number: onNumber } = service?.fields ?? {};
  return typeof url === 'string' && url !== '' && !onNumber ? url : undefined;
}

/** Takes a person's text to one of a customer's numbers and posts it, signed, to the customer's webhook. */
export async function deliverText(
  network: Network,
  owned: OwnedNumber,
  text: Text,
  whatsApp: boolean,
): Promise<Delivered> {
  const account = network.registry.accounts.get(owned.accountSid);
  const service = whatsApp ? null : serviceOf(network, owned.accountSid, owned.number);
  const url = serviceUrl(service) ?? owned.inboundUrl ?? account?.inboundUrl;
  const prefix = whatsApp ? 'whatsapp:' : '';
  const entry = record(network, {
    wire: 'twilio',
    kind: 'inbound',
    id: network.newId(text.media.length > 0 ? 'MM' : 'SM'),
    accountSid: owned.accountSid,
    from: prefix + text.handset,
    to: prefix + owned.number,
    status: 'received',
    body: text.body,
    media: text.media,
    segments: text.media.length > 0 ? 1 : countSegments(text.body),
  });
  const senders = service ? sendersOf(network, owned.accountSid, service.sid) : [];
  const optOut = whatsApp ? null : hearOptOut(network, owned, senders, text.handset, text.body);
  if (url === undefined) return { entry, status: null };
  const answer = await network.callbacks.post(url, retryPolicyOf(url), () =>
    signedPost(account?.authToken ?? '', url, fieldsOf(entry, text, optOut)),
  );
  if (answer.status !== null && answer.status < 300) sendReplies(network, entry, answer.text);
  return { entry, status: answer.status };
}
