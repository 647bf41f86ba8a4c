import type { LedgerEntry, TwilioEntry } from '../ledger/entry.ts';
import type { Network } from '../network/network.ts';
import { messageJson } from './message.ts';

/** Page sizes (Twilio OpenAPI): 50 unless asked for, 1000 at most. */
const pageSizes = { usual: 50, most: 1000 };

interface Dates {
  from: number;
  until: number;
}

/** The span of an instant or a day as Twilio's date filters take it. */
function spanOf(text: string): Dates | null {
  const from = Date.parse(text);
  if (Number.isNaN(from)) return null;
  return { from, until: /^\d{4}-\d{2}-\d{2}$/.test(text) ? from + 86_400_000 : from + 1000 };
}

/** `DateSent` is a day; `DateSent>` and `DateSent<` are bounds that count themselves in. */
function datesOf(query: URLSearchParams): Dates {
  const equal = spanOf(query.get('DateSent') ?? '');
  const after = spanOf(query.get('DateSent>') ?? '');
  const before = spanOf(query.get('DateSent<') ?? '');
  return {
    from: Math.max(equal?.from ?? Number.NEGATIVE_INFINITY, after?.from ?? Number.NEGATIVE_INFINITY),
    until: Math.min(equal?.until ?? Number.POSITIVE_INFINITY, before?.until ?? Number.POSITIVE_INFINITY),
  };
}

function candidates(network: Network, to: string | null, from: string | null): readonly LedgerEntry[] {
  const { ledger } = network;
  // An address may be a handset's or one of the account's own; a thread holds both directions of a handset.
  for (const address of [to, from]) {
    if (address === null) continue;
    const thread = ledger.thread(address);
    return thread.length > 0 ? thread : ledger.ofSender(address);
  }
  return ledger.all();
}

function pick(
  network: Network,
  accountSid: string,
  query: URLSearchParams,
  below: number,
  size: number,
): TwilioEntry[] {
  const to = query.get('To');
  const from = query.get('From');
  const { from: since, until } = datesOf(query);
  const list = candidates(network, to, from);
  const found: TwilioEntry[] = [];
  for (let place = list.length - 1; place >= 0 && found.length < size; place -= 1) {
    const entry = list[place]!;
    if (entry.wire !== 'twilio' || entry.seq >= below || entry.removed || entry.accountSid !== accountSid)
      continue;
    if (to !== null && entry.to !== to) continue;
    if (from !== null && entry.from !== from) continue;
    if (entry.at < Math.floor(since / 1000) * 1000 || entry.at >= until) continue;
    found.push(entry);
  }
  return found;
}

/** An account's messages, newest first, a page at a time, as Twilio lists them. */
export function listMessages(network: Network, accountSid: string, query: URLSearchParams): string {
  const asked = Number(query.get('PageSize') ?? pageSizes.usual);
  const size = Math.min(Math.max(1, Number.isInteger(asked) ? asked : pageSizes.usual), pageSizes.most);
  const page = Number(query.get('Page') ?? 0) || 0;
  const token = query.get('PageToken');
  const below = token ? Number(token.slice(2)) : Number.POSITIVE_INFINITY;
  const found = pick(network, accountSid, query, below, size + 1);
  const shown = found.slice(0, size);
  const uriOf = (number: number, pageToken?: string) => {
    const next = new URLSearchParams(query);
    next.set('PageSize', String(size));
    next.set('Page', String(number));
    if (pageToken) next.set('PageToken', pageToken);
    else next.delete('PageToken');
    return `/2010-04-01/Accounts/${accountSid}/Messages.json?${next}`;
  };
  const nextUri = found.length > size ? uriOf(page + 1, `PA${shown.at(-1)!.seq}`) : null;
  const envelope = {
    page,
    page_size: size,
    start: page * size,
    end: page * size + Math.max(0, shown.length - 1),
    uri: uriOf(page, token ?? undefined),
    first_page_uri: uriOf(0),
    next_page_uri: nextUri,
    previous_page_uri: null,
  };
  const messages = shown.map((entry) => messageJson(entry)).join(',');
  return `${JSON.stringify(envelope).slice(0, -1)},"messages":[${messages}]}`;
}
