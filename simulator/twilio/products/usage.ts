import type { TwilioEntry } from '../../ledger/entry.ts';
import type { Network } from '../../network/network.ts';
import { twilioFault } from '../errors.ts';
import { priceOf } from '../message.ts';
import type { Call, Route } from './call.ts';
import { pageOf } from './page.ts';

const dayMs = 86_400_000;

/** What is counted (Twilio's usage categories of messages), in order. */
const categories: { name: string; unit: string; counts(entry: TwilioEntry): boolean }[] = [
  { name: 'sms', unit: 'messages', counts: (entry) => entry.media.length === 0 },
  { name: 'sms-inbound', unit: 'messages', counts: (entry) => isIn(entry) && entry.media.length === 0 },
  { name: 'sms-outbound', unit: 'messages', counts: (entry) => !isIn(entry) && entry.media.length === 0 },
  { name: 'mms', unit: 'messages', counts: (entry) => entry.media.length > 0 },
  { name: 'mms-inbound', unit: 'messages', counts: (entry) => isIn(entry) && entry.media.length > 0 },
  { name: 'mms-outbound', unit: 'messages', counts: (entry) => !isIn(entry) && entry.media.length > 0 },
  { name: 'totalprice', unit: 'usd', counts: () => true },
];

const isIn = (entry: TwilioEntry) => entry.kind === 'inbound';

function entriesOf(network: Network, accountSid: string): TwilioEntry[] {
  const found: TwilioEntry[] = [];
  for (const entry of network.ledger.all())
    if (entry.wire === 'twilio' && entry.accountSid === accountSid) found.push(entry);
  return found;
}

/** What an account's messages cost, in US dollars. */
export function spentBy(network: Network, accountSid: string): number {
  return entriesOf(network, accountSid).reduce((sum, entry) => sum + (priceOf(entry) ?? 0), 0);
}

/** Days from `start` up to and with `end`, as `YYYY-MM-DD`. */
interface Span {
  start: string;
  end: string;
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
const yearOf = (day: string): Span => ({
  start: `${day.slice(0, 4)}-01-01`,
  end: `${day.slice(0, 4)}-12-31`,
});

function monthOf(day: string): Span {
  const [year, month] = day.split('-').map(Number);
  return { start: `${day.slice(0, 7)}-01`, end: dayOf(Date.UTC(year!, month!, 0)) };
}

/** The lists beside the plain one: each a span of its own, or one for each day, month or year that has messages. */
const spans: Record<string, (today: string, days: string[]) => Span[]> = {
  Today: (today) => [{ start: today, end: today }],
  Yesterday: (today) => {
    const day = dayOf(Date.parse(today) - dayMs);
    return [{ start: day, end: day }];
  },
  ThisMonth: (today) => [monthOf(today)],
  LastMonth: (today) => [monthOf(dayOf(Date.parse(monthOf(today).start) - dayMs))],
  Daily: (_today, days) => days.map((day) => ({ start: day, end: day })),
  Monthly: (_today, days) => distinct(days.map(monthOf)),
  Yearly: (_today, days) => distinct(days.map(yearOf)),
};

function distinct(all: Span[]): Span[] {
  return [...new Map(all.map((span) => [span.start, span])).values()];
}

function dayIn(query: URLSearchParams, name: string): string | null {
  const text = query.get(name);
  if (text !== null && !/^\d{4}-\d{2}-\d{2}$/.test(text))
    throw twilioFault(20001, `${name} is not a day such as 2026-11-28`);
  return text;
}

function records(call: Call, name: string): Record<string, unknown>[] {
  const { network, account, query } = call;
  const entries = entriesOf(network, account.sid);
  const days = [...new Set(entries.map((entry) => dayOf(entry.at)))].reverse();
  const today = dayOf(network.now());
  const asked = query.get('Category');
  const from = dayIn(query, 'StartDate') ?? days.at(-1) ?? today;
  const until = dayIn(query, 'EndDate') ?? today;
  const within = spans[name]?.(today, days) ?? [{ start: from, end: until }];
  return within.flatMap(({ start, end }) =>
    categories
      .filter((category) => asked === null || category.name === asked)
      .map((category) => {
        const counted = entries.filter((entry) => {
          const day = dayOf(entry.at);
          return day >= start && day <= end && category.counts(entry);
        });
        const price = counted.reduce((sum, entry) => sum + (priceOf(entry) ?? 0), 0);
        const isMoney = category.unit === 'usd';
        const parts = counted.reduce((sum, entry) => sum + entry.segments, 0);
        const count = isMoney ? price.toFixed(4) : String(counted.length);
        return {
          account_sid: account.sid,
          api_version: '2010-04-01',
          as_of: new Date(network.now()).toISOString(),
          category: category.name,
          description: category.name,
          count,
          count_unit: category.unit,
          usage: isMoney ? count : String(parts),
          usage_unit: isMoney ? 'usd' : 'segments',
          price: Number(price.toFixed(4)),
          price_unit: 'usd',
          start_date: start,
          end_date: end,
          subresource_uris: {},
          uri: `${call.path}.json?Category=${category.name}&StartDate=${start}&EndDate=${end}`,
        };
      }),
  );
}

/** What an account used, counted from the ledger. */
export const usageRoutes: Route[] = ['', 'AllTime', ...Object.keys(spans)].map((name) => ({
  method: 'GET',
  path: `/2010-04-01/Accounts/:account/Usage/Records${name && `/${name}`}`,
  answer: (call) => pageOf(call, 'usage_records', records(call, name), (row) => row),
}));
