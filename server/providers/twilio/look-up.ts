import type { Exchanges } from '../exchange.ts';
import { type JsonRecord, parseRecord, recordsAt, textAt } from '../json-reading.ts';
import type { LookUpResult, OutgoingMessage } from '../sending.ts';
import { twilioReceiptStatus } from './callback.ts';
import type { TwilioEndpoint } from './endpoint.ts';
import { formEncode } from './form-encoding.ts';

/** How far the provider's clock may lag behind ours before a message seems older than its own request. */
const CLOCK_LEEWAY_MS = 60_000;
const PAGE_SIZE = 100;
const MOST_PAGES = 20;

/**
 * Asks Twilio for a message whose answer was lost: same sender, recipient and body, created since `since`, and
 * not among `known` (sids that other messages of ours already have). When several fit, the oldest is taken:
 * whoever asks next finds it known and gets the following one.
 */
export async function lookUpMessage(
  exchanges: Exchanges,
  endpoint: TwilioEndpoint,
  message: OutgoingMessage,
  since: Date,
  known: ReadonlySet<string>,
): Promise<LookUpResult> {
  const notBefore = Math.floor((since.getTime() - CLOCK_LEEWAY_MS) / 1000) * 1000;
  const from = new Date(notBefore).toISOString();
  let path: string | undefined =
    `${endpoint.messagesPath}?To=${formEncode(message.to)}&From=${formEncode(message.from)}` +
    `&DateSent%3E=${formEncode(from)}&PageSize=${PAGE_SIZE}`;
  let oldest: JsonRecord | undefined;
  for (let page = 0; page < MOST_PAGES && path !== undefined; page++) {
    const answer = await exchanges.run({
      origin: endpoint.origin,
      path,
      method: 'GET',
      headers: endpoint.getHeaders,
      secrets: endpoint.secrets,
    });
    if (answer.kind !== 'answered') return { outcome: 'unreachable', detail: answer.detail };
    const list = parseRecord(answer.body);
    if (answer.status !== 200 || !Array.isArray(list.messages)) {
      return {
        outcome: 'unreachable',
        detail: `HTTP ${answer.status} ${textAt(list, 'message') ?? ''}`.trim(),
      };
    }
    for (const candidate of recordsAt(list, 'messages')) {
      if (fits(candidate, message, notBefore, known) && !isNewer(candidate, oldest)) oldest = candidate;
    }
    path = nextPath(list, endpoint.prefix);
  }
  // An answer cut short by the page limit may hide the message: that is not the same as its absence.
  if (oldest === undefined && path !== undefined)
    return { outcome: 'unreachable', detail: 'too many messages to look through' };
  return oldest === undefined ? { outcome: 'unknown' } : found(oldest);
}

function fits(
  candidate: JsonRecord,
  message: OutgoingMessage,
  notBefore: number,
  known: ReadonlySet<string>,
): boolean {
  const sid = textAt(candidate, 'sid');
  if (sid === undefined || known.has(sid)) return false;
  if (candidate.to !== message.to || candidate.from !== message.from) return false;
  if (candidate.direction === 'inbound') return false;
  if (message.content.kind !== 'sms' || (candidate.body ?? '') !== message.content.body) return false;
  const created = createdAt(candidate);
  return Number.isNaN(created) || created >= notBefore;
}

function createdAt(candidate: JsonRecord): number {
  return Date.parse(textAt(candidate, 'date_created') ?? textAt(candidate, 'date_sent') ?? '');
}

/** Lists come newest first and instants in whole seconds, so of equals the later listed is the older. */
function isNewer(candidate: JsonRecord, other: JsonRecord | undefined): boolean {
  return other !== undefined && createdAt(candidate) > createdAt(other);
}

function nextPath(list: JsonRecord, prefix: string): string | undefined {
  const next = textAt(list, 'next_page_uri');
  if (next === undefined || !next.startsWith('/')) return undefined;
  return next.startsWith(`${prefix}/`) ? next : `${prefix}${next}`;
}

function found(candidate: JsonRecord): LookUpResult {
  const providerMessageId = textAt(candidate, 'sid') ?? '';
  const status = twilioReceiptStatus(textAt(candidate, 'status') ?? '') ?? 'sent';
  const code = textAt(candidate, 'error_code');
  return { outcome: 'found', providerMessageId, status, ...(status === 'failed' && code ? { code } : {}) };
}
