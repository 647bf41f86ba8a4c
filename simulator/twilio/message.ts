import type { TwilioEntry } from '../ledger/entry.ts';

const version = '2010-04-01';
let dateSecond = -1;
let dateText = '';

/** An instant as Twilio writes it: RFC 2822, in whole seconds of UTC. */
export function rfc2822(at: number): string {
  const second = Math.floor(at / 1000);
  if (second !== dateSecond) {
    dateSecond = second;
    dateText = new Date(second * 1000).toUTCString().replace('GMT', '+0000');
  }
  return dateText;
}

function direction(entry: TwilioEntry): string {
  if (entry.kind === 'inbound') return 'inbound';
  return entry.kind === 'network' ? 'outbound-reply' : 'outbound-api';
}

const unsent = new Set(['accepted', 'scheduled', 'queued', 'sending', 'canceled']);

function dateSent(entry: TwilioEntry): string {
  if (unsent.has(entry.status)) return 'null';
  return `"${rfc2822(entry.updatedAt)}"`;
}

/** US dollars for each part of a message: Twilio's United States rate of October 2026. */
export const pricePerPart = 0.0083;

/** What a message costs in US dollars; null for one that was not sent. */
export function priceOf(entry: TwilioEntry): number | null {
  if (unsent.has(entry.status) || entry.status === 'failed') return null;
  return pricePerPart * entry.segments;
}

function price(entry: TwilioEntry): string {
  const dollars = priceOf(entry);
  return dollars === null ? 'null' : `"-${dollars.toFixed(5)}"`;
}

/** The address of a message resource, without host. */
export function messageUri(entry: Pick<TwilioEntry, 'accountSid' | 'id'>): string {
  return `/${version}/Accounts/${entry.accountSid}/Messages/${entry.id}.json`;
}

/**
 * A message as Twilio's REST API answers it, written by hand since it is on the way of every send. `created`
 * is the answer to the create call, where a message of a service has neither sender nor parts yet.
 */
export function messageJson(entry: TwilioEntry, created = false): string {
  const uri = messageUri(entry);
  const service = entry.messagingServiceSid;
  const early = created && service !== undefined;
  const date = rfc2822(entry.at);
  const updated = rfc2822(entry.updatedAt);
  return `{"account_sid":"${entry.accountSid}","api_version":"${version}","body":${JSON.stringify(
    entry.redacted ? '' : entry.body,
  )},"date_created":"${date}","date_sent":${dateSent(entry)},"date_updated":"${updated}","direction":"${direction(
    entry,
  )}","error_code":${entry.errorCode ?? 'null'},"error_message":null,"from":${
    early ? 'null' : JSON.stringify(entry.from)
  },"messaging_service_sid":${service === undefined ? 'null' : JSON.stringify(service)},"num_media":"${
    entry.media.length
  }","num_segments":"${early ? 0 : entry.segments}","price":${price(entry)},"price_unit":"USD","sid":"${
    entry.id
  }","status":"${entry.status}","subresource_uris":{"media":"${uri.slice(0, -5)}/Media.json"},"to":${JSON.stringify(
    entry.to,
  )},"uri":"${uri}"}`;
}
