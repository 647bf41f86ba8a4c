import type { TwilioEntry } from '../ledger/entry.ts';
import { countSegments } from '../ledger/segments.ts';
import type { Behaviour } from '../network/behaviour.ts';
import { isWebAddress } from '../network/callbacks.ts';
import { drawFor, judge, type Network, refuse } from '../network/network.ts';
import { isBlocked } from '../network/opt-outs.ts';
import type { Account, Resource } from '../network/registry.ts';
import { isAnsweredAtOnce, type TwilioError, twilioError } from './errors.ts';
import { type PostedForm, parseForm } from './form.ts';
import { findContent } from './products/content.ts';
import { readVariables, renderContent } from './products/content-text.ts';
import { findService, sendersOf } from './products/services.ts';
import { sendReceipts } from './receipts.ts';
import { shortenLinks } from './short-links.ts';
import { smartEncode } from './smart-encoding.ts';

/** Body limit (Twilio OpenAPI, messages create). */
const longestBody = 1600;
/** Media limit (Twilio OpenAPI, messages create). */
const mostMedia = 10;
/** Scheduling window: 300 seconds to 35 days (twilio.com/docs/api/errors/35114 and 35115). */
const scheduleSeconds = { least: 300, most: 35 * 86_400 };

/** What became of a posted message. */
export type Sent =
  | { taken: Promise<void>; entry: TwilioEntry; behaviour: Behaviour }
  | { error: TwilioError; behaviour: Behaviour };

const international = /^\+[1-9]\d{6,14}$/;
const northAmerican = /^\+1[2-9]\d{9}$/;

function isNumber(text: string): boolean {
  return text.startsWith('+1') ? northAmerican.test(text) : international.test(text);
}

/** Numbers in E.164, short codes, alphanumeric sender ids (up to 11 signs, one of them a letter). */
function isSender(text: string): boolean {
  return (
    international.test(text) || /^\d{3,8}$/.test(text) || /^(?=.*[A-Za-z])[A-Za-z0-9 &_+-]{1,11}$/.test(text)
  );
}

/** Twilio calls no host with an underscore in its name (Twilio OpenAPI, messages create). */
function isCallable(url: string): boolean {
  return isWebAddress(url) && !new URL(url).hostname.includes('_');
}

function contentFault({ fields, mediaUrls }: PostedForm): TwilioError | null {
  const body = fields.Body ?? '';
  if (body === '' && mediaUrls.length === 0 && !fields.ContentSid && !fields.ContentVariables)
    return twilioError(21619);
  if (body.length > longestBody) return twilioError(21617);
  if (mediaUrls.length > mostMedia) return twilioError(21623);
  const bad = mediaUrls.find((url) => !isWebAddress(url));
  if (bad !== undefined) return twilioError(21620, bad);
  const callback = fields.StatusCallback;
  return callback !== undefined && !isCallable(callback) ? twilioError(21609, callback) : null;
}

function scheduleFault(fields: Record<string, string>, now: number): TwilioError | null {
  if (fields.ScheduleType !== 'fixed') return null;
  if (!fields.MessagingServiceSid) return twilioError(35118);
  const at = Date.parse(fields.SendAt ?? '');
  if (Number.isNaN(at)) return twilioError(35111);
  const seconds = (at - now) / 1000;
  if (seconds < scheduleSeconds.least) return twilioError(35114);
  return seconds > scheduleSeconds.most ? twilioError(35115) : null;
}

function addressFault(
  network: Network,
  account: Account,
  fields: Record<string, string>,
): TwilioError | null {
  const { To: to = '', From: from = '' } = fields;
  if (to === '') return twilioError(21604);
  if (from === '' && !fields.MessagingServiceSid) return twilioError(21603);
  const number = to.startsWith('whatsapp:') ? to.slice(9) : to;
  if (!isNumber(number)) return twilioError(21211, to);
  if (from === '' || from.startsWith('whatsapp:')) return null;
  if (!isSender(from)) return twilioError(21212, from);
  const owner = network.registry.numbers.get(from)?.accountSid;
  return owner !== undefined && owner !== account.sid ? twilioError(21606) : null;
}

/**
 * The sender of a message: its From, or one of its service. A service that was not made here is taken for the
 * customer's own, and a number of the account stands in for it.
 */
function senderFor(
  network: Network,
  account: Account,
  fields: Record<string, string>,
  service: Resource | null,
): string {
  if (fields.From) return fields.From;
  if (service) return sendersOf(network, account.sid, service.sid)[0] ?? '';
  const owned = network.registry.numbers.values().find((one) => one.accountSid === account.sid);
  return owned?.number ?? fields.MessagingServiceSid ?? '';
}

/** What a handset gets to see of a post. */
type Words = { body: string; media: string[] } | { error: TwilioError };

function contentWords(network: Network, account: Account, fields: Record<string, string>): Words {
  const { ContentSid: sid, ContentVariables: text } = fields;
  if (!sid) return { error: twilioError(21654) };
  const read = text ? readVariables(text) : { variables: {} };
  if ('error' in read) return read;
  const content = findContent(network, account.sid, sid);
  if (!content) return { error: twilioError(21655, sid) };
  return renderContent(content, read.variables, fields.To?.startsWith('whatsapp:') ?? false);
}

/** The text and media of a post: its content filled in, its links shortened and look-alikes replaced if it asks. */
function wordsOf(
  network: Network,
  account: Account,
  { fields, mediaUrls }: PostedForm,
  service: Resource | null,
  host: string,
): Words {
  const words: Words =
    fields.ContentSid || fields.ContentVariables
      ? contentWords(network, account, fields)
      : { body: fields.Body ?? '', media: mediaUrls };
  if ('error' in words) return words;
  const isSmart = fields.SmartEncoded ? fields.SmartEncoded === 'true' : service?.fields.smart_encoding;
  const linked = fields.ShortenUrls === 'true' ? shortenLinks(network, host, words.body) : words.body;
  return { body: isSmart ? smartEncode(linked) : linked, media: words.media };
}

function firstStatus(fields: Record<string, string>): string {
  if (fields.ScheduleType === 'fixed') return 'scheduled';
  return fields.MessagingServiceSid ? 'accepted' : 'queued';
}

/** Takes a posted message: refuses it with Twilio's error, or puts it in the ledger and sees to its receipts. */
export function sendMessage(network: Network, account: Account, body: string, host: string): Sent {
  const form = parseForm(body);
  const { fields } = form;
  const to = fields.To ?? '';
  const service = fields.MessagingServiceSid
    ? findService(network, account.sid, fields.MessagingServiceSid)
    : null;
  const from = senderFor(network, account, fields, service);
  const behaviour = network.behaviours.of(from, to);
  const drawn = drawFor(network, behaviour, 'twilio');
  const verdict = judge(network, behaviour, from, drawn, isAnsweredAtOnce);
  const error = verdict.pass
    ? (addressFault(network, account, fields) ??
      contentFault(form) ??
      scheduleFault(fields, network.now()) ??
      (service && from === '' ? twilioError(21703) : null) ??
      (isBlocked(network, from, to) ? twilioError(21610) : null))
    : twilioError(verdict.cause === 'rate' ? 20429 : verdict.cause);
  const words = error ? { error } : wordsOf(network, account, form, service, host);
  if ('error' in words) {
    refuse(network, 'twilio', from, to, words.error.code);
    return { error: words.error, behaviour };
  }
  const { body: text, media } = words;
  const callback = fields.StatusCallback ?? service?.fields.status_callback;
  const { entry, taken } = network.ledger.append({
    wire: 'twilio',
    kind: 'outbound',
    id: network.newId(media.length > 0 ? 'MM' : 'SM'),
    accountSid: account.sid,
    from,
    to,
    status: firstStatus(fields),
    body: text,
    media,
    // A message with media is not split.
    segments: media.length > 0 ? 1 : countSegments(text),
    messagingServiceSid: fields.MessagingServiceSid,
    statusCallback: typeof callback === 'string' ? callback : undefined,
    sendAt: fields.ScheduleType === 'fixed' ? Date.parse(fields.SendAt ?? '') : undefined,
  });
  return { entry, taken: taken.then(() => release(network, behaviour, entry, drawn)), behaviour };
}

/** Takes up the scheduled messages that a stop of the program held back; those whose time has come go at once. */
export function resumeScheduled(network: Network): void {
  for (const entry of network.ledger.all())
    if (entry.wire === 'twilio' && entry.status === 'scheduled')
      release(network, network.behaviours.of(entry.from, entry.to), entry, null);
}

/** Lets a message go on its way: at once, or at the instant it is scheduled for. */
function release(network: Network, behaviour: Behaviour, entry: TwilioEntry, drawn: number | null): void {
  if (entry.sendAt === undefined) {
    sendReceipts(network, behaviour, entry, drawn);
    return;
  }
  network.receipts.after(entry.sendAt - network.now(), () => {
    if (network.ledger.setStatus(entry, 'queued')) sendReceipts(network, behaviour, entry, drawn);
  });
}
